import type {JsonObject} from '../../domain/json.ts';
import type {ArgoRollout} from '../../domain/workload.ts';
import {countOf, isRawObject, objectOf, objectsOf, textOf, timeOf} from './fields.ts';
import {intOrPercentOf} from './int-or-percent.ts';
import {deadlineOf, replicaCountsOf} from './workload.ts';
import {parseWorkloadBase} from './workload-base.ts';

function planOf(strategy: JsonObject): ArgoRollout['plan'] {
	if (isRawObject(strategy.blueGreen)) return {kind: 'blueGreen', raw: strategy.blueGreen, steps: []};
	const raw = objectOf(strategy.canary);
	return {kind: 'canary', raw, steps: objectsOf(raw.steps)};
}

function referenceOf(spec: JsonObject): ArgoRollout['workloadRef'] {
	const {apiVersion, kind, name} = objectOf(spec.workloadRef);
	const called = textOf(name);
	return called === undefined ? undefined : {apiVersion: textOf(apiVersion) ?? 'apps/v1', kind: textOf(kind) ?? 'Deployment', name: called, holder: undefined};
}

/** An Argo Rollout as the API gives it; undefined for what no API server would serve. Never throws. */
export function parseArgoRollout(raw: unknown): ArgoRollout | undefined {
	const parsed = parseWorkloadBase(raw);
	if (parsed === undefined) return undefined;
	const {base, spec, status} = parsed;
	const plan = planOf(objectOf(spec.strategy));
	const {maxSurge, maxUnavailable} = plan.raw;
	return {
		kind: 'ArgoRollout',
		...base,
		// A string in Argo's API.
		observedGeneration: countOf(Number(textOf(status.observedGeneration) ?? status.observedGeneration)),
		paused: spec.paused === true,
		revisionText: base.annotations['rollout.argoproj.io/revision'],
		strategy:
			plan.kind === 'blueGreen'
				? {type: 'BlueGreen'}
				: {type: 'RollingUpdate', maxSurge: intOrPercentOf(maxSurge, '25%'), maxUnavailable: intOrPercentOf(maxUnavailable, '25%')},
		progressDeadlineSeconds: deadlineOf(spec),
		replicas: replicaCountsOf(spec, status),
		workloadRef: referenceOf(spec),
		plan,
		status,
		restartAt: timeOf(spec.restartAt),
	};
}
