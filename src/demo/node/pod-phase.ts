import type {PodSpec} from './pod-spec.ts';
import type {ContainerStatus, PodPhase, Terminated} from './pod-status.ts';

/** What the phase is computed from. */
export interface PhaseView {
	readonly spec: PodSpec;
	readonly initStatuses: readonly ContainerStatus[];
	readonly statuses: readonly ContainerStatus[];
	/** A main container has run in this life of the pod. */
	readonly isInitialized: boolean;
	/** All containers have been stopped for good. */
	readonly isOver: boolean;
}

/** Pending while one has never run, running while one runs or will run again (kubelet_pods.go: getPhase). */
export function podPhase({spec, initStatuses, statuses, isInitialized, isOver}: PhaseView): PodPhase {
	const sidecars = initStatuses.filter(({name}) => isSidecar(spec, name));
	const inits = initStatuses.filter(({name}) => !isSidecar(spec, name));
	if (spec.restartPolicy === 'Never' && inits.some(status => hasFailed(endOf(status)))) return 'Failed';
	if (inits.some(isUnfinished)) return 'Pending';
	if (!isInitialized && sidecars.some(status => isPending(status) || (status.state.running !== undefined && !status.started))) return 'Pending';
	if ([...sidecars, ...statuses].some(isPending)) return 'Pending';
	if ([...sidecars, ...statuses].some(({state}) => state.running !== undefined)) return 'Running';
	const isFailed = statuses.some(status => hasFailed(endOf(status)));
	const isRestarted = spec.restartPolicy !== 'Never' && (spec.restartPolicy !== 'OnFailure' || isFailed);
	if (isRestarted && !isOver) return 'Running';
	return isFailed ? 'Failed' : 'Succeeded';
}

/** Whether an init container runs for as long as its pod does. */
export function isSidecar({initContainers = []}: PodSpec, name: string): boolean {
	return initContainers.find(container => container.name === name)?.restartPolicy === 'Always';
}

/** It has never come to run. */
function isPending({state, lastState}: ContainerStatus): boolean {
	return state.waiting !== undefined && lastState.terminated === undefined;
}

/** An init container that runs, will run or will run again; one that has failed and is about to be restarted does not count, as upstream. */
function isUnfinished(status: ContainerStatus): boolean {
	return status.state.running !== undefined || (status.state.waiting !== undefined && !hasFailed(endOf(status)));
}

function endOf({state, lastState}: ContainerStatus): Terminated | undefined {
	return state.terminated ?? (state.waiting === undefined ? undefined : lastState.terminated);
}

function hasFailed(end: Terminated | undefined): boolean {
	return end !== undefined && end.exitCode !== 0;
}
