import type {K8sEvent} from './k8s-event.ts';
import type {Workload} from './workload.ts';

/** A step of the Deployment controller, as its event tells it. `at` is epoch ms. */
export type ScalingStep = {readonly at: number; readonly direction: 'up' | 'down'; readonly replicaSet: string; readonly from: number; readonly to: number};

/** `Scaled up replica set NAME from 0 to 1`; `(combined from similar events): …` may stand before it, and older clusters write no `from`, or write it last. */
const sentence = /Scaled (up|down) replica set (\S+)(?: from (\d+))? to (\d+)(?: from (\d+))?/;

function stepOf(event: K8sEvent): ScalingStep | undefined {
	const [, direction, replicaSet, from, to, oldFrom] = sentence.exec(event.message) ?? [];
	const at = event.lastAt ?? event.firstAt;
	if (at === undefined || replicaSet === undefined) return undefined;
	return {at, direction: direction === 'up' ? 'up' : 'down', replicaSet, from: Number(from ?? oldFrom ?? -1), to: Number(to)};
}

/** The workload's scaling steps that events still tell of, oldest first. An event that happened several times counts with its last time. */
export function scalingSteps(workload: Workload, events: readonly K8sEvent[]): readonly ScalingStep[] {
	return events
		.filter(event => event.reason === 'ScalingReplicaSet' && event.object.uid === workload.uid)
		.map(stepOf)
		.filter(step => step !== undefined)
		.sort((left, right) => left.at - right.at);
}
