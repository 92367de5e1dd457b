import type {CommandResult, ServiceCommand} from '../domain/command.ts';
import type {Service} from '../domain/service.ts';
import {apiPaths, objectPath} from './api-paths.ts';
import {failureOf} from './command-failure.ts';
import type {ClusterConnection} from './connect.ts';
import {ClusterError} from './errors.ts';
import {parseService} from './parse/service.ts';

export type SelectOptions = {
	readonly connection: ClusterConnection;
	/** What the person who asked saw. */
	readonly service: Service;
	/** Everything is checked by the API server, nothing is changed. */
	readonly dryRun?: boolean | undefined;
};

/**
 * Replaces the Service's selector as `kubectl set selector --resource-version` does: one strategic patch of what differs, which the API server takes
 * only as long as the Service is the one that the person saw. Never throws.
 */
export async function sendSelector({selector, resourceVersion}: ServiceCommand, {connection, service, dryRun}: SelectOptions): Promise<CommandResult> {
	let sent = false;
	try {
		const path = objectPath(apiPaths.services(service.namespace), service.name);
		const fresh = parseService(await connection.json({path}));
		if (fresh === undefined) throw new ClusterError('the API server sent no Service', {kind: 'garbage'});
		if (fresh.uid !== service.uid) {
			return {kind: 'conflicted', message: `service "${service.name}" was deleted and made again meanwhile`, hint: 'look again, then repeat'};
		}
		const removed = Object.keys(fresh.selector).filter(name => selector[name] === undefined);
		const changed = Object.entries(selector).filter(([name, value]) => fresh.selector[name] !== value);
		const body = {
			metadata: {resourceVersion: resourceVersion ?? service.resourceVersion},
			spec: {selector: {...Object.fromEntries(changed), ...Object.fromEntries(removed.map(name => [name, null]))}},
		};
		sent = true;
		const {warnings} = await connection.answer({
			method: 'PATCH',
			path,
			query: {dryRun: dryRun === true ? 'All' : undefined, fieldManager: 'kubectl-set'},
			contentType: 'application/strategic-merge-patch+json',
			body: JSON.stringify(body),
		});
		return {kind: 'accepted', message: `service/${service.name} selector updated${dryRun === true ? ' (server dry run)' : ''}`, warnings};
	} catch (error) {
		return failureOf(error, sent && dryRun !== true);
	}
}
