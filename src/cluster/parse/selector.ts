import type {JsonObject} from '../../domain/json.ts';
import {objectsOf, textMapOf, textOf} from './fields.ts';

function requirementOf(expression: JsonObject): string | undefined {
	const key = textOf(expression.key);
	if (key === undefined) return undefined;
	const values = Array.isArray(expression.values) ? expression.values.filter(value => typeof value === 'string') : [];
	// apimachinery prints the values sorted; the order means nothing.
	const list = `(${[...values].sort().join(',')})`;
	switch (expression.operator) {
		case 'In':
			return `${key} in ${list}`;
		case 'NotIn':
			return `${key} notin ${list}`;
		case 'Exists':
			return key;
		case 'DoesNotExist':
			return `!${key}`;
		default:
			return undefined;
	}
}

/**
 * A `metav1.LabelSelector` as the `labelSelector` query parameter, requirements sorted by key as kubectl sends them.
 * undefined for one that selects nothing or that no rule of the API allows: following everything instead would be wrong.
 */
export function selectorQueryOf(selector: JsonObject): string | undefined {
	const labels = Object.entries(textMapOf(selector.matchLabels)).map(([key, value]) => ({key, text: `${key}=${value}`}));
	const expressions = objectsOf(selector.matchExpressions).map(expression => ({key: textOf(expression.key) ?? '', text: requirementOf(expression)}));
	const requirements = [...labels, ...expressions].sort((left, right) => (left.key < right.key ? -1 : left.key > right.key ? 1 : 0));
	if (requirements.length === 0 || requirements.some(({text}) => text === undefined)) return undefined;
	return requirements.map(({text}) => text).join(',');
}
