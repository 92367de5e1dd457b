import type {StatefulSet, Strategy} from '../../domain/workload.ts';
import {countOf, isRawObject, knownCountOf, objectOf, textOf} from './fields.ts';
import {intOrPercentOf} from './int-or-percent.ts';
import {replicaCountsOf} from './workload.ts';
import {parseWorkloadBase} from './workload-base.ts';

/** A StatefulSet as the API gives it; undefined for what no API server would serve. Never throws. */
export function parseStatefulSet(raw: unknown): StatefulSet | undefined {
	const parsed = parseWorkloadBase(raw);
	if (parsed === undefined) return undefined;
	const {base, spec, status} = parsed;
	const updateStrategy = objectOf(spec.updateStrategy);
	const updateType = textOf(updateStrategy.type) ?? 'RollingUpdate';
	const {rollingUpdate} = updateStrategy;
	const {maxUnavailable, partition} = objectOf(rollingUpdate);
	const strategy: Strategy =
		updateType === 'OnDelete' ? {type: 'OnDelete'} : {type: 'RollingUpdate', maxSurge: 0, maxUnavailable: intOrPercentOf(maxUnavailable, 1)};
	return {
		kind: 'StatefulSet',
		...base,
		paused: false,
		revisionText: undefined,
		strategy,
		progressDeadlineSeconds: undefined,
		replicas: replicaCountsOf(spec, status),
		updateType,
		rollingUpdate: isRawObject(rollingUpdate) ? {partition: knownCountOf(partition)} : undefined,
		ordinalsStart: countOf(objectOf(spec.ordinals).start),
		isParallel: spec.podManagementPolicy === 'Parallel',
		currentRevision: textOf(status.currentRevision) ?? '',
		updateRevision: textOf(status.updateRevision) ?? '',
		currentReplicas: countOf(status.currentReplicas),
	};
}
