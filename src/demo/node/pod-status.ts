import {apiTime} from '../clock.ts';
import type {ApiPod, ContainerState, ContainerStatus, PodCondition, PodPhase, PodSpec, PodStatus} from './api-pod.ts';
import type {ContainerSlot} from './container-slot.ts';
import {imageIdentity} from './image-store.ts';

/** What a pod's status is made from. */
export interface PodView {
	readonly pod: ApiPod;
	readonly slots: readonly ContainerSlot[];
	readonly nodeIp: string;
	readonly podIp: string | undefined;
	readonly hasSandbox: boolean;
	/** All containers have been stopped for good. */
	readonly isOver: boolean;
	/** The status that was published before; transition times go on from there. */
	readonly before: PodStatus;
	readonly now: number;
}

/** The status, made from scratch each time as the kubelet does (generateAPIPodStatus). */
export function podStatus(view: PodView): PodStatus {
	const {pod, slots, nodeIp, podIp, before, now} = view;
	const isDeleted = pod.metadata.deletionTimestamp !== undefined;
	const containerStatuses = slots.map(slot => containerStatus(slot, !isDeleted && mayRestart(pod.spec, slot)));
	const computed = podPhase(pod.spec, containerStatuses, view.isOver);
	const phase = before.phase === 'Failed' || before.phase === 'Succeeded' ? before.phase : computed;
	return {
		observedGeneration: pod.metadata.generation,
		phase,
		conditions: podConditions(view, phase, containerStatuses),
		hostIP: nodeIp,
		hostIPs: [{ip: nodeIp}],
		...(podIp === undefined ? {} : {podIP: podIp, podIPs: [{ip: podIp}]}),
		startTime: before.startTime ?? apiTime(now),
		containerStatuses,
	};
}

/** The last word on a pod (TerminatePod): no container stays without an end, no phase open. */
export function finalStatus(status: PodStatus): PodStatus {
	const lost: ContainerState = {
		terminated: {
			exitCode: 137,
			reason: 'ContainerStatusUnknown',
			message: 'The container could not be located when the pod was terminated',
			startedAt: null,
			finishedAt: null,
		},
	};
	const containerStatuses = (status.containerStatuses ?? []).map(container =>
		container.state.terminated === undefined ? {...container, state: lost} : container,
	);
	return {...status, containerStatuses, phase: status.phase === 'Succeeded' ? 'Succeeded' : 'Failed'};
}

/** Whether the pod's restart policy wants another run of a container that has ended. */
export function mayRestart({restartPolicy}: PodSpec, {run}: ContainerSlot): boolean {
	if (restartPolicy === 'Never') return run.kind === 'none';
	return restartPolicy !== 'OnFailure' || run.kind !== 'exited' || run.terminated.exitCode !== 0;
}

/** getPhase: pending while one has never run, running while one runs or will run again. */
export function podPhase({restartPolicy}: PodSpec, statuses: readonly ContainerStatus[], isOver: boolean): PodPhase {
	const ends = statuses.map(({state, lastState}) => state.terminated ?? (state.waiting === undefined ? undefined : lastState.terminated));
	if (statuses.some(({state, lastState}) => state.waiting !== undefined && lastState.terminated === undefined)) return 'Pending';
	if (statuses.some(({state}) => state.running !== undefined)) return 'Running';
	const hasFailed = ends.some(end => end?.exitCode !== 0);
	const isRestarted = restartPolicy !== 'Never' && (restartPolicy !== 'OnFailure' || hasFailed);
	if (isRestarted && !isOver) return 'Running';
	return hasFailed ? 'Failed' : 'Succeeded';
}

function containerStatus(slot: ContainerSlot, mayRun: boolean): ContainerStatus {
	const {spec, run, waiting, previous, restartCount} = slot;
	const hasRun = run.kind !== 'none';
	const isRunning = run.kind === 'running';
	const isWaiting = waiting !== undefined && mayRun && !isRunning;
	const lastTerminated = isWaiting && run.kind === 'exited' ? run.terminated : previous?.terminated;
	return {
		name: spec.name,
		state: isWaiting ? {waiting} : stateOf(slot),
		lastState: lastTerminated === undefined ? {} : {terminated: lastTerminated},
		ready: isRunning && (slot.readiness?.isReady() ?? true),
		restartCount,
		...(hasRun ? imageIdentity(spec.image) : {image: spec.image, imageID: ''}),
		...(hasRun ? {containerID: run.id} : {}),
		started: isRunning,
		volumeMounts: (spec.volumeMounts ?? []).map(({name, mountPath, readOnly}) => ({
			name,
			mountPath,
			...(readOnly === true ? {readOnly, recursiveReadOnly: 'Disabled'} : {}),
		})),
	};
}

function stateOf({run, previous}: ContainerSlot): ContainerState {
	if (run.kind === 'running') return {running: {startedAt: apiTime(run.process.startedAt)}};
	if (run.kind === 'exited') return {terminated: run.terminated};
	return previous === undefined ? {waiting: {reason: 'ContainerCreating'}} : {terminated: previous.terminated};
}

function podConditions({pod, hasSandbox, before, now}: PodView, phase: PodPhase, statuses: readonly ContainerStatus[]): PodCondition[] {
	const known = new Map([...(pod.status.conditions ?? []), ...(before.conditions ?? [])].map(condition => [condition.type, condition]));
	const observedGeneration = pod.metadata.generation;
	const condition = (type: string, isTrue: boolean, why: {reason?: string; message?: string} = {}): PodCondition => {
		const status = isTrue ? 'True' : 'False';
		const old = known.get(type);
		const lastTransitionTime = old?.status === status ? old.lastTransitionTime : apiTime(now);
		return {type, observedGeneration, status, lastProbeTime: null, lastTransitionTime, ...why};
	};
	const containersReady = readiness(phase, statuses);
	const ready = containersReady ?? closedGates(pod);
	const scheduled = known.get('PodScheduled');
	return [
		condition('PodReadyToStartContainers', hasSandbox),
		condition('Initialized', true, phase === 'Succeeded' ? {reason: 'PodCompleted'} : {}),
		condition('Ready', ready === undefined, ready),
		condition('ContainersReady', containersReady === undefined, containersReady),
		...(scheduled === undefined ? [] : [{...scheduled, observedGeneration}]),
	];
}

/** The readiness gates that are not open, as GeneratePodReadyCondition tells of them; nothing when all are. */
function closedGates({spec, status}: ApiPod): {reason: string; message: string} | undefined {
	const closed = (spec.readinessGates ?? []).flatMap(({conditionType}) => {
		const gate = status.conditions?.find(({type}) => type === conditionType);
		if (gate === undefined) return `corresponding condition of pod readiness gate "${conditionType}" does not exist.`;
		return gate.status === 'True' ? [] : `the status of pod readiness gate "${conditionType}" is not "True", but ${gate.status}`;
	});
	return closed.length === 0 ? undefined : {reason: 'ReadinessGatesNotReady', message: closed.join(', ')};
}

/** Why a pod's containers are not ready, or nothing when they are. */
function readiness(phase: PodPhase, statuses: readonly ContainerStatus[]): {reason: string; message?: string} | undefined {
	if (phase === 'Succeeded') return {reason: 'PodCompleted'};
	if (phase === 'Failed') return {reason: 'PodFailed'};
	const unready = statuses.filter(({ready}) => !ready).map(({name}) => name);
	return unready.length === 0 ? undefined : {reason: 'ContainersNotReady', message: `containers with unready status: [${unready.join(' ')}]`};
}
