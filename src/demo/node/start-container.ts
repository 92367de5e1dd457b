import {ApiError} from '../api-client.ts';
import {sleep} from '../clock.ts';
import type {Image} from '../images/image.ts';
import {parseQuantity} from '../quantity.ts';
import {type ApiPod, podId} from './api-pod.ts';
import {goSeconds} from './back-off.ts';
import {containerEnvironment, expand} from './container-environment.ts';
import {startProcess} from './container-process.ts';
import {type ContainerSlot, newContainerId, noteExit} from './container-slot.ts';
import {runHook} from './lifecycle-hook.ts';
import {createLogBuffer} from './log-buffer.ts';
import type {NodeContext} from './node-context.ts';
import type {Start} from './plan-round.ts';
import {noteStartError, startErrorOf} from './start-error.ts';
import {stopSingly} from './stop-container.ts';

/** How an attempt to get a container running ended; after `later` the pod is looked at again. */
export type Attempt = {readonly kind: 'started' | 'aborted'} | {readonly kind: 'later'; readonly retryMs: number};

/** The pod that a container starts in. `onExit` hears of its end some time later. */
export interface StartOptions {
	readonly node: NodeContext;
	readonly pod: ApiPod;
	readonly podIp: string;
	readonly signal: AbortSignal;
	readonly onExit: () => void;
}

const aborted: Attempt = {kind: 'aborted'};
const retryMs = 10_000;

/** One attempt: the crash loop's back-off, the image, the environment, then the program and what is to follow its start. */
export async function startContainer({slot, endedAt}: Start, options: StartOptions): Promise<Attempt> {
	const {node, pod, signal} = options;
	const {clock, delays, events, images} = node;
	const {name} = slot.spec;
	const waitMs = crashBackOff(slot, endedAt, options);
	if (waitMs !== undefined) return {kind: 'later', retryMs: waitMs * jitter(node)};
	const ensured = await images.ensure(pod, slot.spec, signal);
	if (ensured.kind === 'aborted') return aborted;
	if (ensured.kind === 'failure') return fail(slot, options, ensured.reason, ensured.message, ensured.reason);
	const env = await environmentOf(slot, options);
	if (typeof env === 'string') return fail(slot, options, 'CreateContainerConfigError', env, env);
	await sleep(clock, delays.createMs, signal);
	if (signal.aborted) return aborted;
	events.record(pod, name, 'Normal', 'Created', 'Container created');
	await sleep(clock, delays.startMs, signal);
	if (signal.aborted) return aborted;
	const command = [...(slot.spec.command ?? []), ...(slot.spec.args ?? [])].map(word => expand(word, env));
	keepLastRun(slot);
	const startError = startErrorOf(ensured.image, command);
	if (startError !== undefined) {
		noteStartError(slot, startError, clock.now());
		options.onExit();
		return fail(slot, options, 'RunContainerError', startError, startError);
	}
	runImage(slot, ensured.image, {command, env}, options);
	events.record(pod, name, 'Normal', 'Started', 'Container started');
	return postStart(slot, options);
}

function fail(slot: ContainerSlot, {node, pod}: StartOptions, reason: string, message: string, error: string): Attempt {
	slot.waiting = {reason, message};
	node.events.record(pod, slot.spec.name, 'Warning', 'Failed', `Error: ${error}`);
	return {kind: 'later', retryMs: retryMs * jitter(node)};
}

/** Milliseconds that a container which has ended must still wait; undefined when it may start, which counts as one more failure. */
function crashBackOff(slot: ContainerSlot, endedAt: number | undefined, {node, pod}: StartOptions): number | undefined {
	if (endedAt === undefined) return undefined;
	const {backOff, spec} = slot;
	if (!backOff.isWaiting(endedAt)) {
		backOff.next(endedAt);
		return undefined;
	}
	slot.waiting = {reason: 'CrashLoopBackOff', message: `back-off ${goSeconds(backOff.currentMs)} restarting failed container=${spec.name} pod=${podId(pod)}`};
	node.events.record(pod, spec.name, 'Warning', 'BackOff', `Back-off restarting failed container ${spec.name} in pod ${podId(pod)}`);
	return backOff.remainingMs(endedAt);
}

/** A text is the reason why there is none. */
async function environmentOf({spec}: ContainerSlot, {node, pod, podIp, signal}: StartOptions): Promise<Record<string, string> | string> {
	try {
		return await containerEnvironment({api: node.api, pod, container: spec, podIp, nodeIp: node.nodeIp, signal});
	} catch (error) {
		return error instanceof ApiError ? 'failed to sync configmap cache: timed out waiting for the condition' : (error as Error).message;
	}
}

/** Another run begins: the one before is the last one from now on. */
function keepLastRun(slot: ContainerSlot): void {
	const {run} = slot;
	if (run.kind !== 'exited') return;
	slot.previous = {terminated: run.terminated, endedAt: run.endedAt, log: run.log};
	slot.restartCount++;
}

interface Invocation {
	readonly command: readonly string[];
	readonly env: Record<string, string>;
}

function runImage(slot: ContainerSlot, image: Image, {command, env}: Invocation, {node, pod, podIp, onExit}: StartOptions): void {
	const {spec} = slot;
	const {clock, network, podNetwork} = node;
	const {namespace, name: podName} = pod.metadata;
	const route = (host: string, port: number) => podNetwork.route({namespace, ip: podIp}, host, port);
	const log = createLogBuffer(clock.now);
	const id = newContainerId();
	const limit = parseQuantity(spec.resources?.limits?.memory);
	const memoryLimitBytes = limit === undefined ? undefined : Number(limit.nanos) / 1e9;
	const process = startProcess({image, podName, podIp, command, env, memoryLimitBytes, clock, network, route, log: log.append});
	slot.waiting = undefined;
	slot.run = {kind: 'running', id, image: spec.image, process, log, exit: undefined};
	slot.probes.watch(process);
	void process.exited.then(exit => {
		noteExit(slot, id, exit);
		onExit();
	});
}

async function postStart(slot: ContainerSlot, options: StartOptions): Promise<Attempt> {
	const hook = slot.spec.lifecycle?.postStart;
	if (hook === undefined) return {kind: 'started'};
	const {node, pod, signal} = options;
	const failure = await runHook(hook, {...options, slot});
	if (signal.aborted) return aborted;
	if (failure === undefined) return {kind: 'started'};
	node.events.record(pod, slot.spec.name, 'Warning', 'FailedPostStartHook', 'PostStartHook failed');
	await stopSingly(slot, {...options, message: 'FailedPostStartHook'}, (pod.spec.terminationGracePeriodSeconds ?? 30) * 1_000, signal);
	slot.waiting = {reason: 'PostStartHookError', message: failure};
	return {kind: 'later', retryMs: retryMs * jitter(node)};
}

function jitter({random}: NodeContext): number {
	return 1 + random() / 2;
}
