import type {ArgoRollout} from '../../workload.ts';
import {isGenerationObserved, isPromoted, isUnpausing} from './standing.ts';

export type ArgoPhase = 'Healthy' | 'Degraded' | 'Progressing' | 'Paused';

/** What Argo's own tools show of a Rollout. */
export type ShownStatus = {readonly phase: ArgoPhase; readonly message: string};

const progressing = (message: string): ShownStatus => ({phase: 'Progressing', message});

const phases: ReadonlySet<string> = new Set<ArgoPhase>(['Healthy', 'Degraded', 'Progressing', 'Paused']);
const isPhase = (phase: string): phase is ArgoPhase => phases.has(phase);

/** The phase and message that the plugin shows, which are not always those of the status. argo-rollouts: rolloututil.go GetRolloutPhase. */
export function shownStatus(rollout: ArgoRollout): ShownStatus {
	const {phase, message} = rollout.status;
	if (!isGenerationObserved(rollout)) return progressing('waiting for rollout spec update to be observed');
	if (isUnpausing(rollout)) return progressing('waiting for rollout to unpause');
	return isPhase(phase) ? {phase, message} : calculatedStatus(rollout);
}

/** For what wrote no phase: controllers before 1.0, and all before they have written anything. argo-rollouts: rolloututil.go CalculateRolloutPhase. */
function calculatedStatus(rollout: ArgoRollout): ShownStatus {
	const {conditions, paused, status, restartAt} = rollout;
	for (const {type, reason, message} of conditions) {
		if (type === 'InvalidSpec') return {phase: 'Degraded', message: `InvalidSpec: ${message}`};
		if (reason === 'RolloutAborted' || reason === 'ProgressDeadlineExceeded') return {phase: 'Degraded', message: `${reason}: ${message}`};
	}
	if (paused) return {phase: 'Paused', message: 'manually paused'};
	const [pause] = status.pauses;
	if (pause !== undefined) return {phase: 'Paused', message: pause.reason};
	if (restartAt !== undefined && restartAt !== status.restartedAt) return progressing('rollout is restarting');
	return unfinished(rollout) ?? {phase: 'Healthy', message: ''};
}

function unfinished(rollout: ArgoRollout): ShownStatus | undefined {
	const {replicas, plan} = rollout;
	if (replicas.updated < replicas.desired) return progressing('more replicas need to be updated');
	if (replicas.available < replicas.updated) return progressing('updated replicas are still becoming available');
	if (plan.kind === 'blueGreen') return unfinishedBlueGreen(rollout, plan.hasPostPromotionAnalysis);
	if (!plan.isRouted && replicas.current > replicas.updated) return progressing('old replicas are pending termination');
	return isPromoted(rollout) ? undefined : progressing('waiting for all steps to complete');
}

const doneAnalysis: ReadonlySet<string | undefined> = new Set(['Successful', 'Failed', 'Error', 'Inconclusive']);

function unfinishedBlueGreen(rollout: ArgoRollout, hasAnalysis: boolean): ShownStatus | undefined {
	const {activeSelector, currentPodHash, postPromotion} = rollout.status;
	if (activeSelector === '' || activeSelector !== currentPodHash) return progressing('active service cutover pending');
	if (isPromoted(rollout)) return undefined;
	if (hasAnalysis && !doneAnalysis.has(postPromotion)) return progressing('waiting for analysis to complete');
	return progressing('waiting for post-promotion verification to complete');
}
