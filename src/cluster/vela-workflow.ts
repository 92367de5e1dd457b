import type {JsonObject, JsonValue} from '../domain/json.ts';
import type {Application} from '../domain/release.ts';
import type {Sending} from './command-failure.ts';
import type {CommandOptions} from './command-options.ts';
import {ClusterError} from './errors.ts';
import {isRawObject, objectOf, objectsOf} from './parse/fields.ts';
import {releasePath} from './read-release.ts';

/** The verbs of `vela workflow`. */
export type VelaVerb = 'suspend' | 'resume' | 'terminate' | 'restart';

type Write = {readonly method: 'PATCH' | 'PUT'; readonly contentType: string; readonly body: JsonObject};

function mapSteps(steps: JsonValue | undefined, change: (step: JsonObject) => JsonObject): readonly JsonObject[] {
	return objectsOf(steps).map(step => {
		const changed = change(step);
		return step.subSteps === undefined ? changed : {...changed, subSteps: mapSteps(step.subSteps, change)};
	});
}

const inPhase = (from: readonly string[], to: JsonObject) => (step: JsonObject) =>
	typeof step.phase === 'string' && from.includes(step.phase) ? {...step, ...to} : step;

/** VE/pkg/workflow/operation/operation.go: Suspend :78, Resume :151, Terminate :475. */
function changedWorkflow(verb: Exclude<VelaVerb, 'restart'>, workflow: JsonObject): JsonObject {
	switch (verb) {
		case 'suspend':
			return {...workflow, suspend: true, steps: mapSteps(workflow.steps, inPhase(['running'], {phase: 'suspending'}))};
		case 'resume':
			return {...workflow, suspend: false, steps: mapSteps(workflow.steps, inPhase(['suspending'], {phase: 'running'}))};
		case 'terminate': {
			const steps = mapSteps(workflow.steps, inPhase(['running', 'suspending'], {phase: 'failed', reason: 'Terminate'}));
			return {...workflow, suspend: false, terminated: true, steps};
		}
	}
}

/** Without what only the API server keeps: it is no part of what vela sends. */
function withoutManagedFields(object: JsonObject): JsonObject {
	const {managedFields: _managed, ...metadata} = objectOf(object.metadata);
	return {...object, metadata};
}

/**
 * vela's own request for a verb, made of the whole object: a merge patch of metadata (with the resource version, so that a stale one is refused), spec and status; a
 * restart replaces the status by one without workflow.
 */
export function workflowWrite(verb: VelaVerb, application: JsonObject): Write {
	const object = withoutManagedFields(application);
	const status = objectOf(object.status);
	if (verb === 'restart') {
		const {workflow: _workflow, ...rest} = status;
		return {method: 'PUT', contentType: 'application/json', body: {...object, status: rest}};
	}
	const {metadata = {}, spec = {}} = object;
	const workflow = changedWorkflow(verb, objectOf(status.workflow));
	return {method: 'PATCH', contentType: 'application/merge-patch+json', body: {metadata, spec, status: {...status, workflow}}};
}

/** The Application as it is stored, for who writes it back; only for as long as that takes. Throws ClusterError; `conflict` where it is not the one that was judged. */
export async function rawApplication(application: Application, {connection}: CommandOptions): Promise<JsonObject> {
	const raw = await connection.json({path: releasePath(application)});
	if (!isRawObject(raw)) throw new ClusterError('the API server sent no Application', {kind: 'garbage'});
	if (objectOf(raw.metadata).resourceVersion !== application.resourceVersion) {
		throw new ClusterError(`application "${application.name}" was changed meanwhile`, {kind: 'conflict', hint: 'look again, then repeat'});
	}
	return raw;
}

/** Sends a verb of `vela workflow`; gives the API server's warnings. A resume of a workflow that is not suspended leaves it alone. Throws ClusterError. */
export async function writeWorkflow(verb: VelaVerb, application: Application, options: CommandOptions, sending: Sending): Promise<readonly string[]> {
	if (verb === 'resume' && application.workflow?.suspend !== true) return [];
	const {method, contentType, body} = workflowWrite(verb, await rawApplication(application, options));
	sending.sent = true;
	const query = {dryRun: options.dryRun === true ? 'All' : undefined};
	const {warnings} = await options.connection.answer({method, path: `${releasePath(application)}/status`, query, contentType, body: JSON.stringify(body)});
	return warnings;
}
