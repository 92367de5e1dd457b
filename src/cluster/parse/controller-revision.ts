import type {JsonObject} from '../../domain/json.ts';
import type {ReplicaSet} from '../../domain/replica-set.ts';
import {revisionKey} from '../../domain/revision-key.ts';
import {numberOf, objectOf} from './fields.ts';
import {parseMetadata} from './metadata.ts';
import {parseTemplate} from './template.ts';

/** The template as a ControllerRevision holds it, as a patch: without the patch's directive. kubernetes: stateful_set_utils.go getPatch. */
function templateIn(data: JsonObject): JsonObject {
	const {$patch: _, ...template} = objectOf(objectOf(data.spec).template);
	return template;
}

/**
 * A ControllerRevision of a StatefulSet or DaemonSet, in the place of a ReplicaSet: the pods that were made from it are counted once they are known.
 * Undefined for what no API server would serve. Never throws.
 */
export function parseControllerRevision(raw: unknown): ReplicaSet | undefined {
	const parsed = parseMetadata(raw);
	if (parsed === undefined) return undefined;
	const {labels: _, ...kept} = parsed.metadata;
	const template = parseTemplate(templateIn(objectOf(parsed.object.data)));
	if (kept.ownerUid === undefined || template === undefined) return undefined;
	return {
		...kept,
		kind: 'ControllerRevision',
		uid: revisionKey(kept.ownerUid, kept.name),
		revisionText: numberOf(parsed.object.revision)?.toString(),
		template,
		minReadySeconds: 0,
		desired: 0,
		current: 0,
		ready: 0,
		available: 0,
		terminating: undefined,
		conditions: [],
	};
}
