import {type JsonObject, objectsAt, textAt, textsAt} from '../json.ts';

/** Whether labels are meant by a selector as objects have it: `{matchLabels, matchExpressions}`. An empty one means all. */
export function selects(selector: JsonObject, labels: Readonly<Record<string, string>>): boolean {
	const isEqual = Object.entries(textsAt(selector, 'matchLabels')).every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value);
	return isEqual && objectsAt(selector, 'matchExpressions').every(expression => fits(expression, labels));
}

function fits(expression: JsonObject, labels: Readonly<Record<string, string>>): boolean {
	const key = textAt(expression, 'key');
	const has = Object.hasOwn(labels, key);
	const isListed = has && Array.isArray(expression.values) && expression.values.includes(labels[key] ?? '');
	switch (textAt(expression, 'operator')) {
		case 'In':
			return isListed;
		case 'NotIn':
			return !isListed;
		case 'Exists':
			return has;
		default:
			return !has;
	}
}
