import {type JsonObject, objectAt, objectsAt, textAt, textsAt} from '../json.ts';

/** Labels as columns show them: sorted, `<none>` without any. apimachinery: labels.FormatLabels. */
export function labelsText(labels: Readonly<Record<string, string>>): string {
	const text = pairs(labels).join(',');
	return text === '' ? '<none>' : text;
}

/** A LabelSelector in the form that `-l` takes; '' for one that selects all. apimachinery: labels.Requirement.String. */
export function selectorText(selector: JsonObject): string {
	const equal = Object.entries(textsAt(selector, 'matchLabels')).map(([key, value]) => ({key, text: `${key}=${value}`}));
	const others = objectsAt(selector, 'matchExpressions').map(expression => ({key: textAt(expression, 'key'), text: requirementText(expression)}));
	const all = [...equal, ...others].sort((left, right) => (left.key < right.key ? -1 : Number(left.key > right.key)));
	return all.map(({text}) => text).join(',');
}

function requirementText(expression: JsonObject): string {
	const key = textAt(expression, 'key');
	const given = expression.values;
	const values = (Array.isArray(given) ? given : []).map(String).sort().join(',');
	switch (expression.operator) {
		case 'In':
			return `${key} in (${values})`;
		case 'NotIn':
			return `${key} notin (${values})`;
		case 'DoesNotExist':
			return `!${key}`;
		default:
			return key;
	}
}

function pairs(labels: Readonly<Record<string, string>>): readonly string[] {
	return Object.entries(labels)
		.map(([key, value]) => `${key}=${value}`)
		.sort();
}

/** The selector of a workload, or '' without one. */
export function workloadSelectorText(object: JsonObject): string {
	return selectorText(objectAt(object, 'spec', 'selector'));
}
