import type {DaemonSet, Strategy} from '../../domain/workload.ts';
import {countOf, objectOf, textOf} from './fields.ts';
import {intOrPercentOf} from './int-or-percent.ts';
import {parseWorkloadBase} from './workload-base.ts';

/** A DaemonSet as the API gives it; undefined for what no API server would serve. Never throws. */
export function parseDaemonSet(raw: unknown): DaemonSet | undefined {
	const parsed = parseWorkloadBase(raw);
	if (parsed === undefined) return undefined;
	const {base, spec, status} = parsed;
	const updateStrategy = objectOf(spec.updateStrategy);
	const updateType = textOf(updateStrategy.type) ?? 'RollingUpdate';
	const {maxSurge, maxUnavailable} = objectOf(updateStrategy.rollingUpdate);
	const strategy: Strategy =
		updateType === 'OnDelete'
			? {type: 'OnDelete'}
			: {type: 'RollingUpdate', maxSurge: intOrPercentOf(maxSurge, 0), maxUnavailable: intOrPercentOf(maxUnavailable, 1)};
	return {
		kind: 'DaemonSet',
		...base,
		specReplicas: undefined,
		paused: false,
		revisionText: undefined,
		strategy,
		progressDeadlineSeconds: undefined,
		replicas: {
			desired: countOf(status.desiredNumberScheduled),
			current: countOf(status.currentNumberScheduled),
			updated: countOf(status.updatedNumberScheduled),
			ready: countOf(status.numberReady),
			available: countOf(status.numberAvailable),
			unavailable: countOf(status.numberUnavailable),
			terminating: undefined,
		},
		updateType,
		misscheduled: countOf(status.numberMisscheduled),
	};
}
