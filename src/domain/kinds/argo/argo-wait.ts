import type {ReleaseSteps, StepWait} from '../../release-steps.ts';
import type {ArgoRollout} from '../../workload.ts';
import {type ShownStatus, shownStatus} from './shown-status.ts';
import {currentStep, stepsOf} from './standing.ts';

/** When the pause that the controller holds ends by itself, epoch ms; undefined: a person must end it. */
export function pauseEnds(rollout: ArgoRollout): number | undefined {
	const {plan, status, paused} = rollout;
	const [pause] = status.pauses;
	if (paused || pause?.since === undefined) return undefined;
	if (pause.reason === 'BlueGreenPause') return plan.kind === 'blueGreen' && plan.promotes !== 'by hand' ? pause.since + plan.promotes.afterMs : undefined;
	const length = pause.reason === 'CanaryPauseStep' ? currentStep(rollout)?.step?.pause : undefined;
	return length === undefined || length === 'person' ? undefined : pause.since + length.ms;
}

/** Where a blue-green stands among its three stages. */
function blueGreenIndex({status}: ArgoRollout, {phase}: ShownStatus): number {
	// What has not been seen yet has changed nothing.
	if (phase === 'Healthy' || status.phase === 'Healthy') return 3;
	if (status.abort || status.currentPodHash === '') return 0;
	if (status.activeSelector === status.currentPodHash) return 2;
	return phase === 'Paused' || status.controllerPause ? 1 : 0;
}

/** The stages of a blue-green in steps: Argo has no names for them. */
export function stagesOf({plan}: ArgoRollout): ReleaseSteps['steps'] {
	if (plan.kind !== 'blueGreen') return [];
	const silent = {weight: undefined, replicas: undefined, pause: undefined};
	const preview =
		plan.previewService === undefined ? 'all new pods beside the old ones' : `all new pods beside the old ones, behind svc/${plan.previewService}`;
	const pause = plan.promotes === 'by hand' ? 'person' : plan.promotes.afterMs > 0 ? {ms: plan.promotes.afterMs} : undefined;
	return [
		{...silent, text: preview},
		{...silent, text: 'promotion', pause},
		{...silent, text: `svc/${plan.activeService} to the new pods`, weight: 100},
	];
}

/** The steps of a canary, or the stages of a blue-green, and the index of the current one; their number when all are done. */
export function standsAt(rollout: ArgoRollout): {readonly steps: ReleaseSteps['steps']; readonly current: number} {
	const {plan} = rollout;
	if (plan.kind === 'blueGreen') return {steps: stagesOf(rollout), current: blueGreenIndex(rollout, shownStatus(rollout))};
	const steps = stepsOf(rollout);
	return {steps, current: Math.min(currentStep(rollout)?.index ?? 0, steps.length)};
}

/** What the step that is gone through waits for; undefined where a person has paused all of it. */
export function waitOf(rollout: ArgoRollout): StepWait | undefined {
	const {status} = rollout;
	if (shownStatus(rollout).phase === 'Paused') {
		if (status.pauses.length === 0) return undefined;
		const until = pauseEnds(rollout);
		return until === undefined ? {kind: 'person'} : {kind: 'time', until};
	}
	const {steps, current} = standsAt(rollout);
	if (current >= steps.length) return {kind: 'finishing'};
	const does = rollout.plan.kind === 'canary' ? currentStep(rollout)?.step?.does : undefined;
	if (does === 'analysis' || does === 'experiment' || does === 'plugin') return {kind: 'analysis'};
	return status.weights?.verified === false ? {kind: 'traffic'} : {kind: 'pods'};
}
