import type {Autoscaler} from '../../domain/autoscaler.ts';
import {countOf, knownCountOf, objectOf, shownText, textOf, timeOf} from './fields.ts';
import {parseMetadata} from './metadata.ts';

/** A HorizontalPodAutoscaler (autoscaling/v2) as the API gives it; undefined for what no API server would serve. Never throws. */
export function parseAutoscaler(raw: unknown): Autoscaler | undefined {
	const parsed = parseMetadata(raw);
	if (parsed === undefined) return undefined;
	const {uid, name, resourceVersion} = parsed.metadata;
	const {scaleTargetRef, minReplicas, maxReplicas} = objectOf(parsed.object.spec);
	const {kind, name: workload} = objectOf(scaleTargetRef);
	const status = objectOf(parsed.object.status);
	const max = knownCountOf(maxReplicas);
	const scaled = textOf(workload);
	if (max === undefined || scaled === undefined) return undefined;
	return {
		uid,
		name,
		resourceVersion,
		kind: shownText(kind),
		workload: scaled,
		min: knownCountOf(minReplicas) ?? 1,
		max,
		current: countOf(status.currentReplicas),
		desired: countOf(status.desiredReplicas),
		lastScaleAt: timeOf(status.lastScaleTime),
	};
}
