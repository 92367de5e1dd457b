import {counted} from './counted.ts';
import {type RolloutPhase, type WaitReason, waitsForYou} from './rollout-phase.ts';
import {onDeleteText} from './stateful-set-phase.ts';
import type {DaemonSet} from './workload.ts';

/** kubectl's order, then one more: old pods must be gone. A surge leaves them running beside the new ones. */
function waitReason({updateType, replicas}: DaemonSet, oldLeft: number): WaitReason | undefined {
	const {desired, updated, available} = replicas;
	const isRolling = updateType === 'RollingUpdate';
	if (isRolling && updated < desired) return {kind: 'update', updated, desired};
	if (available < desired) return isRolling ? {kind: 'availability', available, updated: desired} : {kind: 'readiness', missing: desired - available};
	return isRolling && oldLeft > 0 ? {kind: 'termination', old: oldLeft} : undefined;
}

/** What stands on nodes where it should not: their pods are taken away, or were put there by hand. */
function misscheduledNote({misscheduled}: DaemonSet): string | undefined {
	return misscheduled === 0 ? undefined : `${counted(misscheduled, 'node')} that should have no pod of it ${misscheduled === 1 ? 'has' : 'have'} one.`;
}

/** How a DaemonSet's rollout stands, node by node. `oldLeft`: old pods whose containers may still run. */
export function daemonSetPhase(set: DaemonSet, oldLeft: number): RolloutPhase {
	const {desired, updated} = set.replicas;
	const note = misscheduledNote(set);
	if (set.generation > set.observedGeneration) return {phase: 'progressing', waitingFor: {kind: 'observation'}, staleDeadline: false, note};
	const waitingFor = waitReason(set, oldLeft);
	if (waitingFor !== undefined) return {phase: 'progressing', waitingFor, staleDeadline: false, note};
	if (set.updateType === 'RollingUpdate' || updated >= desired) return {phase: 'complete', note};
	const text = onDeleteText(desired - updated);
	return {phase: 'paused', word: waitsForYou, waitingFor: {kind: 'words', text}, since: undefined, deadlineExceeded: false};
}
