import {apiTime} from '../clock.ts';
import type {ContainerSlot} from './container-slot.ts';
import {imageIdentity} from './image-name.ts';
import type {ContainerSpec, PodSpec} from './pod-spec.ts';
import type {ContainerState, ContainerStatus} from './pod-status.ts';

/** What is said of one container. `isWanted` is whether its pod still wants it to run. */
export function containerStatus(slot: ContainerSlot, {initContainers = []}: PodSpec, isWanted: boolean): ContainerStatus {
	const {spec, run, waiting, previous, restartCount, probes} = slot;
	const isRunning = run.kind === 'running';
	const isWaiting = waiting !== undefined && isWanted && !isRunning;
	const lastTerminated = isWaiting && run.kind === 'exited' ? run.terminated : previous?.terminated;
	const isDone = slot.kind === 'init' && run.kind === 'exited' && run.terminated.exitCode === 0;
	const never: ContainerState = {waiting: {reason: initContainers.length > 0 ? 'PodInitializing' : 'ContainerCreating'}};
	return {
		name: spec.name,
		state: isWaiting ? {waiting} : stateOf(slot, never),
		lastState: lastTerminated === undefined ? {} : {terminated: lastTerminated},
		ready: slot.kind === 'init' ? isDone : isRunning && probes.isReady(),
		restartCount,
		...(run.kind === 'none' ? {image: spec.image, imageID: ''} : {...imageIdentity(run.image), containerID: run.id}),
		started: isRunning && probes.isStarted(),
		volumeMounts: mounts(spec),
	};
}

/** Whether the pod wants another run of a container: ShouldContainerBeRestarted, and for init containers that none has succeeded. */
export function mayRun({restartPolicy}: PodSpec, {kind, run}: ContainerSlot): boolean {
	if (kind === 'sidecar' || run.kind !== 'exited') return true;
	if (restartPolicy === 'Never') return false;
	return (kind === 'main' && restartPolicy !== 'OnFailure') || run.terminated.exitCode !== 0;
}

function stateOf({run, previous}: ContainerSlot, never: ContainerState): ContainerState {
	if (run.kind === 'running') return {running: {startedAt: apiTime(run.process.startedAt)}};
	if (run.kind === 'exited') return {terminated: run.terminated};
	return previous === undefined ? never : {terminated: previous.terminated};
}

function mounts({volumeMounts = []}: ContainerSpec): readonly object[] {
	return volumeMounts.map(({name, mountPath, readOnly}) => ({
		name,
		mountPath,
		...(readOnly === true ? {readOnly, recursiveReadOnly: 'Disabled'} : {}),
	}));
}
