import type {JsonValue} from '../../domain/json.ts';
import type {Template} from '../../domain/template.ts';
import {objectOf, objectsOf, shownText, textMapOf} from './fields.ts';

/** A pod template. `raw` stays untouched: an undo sends back exactly what was stored. */
export function parseTemplate(value: JsonValue | undefined): Template {
	const raw = objectOf(value);
	return {
		raw,
		images: objectsOf(objectOf(raw.spec).containers).map(({image}) => shownText(image)),
		labels: textMapOf(objectOf(raw.metadata).labels),
	};
}
