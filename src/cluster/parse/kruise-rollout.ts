import type {JsonObject, JsonValue} from '../../domain/json.ts';
import type {KruiseRollout, KruiseStep} from '../../domain/release.ts';
import {parseConditions} from './condition.ts';
import {countOf, isRawObject, numberOf, objectOf, objectsOf, secondsOf, shownScalar, shownText, textOf, timeOf} from './fields.ts';
import {parseMetadata} from './metadata.ts';

/** A number or a percentage, as the object says it. */
function amountOf(value: JsonValue | undefined): string | undefined {
	return shownScalar(value) || undefined;
}

/** v1alpha1 has `weight` for both; v1beta1 `traffic` and `replicas`. */
function stepOf(step: JsonObject): KruiseStep {
	const weight = numberOf(step.weight);
	const percent = weight === undefined || weight < 0 ? undefined : `${weight}%`;
	return {
		traffic: amountOf(step.traffic) ?? percent,
		replicas: amountOf(step.replicas) ?? percent,
		pauses: isRawObject(step.pause),
		pauseSeconds: numberOf(objectOf(step.pause).duration) === undefined ? undefined : secondsOf(objectOf(step.pause).duration),
	};
}

/** v1alpha1 says the style by an annotation; without it a Deployment gets a second one beside it. KR/api/v1alpha1/conversion.go. */
function styleOf(strategy: JsonObject, isAlpha: boolean, annotations: Readonly<Record<string, string>>): KruiseRollout['style'] {
	if (isRawObject(strategy.blueGreen)) return 'blueGreen';
	const second = isAlpha
		? annotations['rollouts.kruise.io/rolling-style']?.toLowerCase() !== 'partition'
		: objectOf(strategy.canary).enableExtraWorkloadForCanary === true;
	return second ? 'canary' : 'partition';
}

function referenceOf(spec: JsonObject): KruiseRollout['workloadRef'] {
	const ref = objectOf(spec.workloadRef ?? objectOf(spec.objectRef).workloadRef);
	return {apiVersion: textOf(ref.apiVersion) ?? 'apps/v1', kind: textOf(ref.kind) ?? 'Deployment', name: textOf(ref.name) ?? ''};
}

function routingsOf(plan: JsonObject): KruiseRollout['routings'] {
	return objectsOf(plan.trafficRoutings).flatMap(routing => {
		const service = textOf(routing.service);
		return service === undefined ? [] : [{service, ingress: textOf(objectOf(routing.ingress).name)}];
	});
}

/**
 * The current step of canaryStatus or blueGreenStatus: what stands beside them at the top lags behind, and every writer of v1alpha1 sets it back.
 * `canaryRevision` is left out: but for the partition style it is no hash of any ReplicaSet.
 */
function progressOf(status: JsonObject): KruiseRollout['progress'] {
	const progress = isRawObject(status.blueGreenStatus) ? status.blueGreenStatus : status.canaryStatus;
	if (!isRawObject(progress)) return undefined;
	return {
		currentStepIndex: countOf(progress.currentStepIndex),
		nextStepIndex: numberOf(progress.nextStepIndex),
		currentStepState: shownText(progress.currentStepState),
		stableRevision: textOf(progress.stableRevision),
		podTemplateHash: textOf(progress.podTemplateHash),
		canaryReplicas: countOf(progress.canaryReplicas ?? progress.updatedReplicas),
		canaryReadyReplicas: countOf(progress.canaryReadyReplicas ?? progress.updatedReadyReplicas),
		finalisingStep: shownText(progress.finalisingStep) || undefined,
		message: textOf(shownText(progress.message)),
		lastUpdateAt: timeOf(progress.lastUpdateTime),
	};
}

/** An OpenKruise Rollout of v1beta1 or v1alpha1; undefined for what no API server would serve. Never throws. */
export function parseKruiseRollout(raw: unknown): KruiseRollout | undefined {
	const parsed = parseMetadata(raw);
	if (parsed === undefined) return undefined;
	const {object, metadata} = parsed;
	const {createdAt: _created, deletedAt: _deleted, ownerUid: _owner, ...kept} = metadata;
	const spec = objectOf(object.spec);
	const status = objectOf(object.status);
	const strategy = objectOf(spec.strategy);
	const plan = objectOf(strategy.blueGreen ?? strategy.canary);
	const apiVersion = textOf(object.apiVersion) ?? 'rollouts.kruise.io/v1beta1';
	return {
		kind: 'KruiseRollout',
		...kept,
		apiVersion,
		generation: countOf(objectOf(object.metadata).generation),
		observedGeneration: countOf(status.observedGeneration),
		workloadRef: referenceOf(spec),
		style: styleOf(strategy, apiVersion.endsWith('/v1alpha1'), metadata.annotations),
		paused: strategy.paused === true,
		disabled: spec.disabled === true,
		steps: objectsOf(plan.steps).map(stepOf),
		routings: routingsOf(plan),
		phase: shownText(status.phase),
		message: shownText(status.message),
		conditions: parseConditions(status.conditions),
		progress: progressOf(status),
	};
}
