import type {JsonObject, JsonValue} from './json.ts';
import {isJsonObject} from './json-kind.ts';

/** A `metav1.LabelSelector` as it stands in the object. */
export type LabelSelector = JsonObject;

type Labels = Readonly<Record<string, string>>;

function textsOf(value: JsonValue | undefined): readonly string[] {
	return Array.isArray(value) ? value.filter(text => typeof text === 'string') : [];
}

function isMet({key, operator, values}: JsonObject, labels: Labels): boolean {
	if (typeof key !== 'string') return false;
	const label = Object.hasOwn(labels, key) ? labels[key] : undefined;
	switch (operator) {
		case 'In':
			return label !== undefined && textsOf(values).includes(label);
		case 'NotIn':
			return label === undefined || !textsOf(values).includes(label);
		case 'Exists':
			return label !== undefined;
		case 'DoesNotExist':
			return label === undefined;
		default:
			return false;
	}
}

/** Whether the selector selects the labels; an empty one selects all. apimachinery: pkg/apis/meta/v1/helpers.go LabelSelectorAsSelector. */
export function matchesLabels({matchLabels, matchExpressions}: LabelSelector, labels: Labels): boolean {
	const equal = isJsonObject(matchLabels) ? Object.entries(matchLabels) : [];
	const expressions = Array.isArray(matchExpressions) ? matchExpressions : [];
	return (
		equal.every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value) &&
		expressions.every(expression => isJsonObject(expression) && isMet(expression, labels))
	);
}
