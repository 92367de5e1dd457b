import type {ReplicaSet} from '../../domain/replica-set.ts';
import {parseConditions} from './condition.ts';
import {countOf, numberOf, objectOf} from './fields.ts';
import {parseMetadata} from './metadata.ts';
import {parseTemplate} from './template.ts';

/** A ReplicaSet as the API gives it; undefined for what no API server would serve. Never throws. */
export function parseReplicaSet(raw: unknown): ReplicaSet | undefined {
	const parsed = parseMetadata(raw);
	if (parsed === undefined) return undefined;
	const {labels: _, ...kept} = parsed.metadata;
	const {annotations} = kept;
	const spec = objectOf(parsed.object.spec);
	const status = objectOf(parsed.object.status);
	return {
		...kept,
		kind: 'ReplicaSet',
		revisionText: annotations['rollout.argoproj.io/revision'] ?? annotations['deployment.kubernetes.io/revision'],
		template: parseTemplate(spec.template),
		minReadySeconds: countOf(spec.minReadySeconds),
		desired: countOf(spec.replicas),
		current: countOf(status.replicas),
		ready: countOf(status.readyReplicas),
		available: countOf(status.availableReplicas),
		terminating: numberOf(status.terminatingReplicas),
		conditions: parseConditions(status.conditions),
	};
}
