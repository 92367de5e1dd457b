import type {ContainerSpec, ContainerStatus, Pod} from '../../pod.ts';

/** The container of this name as the pod asks for it, init containers too. */
export function specOf({initContainers, containers}: Pod, name: string): ContainerSpec | undefined {
	return containers.find(container => container.name === name) ?? initContainers.find(container => container.name === name);
}

/** What a container is to its pod, and its name: `container app`, `init container migrate`, `sidecar proxy`. */
export function roleOf(pod: Pod, name: string): string {
	const init = pod.initContainers.find(container => container.name === name);
	if (init === undefined) return `container ${name}`;
	return `${init.sidecar ? 'sidecar' : 'init container'} ${name}`;
}

/** An init container that goes on running beside the others. */
export function isSidecar({initContainers}: Pod, name: string): boolean {
	return initContainers.some(container => container.name === name && container.sidecar);
}

/** ` of init container migrate`; nothing of the pod's main containers, which an image's name tells well enough. */
export function ofRole(pod: Pod, name: string): string {
	return pod.initContainers.some(container => container.name === name) ? ` of ${roleOf(pod, name)}` : '';
}

/** The image as the pod asks for it; the status has what the runtime made of its name. Uncut: messages are searched for it. */
export function imageOf(pod: Pod, {name, image}: ContainerStatus): string {
	return specOf(pod, name)?.image || image;
}

/** The limit of a container's memory as it is written. */
export function memoryLimitOf(pod: Pod, name: string): string | undefined {
	return specOf(pod, name)?.memoryLimit;
}
