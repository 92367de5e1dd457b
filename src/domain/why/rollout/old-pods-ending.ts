import {counted} from '../../counted.ts';
import type {RolloutCause, RolloutSubject} from './rollout-subject.ts';

/** Old pods that were told to end and still run: all that is left to wait for, or (Recreate) what the first new pod waits for. */
export function oldPodsEnding({workload, rollout}: RolloutSubject): RolloutCause | undefined {
	const {step, phase, sides} = rollout;
	const isLast = 'waitingFor' in phase && phase.waitingFor?.kind === 'termination';
	if (step.kind !== 'old-gone' && !isLast) return undefined;
	const count = step.kind === 'old-gone' ? step.left : sides.endingOld.length + sides.old.length;
	if (count === 0) return undefined;
	const killedAt = sides.endingOld.reduce((last, pod) => Math.max(last, pod.deletedAt ?? 0), 0);
	const pods = counted(count, 'old pod');
	return {
		kind: step.kind === 'old-gone' ? 'recreate-waits' : 'old-pods-ending',
		hope: 'waits',
		reason: 'Terminating',
		message:
			step.kind === 'old-gone'
				? `starts new pods only when ${pods} ${count === 1 ? 'has' : 'have'} ended (Recreate)`
				: `has all new pods; ${pods} still to end`,
		advice: workload.strategy.type === 'Recreate' ? 'wait: nothing of it runs meanwhile' : undefined,
		sinceAt: undefined,
		next: killedAt === 0 ? undefined : {what: 'killed', at: killedAt},
	};
}
