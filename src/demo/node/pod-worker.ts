import {sleep} from '../clock.ts';
import {type ApiPod, type ContainerSpec, isTerminal, type PodStatus} from './api-pod.ts';
import {createBackOff} from './back-off.ts';
import {type ContainerSlot, createSlot, settleExit} from './container-slot.ts';
import {deletePod} from './delete-pod.ts';
import type {NodeContext} from './node-context.ts';
import {finalStatus, mayRestart, podStatus} from './pod-status.ts';
import {sendProbe} from './probe.ts';
import {createReadinessProber, type ReadinessProber} from './readiness-prober.ts';
import {type Attempt, startContainer} from './start-container.ts';
import {createStatusWriter, type StatusWriter} from './status-writer.ts';
import {createGrace, type Grace, stopContainer} from './stop-container.ts';
import {createWakeUp, type WakeUp} from './wake-up.ts';

/**
 * Runs one pod from binding to deletion. As in a kubelet's worker each round first publishes the status as it stands, then acts. So what an
 * action found out (a failed pull, a back-off) is seen with the next round only, which is the order that watchers of a real node see.
 */
export class PodWorker {
	readonly slots: readonly ContainerSlot[];
	readonly #node: NodeContext;
	readonly #life = new AbortController();
	readonly #starting = new AbortController();
	readonly #writer: StatusWriter;
	readonly #wakeUp: WakeUp;
	#pod: ApiPod;
	#status: PodStatus;
	#podIp: string | undefined;
	#hasSandbox = false;
	#isOver: boolean;
	#grace: Grace | undefined;

