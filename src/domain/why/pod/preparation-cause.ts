import type {K8sEvent} from '../../k8s-event.ts';
import type {ContainerStatus} from '../../pod.ts';
import {shortText} from '../../short-text.ts';
import type {Cause} from '../finding.ts';
import {imageOf, ofRole} from './container-role.ts';
import {networkFailure} from './network-failure.ts';
import type {PodSubject} from './pod-subject.ts';
import {volumeFailure} from './volume-failure.ts';

/** Creating takes that long only when something is missing: a volume, an address, a secret. */
const slowCreationMs = 60_000;
/** What an event says is wrong is often right by the next try: so long it may well recover. */
const toldCreationMs = 15_000;
const slowPullMs = 30_000;

/** A container that waits to be created: for its image, a volume, the pod's network, or nobody knows for what. */
export function preparationCause(subject: PodSubject, status: ContainerStatus): Cause | undefined {
	const pulling = openPull(subject, status);
	if (pulling !== undefined) return slowPull(subject, status, pulling);
	const {pod, isPast} = subject;
	if (pod.createdAt === undefined) return undefined;
	const failures = preparationFailures(subject.events);
	if (failures.length === 0 && !isPast(pod.createdAt + slowCreationMs)) return undefined;
	const known = failures.map(event => volumeFailure(event) ?? networkFailure(event)).filter(cause => cause !== undefined);
	// What is missing says more than that a wait for it timed out, however much later that was.
	const told = known.find(({kind}) => kind === 'volume-missing' || kind === 'volume-multi-attach') ?? known[0] ?? otherFailure(failures[0]);
	return {...told, hope: isPast(pod.createdAt + toldCreationMs) ? told.hope : 'likely', sinceAt: pod.createdAt};
}

const isAbout = ({message}: K8sEvent, image: string) => message.includes(`"${image}"`);

/** The event of a pull of the container's image that nothing has ended yet. */
function openPull({pod, events}: PodSubject, status: ContainerStatus): K8sEvent | undefined {
	const image = imageOf(pod, status);
	const begun = newest(events.filter(event => event.reason === 'Pulling' && isAbout(event, image)));
	if (begun === undefined) return undefined;
	const isOver = events.some(event => (event.reason === 'Pulled' || event.reason === 'Failed') && isAbout(event, image) && timeOf(event) >= timeOf(begun));
	return isOver ? undefined : begun;
}

function slowPull({pod, isPast}: PodSubject, status: ContainerStatus, {lastAt}: K8sEvent): Cause | undefined {
	if (lastAt === undefined || !isPast(lastAt + slowPullMs)) return undefined;
	return {
		kind: 'image-pull-slow',
		hope: 'waits',
		reason: 'Pulling',
		message: `still pulls image ${imageOf(pod, status)}${ofRole(pod, status.name)}`,
		advice: 'wait: a big image or a slow registry takes its time',
		sinceAt: lastAt,
	};
}

const timeOf = ({firstAt, lastAt}: K8sEvent) => lastAt ?? firstAt ?? 0;

function newest(events: readonly K8sEvent[]): K8sEvent | undefined {
	return events.reduce<K8sEvent | undefined>((found, event) => (found === undefined || timeOf(event) >= timeOf(found) ? event : found), undefined);
}

/** What the node could not prepare, the newest first; what it has got past is forgotten. */
function preparationFailures(events: readonly K8sEvent[]): readonly K8sEvent[] {
	const passed = Math.max(0, ...events.filter(({reason}) => reason === 'Pulling' || reason === 'Pulled' || reason === 'Created').map(timeOf));
	return events
		.filter(event => event.type === 'Warning' && /^Failed[A-Z]|NotReady$/.test(event.reason) && event.reason !== 'FailedScheduling' && timeOf(event) >= passed)
		.toSorted((left, right) => timeOf(right) - timeOf(left));
}

function otherFailure(event: K8sEvent | undefined): Omit<Cause, 'sinceAt'> {
	const why = event === undefined ? '' : `: ${event.reason}: ${shortText(event.message, 200)}`;
	const message = `still waits for its containers to be created${why}`;
	return {kind: 'containers-not-created', hope: 'doubtful', reason: 'ContainerCreating', message, advice: 'check its node'};
}
