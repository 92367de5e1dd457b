import type {ArgoStep} from '../../argo-status.ts';
import type {ArgoRollout} from '../../workload.ts';

/** The steps of a canary; none of a blue-green. */
export function stepsOf({plan}: ArgoRollout): readonly ArgoStep[] {
	return plan.kind === 'canary' ? plan.steps : [];
}

/** The step that it stands at, and its index; undefined where there are no steps. `step` is absent when all are done. argo-rollouts: replicaset/canary.go GetCurrentCanaryStep. */
export function currentStep(rollout: ArgoRollout): {readonly index: number; readonly step: ArgoStep | undefined} | undefined {
	const steps = stepsOf(rollout);
	if (steps.length === 0) return undefined;
	const index = rollout.status.currentStepIndex ?? 0;
	return {index, step: steps[index]};
}

/** The controller has seen the last change of the spec. Anything that is no number is of a version that does not number it. argo-rollouts: rolloututil.go. */
export function isGenerationObserved({generation, status: {observedGenerationText}}: ArgoRollout): boolean {
	return !/^\d+$/.test(observedGenerationText) || Number(observedGenerationText) >= generation;
}

const workloadGeneration = 'rollout.argoproj.io/workload-generation';

/** The controller has seen the last change of the template, where another object holds that. */
export function isWorkloadObserved({workloadRef, annotations, status: {workloadObservedGeneration}}: ArgoRollout): boolean {
	const generation = workloadRef?.holder?.generation ?? annotations[workloadGeneration];
	if (workloadRef === undefined || generation === undefined || !/^\d+$/.test(workloadObservedGeneration)) return true;
	return Number(workloadObservedGeneration) >= Number(generation);
}

/** The controller has seen all there is: what it says is of this spec and this template. */
export function isObserved(rollout: ArgoRollout): boolean {
	return rollout.status.observedGenerationText !== '' && isGenerationObserved(rollout) && isWorkloadObserved(rollout);
}

/** Somebody has let it go on, and the controller has not done so yet. argo-rollouts: rolloututil.go IsUnpausing. */
export function isUnpausing({status: {controllerPause, pauses}}: ArgoRollout): boolean {
	return controllerPause && pauses.length === 0;
}

/** The newest template is the stable one: nothing is left to promote. */
export function isPromoted({status: {currentPodHash, stableRS}}: ArgoRollout): boolean {
	return stableRS !== '' && currentPodHash === stableRS;
}

/** What 100 % are in weights. */
function maxWeightOf({plan}: ArgoRollout): number {
	return plan.kind === 'canary' ? plan.maxWeight : 100;
}

/** The percentage that the step asks for. argo-rollouts: replicaset/canary.go GetCurrentSetWeight. */
export function setWeight(rollout: ArgoRollout): number {
	if (rollout.status.abort) return 0;
	const current = currentStep(rollout);
	if (current?.step === undefined) return 100;
	return (
		stepsOf(rollout)
			.slice(0, current.index + 1)
			.findLast(({weight}) => weight !== undefined)?.weight ?? 0
	);
}

/**
 * The percentage that the new version has: by the router's word, or by its pods where pods alone make the weights. `newAvailable`: its available pods; without it,
 * and without a router, nobody knows. argo-rollouts: info/rollout_info.go.
 */
export function actualWeight(rollout: ArgoRollout, newAvailable: number | undefined): number | undefined {
	const {plan, status, replicas} = rollout;
	if (plan.kind !== 'canary') return undefined;
	if (currentStep(rollout)?.step === undefined) return 100;
	if (replicas.available === 0) return 0;
	if (plan.isRouted) return status.weights === undefined ? setWeight(rollout) : Math.trunc((status.weights.canary * 100) / maxWeightOf(rollout));
	return newAvailable === undefined ? undefined : Math.trunc((newAvailable * 100) / replicas.available);
}
