import {sleep} from '../clock.ts';
import type {ApiPod} from './api-pod.ts';
import {goSeconds} from './back-off.ts';
import {startProcess} from './container-process.ts';
import {type ContainerSlot, newContainerId, noteExit} from './container-slot.ts';
import {createLogBuffer} from './log-buffer.ts';
import type {NodeContext} from './node-context.ts';

/** How an attempt to get a container running ended; after `later` the pod is looked at again. */
export type Attempt = {readonly kind: 'nothing-to-do' | 'started' | 'aborted'} | {readonly kind: 'later'; readonly retryMs: number};

/** The pod that a container starts in. `onExit` hears of its end some time later. */
export interface StartOptions {
	readonly node: NodeContext;
	readonly pod: ApiPod;
	readonly podIp: string;
	readonly signal: AbortSignal;
	readonly onExit: () => void;
}

const retryMs = 10_000;

/** One attempt: the crash loop's back-off, the image, then the program. */
export async function startContainer(slot: ContainerSlot, options: StartOptions): Promise<Attempt> {
	const {node, pod, signal} = options;
	const waitMs = crashBackOff(slot, options);
	if (waitMs !== undefined) return {kind: 'later', retryMs: waitMs * jitter(node)};
	const ensured = await node.images.ensure(pod, slot.spec, signal);
	if (ensured.kind === 'aborted') return {kind: 'aborted'};
	if (ensured.kind === 'failure') {
		const {reason, message} = ensured;
		slot.waiting = {reason, message};
		node.events.record(pod, slot.spec.name, 'Warning', 'Failed', `Error: ${reason}`);
		return {kind: 'later', retryMs: retryMs * jitter(node)};
	}
	await sleep(node.clock, node.delays.createMs, signal);
	if (signal.aborted) return {kind: 'aborted'};
	node.events.record(pod, slot.spec.name, 'Normal', 'Created', 'Container created');
	await sleep(node.clock, node.delays.startMs, signal);
	if (signal.aborted) return {kind: 'aborted'};
	runImage(slot, ensured.image, options);
	node.events.record(pod, slot.spec.name, 'Normal', 'Started', 'Container started');
	return {kind: 'started'};
}

/** Milliseconds that a container which has ended must still wait; undefined when it may start, which counts as one more failure. */
function crashBackOff(slot: ContainerSlot, {node, pod}: StartOptions): number | undefined {
	const {run, backOff, spec} = slot;
	if (run.kind !== 'exited') return undefined;
	if (!backOff.isWaiting(run.endedAt)) {
		backOff.next(run.endedAt);
		return undefined;
	}
	const {name, namespace, uid} = pod.metadata;
	const podId = `${name}_${namespace}(${uid})`;
	slot.waiting = {reason: 'CrashLoopBackOff', message: `back-off ${goSeconds(backOff.currentMs())} restarting failed container=${spec.name} pod=${podId}`};
	node.events.record(pod, spec.name, 'Warning', 'BackOff', `Back-off restarting failed container ${spec.name} in pod ${podId}`);
	return backOff.remainingMs(run.endedAt);
}

function runImage(slot: ContainerSlot, image: Parameters<typeof startProcess>[0]['image'], {node, pod, podIp, onExit}: StartOptions): void {
	const {spec, run} = slot;
	if (run.kind === 'exited') {
		slot.previous = {terminated: run.terminated, log: run.log};
		slot.restartCount++;
	}
	const {clock, network} = node;
	const log = createLogBuffer(clock.now);
	const id = newContainerId();
	const command = [...(spec.command ?? []), ...(spec.args ?? [])];
	const process = startProcess({image, podName: pod.metadata.name, podIp, command, clock, network, log: log.append});
	slot.waiting = undefined;
	slot.run = {kind: 'running', id, process, log, exit: undefined};
	slot.readiness?.watch(process);
	void process.exited.then(exit => {
		noteExit(slot, id, exit);
		onExit();
	});
}

function jitter({random}: NodeContext): number {
	return 1 + random() / 2;
}