	constructor(pod: ApiPod, node: NodeContext) {
		this.#node = node;
		this.#pod = pod;
		this.#status = pod.status;
		this.#isOver = isTerminal(pod.status);
		this.#writer = createStatusWriter(node.api, node.clock, this.#life.signal);
		this.#wakeUp = createWakeUp(node.clock);
		this.slots = pod.spec.containers.map(spec => {
			const known = pod.status.containerStatuses?.find(({name}) => name === spec.name);
			return createSlot(spec, createBackOff(node.clock), this.#createProber(spec), known);
		});
		this.update(pod);
	}

	get pod(): ApiPod {
		return this.#pod;
	}

	get status(): PodStatus {
		return this.#status;
	}

	/** The API's newest version of the pod. */
	update(pod: ApiPod): void {
		const before = this.#pod;
		this.#pod = pod;
		if (pod.metadata.generation !== before.metadata.generation || gatesOf(pod) !== gatesOf(before)) this.#wakeUp.now();
		if (pod.metadata.deletionTimestamp === undefined) return;
		const graceMs = Math.max(1, pod.metadata.deletionGracePeriodSeconds ?? 0) * 1_000;
		if (this.#grace !== undefined) {
			this.#grace.shorten(graceMs);
			return;
		}
		this.#grace = createGrace(this.#node, graceMs);
		this.#starting.abort();
		this.#wakeUp.now();
	}

	/** Works until the pod is gone, by deletion or by `kill`, and nothing of it is left. */
	async run(): Promise<void> {
		while (!this.#life.signal.aborted) {
			await this.#wakeUp.next();
			if (this.#grace !== undefined) {
				await this.#terminate(this.#grace);
				break;
			}
			if (!this.#isOver && !this.#life.signal.aborted) await this.#round();
		}
		this.#giveBack();
		await Promise.all(this.slots.map(({run}) => (run.kind === 'running' ? run.process.exited : undefined)));
	}

	/** The pod is gone from the API, or the node stops: end what runs without another word. Then `run` comes to its end. */
	kill(): void {
		this.#life.abort();
		this.#starting.abort();
		for (const {run} of this.slots) if (run.kind === 'running') run.process.kill();
		this.#wakeUp.now();
	}

	async #round(): Promise<void> {
		for (const slot of this.slots) settleExit(slot);
		this.#publish();
		if (isTerminal(this.#status)) {
			this.#finish();
			return;
		}
		const isNew = !this.#hasSandbox;
		if (isNew) await this.#createSandbox();
		if (this.#starting.signal.aborted) return;
		if (this.#podIp === undefined) {
			this.#wakeUp.in(10_000);
			return;
		}
		const attempts = await this.#startContainers(this.#podIp);
		// What has changed is looked at again at once; what failed, after its back-off.
		if (isNew || attempts.some(({kind}) => kind === 'started')) this.#wakeUp.now();
		for (const attempt of attempts) if (attempt.kind === 'later') this.#wakeUp.in(attempt.retryMs);
	}

	async #createSandbox(): Promise<void> {
		const {clock, delays, ips} = this.#node;
		await sleep(clock, delays.sandboxMs, this.#starting.signal);
		if (this.#starting.signal.aborted) return;
		this.#podIp = ips.allocate();
		this.#hasSandbox = this.#podIp !== undefined;
		// The kubelet tells of the sandbox before it has read its address.
		if (this.#hasSandbox) this.#publish(({podIP: _ip, podIPs: _ips, ...status}) => status);
	}

	async #startContainers(podIp: string): Promise<readonly Attempt[]> {
		const attempts: Attempt[] = [];
		const options = {node: this.#node, pod: this.#pod, podIp, signal: this.#starting.signal, onExit: () => this.#onExit()};
		for (const slot of this.slots) {
			if (slot.run.kind !== 'running' && mayRestart(this.#pod.spec, slot)) attempts.push(await startContainer(slot, options));
		}
		return attempts;
	}

	/** An end is seen when the runtime is listed next, once a second for all pods together. */
	#onExit(): void {
		const {clock, delays, startedAt} = this.#node;
		if (this.#grace === undefined && !this.#life.signal.aborted) this.#wakeUp.in(delays.relistMs - ((clock.now() - startedAt) % delays.relistMs));
	}

	async #terminate(grace: Grace): Promise<void> {
		const {clock, delays} = this.#node;
		for (const slot of this.slots) settleExit(slot);
		this.#publish();
		await Promise.all(this.slots.map(slot => stopContainer(slot, this.#pod, this.#node, grace)));
		await sleep(clock, delays.teardownMs, this.#life.signal);
		this.#finish();
		this.#publish(finalStatus);
		await this.#writer.flushed();
		await deletePod(this.#pod, this.#node, this.#life.signal);
	}

	#finish(): void {
		this.#isOver = true;
		this.#giveBack();
		this.#publish();
	}

	#giveBack(): void {
		this.#wakeUp.cancel();
		this.#grace?.cancel();
		for (const {readiness} of this.slots) readiness?.stop();
		if (this.#podIp !== undefined && this.#hasSandbox) this.#node.ips.release(this.#podIp);
		this.#hasSandbox = false;
	}

	#publish(change: (status: PodStatus) => PodStatus = status => status): void {
		const view = {pod: this.#pod, slots: this.slots, nodeIp: this.#node.nodeIp, podIp: this.#podIp, hasSandbox: this.#hasSandbox, isOver: this.#isOver};
		this.#status = change(podStatus({...view, before: this.#status, now: this.#node.clock.now()}));
		this.#writer.set(this.#pod, this.#status);
		// A status that says "running, not ready" makes the kubelet probe at once, so that a pod is ready as soon as it can be.
		for (const {run, readiness} of this.slots) if (run.kind === 'running' && readiness?.isReady() === false) readiness.trigger();
	}

	#createProber(container: ContainerSpec): ReadinessProber | undefined {
		const {clock, events, network} = this.#node;
		const {name, readinessProbe: spec} = container;
		if (spec === undefined) return undefined;
		return createReadinessProber({
			spec,
			clock,
			send: () => sendProbe(spec, {container, podIp: this.#podIp ?? '', clock, network}),
			onFailure: message => events.record(this.#pod, name, 'Warning', 'Unhealthy', `Readiness probe failed: ${message}`),
			onChange: () => this.#publish(),
		});
	}
}

/** How the readiness gates stand, to see whether somebody has turned one. */
function gatesOf({spec, status}: ApiPod): string {
	const types = (spec.readinessGates ?? []).map(({conditionType}) => conditionType);
	return types.map(name => status.conditions?.find(({type}) => type === name)?.status ?? '').join();
}
