import jsonPatch from 'fast-json-patch';
import * as jsonMergePatch from 'json-merge-patch';
import {isObject, type Json, type JsonObject} from '../json.ts';
import type {Resource} from '../resource.ts';
import {badRequest, StatusError} from '../status-error.ts';
import {PatchError} from './patch-error.ts';
import {strategicMerge} from './strategic-merge.ts';

/** An object with a patch applied, of one of the four media types. The object itself stays as it is. Throws StatusError 400 and 422. */
export function applyPatch(object: JsonObject, patch: Json, mediaType: string, resource: Resource): JsonObject {
	const result = apply(object, patch, mediaType, resource);
	if (!isObject(result)) throw badRequest(`the patched object is no ${resource.kind}`);
	return result;
}

function apply(object: JsonObject, patch: Json, mediaType: string, {type = 'any'}: Resource): Json {
	if (mediaType === 'application/json-patch+json') return applyJsonPatch(object, patch);
	if (!isObject(patch)) throw badRequest('error decoding patch: json: cannot unmarshal into a map');
	if (mediaType === 'application/merge-patch+json') return applyMergePatch(object, patch);
	try {
		return strategicMerge(object, patch, type);
	} catch (error) {
		if (error instanceof PatchError) throw error.code === 400 ? badRequest(error.message) : new StatusError(500, '', error.message);
		throw error;
	}
}

function applyJsonPatch(object: JsonObject, patch: Json): Json {
	if (!Array.isArray(patch)) throw badRequest('error decoding patch: json: cannot unmarshal object into Go value of type jsonpatch.Patch');
	if (patch.length > 10_000)
		throw new StatusError(
			413,
			'RequestEntityTooLarge',
			`Request entity too large: The allowed maximum operations in a JSON patch is 10000, got ${patch.length}`,
		);
	try {
		return jsonPatch.applyPatch(object, patch as never, true, false).newDocument as Json;
	} catch {
		// Upstream keeps to itself what was wrong.
		throw new StatusError(422, 'Invalid', 'the server rejected our request due to an error in our request', {});
	}
}

/** Only what the patch touches is copied: the rest stays shared with the stored object. */
function applyMergePatch(object: JsonObject, patch: JsonObject): Json {
	const touched = Object.fromEntries(Object.keys(patch).flatMap(key => (object[key] === undefined ? [] : [[key, structuredClone(object[key])]])));
	const merged = jsonMergePatch.apply(touched, patch) as JsonObject;
	const untouched = Object.entries(object).filter(([key]) => !Object.hasOwn(patch, key));
	return {...Object.fromEntries(untouched), ...merged};
}
