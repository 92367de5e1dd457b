import type {ContainerStatus, Pod} from '../../pod.ts';
import type {Cause} from '../finding.ts';
import {roleOf} from './container-role.ts';
import {crashCause} from './crash-cause.ts';
import {lifeOf} from './exit-words.ts';
import {imageCause} from './image-cause.ts';
import type {PodSubject} from './pod-subject.ts';
import {preparationCause} from './preparation-cause.ts';
import {startCause} from './start-cause.ts';

/** Waiting reasons that pass by themselves, usually. */
const passing: ReadonlySet<string> = new Set(['', 'ContainerCreating', 'PodInitializing']);

const slowInitMs = 60_000;
/** A container that crashed is watched for longer than it lived before, so that it does not seem well for the seconds that each try lasts. */
const watchedMs = 30_000;
const longestWatchMs = 600_000;

/** What keeps a container of the pod from running, the first that there is, in the order of their start. */
export function containerCause(subject: PodSubject): Cause | undefined {
	const {pod} = subject;
	for (const status of pod.initContainerStatuses) {
		const cause = causeOf(subject, status);
		if (cause !== undefined) return cause;
		// The containers after an unfinished one wait for nothing but it.
		if (!isPassed(pod, status)) return slowInit(subject, status);
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
	return started === true && isSidecar(pod, name);
}

function isSidecar({initContainers}: Pod, name: string): boolean {
	return initContainers.some(container => container.name === name && container.sidecar);
}

function slowInit({pod, isPast}: PodSubject, {name, state}: ContainerStatus): Cause | undefined {
	if (state.kind !== 'running' || state.startedAt === undefined || !isPast(state.startedAt + slowInitMs)) return undefined;
	const base = {reason: 'PodInitializing', sinceAt: state.startedAt, container: {name, previous: false}};
	const who = roleOf(pod, name);
	return isSidecar(pod, name)
		? {
				...base,
				kind: 'sidecar-not-started',
				hope: 'doubtful',
				message: `still waits for ${who} to have started`,
				advice: "check the sidecar's startup probe and log (l)",
			}
		: {...base, kind: 'init-container-slow', hope: 'waits', message: `still waits for ${who} to end`, advice: 'read its log (l)'};
}

function causeOf(subject: PodSubject, status: ContainerStatus): Cause | undefined {
	const {state} = status;
	if (state.kind === 'terminated') return hasFailed(status, state.exitCode) ? crashCause(subject, status) : undefined;
	if (state.kind === 'running') return isSuspect(subject, status, state.startedAt) ? crashCause(subject, status) : undefined;
	if (state.kind === 'none') return undefined;
	const image = imageCause(subject, status, state);
	if (image !== undefined) return image;
	if (state.reason === 'CrashLoopBackOff') return crashCause(subject, status);
	if (passing.has(state.reason)) return preparationCause(subject, status);
	return startCause(subject, status, state.reason, state.message);
}

/** An init container that ended well is done; of others, one good end can be an accident. */
const hasFailed = ({restartCount}: ContainerStatus, exitCode: number) => exitCode !== 0 || restartCount > 0;

function isSuspect({isPast}: PodSubject, {ready, restartCount, lastTermination}: ContainerStatus, startedAt: number | undefined): boolean {
	if (ready || restartCount === 0 || lastTermination === undefined || startedAt === undefined) return false;
	const watched = Math.min(longestWatchMs, Math.max(watchedMs, 2 * (lifeOf(lastTermination) ?? 0)));
	return !isPast(startedAt + watched);
}
