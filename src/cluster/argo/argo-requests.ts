import type {WorkloadCommand} from '../../domain/command.ts';
import type {JsonObject, JsonValue} from '../../domain/json.ts';
import {promotionOf, unpause} from '../../domain/kinds/argo/promotion.ts';
import {rulesOf} from '../../domain/kinds/rules-of.ts';
import type {ReplicaSet} from '../../domain/replica-set.ts';
import {withoutHash} from '../../domain/same-template.ts';
import {templateWithImage} from '../../domain/template-edits.ts';
import type {PatchOperation} from '../../domain/undo-patch.ts';
import type {ArgoRollout} from '../../domain/workload.ts';
import {objectOf} from '../parse/fields.ts';

/** What is sent as it is read and written by Argo's plugin; scaling and deleting pods are kubectl's. */
export type ArgoCommand = Exclude<WorkloadCommand, {kind: 'scale' | 'delete-pod' | 'set-partition' | 'to-step'}>;

const ownCommands: ReadonlySet<WorkloadCommand['kind']> = new Set<ArgoCommand['kind']>([
	'pause',
	'resume',
	'restart',
	'abort',
	'retry',
	'continue',
	'promote-full',
	'undo',
	'set-image',
]);

/** Whether Argo's plugin has its own way of doing it. */
export function isArgoCommand(command: WorkloadCommand): command is ArgoCommand {
	return ownCommands.has(command.kind);
}

/** One request of the plugin's, to the Rollout, its status subresource, or the object that holds its template. */
export type ArgoRequest =
	| {readonly to: 'rollout'; readonly merge: JsonObject}
	/** `unified`: what goes to the Rollout in place of this and of all after it, where there is no status subresource (before 0.10). */
	| {readonly to: 'status'; readonly merge: JsonObject; readonly unified: JsonObject}
	| {readonly to: 'template'; readonly operations: readonly PatchOperation[]}
	/** The whole object, changed, as the plugin puts it back. */
	| {readonly to: 'template'; readonly put: (raw: JsonObject) => JsonObject};

export type ArgoParts = {readonly rollout: ArgoRollout; readonly replicaSets: readonly ReplicaSet[] /** Epoch ms. */; readonly now: number};

/** The plugin's requests for a command, in its order. argo-rollouts: pkg/kubectl-argo-rollouts/cmd. */
export function requestsOf(command: ArgoCommand, parts: ArgoParts): readonly ArgoRequest[] {
	switch (command.kind) {
		case 'pause':
			return [{to: 'rollout', merge: {spec: {paused: true}}}];
		// The plugin has no such verb: its promotion skips the step in progress as well.
		case 'resume':
			return [{to: 'rollout', merge: unpause}];
		case 'restart':
			return [{to: 'rollout', merge: {spec: {restartAt: utcSeconds(parts.now)}}}];
		case 'abort':
		case 'retry':
			return [statusRequest({status: {abort: command.kind === 'abort'}})];
		case 'continue':
		case 'promote-full':
			return promotion(parts.rollout, command.kind === 'promote-full');
		case 'undo':
			return undo(command, parts);
		case 'set-image':
			return [{to: 'template', put: raw => withImage(raw, command)}];
	}
}

const statusRequest = (merge: JsonObject, unified: JsonObject = merge): ArgoRequest => ({to: 'status', merge, unified});

/** The status first: between the two the Rollout is paused with a step that has moved, never the other way round. */
function promotion(rollout: ArgoRollout, isFull: boolean): readonly ArgoRequest[] {
	const {status, spec, unified} = promotionOf(rollout, isFull);
	return [...(status === undefined ? [] : [statusRequest(status, unified)]), ...(spec === undefined ? [] : [{to: 'rollout', merge: spec} as const])];
}

/** RFC 3339 in whole seconds of UTC. */
function utcSeconds(now: number): string {
	return `${new Date(now).toISOString().slice(0, 19)}Z`;
}

/** One that is paused goes on only when a person's pause ends, too: in the same patch where it is the same object. */
function undo({toRevision, resume}: Extract<ArgoCommand, {kind: 'undo'}>, {rollout, replicaSets}: ArgoParts): readonly ArgoRequest[] {
	const target = rulesOf(rollout).undoTarget(replicaSets, toRevision);
	if (target.kind === 'none') return [];
	const template: PatchOperation = {op: 'replace', path: '/spec/template', value: withoutHash(target.replicaSet.template.raw)};
	if (resume !== true || !rollout.paused) return [{to: 'template', operations: [template]}];
	if (rollout.workloadRef === undefined) return [{to: 'template', operations: [template, {op: 'replace', path: '/spec/paused', value: false}]}];
	return [
		{to: 'template', operations: [template]},
		{to: 'rollout', merge: unpause},
	];
}

function withImage(raw: JsonObject, {container, image, init = false}: Extract<ArgoCommand, {kind: 'set-image'}>): JsonObject {
	const spec = objectOf(raw.spec);
	const template: JsonValue = templateWithImage({raw: objectOf(spec.template), images: [], labels: {}}, {name: container, image, init});
	return {...raw, spec: {...spec, template}};
}
