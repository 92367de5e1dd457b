import {sleep} from '../clock.ts';
import type {ApiPod} from './api-pod.ts';
import {type ContainerSlot, settleExit} from './container-slot.ts';
import {createSlots} from './create-slots.ts';
import {deletePod} from './delete-pod.ts';
import {deadlineInMs, finalStatus, generateStatus} from './generate-status.ts';
import {Grace} from './grace.ts';
import type {NodeContext} from './node-context.ts';
import {type Kill, planRound, type Start} from './plan-round.ts';
import {foreignConditions, gateStates} from './pod-conditions.ts';
import {isTerminal, type PodStatus} from './pod-status.ts';
import {type Attempt, startContainer} from './start-container.ts';
import {createStatusWriter, type StatusWriter} from './status-writer.ts';
import {stopContainers, stopSingly} from './stop-container.ts';
import {createVolumes, type Volumes} from './volumes.ts';
import {createWakeUp, type WakeUp} from './wake-up.ts';

// One reason for all: without one, each abort makes an exception with its stack, which thousands of pods feel.
const podEnds = new Error('the pod ends');

/**
 * Runs one pod from binding to deletion. As in a kubelet's worker each round first publishes the status as it stands, then acts. So what an
 * action found out (a failed pull, a back-off) is seen with the next round only, which is the order that watchers of a real node see.
 */
