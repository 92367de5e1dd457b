import {apiTime} from '../../clock.ts';
import type {ReplicaSet} from '../kinds.ts';
import {templateHash} from '../template-hash.ts';
import {plainConditions, withHealth, withProgress} from './argo-conditions.ts';
import {type ArgoPass, argoSteps} from './argo-pass.ts';
import {phaseOf} from './argo-phase.ts';
import {argoHashOf, nextRevision} from './argo-replica-sets.ts';
import {released} from './canary-steps.ts';
import type {ArgoRollout, ArgoSets, ArgoStatus} from './kinds.ts';

/** Without what is zero. */
function countsOf({newest}: ArgoSets, all: readonly ReplicaSet[]): Partial<ArgoStatus> {
	const sum = (count: 'replicas' | 'readyReplicas' | 'availableReplicas') => all.reduce((total, {status}) => total + (status?.[count] ?? 0), 0);
	const replicas = sum('replicas');
	const counts = {
		HPAReplicas: replicas,
		replicas,
		updatedReplicas: newest.status?.replicas ?? 0,
		readyReplicas: sum('readyReplicas'),
		availableReplicas: sum('availableReplicas'),
	};
	return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}

const countNames = ['HPAReplicas', 'replicas', 'updatedReplicas', 'readyReplicas', 'availableReplicas'];

/** A status as its controller leaves it: counts, conditions and phase for what was decided. */
export function completeStatus(pass: ArgoPass, sets: ArgoSets, decided: ArgoStatus): ArgoStatus {
	const {rollout, context, replicaSets} = pass;
	const nowMs = context.clock.now();
	const {phase: _phase, message: _message, ...rest} = decided;
	const others = Object.entries(rest).filter(([key]) => !countNames.includes(key));
	const counted: ArgoStatus = {
		...Object.fromEntries(others),
		...countsOf(sets, replicaSets),
		observedGeneration: String(rollout.metadata.generation ?? 1),
		canary: {},
		blueGreen: {},
		...selectorOf(rollout),
	};
	const isDone = counted.stableRS === counted.currentPodHash && waits(rollout, counted) === undefined;
	const revision = nextRevision(pass, sets.newest);
	const progress = {name: sets.newest.metadata.name, revision, isMoving: isMoving(rollout.status ?? {}, counted), isDone};
	const plain = {...counted, conditions: plainConditions(rollout, counted, nowMs)};
	const told = {...plain, conditions: withProgress(rollout, plain, progress, nowMs)};
	const {phase, message} = phaseOf(rollout, told);
	const conditions = withHealth(told.conditions, phase === 'Healthy' && isDone, nowMs);
	return {...told, conditions, ...(phase === undefined ? {} : {phase}), ...(message === undefined ? {} : {message})};
}

function waits(rollout: ArgoRollout, status: ArgoStatus): string | undefined {
	return phaseOf(rollout, {...status, conditions: []}).message;
}

function isMoving(before: ArgoStatus, now: ArgoStatus): boolean {
	return (['currentPodHash', 'currentStepIndex', 'updatedReplicas', 'readyReplicas', 'availableReplicas'] as const).some(key => before[key] !== now[key]);
}

function selectorOf({spec}: ArgoRollout): object {
	const pairs = Object.entries(spec.selector.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`);
	return {selector: pairs.join(',')};
}

function hashOfSteps(rollout: ArgoRollout): string {
	return templateHash({steps: argoSteps(rollout)} as never, undefined);
}

/** The template, or the steps, are others than before: all begins anew; with the stable template again nothing is left to do. Undefined: as before. */
export function beginning({rollout}: ArgoPass, {newest, stable}: ArgoSets): ArgoStatus | undefined {
	const {status = {}} = rollout;
	const hash = argoHashOf(newest);
	const currentStepHash = hashOfSteps(rollout);
	if (status.currentPodHash === hash && status.currentStepHash === currentStepHash) return undefined;
	const {abort: _abort, abortedAt: _at, promoteFull: _full, ...rest} = status;
	return {...released(rest, newest === stable ? argoSteps(rollout).length : 0), currentPodHash: hash, currentStepHash};
}

/** What was asked for in the status, answered: aborted, tried again, promoted to the end. */
export function answered({rollout, context}: ArgoPass, status: ArgoStatus): ArgoStatus {
	const isOver = status.stableRS === status.currentPodHash;
	if (status.abort === true && !isOver) {
		const {promoteFull: _, ...rest} = released(status, 0);
		return {...rest, abortedAt: status.abortedAt ?? apiTime(context.clock.now())};
	}
	const {abort: _abort, abortedAt: _at, ...rest} = status;
	if (rest.promoteFull !== true) return rest;
	if (!isOver) return released(rest, argoSteps(rollout).length);
	const {promoteFull: _full, ...finished} = rest;
	return finished;
}
