import type {ReplicaSet} from '../../domain/replica-set.ts';
import {parseConditions} from './condition.ts';
import {countOf, knownCountOf, objectOf, secondsOf} from './fields.ts';
import {parseMetadata} from './metadata.ts';
import {parseTemplate} from './template.ts';

/** A ReplicaSet as the API gives it; undefined for what no API server would serve. Never throws. */
export function parseReplicaSet(raw: unknown): ReplicaSet | undefined {
	const parsed = parseMetadata(raw);
	const spec = objectOf(parsed?.object.spec);
	const template = parseTemplate(spec.template);
	if (parsed === undefined || template === undefined) return undefined;
	const {labels: _, ...kept} = parsed.metadata;
	const {annotations} = kept;
	const status = objectOf(parsed.object.status);
	return {
		...kept,
		kind: 'ReplicaSet',
		revisionText: annotations['rollout.argoproj.io/revision'] ?? annotations['deployment.kubernetes.io/revision'],
		template,
		minReadySeconds: secondsOf(spec.minReadySeconds),
		desired: countOf(spec.replicas),
		current: countOf(status.replicas),
		ready: countOf(status.readyReplicas),
		available: countOf(status.availableReplicas),
		terminating: knownCountOf(status.terminatingReplicas),
		conditions: parseConditions(status.conditions),
	};
}
