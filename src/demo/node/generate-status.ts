import {apiTime} from '../clock.ts';
import type {ApiPod} from './api-pod.ts';
import type {ContainerSlot} from './container-slot.ts';
import {containerStatus, mayRun} from './container-status.ts';
import {podConditions} from './pod-conditions.ts';
import {isSidecar, podPhase} from './pod-phase.ts';
import type {PodSpec} from './pod-spec.ts';
import {type ContainerState, type ContainerStatus, isTerminal, type PodPhase, type PodStatus} from './pod-status.ts';

/** What a pod's status is made from. */
export interface PodView {
	readonly pod: ApiPod;
	/** Init containers first, in the order of the spec. */
	readonly slots: readonly ContainerSlot[];
	readonly nodeIp: string;
	readonly podIp: string | undefined;
	readonly hasSandbox: boolean;
	/** All containers have been stopped for good. */
	readonly isOver: boolean;
	/** The status that was published before. */
	readonly before: PodStatus;
	readonly now: number;
}

/** The status, made from scratch each time as the kubelet does (generateAPIPodStatus). */
export function generateStatus(view: PodView): PodStatus {
	const {pod, slots, nodeIp, podIp, before, now} = view;
	const isDeleted = pod.metadata.deletionTimestamp !== undefined;
	const statusOf = (slot: ContainerSlot) => containerStatus(slot, pod.spec, !isDeleted && mayRun(pod.spec, slot));
	const mains = slots.filter(({kind}) => kind === 'main');
	const statuses = mains.map(statusOf);
	const initStatuses = slots.filter(({kind}) => kind !== 'main').map(statusOf);
	const isLate = deadlineInMs(pod.spec, before, now) <= 0;
	const phase = isLate && !isTerminal(before) ? 'Failed' : nextPhase(view, initStatuses, statuses);
	return {
		observedGeneration: pod.metadata.generation,
		phase,
		...endOf(before, isLate),
		conditions: podConditions({...view, phase, initStatuses, statuses}),
		hostIP: nodeIp,
		hostIPs: [{ip: nodeIp}],
		...(podIp === undefined ? {} : {podIP: podIp, podIPs: [{ip: podIp}]}),
		startTime: before.startTime ?? apiTime(now),
		...(initStatuses.length === 0 ? {} : {initContainerStatuses: initStatuses}),
		containerStatuses: statuses,
	};
}

/** Milliseconds until the kubelet ends the pod by its `activeDeadlineSeconds`; Infinity without one. kubelet: active_deadline.go. */
export function deadlineInMs({activeDeadlineSeconds}: PodSpec, {startTime}: PodStatus, now: number): number {
	return activeDeadlineSeconds === undefined || startTime === undefined
		? Number.POSITIVE_INFINITY
		: Date.parse(startTime) + activeDeadlineSeconds * 1_000 - now;
}

/** Why a pod as a whole has ended, which it keeps. */
function endOf(before: PodStatus, isLate: boolean): Pick<PodStatus, 'reason' | 'message'> {
	const {reason, message} = before;
	if (isTerminal(before)) return {...(reason === undefined ? {} : {reason}), ...(message === undefined ? {} : {message})};
	return isLate ? {reason: 'DeadlineExceeded', message: 'Pod was active on the node longer than the specified deadline'} : {};
}

/** The last word on a pod (TerminatePod): no container stays without an end, no phase open. Those that were never begun keep waiting. */
export function finalStatus(status: PodStatus, spec: PodSpec): PodStatus {
	const {containerStatuses = [], initContainerStatuses = []} = status;
	const lastBegun = initContainerStatuses.findLastIndex(({state, lastState}) => state.waiting === undefined || lastState.terminated !== undefined);
	const inits = initContainerStatuses.map((container, index) => (index <= Math.max(0, lastBegun) ? ended(container) : container));
	return {
		...status,
		...(inits.length === 0 ? {} : {initContainerStatuses: inits}),
		containerStatuses: hasInitialized(status, spec) ? containerStatuses.map(ended) : containerStatuses,
		phase: status.phase === 'Succeeded' ? 'Succeeded' : 'Failed',
	};
}

/** A pod that has come to its end never leaves it. */
function nextPhase({pod, slots, before, isOver}: PodView, initStatuses: readonly ContainerStatus[], statuses: readonly ContainerStatus[]): PodPhase {
	if (before.phase !== undefined && isTerminal(before)) return before.phase;
	const isInitialized = slots.some(({kind, run}) => kind === 'main' && run.kind !== 'none');
	return podPhase({spec: pod.spec, initStatuses, statuses, isInitialized, isOver});
}

function hasInitialized({containerStatuses = [], initContainerStatuses = []}: PodStatus, spec: PodSpec): boolean {
	const last = initContainerStatuses.at(-1);
	if (last === undefined) return true;
	if (containerStatuses.some(({state, lastState}) => lastState.terminated !== undefined || state.waiting === undefined)) return true;
	if (isSidecar(spec, last.name)) return last.state.running !== undefined && last.started;
	return (last.state.terminated ?? last.lastState.terminated)?.exitCode === 0;
}

function ended(container: ContainerStatus): ContainerStatus {
	const lost: ContainerState = {
		terminated: {
			exitCode: 137,
			reason: 'ContainerStatusUnknown',
			message: 'The container could not be located when the pod was terminated',
			startedAt: null,
			finishedAt: null,
		},
	};
	return container.state.terminated === undefined ? {...container, state: lost} : container;
}
