import {randomBytes} from 'node:crypto';
import {apiTime} from '../clock.ts';
import type {ContainerSpec, ContainerStatus, Terminated} from './api-pod.ts';
import type {BackOff} from './back-off.ts';
import type {ContainerProcess, Exit} from './container-process.ts';
import type {LogBuffer} from './log-buffer.ts';
import type {ReadinessProber} from './readiness-prober.ts';

/** One container of a pod over all its runs. The pod's worker is the only writer. */
export interface ContainerSlot {
	readonly spec: ContainerSpec;
	readonly backOff: BackOff;
	readonly readiness: ReadinessProber | undefined;
	run: ContainerRun;
	/** Why it does not run, from the last attempt to start it; seen by others only with the next status. */
	waiting: {readonly reason: string; readonly message: string} | undefined;
	previous: {readonly terminated: Terminated; readonly log: LogBuffer | undefined} | undefined;
	restartCount: number;
}

type ContainerRun =
	| {readonly kind: 'none'}
	| {readonly kind: 'running'; readonly id: string; readonly process: ContainerProcess; readonly log: LogBuffer; readonly exit: Exit | undefined}
	| {readonly kind: 'exited'; readonly id: string; readonly terminated: Terminated; readonly endedAt: number; readonly log: LogBuffer};

/** A slot for a container that this node may have run before (then its life goes on: one more restart). */
export function createSlot(spec: ContainerSpec, backOff: BackOff, readiness: ReadinessProber | undefined, known: ContainerStatus | undefined): ContainerSlot {
	const slot: ContainerSlot = {spec, backOff, readiness, run: {kind: 'none'}, waiting: undefined, previous: undefined, restartCount: known?.restartCount ?? 0};
	if (known?.containerID === undefined) return slot;
	// Programs live in the node's process, so whatever ran before this node started is dead.
	const lost = {exitCode: 255, reason: 'Unknown', startedAt: known.state.running?.startedAt ?? null, finishedAt: null, containerID: known.containerID};
	slot.restartCount++;
	slot.previous = {terminated: known.state.terminated ?? lost, log: undefined};
	return slot;
}

/** Notes that a process has ended; nobody else sees it before the worker looks at it. */
export function noteExit(slot: ContainerSlot, id: string, exit: Exit): void {
	if (slot.run.kind === 'running' && slot.run.id === id) slot.run = {...slot.run, exit};
}

/** Takes an ended process for what it is. */
export function settleExit(slot: ContainerSlot): void {
	const {run} = slot;
	if (run.kind !== 'running' || run.exit === undefined) return;
	const {code, at} = run.exit;
	slot.run = {
		kind: 'exited',
		id: run.id,
		log: run.log,
		endedAt: at,
		terminated: {
			exitCode: code,
			reason: code === 0 ? 'Completed' : 'Error',
			startedAt: apiTime(run.process.startedAt),
			finishedAt: apiTime(at),
			containerID: run.id,
		},
	};
	slot.readiness?.watch(undefined);
}

/** An id as containerd gives them. */
export function newContainerId(): string {
	return `containerd://${randomBytes(32).toString('hex')}`;
}