export class PodWorker {
	/** Init containers first. */
	readonly slots: readonly ContainerSlot[];
	readonly #node: NodeContext;
	readonly #life = new AbortController();
	/** The pod has to end: nothing more is to be started. */
	readonly #ending = new AbortController();
	readonly #writer: StatusWriter;
	readonly #wakeUp: WakeUp;
	readonly #volumes: Volumes;
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
		this.#volumes = createVolumes(() => this.#pod, node);
		this.slots = createSlots(pod, node, {
			pod: () => this.#pod,
			podIp: () => this.#podIp ?? '',
			onChange: kind => (kind === 'readiness' ? this.#publish() : this.#wakeUp.now()),
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
		// Of the status only what others have written: there may be thousands of pods.
		this.#pod = {...pod, status: {conditions: foreignConditions(pod.status)}};
		const specs = [...(pod.spec.initContainers ?? []), ...pod.spec.containers];
		for (const [index, slot] of this.slots.entries()) slot.spec = specs[index] ?? slot.spec;
		const isGateMoved = gateStates(pod.spec, pod.status).join() !== gateStates(before.spec, before.status).join();
		if (pod.metadata.generation !== before.metadata.generation || isGateMoved) this.#wakeUp.now();
		if (pod.metadata.deletionTimestamp !== undefined) this.#end(Math.max(1, pod.metadata.deletionGracePeriodSeconds ?? 0) * 1_000);
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
		this.#life.abort(podEnds);
		this.#ending.abort(podEnds);
		for (const {run} of this.slots) if (run.kind === 'running') run.process.kill();
		this.#wakeUp.now();
	}

	#end(graceMs: number): void {
		if (this.#grace !== undefined) {
			this.#grace.shorten(graceMs);
			return;
		}
		this.#grace = new Grace(this.#node.clock, graceMs);
		this.#ending.abort(podEnds);
		for (const {probes} of this.slots) probes.endLife();
		this.#wakeUp.now();
	}

	async #round(): Promise<void> {
		for (const slot of this.slots) settleExit(slot);
		this.#publish();
		if (isTerminal(this.#status)) {
			await this.#stopRest();
			this.#finish();
			return;
		}
		const isNew = !this.#hasSandbox;
		const waitMs = isNew ? await this.#volumes.setUp(this.#ending.signal) : undefined;
		if (waitMs !== undefined) this.#wakeUp.in(waitMs);
		else if (isNew) await this.#createSandbox();
		if (this.#ending.signal.aborted) return;
		this.#wakeUp.in(Math.max(0, deadlineInMs(this.#pod.spec, this.#status, this.#node.clock.now())));
		if (this.#podIp === undefined) {
			// Without a free address another pod must go first.
			this.#wakeUp.in(10_000);
			return;
		}
		const attempts = await this.#act(this.#podIp);
		// What has changed is looked at again at once; what failed, after its back-off.
		if (isNew || attempts.some(({kind}) => kind === 'started')) this.#wakeUp.now();
		for (const attempt of attempts) if (attempt.kind === 'later') this.#wakeUp.in(attempt.retryMs);
	}

	async #act(podIp: string): Promise<readonly Attempt[]> {
		const {kill, start, isOver} = planRound(this.#pod.spec, this.slots);
		if (isOver) {
			await this.#stopRest();
			this.#wakeUp.now();
			return [];
		}
		for (const each of kill) await this.#kill(each, podIp);
		return this.#start(start, podIp);
	}

	async #createSandbox(): Promise<void> {
		const {clock, delays, ips} = this.#node;
		await sleep(clock, delays.sandboxMs, this.#ending.signal);
		if (this.#ending.signal.aborted) return;
		this.#podIp = ips.allocate();
		this.#hasSandbox = this.#podIp !== undefined;
		// The kubelet tells of the sandbox before it has read its address.
		if (this.#hasSandbox) this.#publish(({podIP: _ip, podIPs: _ips, ...status}) => status);
	}

	async #start(starts: readonly Start[], podIp: string): Promise<readonly Attempt[]> {
		const attempts: Attempt[] = [];
		const options = {node: this.#node, pod: this.#pod, podIp, signal: this.#ending.signal, onExit: () => this.#onExit()};
		for (const start of starts) {
			if (this.#ending.signal.aborted) break;
			const attempt = await startContainer(start, options);
			attempts.push(attempt);
			// What comes after an init container waits for it; what comes after a sidecar does not.
			if (start.slot.kind === 'init' && attempt.kind !== 'started') break;
		}
		return attempts;
	}

	async #kill({slot, message, probe}: Kill, podIp: string): Promise<void> {
		const own = probe === undefined ? undefined : slot.spec[`${probe}Probe`]?.terminationGracePeriodSeconds;
		const options = {node: this.#node, pod: this.#pod, podIp, signal: this.#life.signal, message};
		await stopSingly(slot, options, (own ?? this.#graceSeconds()) * 1_000, this.#ending.signal);
	}

	/** Whatever still runs beside what is over for good. */
	async #stopRest(): Promise<void> {
		const ms = this.#graceSeconds() * 1_000;
		const options = {node: this.#node, pod: this.#pod, podIp: this.#podIp ?? '', signal: this.#life.signal};
		await Promise.all(this.slots.map(slot => stopSingly(slot, options, ms, this.#ending.signal)));
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
		await stopContainers(this.slots, {node: this.#node, pod: this.#pod, podIp: this.#podIp ?? '', grace, signal: this.#life.signal});
		await sleep(clock, delays.teardownMs, this.#life.signal);
		this.#finish();
		this.#publish(status => finalStatus(status, this.#pod.spec));
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
		for (const {probes} of this.slots) probes.stop();
		if (this.#podIp !== undefined && this.#hasSandbox) this.#node.ips.release(this.#podIp);
		this.#hasSandbox = false;
	}

	#graceSeconds(): number {
		return this.#pod.spec.terminationGracePeriodSeconds ?? 30;
	}

	#publish(change: (status: PodStatus) => PodStatus = status => status): void {
		const view = {pod: this.#pod, slots: this.slots, nodeIp: this.#node.nodeIp, podIp: this.#podIp, hasSandbox: this.#hasSandbox, isOver: this.#isOver};
		this.#status = change(generateStatus({...view, before: this.#status, now: this.#node.clock.now()}));
		this.#writer.set(this.#pod, this.#status);
		// A status that says "running, not ready" makes the kubelet probe at once, so that a pod is ready as soon as it can be.
		for (const {run, probes} of this.slots) if (run.kind === 'running') probes.trigger();
	}
}
