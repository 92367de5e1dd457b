import type {ApiPod} from './api-pod.ts';
import {type ContainerSlot, settleExit} from './container-slot.ts';
import {Grace} from './grace.ts';
import {type HookOptions, runHook} from './lifecycle-hook.ts';
import type {NodeContext} from './node-context.ts';

/** How a pod's container is stopped. */
export interface StopOptions {
	readonly node: NodeContext;
	readonly pod: ApiPod;
	readonly podIp: string;
	readonly grace: Grace;
	/** The node's or the pod's own end: nothing is waited for any more. */
	readonly signal: AbortSignal;
	/** Default: `Stopping container NAME`. */
	readonly message?: string;
	/** What must have ended before. */
	readonly after?: Promise<unknown>;
}

/** However little is left of the grace period, a program has this long between SIGTERM and SIGKILL. */
const leastMs = 2_000;

/** The preStop hook, SIGTERM, then SIGKILL when the grace period is over, hook included (kuberuntime: killContainer). */
export async function stopContainer(slot: ContainerSlot, options: StopOptions): Promise<void> {
	const {node, pod, grace, message = `Stopping container ${slot.spec.name}`, after} = options;
	const {run, spec} = slot;
	if (run.kind !== 'running') return;
	node.events.record(pod, spec.name, 'Normal', 'Killing', message);
	if (spec.lifecycle?.preStop !== undefined) await Promise.race([preStop({...options, slot}), grace.over()]);
	if (after !== undefined) await Promise.race([after, grace.over()]);
	run.process.terminate();
	void grace.over(leastMs).then(run.process.kill);
	await run.process.exited;
	settleExit(slot);
}

/** Stops one container of a pod that goes on. Does not wait any longer once the pod itself is to end (`ending`): that has a grace period of its own. */
export async function stopSingly(slot: ContainerSlot, options: Omit<StopOptions, 'grace'>, graceMs: number, ending: AbortSignal): Promise<void> {
	const grace = new Grace(options.node.clock, graceMs);
	const isEnding = new Promise<void>(resolve => ending.addEventListener('abort', () => resolve(), {once: true}));
	await Promise.race([stopContainer(slot, {...options, grace}), isEnding]);
	grace.cancel();
}

/** Stops all of a pod's containers: init and main ones at once, each sidecar after those that came after it. */
export async function stopContainers(slots: readonly ContainerSlot[], options: StopOptions): Promise<void> {
	const stopped = slots.filter(({kind}) => kind !== 'sidecar').map(slot => stopContainer(slot, options));
	for (const slot of slots.filter(({kind}) => kind === 'sidecar').reverse()) stopped.push(stopContainer(slot, {...options, after: Promise.all([...stopped])}));
	await Promise.all(stopped);
}

async function preStop(options: HookOptions): Promise<void> {
	const {node, pod, slot} = options;
	const hook = slot.spec.lifecycle?.preStop;
	const failure = hook === undefined ? undefined : await runHook(hook, options);
	if (failure !== undefined) node.events.record(pod, slot.spec.name, 'Warning', 'FailedPreStopHook', 'PreStopHook failed');
}
