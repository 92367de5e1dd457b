import type {StepCommand, WorkloadCommand} from '../domain/command.ts';
import type {JsonObject, JsonValue} from '../domain/json.ts';
import {rulesOf} from '../domain/kinds/rules-of.ts';
import {templateContainers} from '../domain/template-containers.ts';
import {restartedAt, restartedTemplate, templateWithImage} from '../domain/template-edits.ts';
import {type PatchOperation, undoPatch} from '../domain/undo-patch.ts';
import type {Workload} from '../domain/workload.ts';
import type {ReadRevisions} from './read-workload.ts';

/** What changes the workload by one patch of its own. */
export type PatchCommand = Exclude<WorkloadCommand, StepCommand | {kind: 'scale' | 'delete-pod'}>;

export type Patch = {readonly contentType: string; readonly fieldManager: string | undefined; readonly body: object};

/** What a patch is made of; `time`: now, as a restart writes it. */
export type PatchParts = ReadRevisions & {readonly workload: Workload; readonly time: string};

const managers: Readonly<Record<PatchCommand['kind'], string | undefined>> = {
	pause: 'kubectl-rollout',
	resume: 'kubectl-rollout',
	restart: 'kubectl-rollout',
	'set-image': 'kubectl-set',
	undo: undefined,
	'set-partition': 'kubectl-patch',
};

/**
 * kubectl's patch for the command, with the one thing added that kubectl leaves out: that the object must still be the very one that was read.
 * kubectl: objectpauser.go, objectresumer.go, objectrestarter.go, set_image.go (two-way strategic patches, null where a field goes), rollback.go, patch.go.
 */
export function patchOf(command: PatchCommand, parts: PatchParts): Patch {
	const {resourceVersion} = parts.workload;
	const data = command.kind === 'undo' ? dataOf(command, parts) : undefined;
	if (command.kind === 'undo' && data === undefined)
		return jsonPatch(command, [{op: 'test', path: '/metadata/resourceVersion', value: resourceVersion}], parts);
	const body = {metadata: {resourceVersion}, ...(command.kind === 'undo' ? data : {spec: fieldsOf(command, parts)})};
	return {contentType: 'application/strategic-merge-patch+json', fieldManager: managers[command.kind], body};
}

/**
 * The same change, bound to the generation instead, which no status moves: a controller that is busy can't keep a person from acting. The API server
 * itself applies it anew when something is written meanwhile, test included.
 */
export function patchByGeneration(command: PatchCommand, parts: PatchParts): Patch {
	const {uid, generation} = parts.workload;
	return jsonPatch(
		command,
		[
			{op: 'test', path: '/metadata/uid', value: uid},
			{op: 'test', path: '/metadata/generation', value: generation},
		],
		parts,
	);
}

/** What a ControllerRevision stores is the patch that goes back to it: it is sent as it is. kubectl: rollback.go StatefulSetRollbacker, DaemonSetRollbacker. */
function dataOf(command: Extract<PatchCommand, {kind: 'undo'}>, {workload, replicaSets, data}: PatchParts): JsonObject | undefined {
	const target = rulesOf(workload).undoTarget(replicaSets, command.toRevision);
	return target.kind === 'none' || target.replicaSet.kind !== 'ControllerRevision' ? undefined : data.get(target.replicaSet.uid);
}

function jsonPatch(command: PatchCommand, tests: readonly PatchOperation[], parts: PatchParts): Patch {
	return {contentType: 'application/json-patch+json', fieldManager: managers[command.kind], body: [...tests, ...operationsOf(command, parts)]};
}

function fieldsOf(command: Exclude<PatchCommand, {kind: 'undo'}>, {workload, time}: PatchParts): JsonValue {
	switch (command.kind) {
		case 'pause':
			return {paused: true};
		case 'resume':
			return {paused: null};
		case 'restart':
			return {template: {metadata: {annotations: {[restartedAt]: time}}}};
		case 'set-image':
			return {template: {spec: imageFields(command, workload)}};
		case 'set-partition':
			// As the documentation has it, so that it holds of a StatefulSet whose strategy nothing says, too.
			return {updateStrategy: {type: 'RollingUpdate', rollingUpdate: {partition: command.partition}}};
	}
}

/** The order of the list goes with the one element of it, as a two-way patch has it. */
function imageFields({container, image, init = false}: Extract<PatchCommand, {kind: 'set-image'}>, {template}: Workload): JsonValue {
	const list = init ? 'initContainers' : 'containers';
	const order = templateContainers(template).filter(one => one.init === init);
	return {[`$setElementOrder/${list}`]: order.map(({name}) => ({name})), [list]: [{image, name: container}]};
}

function operationsOf(command: PatchCommand, {workload, replicaSets, time}: PatchParts): readonly PatchOperation[] {
	switch (command.kind) {
		case 'pause':
			return [{op: 'add', path: '/spec/paused', value: true}];
		case 'resume':
			return [{op: 'remove', path: '/spec/paused'}];
		case 'restart':
			return [{op: 'replace', path: '/spec/template', value: restartedTemplate(workload.template, time)}];
		case 'set-image': {
			const {container, image, init = false} = command;
			return [{op: 'replace', path: '/spec/template', value: templateWithImage(workload.template, {name: container, image, init})}];
		}
		case 'set-partition':
			return [{op: 'add', path: '/spec/updateStrategy/rollingUpdate', value: {partition: command.partition}}];
		case 'undo': {
			const target = rulesOf(workload).undoTarget(replicaSets, command.toRevision);
			if (target.kind === 'none') return [];
			// A ControllerRevision has nothing to say of annotations.
			return target.replicaSet.kind === 'ControllerRevision'
				? [{op: 'replace', path: '/spec/template', value: target.replicaSet.template.raw}]
				: undoPatch(workload, target.replicaSet);
		}
	}
}
