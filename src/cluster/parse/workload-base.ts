import type {JsonObject} from '../../domain/json.ts';
import type {Workload} from '../../domain/workload.ts';
import {parseConditions} from './condition.ts';
import {countOf, knownCountOf, objectOf, secondsOf} from './fields.ts';
import {parseMetadata} from './metadata.ts';
import {selectorQueryOf} from './selector.ts';
import {keptObject, parseTemplate} from './template.ts';

/** What the objects of all kinds of workloads have in the same place. */
export type ParsedWorkload = {
	readonly base: Pick<
		Workload,
		| 'uid'
		| 'name'
		| 'namespace'
		| 'resourceVersion'
		| 'createdAt'
		| 'deletedAt'
		| 'labels'
		| 'annotations'
		| 'generation'
		| 'observedGeneration'
		| 'selector'
		| 'selectorQuery'
		| 'template'
		| 'minReadySeconds'
		| 'specReplicas'
		| 'conditions'
	>;
	readonly spec: JsonObject;
	readonly status: JsonObject;
};

/**
 * Reads them; undefined for what no API server would serve. `resolved`: the query of a kind that may leave its selector to another object, by its status.
 * Never throws.
 */
export function parseWorkloadBase(raw: unknown, resolved?: (parts: Pick<ParsedWorkload, 'spec' | 'status'>) => string | undefined): ParsedWorkload | undefined {
	const parsed = parseMetadata(raw);
	if (parsed === undefined) return undefined;
	const {object, metadata} = parsed;
	const {ownerUid: _, ...kept} = metadata;
	const spec = objectOf(object.spec);
	const status = objectOf(object.status);
	const selector = keptObject(spec.selector);
	const template = parseTemplate(spec.template);
	if (selector === undefined || template === undefined) return undefined;
	const selectorQuery = selectorQueryOf(selector) ?? resolved?.({spec, status});
	if (selectorQuery === undefined) return undefined;
	const base = {
		...kept,
		generation: countOf(objectOf(object.metadata).generation),
		observedGeneration: countOf(status.observedGeneration),
		selector,
		selectorQuery,
		template,
		minReadySeconds: secondsOf(spec.minReadySeconds),
		specReplicas: knownCountOf(spec.replicas),
		conditions: parseConditions(status.conditions),
	};
	return {base, spec, status};
}
