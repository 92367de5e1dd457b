import type {ContainerSlot} from './container-slot.ts';
import {mayRun} from './container-status.ts';
import type {PodSpec} from './pod-spec.ts';

/** What a round has to do, computed from what runs and what should (kuberuntime: computePodActions). */
export interface Plan {
	readonly kill: readonly Kill[];
	/** In this order. */
	readonly start: readonly Start[];
	/** Nothing of the pod is to run any more. */
	readonly isOver: boolean;
}

export interface Kill {
	readonly slot: ContainerSlot;
	readonly message: string;
	readonly probe: 'startup' | 'liveness' | undefined;
}

export interface Start {
	readonly slot: ContainerSlot;
	/** When it last ended by itself, from which its back-off counts. */
	readonly endedAt: number | undefined;
}

interface Draft {
	readonly spec: PodSpec;
	readonly kill: Kill[];
	readonly start: ContainerSlot[];
	/** A later init container or a main one has begun, so all before it have done their work. */
	hasBegun: boolean;
	isInitialized: boolean;
	hasFailed: boolean;
}

const nothing: Plan = {kill: [], start: [], isOver: true};

/** The plan for a pod's containers, init containers first. */
export function planRound(spec: PodSpec, slots: readonly ContainerSlot[]): Plan {
	const mains = slots.filter(({kind}) => kind === 'main');
	const inits = slots.filter(({kind}) => kind !== 'main');
	const hasBegun = mains.some(({run}) => run.kind === 'running');
	const draft: Draft = {spec, kill: [], start: [], hasBegun, isInitialized: hasBegun || inits.length === 0, hasFailed: false};
	// From the last one back: the last one that has begun tells how far the pod is.
	for (let index = inits.length - 1; index >= 0; index--) planInit(inits, index, draft);
	if (!draft.hasBegun) draft.start.push(...inits.slice(0, 1));
	if (draft.hasFailed) return nothing;
	if (draft.isInitialized && !mains.map(slot => planMain(slot, draft)).includes(true)) return nothing;
	return {kill: draft.kill, start: draft.start.map(slot => ({slot, endedAt: lastEnd(slot)})), isOver: false};
}

function planInit(inits: readonly ContainerSlot[], index: number, draft: Draft): void {
	const slot = inits[index];
	// Once there is one after it that has begun, only a sidecar is kept running.
	if (slot === undefined || (draft.hasBegun && slot.kind === 'init')) return;
	if (slot.run.kind === 'none') {
		if (draft.hasBegun) draft.start.unshift(slot);
		return;
	}
	const isDone = slot.kind === 'sidecar' ? keepSidecar(slot, draft) : finishInit(slot, draft);
	const next = inits[index + 1];
	if (isDone && next === undefined) draft.isInitialized = true;
	if (isDone && next !== undefined && !draft.hasBegun) draft.start.push(next);
	draft.hasBegun = true;
}

/** Whether it has done its work. */
function finishInit(slot: ContainerSlot, draft: Draft): boolean {
	if (slot.run.kind !== 'exited') return false;
	if (slot.run.terminated.exitCode === 0) return true;
	if (draft.spec.restartPolicy === 'Never') draft.hasFailed = true;
	else draft.start.unshift(slot);
	return false;
}

/** Whether the next one may start. */
function keepSidecar(slot: ContainerSlot, {start, kill}: Draft): boolean {
	if (slot.run.kind !== 'running') {
		start.unshift(slot);
		return false;
	}
	const why = whyKill(slot);
	if (why !== undefined) {
		kill.push({slot, message: `Init container ${slot.spec.name} ${why.text}`, probe: why.probe});
		start.unshift(slot);
	}
	return slot.probes.isStarted();
}

/** Whether it runs or will run. */
function planMain(slot: ContainerSlot, {spec, kill, start}: Draft): boolean {
	const why = slot.run.kind === 'running' ? whyKill(slot) : undefined;
	if (slot.run.kind === 'running' && why === undefined) return true;
	// A changed definition is worth a restart whatever the policy.
	const isStarted = why === undefined ? mayRun(spec, slot) : why.probe === undefined || spec.restartPolicy !== 'Never';
	if (isStarted) start.push(slot);
	if (why !== undefined) kill.push({slot, message: `Container ${slot.spec.name} ${why.text}${isStarted ? ', will be restarted' : ''}`, probe: why.probe});
	return isStarted;
}

function whyKill({spec, run, probes}: ContainerSlot): {readonly text: string; readonly probe: Kill['probe']} | undefined {
	if (run.kind === 'running' && run.image !== spec.image) return {text: 'definition changed', probe: undefined};
	const probe = probes.failed();
	return probe === undefined ? undefined : {text: `failed ${probe} probe`, probe};
}

function lastEnd({run, previous}: ContainerSlot): number | undefined {
	return run.kind === 'exited' ? run.endedAt : previous?.endedAt;
}
