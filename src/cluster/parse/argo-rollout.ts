import type {ArgoPlan} from '../../domain/argo-status.ts';
import type {JsonObject} from '../../domain/json.ts';
import {argoHashLabel} from '../../domain/same-template.ts';
import type {ArgoRollout, Strategy} from '../../domain/workload.ts';
import {parseArgoStatus} from './argo-status.ts';
import {parseArgoSteps} from './argo-steps.ts';
import {countOf, isRawObject, objectOf, secondsOf, shownScalar, shownText, textOf, timeOf} from './fields.ts';
import {intOrPercentOf} from './int-or-percent.ts';
import {parseTemplate} from './template.ts';
import {withTemplateDefaults} from './template-defaults.ts';
import {deadlineOf, replicaCountsOf} from './workload.ts';
import {parseWorkloadBase} from './workload-base.ts';

/** argo-rollouts: utils/defaults/defaults.go. */
const defaultDeadlineSeconds = 600;
const defaultMaxWeight = 100;

function blueGreenOf(raw: JsonObject): ArgoPlan {
	const {activeService, previewService, autoPromotionEnabled, autoPromotionSeconds, postPromotionAnalysis} = raw;
	return {
		kind: 'blueGreen',
		activeService: shownText(activeService),
		previewService: textOf(previewService),
		promotes: autoPromotionEnabled === false ? 'by hand' : {afterMs: secondsOf(autoPromotionSeconds) * 1000},
		hasPostPromotionAnalysis: isRawObject(postPromotionAnalysis),
	};
}

function canaryOf(raw: JsonObject): ArgoPlan {
	const routing = raw.trafficRouting;
	const maxWeight = countOf(objectOf(routing).maxTrafficWeight) || defaultMaxWeight;
	return {kind: 'canary', steps: parseArgoSteps(raw.steps, maxWeight), isRouted: isRawObject(routing), maxWeight};
}

function strategyOf({blueGreen, canary}: JsonObject): Strategy {
	if (isRawObject(blueGreen)) return {type: 'BlueGreen'};
	const {maxSurge, maxUnavailable, trafficRouting} = objectOf(canary);
	// With a router the stable pods all stay beside the new ones until the end.
	if (isRawObject(trafficRouting)) return {type: 'RollingUpdate', maxSurge: '100%', maxUnavailable: 0};
	return {type: 'RollingUpdate', maxSurge: intOrPercentOf(maxSurge, '25%'), maxUnavailable: intOrPercentOf(maxUnavailable, '25%')};
}

function referenceOf(spec: JsonObject): ArgoRollout['workloadRef'] {
	const {apiVersion, kind, name} = objectOf(spec.workloadRef);
	const called = textOf(name);
	return called === undefined ? undefined : {apiVersion: textOf(apiVersion) ?? 'apps/v1', kind: textOf(kind) ?? 'Deployment', name: called, holder: undefined};
}

/**
 * Beside a `workloadRef` the selector may be left out: it is that of the object named there, and the controller says in the status which. While a blue-green switches,
 * it adds the hash of one version. Empty: not known yet. argo-rollouts: types.go SelectorResolvedFromTemplate.
 */
function resolvedQuery({spec, status}: {readonly spec: JsonObject; readonly status: JsonObject}): string | undefined {
	if (spec.selector !== undefined || !isRawObject(spec.workloadRef)) return undefined;
	const requirements = textOf(status.selector)?.split(',') ?? [];
	return requirements.filter(one => !one.startsWith(`${argoHashLabel}=`)).join(',');
}

/** A string in Argo's API. Before anything was written there is none; one that is no number is of a version that did not number it, and always right. */
function observedGenerationOf({observedGeneration}: JsonObject, generation: number): number {
	if (observedGeneration === undefined) return 0;
	const observed = Number(shownScalar(observedGeneration) || 'none');
	return Number.isSafeInteger(observed) && observed >= 0 ? observed : generation;
}

/** An Argo Rollout as the API gives it; undefined for what no API server would serve. Never throws. */
export function parseArgoRollout(raw: unknown): ArgoRollout | undefined {
	const parsed = parseWorkloadBase(raw, resolvedQuery);
	if (parsed === undefined) return undefined;
	const {base, spec, status} = parsed;
	const strategy = objectOf(spec.strategy);
	const {blueGreen} = strategy;
	return {
		kind: 'ArgoRollout',
		...base,
		observedGeneration: observedGenerationOf(status, base.generation),
		template: parseTemplate(withTemplateDefaults(base.template.raw)) ?? base.template,
		paused: spec.paused === true,
		revisionText: base.annotations['rollout.argoproj.io/revision'],
		strategy: strategyOf(strategy),
		progressDeadlineSeconds: spec.progressDeadlineSeconds === undefined ? defaultDeadlineSeconds : deadlineOf(spec),
		replicas: replicaCountsOf(spec, status),
		workloadRef: referenceOf(spec),
		plan: isRawObject(blueGreen) ? blueGreenOf(blueGreen) : canaryOf(objectOf(strategy.canary)),
		status: parseArgoStatus(status),
		restartAt: timeOf(spec.restartAt),
	};
}
