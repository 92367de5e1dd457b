import type {DisruptionBudget} from '../../domain/disruption-budget.ts';
import {countOf, isRawObject, objectOf} from './fields.ts';
import {parseMetadata} from './metadata.ts';
import {keptObject} from './template.ts';

/** A PodDisruptionBudget (policy/v1) as the API gives it; undefined for what no API server would serve. Never throws. */
export function parseDisruptionBudget(raw: unknown): DisruptionBudget | undefined {
	const parsed = parseMetadata(raw);
	if (parsed === undefined) return undefined;
	const {uid, name, resourceVersion} = parsed.metadata;
	const {selector} = objectOf(parsed.object.spec);
	const kept = keptObject(selector);
	if (kept === undefined) return undefined;
	const status = objectOf(parsed.object.status);
	return {
		uid,
		name,
		resourceVersion,
		selector: isRawObject(selector) ? kept : undefined,
		allowed: countOf(status.disruptionsAllowed),
		healthy: countOf(status.currentHealthy),
		neededHealthy: countOf(status.desiredHealthy),
		expected: countOf(status.expectedPods),
	};
}
