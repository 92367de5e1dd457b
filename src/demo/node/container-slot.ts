import {randomBytes} from 'node:crypto';
import {apiTime} from '../clock.ts';
import type {BackOff} from './back-off.ts';
import type {ContainerProbes} from './container-probes.ts';
import type {ContainerProcess, Exit} from './container-process.ts';
import type {LogBuffer} from './log-buffer.ts';
import type {ContainerSpec} from './pod-spec.ts';
import type {ContainerStatus, Terminated} from './pod-status.ts';

/** What a container is for: to run, to come to an end before the others start, or to run beside them from before their start on. */
export type ContainerKind = 'main' | 'init' | 'sidecar';

/** One container of a pod over all its runs. The pod's worker is the only writer. */
export interface ContainerSlot {
	readonly kind: ContainerKind;
	readonly backOff: BackOff;
	readonly probes: ContainerProbes;
	/** As the API has it now; what runs may still be what it was. */
	spec: ContainerSpec;
	run: ContainerRun;
	/** Why it does not run, from the last attempt to start it; seen by others only with the next status. */
	waiting: {readonly reason: string; readonly message: string} | undefined;
	previous: {readonly terminated: Terminated; readonly endedAt: number | undefined; readonly log: LogBuffer | undefined} | undefined;
	restartCount: number;
}

type ContainerRun =
	| {readonly kind: 'none'}
	| {
			readonly kind: 'running';
			readonly id: string;
			readonly image: string;
			readonly process: ContainerProcess;
			readonly log: LogBuffer;
			readonly exit: Exit | undefined;
	  }
	| {readonly kind: 'exited'; readonly id: string; readonly image: string; readonly terminated: Terminated; readonly endedAt: number; readonly log: LogBuffer};

/** What a slot is made of. */
interface SlotOptions {
	readonly kind: ContainerKind;
	readonly spec: ContainerSpec;
	readonly backOff: BackOff;
	readonly probes: ContainerProbes;
	readonly known: ContainerStatus | undefined;
}

/** A slot for a container that this node may have run before (then its life goes on: one more restart). */
export function createSlot({kind, spec, backOff, probes, known}: SlotOptions): ContainerSlot {
	const slot: ContainerSlot = {
		kind,
		spec,
		backOff,
		probes,
		run: {kind: 'none'},
		waiting: undefined,
		previous: undefined,
		restartCount: known?.restartCount ?? 0,
	};
	if (known?.containerID === undefined) return slot;
	// Programs live in the node's process, so whatever ran before this node started is dead.
	const lost = {exitCode: 255, reason: 'Unknown', startedAt: known.state.running?.startedAt ?? null, finishedAt: null, containerID: known.containerID};
	slot.restartCount++;
	slot.previous = {terminated: known.state.terminated ?? lost, endedAt: undefined, log: undefined};
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
	const {code, at, reason = code === 0 ? 'Completed' : 'Error'} = run.exit;
	const {id, image, log, process} = run;
	const terminated = {exitCode: code, reason, startedAt: apiTime(process.startedAt), finishedAt: apiTime(at), containerID: id};
	slot.run = {kind: 'exited', id, image, log, endedAt: at, terminated};
	slot.probes.watch(undefined);
}

/** An id as containerd gives them. */
export function newContainerId(): string {
	return `containerd://${randomBytes(32).toString('hex')}`;
}
