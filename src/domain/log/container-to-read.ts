import type {Pod} from '../pod.ts';
import {isSidecar} from '../why/pod/container-role.ts';

/** Names of a pod's containers, init containers first. */
export function containerNames({initContainers, containers}: Pick<Pod, 'initContainers' | 'containers'>): readonly string[] {
	return [...initContainers, ...containers].map(({name}) => name);
}

/** The container whose log is asked for first: the init container that all others wait for, else the first one. */
export function containerToRead(pod: Pod): string | undefined {
	const isDone = (name: string) => {
		const status = pod.initContainerStatuses.find(one => one.name === name);
		return (status?.state.kind === 'terminated' && status.state.exitCode === 0) || (isSidecar(pod, name) && status?.started === true);
	};
	const isStarted = pod.containerStatuses.some(({state}) => state.kind === 'running' || state.kind === 'terminated');
	const waitedFor = isStarted ? undefined : pod.initContainers.find(({name}) => !isDone(name) && pod.initContainerStatuses.some(one => one.name === name));
	return (waitedFor ?? pod.containers[0])?.name;
}
