import {apiTime} from '../../clock.ts';
import {type ArgoPass, argoSteps, replicasOf} from './argo-pass.ts';
import {type CanaryCounts, isReached, wantedCounts} from './canary-replicas.ts';
import type {ArgoRollout, ArgoSets, ArgoStatus, ArgoStep} from './kinds.ts';

const pauseReason = 'CanaryPauseStep';

/** What the new version gets now, 0…100: the last weight that was set (argo-rollouts: utils/replicaset/canary.go GetCurrentSetWeight). */
export function weightOf(rollout: ArgoRollout, {currentStepIndex = 0, abort}: ArgoStatus): number {
	const steps = argoSteps(rollout);
	if (abort === true) return 0;
	if (currentStepIndex >= steps.length) return 100;
	return steps.slice(0, currentStepIndex + 1).findLast(({setWeight}) => setWeight !== undefined)?.setWeight ?? 0;
}

/** How many pods each side is to have for the weight of the step. */
export function goalOf(rollout: ArgoRollout, status: ArgoStatus): CanaryCounts {
	return wantedCounts(replicasOf(rollout), weightOf(rollout, status));
}

/** The status after the step was looked at: held, moved on to the next one, or as it was. */
export function stepOn(pass: ArgoPass, sets: ArgoSets, status: ArgoStatus): ArgoStatus {
	const {rollout} = pass;
	const {currentStepIndex = 0} = status;
	const step = argoSteps(rollout)[currentStepIndex];
	if (step === undefined || status.abort === true || rollout.spec.paused === true) return status;
	if (step.pause !== undefined) return pauseOn(pass, step.pause, status);
	const isOver = step.setWeight === undefined || isReached(sets, goalOf(rollout, status));
	return isOver ? {...status, currentStepIndex: currentStepIndex + 1} : status;
}

function pauseOn({context, checkAgain}: ArgoPass, pause: NonNullable<ArgoStep['pause']>, status: ArgoStatus): ArgoStatus {
	const held = status.pauseConditions?.find(({reason}) => reason === pauseReason);
	const {currentStepIndex = 0} = status;
	// Who takes the condition away while the controller still holds has promoted.
	if (held === undefined && status.controllerPause === true) return released(status, currentStepIndex + 1);
	if (held === undefined) {
		const pauseConditions = [{reason: pauseReason, startTime: apiTime(context.clock.now())}];
		return {...status, pauseConditions, controllerPause: true};
	}
	const leftMs = Date.parse(held.startTime) + durationMs(pause.duration) - context.clock.now();
	if (leftMs <= 0) return released(status, currentStepIndex + 1);
	if (Number.isFinite(leftMs)) checkAgain(leftMs);
	return status;
}

/** Nothing holds it any more, and it is at a step. */
export function released({pauseConditions: _conditions, controllerPause: _pause, ...status}: ArgoStatus, currentStepIndex: number): ArgoStatus {
	return {...status, currentStepIndex};
}

/** `10`, `10s`, `5m`, `1h`; for ever without one. */
function durationMs(duration: string | number | undefined): number {
	if (duration === undefined) return Number.POSITIVE_INFINITY;
	const [, amount = '0', unit = 's'] = /^(\d+)([smh]?)$/.exec(String(duration)) ?? [];
	const seconds = {s: 1, m: 60, h: 3_600}[unit] ?? 1;
	return Number(amount) * seconds * 1_000;
}
