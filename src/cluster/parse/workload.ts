import type {JsonObject, JsonValue} from '../../domain/json.ts';
import type {IntOrPercent, ReplicaCounts, Strategy, Workload} from '../../domain/workload.ts';
import {parseConditions} from './condition.ts';
import {countOf, numberOf, objectOf, secondsOf} from './fields.ts';
import {parseMetadata} from './metadata.ts';
import {selectorQueryOf} from './selector.ts';
import {parseTemplate} from './template.ts';

/** client-go and the Deployment controller read the largest int32 as "no deadline". */
const noDeadline = 2_147_483_647;

function isPercent(value: JsonValue | undefined): value is `${number}%` {
	return typeof value === 'string' && /^\d+%$/.test(value);
}

/** Absent: the API's default, a quarter. */
function intOrPercentOf(value: JsonValue | undefined): IntOrPercent {
	if (typeof value === 'number') return value;
	return isPercent(value) ? value : '25%';
}

function strategyOf(strategy: JsonObject): Strategy {
	if (strategy.type === 'Recreate') return {type: 'Recreate'};
	const {maxSurge, maxUnavailable} = objectOf(strategy.rollingUpdate);
	return {type: 'RollingUpdate', maxSurge: intOrPercentOf(maxSurge), maxUnavailable: intOrPercentOf(maxUnavailable)};
}

function replicaCountsOf(spec: JsonObject, status: JsonObject): ReplicaCounts {
	return {
		desired: numberOf(spec.replicas) === undefined ? 1 : countOf(spec.replicas),
		current: countOf(status.replicas),
		updated: countOf(status.updatedReplicas),
		ready: countOf(status.readyReplicas),
		available: countOf(status.availableReplicas),
		unavailable: countOf(status.unavailableReplicas),
		terminating: numberOf(status.terminatingReplicas),
	};
}

/** A Deployment as the API gives it → Workload; undefined for what no API server would serve. Never throws. */
export function parseWorkload(raw: unknown): Workload | undefined {
	const parsed = parseMetadata(raw);
	if (parsed === undefined) return undefined;
	const {object, metadata} = parsed;
	const {ownerUid: _, ...kept} = metadata;
	const spec = objectOf(object.spec);
	const status = objectOf(object.status);
	const selector = objectOf(spec.selector);
	const selectorQuery = selectorQueryOf(selector);
	if (selectorQuery === undefined) return undefined;
	const deadline = numberOf(spec.progressDeadlineSeconds) ?? noDeadline;
	return {
		kind: 'Deployment',
		...kept,
		generation: countOf(objectOf(object.metadata).generation),
		observedGeneration: countOf(status.observedGeneration),
		paused: spec.paused === true,
		revisionText: metadata.annotations['deployment.kubernetes.io/revision'],
		selector,
		selectorQuery,
		template: parseTemplate(spec.template),
		strategy: strategyOf(objectOf(spec.strategy)),
		minReadySeconds: secondsOf(spec.minReadySeconds),
		progressDeadlineSeconds: deadline >= noDeadline ? undefined : deadline,
		specReplicas: numberOf(spec.replicas),
		replicas: replicaCountsOf(spec, status),
		conditions: parseConditions(status.conditions),
	};
}
