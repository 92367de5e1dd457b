import type {JsonObject} from '../../domain/json.ts';
import type {ArgoRollout} from '../../domain/workload.ts';
import type {CommandOptions} from '../command-options.ts';
import {ClusterError} from '../errors.ts';
import {parseArgoRollout} from '../parse/argo-rollout.ts';
import type {ArgoRequest} from './argo-requests.ts';
import {parseHolder, type ReadRollout} from './read-rollout.ts';
import {withTemplateOf} from './template-join.ts';

/** How an accepted request left the Rollout. `wasUnified`: it held all that was to follow. */
export type Answered = {readonly after: ArgoRollout; readonly warnings: readonly string[]; readonly wasUnified: boolean};

type Sent = {readonly method: 'PATCH' | 'PUT'; readonly path: string; readonly contentType: string; readonly body: unknown};

const merged = (path: string, body: JsonObject): Sent => ({method: 'PATCH', path, contentType: 'application/merge-patch+json', body});

/**
 * Sends one request of the plugin's with the one thing added that it leaves out: that the object must still be the very one that was read, or (`byUid`) at least the
 * same one and, of a template, unchanged by people. Throws ClusterError.
 */
export async function sendRequest(options: CommandOptions, request: ArgoRequest, reading: ReadRollout, byUid: boolean): Promise<Answered> {
	if (request.to !== 'status') return answered(options, sentOf(request, reading, byUid), reading, false);
	const {path, rollout} = reading;
	const metadata = byUid ? {uid: rollout.uid} : {resourceVersion: rollout.resourceVersion};
	try {
		return await answered(options, merged(`${path}/status`, {metadata, ...request.merge}), reading, false);
	} catch (error) {
		// Before 0.10 there is no status subresource, and one request for both parts; a Rollout that is gone is not found either way.
		if (!(error instanceof ClusterError) || error.kind !== 'not-found') throw error;
		return answered(options, merged(path, {metadata, ...request.unified}), reading, true);
	}
}

function sentOf(request: Exclude<ArgoRequest, {to: 'status'}>, {path, rollout, template}: ReadRollout, byUid: boolean): Sent {
	if (request.to === 'rollout') return merged(path, {metadata: byUid ? {uid: rollout.uid} : {resourceVersion: rollout.resourceVersion}, ...request.merge});
	if (template === undefined) throw new ClusterError('what holds the template is not there', {kind: 'not-found'});
	if ('put' in request) return {method: 'PUT', path: template.path, contentType: 'application/json', body: request.put(template.raw)};
	const tests = byUid
		? [
				{op: 'test', path: '/metadata/uid', value: template.uid},
				{op: 'test', path: '/metadata/generation', value: template.generation},
			]
		: [{op: 'test', path: '/metadata/resourceVersion', value: template.resourceVersion}];
	return {method: 'PATCH', path: template.path, contentType: 'application/json-patch+json', body: [...tests, ...request.operations]};
}

async function answered({connection, dryRun}: CommandOptions, {body, ...sent}: Sent, reading: ReadRollout, wasUnified: boolean): Promise<Answered> {
	const {value, warnings} = await connection.answer({...sent, query: {dryRun: dryRun === true ? 'All' : undefined}, body: JSON.stringify(body)});
	const {rollout, template} = reading;
	if (template !== undefined && sent.path === template.path && template.path !== reading.path) {
		return {after: withTemplateOf(rollout, parseHolder(value)), warnings, wasUnified};
	}
	const after = parseArgoRollout(value);
	if (after === undefined) throw new ClusterError('the API server sent no Rollout', {kind: 'garbage'});
	const {template: held, workloadRef} = rollout;
	return {after: workloadRef === undefined ? after : {...after, template: held, workloadRef}, warnings, wasUnified};
}
