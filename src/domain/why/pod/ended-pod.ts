import type {Pod} from '../../pod.ts';
import {shortText} from '../../short-text.ts';
import type {Cause} from '../finding.ts';
import {exitWords} from './exit-words.ts';

/** A pod that has ended for good. One of a Deployment should never: it was evicted, refused by its node, or its node went down. */
export function endedPod(pod: Pod): Cause {
	const reason = pod.reason || pod.phase;
	const base = {reason, hope: 'doubtful', sinceAt: endOf(pod)} as const;
	if (pod.reason === 'Evicted') return {...base, kind: 'evicted', message: `was evicted: ${evictionText(pod.message)}`, advice: evictionAdvice(pod.message)};
	const [message, advice] = endText(pod);
	return {...base, kind: 'pod-ended', message, advice};
}

function endOf({containerStatuses}: Pod): number | undefined {
	const ends = containerStatuses.flatMap(({state}) => (state.kind === 'terminated' && state.finishedAt !== undefined ? [state.finishedAt] : []));
	return ends.length === 0 ? undefined : Math.max(...ends);
}

/** kubernetes: pkg/kubelet/eviction/helpers.go. The first match counts. */
const evictions: readonly (readonly [RegExp, (found: string) => string, string])[] = [
	[/low on resource: ([\w-]{1,40}(?:\.[\w-]{1,40})*)/, found => `its node was low on ${found}`, 'set requests that it needs; check what fills the node'],
	[/had condition: \[?([\w ,-]{1,100})/, found => `its node had ${found}`, 'check what fills the node'],
	[
		/exceeded its local ephemeral storage limit "([^"]{1,40})"/,
		found => `it wrote more than its limit of ${found} of ephemeral storage`,
		'raise the limit, or write less',
	],
	[
		/storage usage exceeds the total limit of containers ([\w.]{1,40})/,
		found => `it wrote more than its limit of ${found} of ephemeral storage`,
		'raise the limit, or write less',
	],
	[/EmptyDir volume "([^"]{1,100})" exceeds the limit/, found => `its volume "${found}" grew over its limit`, 'raise the sizeLimit, or write less'],
];

function evictionOf(message: string) {
	for (const [pattern, text, advice] of evictions) {
		const found = pattern.exec(message)?.[1];
		if (found !== undefined) return {text: shortText(text(found.trim()), 160), advice};
	}
	return {text: shortText(message, 160) || 'nobody says why', advice: 'check its node'};
}

const evictionText = (message: string) => evictionOf(message).text;
const evictionAdvice = (message: string) => evictionOf(message).advice;

/** Ends that the kubelet itself decides. kubernetes: pkg/kubelet/lifecycle/predicate.go, nodeshutdown, preemption, active_deadline.go. */
function endText(pod: Pod): readonly [message: string, advice: string] {
	const {reason} = pod;
	const resource = /^OutOf(.{1,60})$/.exec(reason)?.[1];
	if (resource !== undefined) return [`was refused by its node: not enough ${shortText(resource, 60)} left`, 'lower its requests, or add nodes'];
	if (reason === 'NodeAffinity')
		return ["was refused by its node: the node's labels do not fit any more", "compare its nodeSelector and affinity with the node's labels"];
	if (reason === 'Terminated' || reason === 'NodeShutdown' || reason === 'Shutdown') return ['has ended: its node was shut down', 'check its node'];
	if (reason === 'Preempting') return ['was ended to make room for a more important pod', 'add nodes, or raise its priority'];
	if (reason === 'DeadlineExceeded') return ['has ended: its activeDeadlineSeconds are over', 'remove activeDeadlineSeconds'];
	const words = shortText(pod.message, 160);
	if (reason !== '' || words !== '') return [`has ended: ${shortText(reason, 60) || pod.phase}${words === '' ? '' : `: ${words}`}`, 'check its node'];
	return [`has ended (${pod.phase})${exitOf(pod)}`, 'read its log (l)'];
}

function exitOf({containerStatuses}: Pod): string {
	const ended = containerStatuses.find(({state}) => state.kind === 'terminated');
	return ended?.state.kind === 'terminated' ? `: container ${ended.name} with ${exitWords(ended.state)}` : '';
}
