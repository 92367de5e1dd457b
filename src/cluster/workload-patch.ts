import type {WorkloadCommand} from '../domain/command.ts';
import type {JsonValue} from '../domain/json.ts';
import type {ReplicaSet} from '../domain/replica-set.ts';
import {undoTarget} from '../domain/revisions.ts';
import {templateContainers} from '../domain/template-containers.ts';
import {undoPatch} from '../domain/undo-patch.ts';
import type {Workload} from '../domain/workload.ts';

/** What changes the Deployment by one patch of its own. */
export type PatchCommand = Exclude<WorkloadCommand, {kind: 'scale' | 'delete-pod'}>;

export type Patch = {readonly contentType: string; readonly fieldManager: string | undefined; readonly body: JsonValue | object};

const restartedAt = 'kubectl.kubernetes.io/restartedAt';

/**
 * kubectl's patch for the command, with the one thing added that kubectl leaves out: that the object must still be the one that was read. Undefined
 * where nothing is to be done. `now`: epoch ms, for a restart.
 * kubectl: objectpauser.go, objectresumer.go, objectrestarter.go, set_image.go (two-way strategic patches, null where a field goes), rollback.go.
 */
export function patchOf(command: PatchCommand, workload: Workload, replicaSets: readonly ReplicaSet[], now: number): Patch | undefined {
	switch (command.kind) {
		case 'pause':
			return strategic('kubectl-rollout', workload, {paused: true});
		case 'resume':
			return strategic('kubectl-rollout', workload, {paused: null});
		case 'restart':
			return strategic('kubectl-rollout', workload, {template: {metadata: {annotations: {[restartedAt]: localTime(now)}}}});
		case 'set-image':
			return strategic('kubectl-set', workload, {template: {spec: imageFields(command, workload)}});
		case 'undo': {
			const target = undoTarget(workload, replicaSets, command.toRevision);
			if (target.kind === 'none') return undefined;
			return {contentType: 'application/json-patch+json', fieldManager: undefined, body: undoPatch(workload, target.replicaSet)};
		}
	}
}

function strategic(fieldManager: string, {resourceVersion}: Workload, spec: JsonValue): Patch {
	return {contentType: 'application/strategic-merge-patch+json', fieldManager, body: {metadata: {resourceVersion}, spec}};
}

/** The order of the list goes with the one element of it, as a two-way patch has it. */
function imageFields({container, image, init = false}: Extract<PatchCommand, {kind: 'set-image'}>, {template}: Workload): JsonValue {
	const list = init ? 'initContainers' : 'containers';
	const order = templateContainers(template).filter(one => one.init === init);
	return {[`$setElementOrder/${list}`]: order.map(({name}) => ({name})), [list]: [{image, name: container}]};
}

/** RFC 3339 in seconds, in the zone of whoever asks, as kubectl writes it. */
function localTime(now: number): string {
	const behind = new Date(now).getTimezoneOffset();
	const local = new Date(now - behind * 60_000).toISOString().slice(0, 19);
	if (behind === 0) return `${local}Z`;
	const two = (value: number) => String(value).padStart(2, '0');
	return `${local}${behind > 0 ? '-' : '+'}${two(Math.floor(Math.abs(behind) / 60))}:${two(Math.abs(behind) % 60)}`;
}
