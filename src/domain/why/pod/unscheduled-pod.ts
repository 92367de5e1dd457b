import {conditionOf} from '../../condition-of.ts';
import {shortText} from '../../short-text.ts';
import type {Cause} from '../finding.ts';
import type {PodSubject} from './pod-subject.ts';
import {schedulingFailure} from './scheduling-failure.ts';
import {missingClaim} from './volume-failure.ts';

/** No node has been found for the pod, or none is looked for. */
export function unscheduledPod({pod, events}: PodSubject): Cause | undefined {
	const scheduled = conditionOf(pod.conditions, 'PodScheduled');
	if (scheduled?.status !== 'False') return undefined;
	const base = {reason: scheduled.reason || 'Unschedulable', sinceAt: scheduled.lastTransitionAt ?? pod.createdAt};
	if (scheduled.reason === 'SchedulingGated') {
		const gates = pod.schedulingGates.join(', ');
		const message = gates === '' ? 'is held back by a scheduling gate' : shortText(`is held back by scheduling gate ${gates}`, 240);
		return {...base, sinceAt: pod.createdAt, kind: 'scheduling-gate', hope: 'waits', message, advice: 'whoever set the gate must remove it'};
	}
	const claim = missingClaim(scheduled.message);
	if (claim !== undefined)
		return {...base, kind: 'volume-missing', hope: 'doubtful', message: `needs ${claim}`, advice: 'create the claim, or correct its name in the pod template'};
	const {text, advice} = schedulingFailure(scheduled.message, pod.pinnedTo);
	const grows = events.some(({reason, lastAt}) => reason === 'TriggeredScaleUp' && (lastAt ?? 0) >= (scheduled.lastTransitionAt ?? 0));
	return grows
		? {...base, kind: 'unschedulable', hope: 'likely', message: `${text}; the cluster is adding a node for it`, advice: 'wait for the new node'}
		: {...base, kind: 'unschedulable', hope: 'doubtful', message: text, advice};
}
