import {conditionOf} from './condition-of.ts';
import {age, humanDuration, steadyMs} from './human-duration.ts';
import type {ContainerState, ContainerStatus, Pod, Termination} from './pod.ts';

/** The cells of `kubectl get pods`, but for the age. */
export type PodStateColumns = {
	readonly ready: string;
	readonly status: string;
	readonly restarts: string;
	/** Epoch ms: until then time alone changes nothing. Restarts are told with how long ago the last one was. */
	readonly steadyUntil: number;
};

/** All of them. */
export type PodColumns = Omit<PodStateColumns, 'steadyUntil'> & {readonly age: string};

type Restarts = {readonly count: number; readonly lastAt: number};
type InitProgress = {
	readonly reason: string | undefined;
	readonly readySidecars: number;
	readonly restarts: Restarts;
	readonly sidecarRestarts: Restarts;
};
type AppProgress = {readonly reason: string; readonly readyContainers: number; readonly restarts: Restarts};

const noRestarts: Restarts = {count: 0, lastAt: 0};
const noInit: InitProgress = {reason: undefined, readySidecars: 0, restarts: noRestarts, sidecarRestarts: noRestarts};

function withRestarts(restarts: Restarts, status: ContainerStatus): Restarts {
	if (status.restartCount === 0 && status.lastTermination === undefined) return restarts;
	return {count: restarts.count + status.restartCount, lastAt: Math.max(restarts.lastAt, status.lastTermination?.finishedAt ?? 0)};
}

function terminationReason({reason, signal, exitCode}: Termination): string {
	if (reason !== '') return reason;
	return signal === 0 ? `ExitCode:${exitCode}` : `Signal:${signal}`;
}

/** Why an unfinished init container holds the pod up, as the STATUS column says it. */
function initReason(state: ContainerState, index: number, total: number): string {
	if (state.kind === 'terminated') return `Init:${terminationReason(state)}`;
	if (state.kind === 'waiting' && state.reason !== '' && state.reason !== 'PodInitializing') return `Init:${state.reason}`;
	return `Init:${index}/${total}`;
}

/** Init containers in the order of their statuses, up to the first unfinished one; a started sidecar counts as finished. */
function initProgress(pod: Pod): InitProgress {
	const sidecars = new Set(pod.initContainers.filter(container => container.sidecar).map(container => container.name));
	let restarts = noRestarts;
	let sidecarRestarts = noRestarts;
	let readySidecars = 0;
	for (const [index, status] of pod.initContainerStatuses.entries()) {
		const isSidecar = sidecars.has(status.name);
		restarts = withRestarts(restarts, status);
		if (isSidecar) sidecarRestarts = withRestarts(sidecarRestarts, status);
		if (status.state.kind === 'terminated' && status.state.exitCode === 0) continue;
		if (isSidecar && status.started === true) {
			if (status.ready) readySidecars++;
			continue;
		}
		return {reason: initReason(status.state, index, pod.initContainers.length), readySidecars, restarts, sidecarRestarts};
	}
	return {reason: undefined, readySidecars, restarts, sidecarRestarts};
}

/** What the word `Completed` becomes when other containers still run or failed. */
function completedReason(pod: Pod, hasRunning: boolean, errorReason: string): string {
	if (hasRunning && conditionOf(pod.conditions, 'Ready')?.status === 'True') return 'Running';
	if (errorReason !== '') return errorReason;
	return hasRunning ? 'NotReady' : 'Completed';
}

/** What a container's state makes of the reason: running, or waiting without a word, leaves it as it is. */
function containerReason(state: ContainerState): string | undefined {
	if (state.kind === 'terminated') return terminationReason(state);
	return state.kind === 'waiting' && state.reason !== '' ? state.reason : undefined;
}

/** App containers, last to first, so that the first container's reason wins. */
function appProgress(pod: Pod, podReason: string, restartsBefore: Restarts): AppProgress {
	let reason = podReason;
	let restarts = restartsBefore;
	let readyContainers = 0;
	let errorReason = '';
	for (const status of pod.containerStatuses.toReversed()) {
		const {state} = status;
		restarts = withRestarts(restarts, status);
		reason = containerReason(state) ?? reason;
		if (state.kind === 'terminated' && state.exitCode !== 0) errorReason = reason;
		if (state.kind === 'running' && status.ready) readyContainers++;
	}
	return {reason: reason === 'Completed' ? completedReason(pod, readyContainers > 0, errorReason) : reason, readyContainers, restarts};
}

/** The reason that the pod itself gives, before its containers are asked. */
function podReason(pod: Pod): string {
	if (pod.conditions.some(condition => condition.type === 'PodScheduled' && condition.reason === 'SchedulingGated')) return 'SchedulingGated';
	return pod.reason === '' ? pod.phase : pod.reason;
}

/** Deletion overrides the reason, except that a pod which ended by itself keeps Error or Completed. */
function deletionStatus(pod: Pod, reason: string): string {
	if (pod.deletedAt === undefined) return reason;
	if (pod.reason === 'NodeLost') return 'Unknown';
	return pod.phase === 'Succeeded' || pod.phase === 'Failed' ? reason : 'Terminating';
}

function progressOf(pod: Pod): AppProgress {
	// Nearly all pods have none, and there may be thousands.
	const init = pod.initContainerStatuses.length === 0 ? noInit : initProgress(pod);
	const reason = init.reason ?? podReason(pod);
	if (init.reason !== undefined && conditionOf(pod.conditions, 'Initialized')?.status !== 'True')
		return {reason, readyContainers: init.readySidecars, restarts: init.restarts};
	// Once initialized, restarts of ordinary init containers are dropped: they can't happen any more.
	const app = appProgress(pod, reason, init.sidecarRestarts);
	return {...app, readyContainers: app.readyContainers + init.readySidecars};
}

/**
 * READY, STATUS and RESTARTS of a pod at `now` (epoch ms), to the letter of `kubectl get pods`.
 * kubernetes: pkg/printers/internalversion/printers.go printPod.
 */
export function podStateColumns(pod: Pod, now: number): PodStateColumns {
	const total = pod.containers.length + pod.initContainers.filter(container => container.sidecar).length;
	const {reason, readyContainers, restarts} = progressOf(pod);
	const isTimed = restarts.count !== 0 && restarts.lastAt !== 0;
	const ago = isTimed ? ` (${humanDuration(now - restarts.lastAt)} ago)` : '';
	return {
		ready: `${readyContainers}/${total}`,
		status: deletionStatus(pod, reason),
		restarts: `${restarts.count}${ago}`,
		steadyUntil: isTimed ? now + steadyMs(now - restarts.lastAt) : Number.POSITIVE_INFINITY,
	};
}

/** As `podStateColumns`, and AGE. */
export function podColumns(pod: Pod, now: number): PodColumns {
	const {ready, status, restarts} = podStateColumns(pod, now);
	return {ready, status, restarts, age: age(pod.createdAt, now)};
}
