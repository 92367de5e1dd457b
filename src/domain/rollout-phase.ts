import {conditionOf} from './condition-of.ts';
import {counted} from './counted.ts';
import {exceededDeadline, isStaleDeadline} from './deadline.ts';
import type {RolloutObjects} from './pod-side.ts';
import type {SidedPods} from './sided-pods.ts';
import {oldPodsLeft} from './terminating.ts';
import type {Workload} from './workload.ts';

/** What a rollout waits for, in pods. */
export type WaitReason =
	/** The controller has not yet seen the last change of the spec. */
	| {readonly kind: 'observation'}
	| {readonly kind: 'update'; readonly updated: number; readonly desired: number}
	| {readonly kind: 'old-replicas'; readonly old: number}
	| {readonly kind: 'availability'; readonly available: number; readonly updated: number}
	/** kubectl calls it done by now, but old pods still run down. */
	| {readonly kind: 'termination'; readonly old: number}
	/** Pods must be ready before anything else is done. */
	| {readonly kind: 'readiness'; readonly missing: number}
	/** A step of a progressive rollout, 1-based; `text`: what it waits for. */
	| {readonly kind: 'step'; readonly step: number; readonly of: number; readonly text: string}
	/** What only words say. */
	| {readonly kind: 'words'; readonly text: string};

/**
 * How a rollout stands. Times are epoch ms. `word`: what the screen says in place of the phase, where the kind has a truer one (`ABORTED`). `note`: a sentence
 * that belongs to it.
 */
export type RolloutPhase = {
	readonly word?: string | undefined;
	readonly note?: string | undefined;
} /** `staleDeadline`: the cluster still says ProgressDeadlineExceeded, but of an earlier template. */ & (
	| {readonly phase: 'progressing'; readonly waitingFor: WaitReason; readonly staleDeadline: boolean}
	/** `waitingFor` undefined: paused with nothing left to do. `since` is unknown where the deadline had passed before or there is none. */
	| {readonly phase: 'paused'; readonly waitingFor: WaitReason | undefined; readonly since: number | undefined; readonly deadlineExceeded: boolean}
	| {readonly phase: 'stalled'; readonly waitingFor: WaitReason | undefined; readonly since: number | undefined}
	| {readonly phase: 'complete'}
);

/** kubectl's order of rules but for the deadline, then one more: old pods must be gone. */
function waitReason(workload: Workload, oldLeft: number): WaitReason | undefined {
	const {current, updated, available} = workload.replicas;
	const desired = workload.specReplicas ?? 0;
	if (workload.generation > workload.observedGeneration) return {kind: 'observation'};
	if (updated < desired) return {kind: 'update', updated, desired};
	if (current > updated) return {kind: 'old-replicas', old: current - updated};
	if (available < updated) return {kind: 'availability', available, updated};
	return oldLeft > 0 ? {kind: 'termination', old: oldLeft} : undefined;
}

/** The controller writes when it saw the pause; not over a passed deadline. */
function pausedSince(workload: Workload): number | undefined {
	const progressing = conditionOf(workload.conditions, 'Progressing');
	return progressing?.reason === 'DeploymentPaused' ? progressing.lastUpdateAt : undefined;
}

/**
 * The truthful phase, where `kubectl rollout status` leaves out or mixes up: paused comes first, since nothing moves until somebody resumes, whatever else holds;
 * a passed deadline counts only for the current template; complete means that the old pods are gone too. `pods` undefined: they can't be seen.
 * `deadlineBefore` (epoch ms) where the change of the template was watched: see isStaleDeadline.
 */
export function rolloutPhase(objects: RolloutObjects, pods: SidedPods | undefined, deadlineBefore?: number): RolloutPhase {
	const {workload, newReplicaSet} = objects;
	const waitingFor = waitReason(workload, oldPodsLeft(objects, pods));
	const exceeded = exceededDeadline(workload);
	const staleDeadline = isStaleDeadline(workload, newReplicaSet, deadlineBefore);
	const deadlineExceeded = exceeded !== undefined && !staleDeadline;
	if (workload.paused) return {phase: 'paused', waitingFor, since: pausedSince(workload), deadlineExceeded};
	if (waitingFor?.kind === 'observation') return {phase: 'progressing', waitingFor, staleDeadline};
	if (deadlineExceeded) return {phase: 'stalled', waitingFor, since: exceeded.lastTransitionAt ?? exceeded.lastUpdateAt};
	return waitingFor === undefined ? {phase: 'complete'} : {phase: 'progressing', waitingFor, staleDeadline};
}

/** What the screen says in place of the phase where a person has to do something, and has paused nothing. */
export const waitsForYou = 'WAITS FOR YOU';

/** What it waits for, in words for people. */
export function waitText(reason: WaitReason): string {
	switch (reason.kind) {
		case 'observation':
			return 'the controller has not yet seen the last change';
		case 'update':
			return `${reason.updated} of ${reason.desired} pods updated`;
		case 'old-replicas':
			return `${counted(reason.old, 'old pod')} left`;
		case 'availability':
			return `${reason.available} of ${reason.updated} updated pods available`;
		case 'readiness':
			return `${counted(reason.missing, 'pod')} to be ready`;
		case 'step':
			return `step ${reason.step} of ${reason.of}: ${reason.text}`;
		case 'words':
			return reason.text;
		case 'termination':
			return `${counted(reason.old, 'old pod')} still terminating`;
	}
}
