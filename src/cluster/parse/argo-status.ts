import type {ArgoStatus} from '../../domain/argo-status.ts';
import type {JsonObject, JsonValue} from '../../domain/json.ts';
import {isJsonObject} from '../../domain/json-kind.ts';
import type {StepCheck} from '../../domain/release-steps.ts';
import {countOf, knownCountOf, objectOf, objectsOf, shownScalar, shownText, timeOf} from './fields.ts';

const badStatuses: ReadonlySet<string> = new Set(['Failed', 'Error', 'Inconclusive', 'Degraded', 'Invalid']);

function checkOf(what: string, value: JsonValue | undefined): readonly StepCheck[] {
	if (!isJsonObject(value)) return [];
	const status = shownText(value.status ?? value.phase);
	return [{name: `${what} ${shownText(value.name)}`, status, message: shownText(value.message) || undefined, isBad: badStatuses.has(status)}];
}

function checksOf(canary: JsonObject, blueGreen: JsonObject): readonly StepCheck[] {
	const experiment = shownText(canary.currentExperiment);
	return [
		...checkOf('analysis run', canary.currentStepAnalysisRunStatus),
		...checkOf('background analysis run', canary.currentBackgroundAnalysisRunStatus),
		...(experiment === '' ? [] : [{name: `experiment ${experiment}`, status: 'Running', message: undefined, isBad: false}]),
		...objectsOf(canary.stepPluginStatuses).flatMap(one => checkOf('plugin', one)),
		...checkOf('analysis run before the promotion', blueGreen.prePromotionAnalysisRunStatus),
		...checkOf('analysis run after the promotion', blueGreen.postPromotionAnalysisRunStatus),
	];
}

function weightsOf({canary, verified}: JsonObject): NonNullable<ArgoStatus['weights']> {
	return {canary: countOf(objectOf(canary).weight), verified: typeof verified === 'boolean' ? verified : undefined};
}

/** `status` of an Argo Rollout. Never throws. */
export function parseArgoStatus(status: JsonObject): ArgoStatus {
	const canary = objectOf(status.canary);
	const blueGreen = objectOf(status.blueGreen);
	return {
		phase: shownText(status.phase),
		message: shownText(status.message),
		observedGenerationText: shownScalar(status.observedGeneration),
		workloadObservedGeneration: shownScalar(status.workloadObservedGeneration),
		abort: status.abort === true,
		abortedAt: timeOf(status.abortedAt),
		promoteFull: status.promoteFull === true,
		controllerPause: status.controllerPause === true,
		pauses: objectsOf(status.pauseConditions).map(({reason, startTime}) => ({reason: shownText(reason), since: timeOf(startTime)})),
		currentPodHash: shownText(status.currentPodHash),
		stableRS: shownText(status.stableRS),
		currentStepIndex: knownCountOf(status.currentStepIndex),
		restartedAt: timeOf(status.restartedAt),
		weights: isJsonObject(canary.weights) ? weightsOf(canary.weights) : undefined,
		activeSelector: shownText(blueGreen.activeSelector),
		previewSelector: shownText(blueGreen.previewSelector),
		isStepInconclusive: objectOf(canary.currentStepAnalysisRunStatus).status === 'Inconclusive',
		postPromotion: isJsonObject(blueGreen.postPromotionAnalysisRunStatus) ? shownText(blueGreen.postPromotionAnalysisRunStatus.status) : undefined,
		checks: checksOf(canary, blueGreen),
	};
}
