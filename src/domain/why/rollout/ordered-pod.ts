import {firstNewOrdinal, ordinalOf} from '../../ordinals.ts';
import type {Pod} from '../../pod.ts';
import type {StatefulSet} from '../../workload.ts';
import {podCause} from '../pod/pod-cause.ts';
import type {RolloutCause, RolloutSubject} from './rollout-subject.ts';

/**
 * A pod of an old revision that is not ready holds an OrderedReady StatefulSet up for ever: it is replaced only when it is ready, which its own template may keep it
 * from. So an undo of a bad template does not help alone: the pod has to be deleted. kubernetes/kubernetes#67250; stateful_set_control.go processReplica.
 */
export function orderedPod(subject: RolloutSubject): RolloutCause | undefined {
	const {workload, rollout} = subject;
	const {step, sides} = rollout;
	if (workload.kind !== 'StatefulSet' || step.kind !== 'await-pod' || step.until === 'gone') return undefined;
	const pod = sides.old.find(({name}) => name === step.pod);
	return pod === undefined ? undefined : blocked(pod, workload, subject);
}

function blocked(pod: Pod, set: StatefulSet, {events, logTails = new Map(), now}: RolloutSubject): RolloutCause {
	const own = events.filter(({object}) => object.uid === pod.uid);
	const cause = podCause({pod, events: own, logTails, isPast: at => at <= now});
	const hope = cause?.hope ?? 'waits';
	const isReplaced = set.updateType !== 'RollingUpdate' || (ordinalOf(pod) ?? 0) >= firstNewOrdinal(set);
	const helps = isReplaced && (hope === 'none' || hope === 'doubtful');
	return {
		kind: 'ordered-pod',
		hope,
		reason: cause?.reason ?? 'NotReady',
		object: {kind: 'Pod', name: pod.name, uid: pod.uid},
		container: cause?.container,
		message: `${cause?.message ?? 'is not ready'}; ${set.name} replaces no pod before it is ready, not even this old one (OrderedReady)`,
		quote: cause?.quote,
		advice: helps ? 'delete it (x): it comes back of the new template' : cause?.advice,
		sinceAt: cause?.sinceAt,
	};
}
