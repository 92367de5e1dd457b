import {conditionOf} from '../../condition-of.ts';
import type {Cause} from '../finding.ts';
import type {PodSubject} from './pod-subject.ts';

/**
 * The node does not answer any more: what the pod says of its containers is old. kubernetes: the node lifecycle controller sets Ready to False and
 * leaves all else as it was (pkg/controller/util/node/controller_utils.go MarkPodsNotReady).
 */
export function nodeLost({pod, events}: PodSubject): Cause | undefined {
	if (pod.nodeName === undefined) return undefined;
	const ready = conditionOf(pod.conditions, 'Ready');
	const told = events.some(({reason, lastAt}) => reason === 'NodeNotReady' && (lastAt ?? 0) >= (ready?.lastTransitionAt ?? 0) - 1000);
	const looksWell = pod.containerStatuses.length > 0 && pod.containerStatuses.every(({ready: isReady}) => isReady);
	const isLost = pod.reason === 'NodeLost' || pod.phase === 'Unknown' || ready?.status === 'Unknown' || (told && looksWell);
	if (!isLost) return undefined;
	return {
		kind: 'node-lost',
		hope: 'doubtful',
		reason: 'NodeNotReady',
		message: `runs on node ${pod.nodeName}, which does not answer any more`,
		advice: 'check the node; its pods are replaced after 5 minutes',
		sinceAt: ready?.lastTransitionAt,
	};
}
