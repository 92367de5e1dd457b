import type {JsonObject} from '../../domain/json.ts';
import type {Application, WorkflowStep} from '../../domain/release.ts';
import {countOf, isRawObject, objectOf, objectsOf, shownText, textOf} from './fields.ts';
import {parseMetadata} from './metadata.ts';

function optional(text: string): string | undefined {
	return text === '' ? undefined : text;
}

function stepOf(step: JsonObject): WorkflowStep {
	return {
		name: shownText(step.name),
		type: shownText(step.type),
		phase: shownText(step.phase),
		reason: optional(shownText(step.reason)),
		message: optional(shownText(step.message)),
	};
}

/** Steps inside a step group stand behind it, as they run; a group holds no group. */
function stepsOf(steps: readonly JsonObject[]): readonly WorkflowStep[] {
	return steps.flatMap(step => [stepOf(step), ...objectsOf(step.subSteps).map(stepOf)]);
}

function workflowOf(status: JsonObject): Application['workflow'] {
	const {workflow} = status;
	if (!isRawObject(workflow)) return undefined;
	return {
		status: shownText(workflow.status),
		message: optional(shownText(workflow.message)),
		suspend: workflow.suspend === true,
		terminated: workflow.terminated === true,
		finished: workflow.finished === true,
		steps: stepsOf(objectsOf(workflow.steps)),
	};
}

/** Traits in the order of their types: the API's order changes from event to event and means nothing. */
function servicesOf(status: JsonObject): Application['services'] {
	return objectsOf(status.services).map(service => ({
		name: shownText(service.name),
		healthy: service.healthy === true,
		message: optional(shownText(service.message)),
		traits: objectsOf(service.traits)
			.map(trait => ({type: shownText(trait.type), healthy: trait.healthy === true, message: optional(shownText(trait.message))}))
			.toSorted((left, right) => (left.type < right.type ? -1 : 1)),
	}));
}

/** What it made where it stands itself; objects of other clusters and namespaces can't be followed from here. */
function appliedOf(status: JsonObject, namespace: string): Application['applied'] {
	const own = objectsOf(status.appliedResources).filter(({cluster, namespace: of}) => (textOf(cluster) ?? 'local') === 'local' && of === namespace);
	const named = (group: string, kind: string) =>
		own.flatMap(each => (textOf(each.apiVersion)?.startsWith(`${group}/`) === true && each.kind === kind ? (textOf(each.name) ?? []) : []));
	return {deployments: named('apps', 'Deployment'), rollouts: named('rollouts.kruise.io', 'Rollout')};
}

/** A KubeVela Application, its Rollout left for who joins them; undefined for what no API server would serve. Its spec is not kept: it may hold secrets. Never throws. */
export function parseApplication(raw: unknown): Application | undefined {
	const parsed = parseMetadata(raw);
	if (parsed === undefined) return undefined;
	const {object, metadata} = parsed;
	const {createdAt: _created, deletedAt: _deleted, ownerUid: _owner, ...kept} = metadata;
	const status = objectOf(object.status);
	return {
		kind: 'Application',
		...kept,
		generation: countOf(objectOf(object.metadata).generation),
		observedGeneration: countOf(status.observedGeneration),
		phase: shownText(status.status),
		publishVersion: textOf(metadata.annotations['app.oam.dev/publishVersion']),
		latestRevision: textOf(objectOf(status.latestRevision).name),
		workflow: workflowOf(status),
		services: servicesOf(status),
		applied: appliedOf(status, metadata.namespace),
		rollout: undefined,
	};
}
