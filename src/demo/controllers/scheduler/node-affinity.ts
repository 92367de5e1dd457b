import type {Node, NodeSelectorRequirement, NodeSelectorTerm, PodSpec} from '../kinds.ts';
import {hasLabels, meetsOperator} from '../selectors.ts';

const nameField = 'metadata.name';

/** Whether a pod may run on a node for its selector and what it requires of nodes (kubernetes: nodeaffinity GetRequiredNodeAffinity). */
export function fitsNode({nodeSelector = {}, affinity}: PodSpec, node: Node): boolean {
	const terms = termsOf(affinity);
	return hasLabels(node.metadata.labels, nodeSelector) && (terms === undefined || terms.some(term => meets(term, node)));
}

/** The nodes that a pod asks for by name, when all that it would put up with are named; a DaemonSet's pod names one (kubernetes: node_affinity.go PreFilter). */
export function namedNodes({affinity}: PodSpec): readonly string[] | undefined {
	const terms = termsOf(affinity) ?? [];
	const named = terms.map(({matchFields = []}) => matchFields.find(({key, operator}) => key === nameField && operator === 'In')?.values);
	return named.length === 0 || named.includes(undefined) ? undefined : named.flatMap(names => names ?? []);
}

function termsOf(affinity: PodSpec['affinity']): readonly NodeSelectorTerm[] | undefined {
	const required = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
	return required === undefined ? undefined : (required.nodeSelectorTerms ?? []);
}

/** A term that says nothing means no node. */
function meets({matchExpressions = [], matchFields = []}: NodeSelectorTerm, {metadata: {name, labels}}: Node): boolean {
	if (matchExpressions.length + matchFields.length === 0) return false;
	return matchExpressions.every(each => holds(each, labels?.[each.key])) && matchFields.every(each => each.key === nameField && holds(each, name));
}

/** Of nodes numbers can be compared, too. */
function holds({operator, values = []}: NodeSelectorRequirement, value: string | undefined): boolean {
	switch (operator) {
		case 'Gt':
			return value !== undefined && Number(value) > Number(values[0]);
		case 'Lt':
			return value !== undefined && Number(value) < Number(values[0]);
		default:
			return meetsOperator(operator, value, values);
	}
}
