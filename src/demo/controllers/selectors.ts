import type {LabelSelector} from './kinds.ts';

type Labels = Readonly<Record<string, string>>;

/** Whether labels are all there, with these values. An empty set of labels is in every other. */
export function hasLabels(labels: Labels | undefined, wanted: Labels): boolean {
	// A loop without any list: this is asked of thousands of pods at a time.
	for (const key in wanted) if (labels?.[key] !== wanted[key]) return false;
	return true;
}

/** Whether a label selector means an object with these labels. An empty selector means everything. */
export function selects({matchLabels = {}, matchExpressions = []}: LabelSelector, labels: Labels = {}): boolean {
	return hasLabels(labels, matchLabels) && matchExpressions.every(({key, operator, values = []}) => meetsOperator(operator, labels[key], values));
}

/** Whether a label's value is what an operator wants of it; undefined: there is no such label. */
export function meetsOperator(operator: string, value: string | undefined, values: readonly string[]): boolean {
	switch (operator) {
		case 'In':
			return value !== undefined && values.includes(value);
		case 'NotIn':
			return value === undefined || !values.includes(value);
		case 'Exists':
			return value !== undefined;
		case 'DoesNotExist':
			return value === undefined;
		default:
			return false;
	}
}

/** Whether a selector says nothing at all. */
export function isEmptySelector({matchLabels = {}, matchExpressions = []}: LabelSelector): boolean {
	return Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;
}
