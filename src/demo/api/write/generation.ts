import {type JsonObject, sameJson} from '../json.ts';
import type {Resource, StoredObject} from '../resource.ts';

/** An object with its generation: one more than before when what it counts has changed. */
export function withGeneration<T extends JsonObject>(object: T, old: StoredObject, {rules: {generation}}: Resource): T {
	if (generation === undefined || !isCounted(object, old, generation)) return object;
	const metadata = object.metadata as JsonObject;
	return {...object, metadata: {...metadata, generation: (old.metadata.generation ?? 0) + 1}};
}

function isCounted(object: JsonObject, old: StoredObject, what: 'spec' | 'spec-and-annotations' | 'all'): boolean {
	if (what === 'all') return !sameJson({...object, metadata: null, status: null}, {...old, metadata: null, status: null});
	if (!sameJson(object.spec, old.spec)) return true;
	return what === 'spec-and-annotations' && !sameJson((object.metadata as JsonObject).annotations ?? {}, old.metadata.annotations ?? {});
}
