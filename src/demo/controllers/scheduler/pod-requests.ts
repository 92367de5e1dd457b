import {parseQuantity} from '../../quantity.ts';
import type {Pod, PodContainer} from '../kinds.ts';

/** What a pod asks of a node: thousandths of a core, and bytes. */
export interface Requests {
	readonly milliCpu: number;
	readonly memory: number;
}

/** What a container counts as, for choosing the emptiest node, when it asks for nothing (kubernetes: DefaultMilliCPURequest, DefaultMemoryRequest). */
const usual: Requests = {milliCpu: 100, memory: 200 * 1024 * 1024};
const nothing: Requests = {milliCpu: 0, memory: 0};

/** What the pod's containers ask for together; init containers run before them, so the largest one counts (kubernetes: resource/helpers.go PodRequests). */
export function podRequests(pod: Pod, unless: Requests = nothing): Requests {
	const {containers, initContainers = [], overhead} = pod.spec;
	let running = containers.reduce((sum, container) => add(sum, requestsOf(container, unless)), nothing);
	let before = nothing;
	let starting = nothing;
	for (const container of initContainers) {
		const requests = requestsOf(container, unless);
		if (container.restartPolicy === 'Always') {
			running = add(running, requests);
			before = add(before, requests);
			starting = most(starting, before);
		} else starting = most(starting, add(before, requests));
	}
	return add(most(running, starting), amounts(overhead, nothing));
}

/** The same, as it counts for choosing the emptiest node. */
export function scoredRequests(pod: Pod): Requests {
	return podRequests(pod, usual);
}

function requestsOf({resources}: PodContainer, unless: Requests): Requests {
	return amounts(resources?.requests, unless);
}

function amounts(list: Readonly<Record<string, string>> | undefined, unless: Requests): Requests {
	return {milliCpu: milliCpuOf(list?.cpu) ?? unless.milliCpu, memory: bytesOf(list?.memory) ?? unless.memory};
}

/** A quantity of cpu in thousandths, rounded up; undefined for none. */
export function milliCpuOf(text: string | undefined): number | undefined {
	const quantity = parseQuantity(text);
	return quantity === undefined ? undefined : Math.ceil(Number(quantity.nanos) / 1_000_000);
}

/** A quantity in whole units, rounded up; undefined for none. */
export function bytesOf(text: string | undefined): number | undefined {
	const quantity = parseQuantity(text);
	return quantity === undefined ? undefined : Math.ceil(Number(quantity.nanos) / 1_000_000_000);
}

/** Both together. */
export function add(left: Requests, right: Requests): Requests {
	return {milliCpu: left.milliCpu + right.milliCpu, memory: left.memory + right.memory};
}

function most(left: Requests, right: Requests): Requests {
	return {milliCpu: Math.max(left.milliCpu, right.milliCpu), memory: Math.max(left.memory, right.memory)};
}
