import type {ContainerStatus, Pod} from '../../pod.ts';
import type {Cause} from '../finding.ts';
import {isSidecar, roleOf} from './container-role.ts';
import {crashCause} from './crash-cause.ts';
import {lifeOf} from './exit-words.ts';
import {imageCause} from './image-cause.ts';
import type {PodSubject} from './pod-subject.ts';
import {preparationCause} from './preparation-cause.ts';
import {probeKill} from './probe-kill.ts';
import {startCause} from './start-cause.ts';
import {startingCause} from './starting-cause.ts';

/** Waiting reasons that pass by themselves, usually. */
const passing: ReadonlySet<string> = new Set(['', 'ContainerCreating', 'PodInitializing']);

const slowInitMs = 30_000;
/** A container that crashed is watched for longer than it lived before, so that it does not seem well for the seconds that each try lasts. */
const watchedMs = 30_000;
const longestWatchMs = 600_000;
/** One restart is soon forgotten by a container that is ready. */
const restlessRestarts = 2;

/** What keeps a container of the pod from running, the first that there is, in the order of their start. */
export function containerCause(subject: PodSubject): Cause | undefined {
	const {pod} = subject;
	for (const status of pod.initContainerStatuses) {
		const cause = causeOf(subject, status);
		if (cause !== undefined) return cause;
		// The containers after an unfinished one wait for nothing but it.
		if (!isPassed(pod, status)) return slowInit(subject, status) ?? startingCause(subject, status);
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

function slowInit(subject: PodSubject, status: ContainerStatus): Cause | undefined {
	const {pod, isPast} = subject;
	const {name, state} = status;
	if (state.kind !== 'running' || state.startedAt === undefined || !isPast(state.startedAt + slowInitMs)) return undefined;
	const base = {reason: 'PodInitializing', sinceAt: state.startedAt, container: {name, previous: false}};
	if (!isSidecar(pod, name))
		return {...base, kind: 'init-container-slow', hope: 'waits', message: `still waits for ${roleOf(pod, name)} to end`, advice: 'read its log (l)'};
	const starting = startingCause(subject, status);
	const message = starting?.message ?? `still waits for ${roleOf(pod, name)} to have started`;
	return {...base, kind: 'sidecar-not-started', hope: 'doubtful', message, advice: "check the sidecar's startup probe and log (l)", next: starting?.next};
}

/** A pod that is ready and whose container is killed or crashes all the same, time and again: ready is but what it is between two ends. */
export function restlessCause(subject: PodSubject): Cause | undefined {
	for (const status of subject.pod.containerStatuses) {
		if (status.state.kind !== 'running') continue;
		const killed = subject.events.length === 0 ? undefined : probeKill(subject, status, {startedAt: status.state.startedAt});
		const cause = killed ?? (status.restartCount >= restlessRestarts ? crashAgain(subject, status, status.state.startedAt) : undefined);
		if (cause !== undefined) return cause;
	}
	return undefined;
}

function causeOf(subject: PodSubject, status: ContainerStatus): Cause | undefined {
	const {state} = status;
	if (state.kind === 'terminated') return hasFailed(status, state.exitCode) ? crashCause(subject, status) : undefined;
	if (state.kind === 'running') return status.ready ? undefined : crashAgain(subject, status, state.startedAt);
	if (state.kind === 'none') return undefined;
	const image = imageCause(subject, status, state);
	if (image !== undefined) return image;
	if (state.reason === 'CrashLoopBackOff') return crashCause(subject, status);
	if (passing.has(state.reason)) return preparationCause(subject, status);
	return startCause(subject, status, state.reason, state.message);
}

/** An init container that ended well is done; of others, one good end can be an accident. */
const hasFailed = ({restartCount}: ContainerStatus, exitCode: number) => exitCode !== 0 || restartCount > 0;

/** A running container that crashed not long ago. */
function crashAgain(subject: PodSubject, status: ContainerStatus, startedAt: number | undefined): Cause | undefined {
	const {restartCount, lastTermination} = status;
	if (restartCount === 0 || lastTermination === undefined || startedAt === undefined) return undefined;
	const watched = Math.min(longestWatchMs, Math.max(watchedMs, 2 * (lifeOf(lastTermination) ?? 0)));
	return subject.isPast(startedAt + watched) ? undefined : crashCause(subject, status);
}
