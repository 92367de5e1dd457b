import {counted} from './counted.ts';
import {firstNewOrdinal, partitionOf, wantedNew} from './ordinals.ts';
import {type RolloutPhase, type WaitReason, waitsForYou} from './rollout-phase.ts';
import type {StatefulSet} from './workload.ts';

/** Where a StatefulSet stands, in kubectl's order, and what kubectl does not look at: pods above the last ordinal, and `minReadySeconds`. */
function waitReason(set: StatefulSet): WaitReason | undefined {
	const {desired, current, ready, updated, available} = set.replicas;
	const wanted = wantedNew(set);
	if (ready < desired) return {kind: 'readiness', missing: desired - ready};
	if (set.updateType === 'RollingUpdate' && updated < wanted) return {kind: 'update', updated, desired: wanted};
	if (current > desired) return {kind: 'words', text: `${counted(current - desired, 'pod')} above the last ordinal to be taken away`};
	return available < desired ? {kind: 'availability', available, updated: desired} : undefined;
}

/** Pods that keep an old template until somebody deletes them; undefined where there are none. */
export function onDeleteText(old: number): string {
	const [have, they] = old === 1 ? ['pod still has', 'it gets the new one when it is'] : ['pods still have', 'they get the new one when they are'];
	return `${old} ${have} the old template: ${they} deleted (OnDelete)`;
}

/** What a partition leaves as it was, while all above it are through. */
function canaryNote(set: StatefulSet): string {
	const {desired, updated} = set.replicas;
	const from = firstNewOrdinal(set);
	const kept = desired - updated;
	const others = kept === 1 ? 'the other one keeps its own' : `the ${kept} others keep theirs`;
	if (updated === 0) return `Partition ${partitionOf(set)}: no pod gets the new template until it is lowered (P).`;
	// A partition that was raised leaves pods below it as they are.
	const have = updated === wantedNew(set) ? `Pods ≥ ${from} have` : `${counted(updated, 'pod')} ${updated === 1 ? 'has' : 'have'}`;
	return `${have} the new template, ${others} until the partition is lowered (P).`;
}

/**
 * How a StatefulSet's rollout stands. A partitioned one that has done its part is complete, as for kubectl, and a canary that stands; one with OnDelete whose
 * pods are not all of the new template waits for whoever deletes them.
 */
export function statefulSetPhase(set: StatefulSet): RolloutPhase {
	if (set.generation > set.observedGeneration) return {phase: 'progressing', waitingFor: {kind: 'observation'}, staleDeadline: false};
	const waitingFor = waitReason(set);
	if (waitingFor !== undefined) return {phase: 'progressing', waitingFor, staleDeadline: false};
	if (set.replicas.updated >= set.replicas.desired) return {phase: 'complete'};
	if (set.updateType === 'RollingUpdate') return {phase: 'complete', word: 'CANARY STANDS', note: canaryNote(set)};
	const text = onDeleteText(set.replicas.desired - set.replicas.updated);
	return {phase: 'paused', word: waitsForYou, waitingFor: {kind: 'words', text}, since: undefined, deadlineExceeded: false};
}
