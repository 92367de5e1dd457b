import type {JsonObject} from '../../json.ts';
import type {ArgoRollout} from '../../workload.ts';
import {currentStep, stepsOf} from './standing.ts';

/**
 * What a promotion sends, each a merge patch: `status` to the status subresource first, then `spec` to the main resource. `unified` in place of both where there is no
 * such subresource (Argo before 0.10).
 */
export type Promotion = {readonly status: JsonObject | undefined; readonly spec: JsonObject | undefined; readonly unified: JsonObject};

/** What ends a person's own pause. */
export const unpause = {spec: {paused: false}} as const;

/** argo-rollouts: cmd/promote/promote.go getPatches. */
export function promotionOf(rollout: ArgoRollout, isFull: boolean): Promotion {
	const spec = rollout.paused ? unpause : undefined;
	if (isFull) {
		const {currentPodHash, stableRS} = rollout.status;
		const unified = {...unpause, status: {promoteFull: true}};
		return {status: currentPodHash === stableRS ? undefined : {status: {promoteFull: true}}, spec, unified};
	}
	const status = statusFields(rollout);
	const skips = status !== undefined && rollout.status.pauses.length === 0;
	return {status: status && {status}, spec, unified: {...unpause, status: skips ? status : {pauseConditions: null}}};
}

function statusFields(rollout: ArgoRollout): JsonObject | undefined {
	const {pauses, controllerPause, isStepInconclusive} = rollout.status;
	const next = nextIndex(rollout);
	if (rollout.plan.kind === 'canary' && isStepInconclusive && pauses.length > 0 && controllerPause) {
		return next === undefined ? undefined : {pauseConditions: null, controllerPause: false, currentStepIndex: next};
	}
	if (pauses.length > 0) return {pauseConditions: null};
	// In the middle of a step, it is skipped.
	return next === undefined ? undefined : {pauseConditions: null, currentStepIndex: next};
}

function nextIndex(rollout: ArgoRollout): number | undefined {
	const current = currentStep(rollout);
	return current && Math.min(current.index + 1, Math.max(stepsOf(rollout).length, current.index));
}
