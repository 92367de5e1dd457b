import type {K8sEvent} from '../../k8s-event.ts';
import type {ContainerStatus, Pod, Termination} from '../../pod.ts';
import {shortText} from '../../short-text.ts';
import type {Cause} from '../finding.ts';
import {lastLogLine} from './last-log-line.ts';
import type {PodSubject} from './pod-subject.ts';
import {imageReasons, pullFailure} from './pull-failure.ts';

/** Waiting reasons that pass by themselves, usually. */
const passing: ReadonlySet<string> = new Set(['', 'ContainerCreating', 'PodInitializing']);

/** Creating takes that long only when something is missing: a volume, an address, a secret. */
const slowCreationMs = 60_000;
/** An event that says what is missing is believed sooner, but not at once: volumes are often tried twice. */
const toldCreationMs = 15_000;

/** What keeps a container of the pod from running, the first that there is, in the order of their start. */
export function stuckContainer(subject: PodSubject): Cause | undefined {
	const {pod} = subject;
	for (const status of pod.initContainerStatuses) {
		const cause = causeOf(subject, status);
		if (cause !== undefined) return cause;
		// The containers after an unfinished one wait for nothing but it.
		if (!isPassed(pod, status)) return slowInit(status, subject);
	}
	for (const status of pod.containerStatuses) {
		const cause = causeOf(subject, status);
		if (cause !== undefined) return cause;
	}
	return undefined;
}

/** An init container that has ended well, or a sidecar that has started: the next one may begin. */
function isPassed(pod: Pod, {name, state, started}: ContainerStatus): boolean {
	if (state.kind === 'terminated') return state.exitCode === 0;
	return started === true && pod.initContainers.some(container => container.name === name && container.sidecar);
}

function slowInit({name, state}: ContainerStatus, {isPast}: PodSubject): Cause | undefined {
	if (state.kind !== 'running' || state.startedAt === undefined || !isPast(state.startedAt + slowCreationMs)) return undefined;
	return {kind: 'init-container-slow', hope: 'waits', reason: 'PodInitializing', message: `still waits for init container ${name}`, sinceAt: state.startedAt};
}

function causeOf(subject: PodSubject, status: ContainerStatus): Cause | undefined {
	const {pod} = subject;
	const {state} = status;
	if (state.kind === 'terminated') return ended(status, state);
	if (state.kind !== 'waiting') return undefined;
	if (imageReasons.has(state.reason)) {
		return {
			kind: 'image-pull-failed',
			hope: 'doubtful',
			reason: state.reason,
			message: `can't pull image ${imageOf(pod, status)}: ${pullFailure(state.message)}`,
			sinceAt: pod.createdAt,
		};
	}
	if (state.reason === 'CrashLoopBackOff') return crashing(status, lastLogLine(subject, status.name));
	if (passing.has(state.reason)) return slowCreation(subject);
	return {
		kind: 'container-cannot-start',
		hope: 'doubtful',
		reason: state.reason,
		message: `container ${status.name} can't start: ${state.reason}: ${shortText(state.message, 200)}`,
		sinceAt: pod.createdAt,
	};
}

/** An init container that ended well is done; a pod that ends well does not belong into a Deployment. */
function ended({name, restartCount}: ContainerStatus, termination: Termination): Cause | undefined {
	if (termination.exitCode === 0) return undefined;
	return {
		kind: 'container-ended',
		hope: 'doubtful',
		reason: termination.reason || 'Error',
		message: `container ${name} ended with ${exitText(termination)}${times(restartCount)}`,
		sinceAt: termination.finishedAt,
	};
}

function crashing({name, restartCount, lastTermination}: ContainerStatus, line: string): Cause {
	const how = lastTermination === undefined ? '' : `, last with ${exitText(lastTermination)}`;
	return {
		kind: 'crash-loop',
		hope: 'doubtful',
		reason: 'CrashLoopBackOff',
		message: `container ${name} crashes again and again${how}${times(restartCount)}${line}`,
		sinceAt: lastTermination?.finishedAt,
	};
}

/** Volumes, network and such: what the kubelet can't prepare, by its last word. */
function preparationFailure(events: readonly K8sEvent[]): string | undefined {
	const failures = events.filter(({type, reason}) => type === 'Warning' && /^Failed[A-Z]|NotReady$/.test(reason) && reason !== 'FailedScheduling');
	const last = failures.toSorted((left, right) => (left.lastAt ?? 0) - (right.lastAt ?? 0)).at(-1);
	return last === undefined ? undefined : `${last.reason}: ${shortText(last.message, 200)}`;
}

function slowCreation({pod, events, isPast}: PodSubject): Cause | undefined {
	const failure = preparationFailure(events);
	if (pod.createdAt === undefined || !isPast(pod.createdAt + (failure === undefined ? slowCreationMs : toldCreationMs))) return undefined;
	const why = failure === undefined ? '' : `: ${failure}`;
	return {
		kind: 'containers-not-created',
		hope: 'doubtful',
		reason: 'ContainerCreating',
		message: `still waits for its containers to be created${why}`,
		sinceAt: pod.createdAt,
	};
}

function exitText({exitCode, signal, reason, message}: Termination): string {
	const how = signal === 0 ? `exit code ${exitCode}` : `signal ${signal}`;
	const why = [reason === 'Error' ? '' : reason, shortText(message, 120)].filter(part => part !== '').join(': ');
	return why === '' ? how : `${how} (${why})`;
}

const times = (restarts: number) => (restarts === 0 ? '' : ` (${restarts} ${restarts === 1 ? 'restart' : 'restarts'})`);

function imageOf({initContainers, containers}: Pod, {name, image}: ContainerStatus): string {
	return [...initContainers, ...containers].find(container => container.name === name)?.image ?? image;
}
