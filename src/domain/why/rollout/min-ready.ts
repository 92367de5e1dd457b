import {humanDuration} from '../../human-duration.ts';
import {availableAt} from '../../pod-availability.ts';
import type {RolloutCause, RolloutSubject} from './rollout-subject.ts';

/** Pods that are ready, but not for `minReadySeconds` yet; the one that gets there first is named. */
export function minReady({workload, rollout, now}: RolloutSubject): RolloutCause | undefined {
	const {minReadySeconds} = workload;
	if (minReadySeconds === 0) return undefined;
	const waiting = rollout.sides.new.flatMap(pod => {
		const at = availableAt(pod, minReadySeconds);
		return at === undefined || at <= now ? [] : [{pod, at}];
	});
	const first = waiting.reduce<(typeof waiting)[number] | undefined>((best, one) => (best === undefined || one.at < best.at ? one : best), undefined);
	if (first === undefined) return undefined;
	const {pod, at} = first;
	return {
		kind: 'min-ready-seconds',
		hope: 'waits',
		reason: 'MinReadySeconds',
		object: {kind: 'Pod', name: pod.name, uid: pod.uid},
		count: waiting.length,
		message: `is ready and has to stay so for ${humanDuration(minReadySeconds * 1000)} (minReadySeconds)`,
		sinceAt: at - minReadySeconds * 1000,
		next: {what: 'available', at},
	};
}
