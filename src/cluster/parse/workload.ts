import type {JsonObject} from '../../domain/json.ts';
import type {Deployment, ReplicaCounts, Strategy} from '../../domain/workload.ts';
import {countOf, knownCountOf, objectOf} from './fields.ts';
import {intOrPercentOf} from './int-or-percent.ts';
import {parseWorkloadBase} from './workload-base.ts';

/** client-go and the Deployment controller read the largest int32 as "no deadline". */
const noDeadline = 2_147_483_647;

/** Absent: the API's default, a quarter. */
const quarter = '25%';

function strategyOf(strategy: JsonObject): Strategy {
	if (strategy.type === 'Recreate') return {type: 'Recreate'};
	const {maxSurge, maxUnavailable} = objectOf(strategy.rollingUpdate);
	return {type: 'RollingUpdate', maxSurge: intOrPercentOf(maxSurge, quarter), maxUnavailable: intOrPercentOf(maxUnavailable, quarter)};
}

/** The counts of what has `spec.replicas`, as its status tells them. */
export function replicaCountsOf(spec: JsonObject, status: JsonObject): ReplicaCounts {
	return {
		desired: knownCountOf(spec.replicas) ?? 1,
		current: countOf(status.replicas),
		updated: countOf(status.updatedReplicas),
		ready: countOf(status.readyReplicas),
		available: countOf(status.availableReplicas),
		unavailable: countOf(status.unavailableReplicas),
		terminating: knownCountOf(status.terminatingReplicas),
	};
}

/** `spec.progressDeadlineSeconds`; undefined: none. */
export function deadlineOf(spec: JsonObject): number | undefined {
	const deadline = knownCountOf(spec.progressDeadlineSeconds) ?? noDeadline;
	return deadline >= noDeadline ? undefined : deadline;
}

/** A Deployment as the API gives it; undefined for what no API server would serve. Never throws. */
export function parseWorkload(raw: unknown, otherSelector?: Parameters<typeof parseWorkloadBase>[1]): Deployment | undefined {
	const parsed = parseWorkloadBase(raw, otherSelector);
	if (parsed === undefined) return undefined;
	const {base, spec, status} = parsed;
	return {
		kind: 'Deployment',
		...base,
		paused: spec.paused === true,
		revisionText: base.annotations['deployment.kubernetes.io/revision'],
		strategy: strategyOf(objectOf(spec.strategy)),
		progressDeadlineSeconds: deadlineOf(spec),
		replicas: replicaCountsOf(spec, status),
	};
}
