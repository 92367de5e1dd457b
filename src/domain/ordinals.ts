import type {Pod} from './pod.ts';
import type {StatefulSet, Workload} from './workload.ts';

/** The number at the end of a StatefulSet's pod's name; undefined for what is no such name. kubernetes: stateful_set_utils.go getParentNameAndOrdinal. */
export function ordinalOf({name}: Pick<Pod, 'name'>): number | undefined {
	const digits = /-(\d{1,9})$/.exec(name)?.[1];
	return digits === undefined ? undefined : Number(digits);
}

/** A StatefulSet's partition: 0 where it has none, and of other kinds. */
export function partitionOf(workload: Workload): number {
	return workload.kind === 'StatefulSet' ? (workload.rollingUpdate?.partition ?? 0) : 0;
}

/** From which ordinal on pods get the new template. The partition counts from the first ordinal on. kubernetes: stateful_set_utils.go newVersionedStatefulSetPod. */
export function firstNewOrdinal({ordinalsStart, rollingUpdate}: Pick<StatefulSet, 'ordinalsStart' | 'rollingUpdate'>): number {
	return ordinalsStart + (rollingUpdate?.partition ?? 0);
}

/** More than any cluster has pods: what is asked for in billions would fill the memory with names. */
const mostNames = 200_000;

/** The ordinals that a StatefulSet is to have, lowest first, as names of pods; no more of them than there can be pods. */
export function ordinalNames({name, ordinalsStart, replicas: {desired}}: StatefulSet): readonly string[] {
	return Array.from({length: Math.min(desired, mostNames)}, (_, index) => `${name}-${ordinalsStart + index}`);
}

/** How many pods are to have the new template once its rollout is through: a partition keeps some of them from it. */
export function wantedNew(workload: Workload): number {
	return Math.max(0, workload.replicas.desired - partitionOf(workload));
}
