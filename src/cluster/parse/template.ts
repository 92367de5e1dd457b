import type {JsonObject, JsonValue} from '../../domain/json.ts';
import type {Template} from '../../domain/template.ts';
import {objectOf, objectsOf, shownText, textMapOf} from './fields.ts';

/** No template of the API's own kinds is a quarter as deep; those of custom kinds may hold anything, and what walks through them walks into the ground. */
const mostLevels = 64;

function isDeeper(value: JsonValue, levels: number): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return levels === 0 || Object.values(value).some(inner => isDeeper(inner, levels - 1));
}

/** A part of an object that is kept as it stands: undefined for one that is nested without end. Absent: an empty one. */
export function keptObject(value: JsonValue | undefined): JsonObject | undefined {
	const object = objectOf(value);
	return isDeeper(object, mostLevels) ? undefined : object;
}

/** A pod template, undefined for what can't be one. `raw` stays untouched: an undo sends back exactly what was stored. */
export function parseTemplate(value: JsonValue | undefined): Template | undefined {
	const raw = keptObject(value);
	return (
		raw && {
			raw,
			images: objectsOf(objectOf(raw.spec).containers).map(({image}) => shownText(image)),
			labels: textMapOf(objectOf(raw.metadata).labels),
		}
	);
}
