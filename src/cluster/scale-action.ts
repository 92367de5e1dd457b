import type {CommandResult, WorkloadCommand} from '../domain/command.ts';
import type {JsonObject} from '../domain/json.ts';
import type {Workload} from '../domain/workload.ts';
import {apiPaths, objectPath} from './api-paths.ts';
import type {ClusterConnection} from './connect.ts';
import {ClusterError} from './errors.ts';
import {isRawObject, objectOf} from './parse/fields.ts';

type ScaleOptions = {readonly connection: ClusterConnection; readonly dryRun?: boolean | undefined};

/** A controller that writes the Deployment's status between reading and writing its scale is no conflict of people. kubectl tries for 5 minutes. */
const mostTries = 5;

/**
 * Sets the number of replicas through the scale subresource, as `kubectl scale --current-replicas` does: reads it, insists on the number that the
 * person saw, writes it back with its resource version. Gives a result where nothing was changed. Throws ClusterError.
 */
export async function sendScale(
	command: Extract<WorkloadCommand, {kind: 'scale'}>,
	{namespace, name}: Workload,
	{connection, dryRun}: ScaleOptions,
	onSend: () => void,
): Promise<CommandResult | undefined> {
	const path = `${objectPath(apiPaths.deployments(namespace), name)}/scale`;
	const query = {dryRun: dryRun === true ? 'All' : undefined};
	for (let tries = 1; ; tries++) {
		const scale = await readScale(connection, path);
		const conflict = conflictOf(command, scale);
		if (conflict !== undefined) return conflict;
		onSend();
		try {
			await connection.json({method: 'PUT', path, query, contentType: 'application/json', body: bodyOf(scale, command.replicas)});
			return undefined;
		} catch (error) {
			if (!isConflict(error) || tries === mostTries) throw error;
		}
	}
}

async function readScale(connection: ClusterConnection, path: string): Promise<JsonObject> {
	const scale = await connection.json({path});
	if (!isRawObject(scale)) throw new ClusterError('the API server sent no Scale', {kind: 'garbage'});
	return scale;
}

/** Somebody else has scaled it since the person looked; in kubectl's words. */
function conflictOf({from}: Extract<WorkloadCommand, {kind: 'scale'}>, scale: JsonObject): CommandResult | undefined {
	const current = objectOf(scale.spec).replicas ?? 0;
	if (from === undefined || current === from) return undefined;
	return {kind: 'conflicted', message: `Expected replicas to be ${from}, was ${String(current)}`, hint: 'look again, then repeat'};
}

function isConflict(error: unknown): boolean {
	return error instanceof ClusterError && error.kind === 'conflict';
}

/** As the API's own type is written: none at all instead of 0. */
function bodyOf(scale: JsonObject, replicas: number): string {
	const {replicas: _before, ...rest} = objectOf(scale.spec);
	return JSON.stringify({...scale, spec: replicas === 0 ? rest : {...rest, replicas}});
}
