import {type JsonObject, numberAt, objectsAt, textAt, textsAt} from '../json.ts';
import {labelsText, workloadSelectorText} from './label-text.ts';
import {ageColumn, ageOf, column, nameColumn, nameOf, orNone, type TableKind, wideColumn} from './table-kind.ts';

const containersColumn = wideColumn('Containers', 'The containers of its pods.');
const imagesColumn = wideColumn('Images', 'The images of its containers.');
const selectorColumn = wideColumn('Selector', 'Which pods are its own.');
const readyColumn = column('Ready', 'How many of its pods are ready, of those that are wanted.');

/** A count: what is not there is nothing yet. */
function count(object: JsonObject, ...path: readonly string[]): number {
	return numberAt(object, ...path) ?? 0;
}

/** Names and images of the template's containers. */
function containers(object: JsonObject): readonly [string, string] {
	const all = objectsAt(object, 'spec', 'template', 'spec', 'containers');
	return [all.map(({name}) => name).join(','), all.map(({image}) => image).join(',')];
}

/** `ready/desired`; what is desired is the spec's word. */
function readyOf(object: JsonObject): string {
	return `${count(object, 'status', 'readyReplicas')}/${count(object, 'spec', 'replicas')}`;
}

export const deploymentTable: TableKind = {
	columns: [
		nameColumn,
		readyColumn,
		column('Up-to-date', 'How many of its pods are made from the current template.'),
		column('Available', 'How many of its pods have been ready for long enough.'),
		ageColumn,
		containersColumn,
		imagesColumn,
		selectorColumn,
	],
	cells: (object, now) => [
		nameOf(object),
		readyOf(object),
		count(object, 'status', 'updatedReplicas'),
		count(object, 'status', 'availableReplicas'),
		ageOf(object, now),
		...containers(object),
		// Unlike a ReplicaSet's, this cell stays empty when all is selected.
		workloadSelectorText(object),
	],
};

export const replicaSetTable: TableKind = {
	columns: [
		nameColumn,
		column('Desired', 'How many pods are wanted.', 'integer'),
		column('Current', 'How many pods there are.', 'integer'),
		column('Ready', 'How many of them are ready.', 'integer'),
		ageColumn,
		containersColumn,
		imagesColumn,
		selectorColumn,
	],
	cells: (object, now) => [
		nameOf(object),
		count(object, 'spec', 'replicas'),
		count(object, 'status', 'replicas'),
		count(object, 'status', 'readyReplicas'),
		ageOf(object, now),
		...containers(object),
		orNone(workloadSelectorText(object)),
	],
};

export const statefulSetTable: TableKind = {
	columns: [nameColumn, readyColumn, ageColumn, containersColumn, imagesColumn],
	cells: (object, now) => [nameOf(object), readyOf(object), ageOf(object, now), ...containers(object)],
};

const daemonSetCounts = ['desiredNumberScheduled', 'currentNumberScheduled', 'numberReady', 'updatedNumberScheduled', 'numberAvailable'] as const;

export const daemonSetTable: TableKind = {
	columns: [
		nameColumn,
		column('Desired', 'How many nodes should run its pod.', 'integer'),
		column('Current', 'How many nodes run one.', 'integer'),
		column('Ready', 'How many nodes run one that is ready.', 'integer'),
		column('Up-to-date', 'How many nodes run one made from the current template.', 'integer'),
		column('Available', 'How many nodes run one that has been ready for long enough.', 'integer'),
		column('Node Selector', 'Which nodes should run its pod.'),
		ageColumn,
		containersColumn,
		imagesColumn,
		selectorColumn,
	],
	cells: (object, now) => [
		nameOf(object),
		...daemonSetCounts.map(name => count(object, 'status', name)),
		labelsText(textsAt(object, 'spec', 'template', 'spec', 'nodeSelector')),
		ageOf(object, now),
		...containers(object),
		orNone(workloadSelectorText(object)),
	],
};

export const controllerRevisionTable: TableKind = {
	columns: [nameColumn, column('Controller', 'Whose revision it is.'), column('Revision', 'Its number in the history.'), ageColumn],
	cells: (object, now) => [nameOf(object), controllerOf(object), numberAt(object, 'revision') ?? 0, ageOf(object, now)],
};

/** `statefulset.apps/db`. */
function controllerOf(object: JsonObject): string {
	const owner = objectsAt(object, 'metadata', 'ownerReferences').find(({controller}) => controller === true);
	if (owner === undefined) return '<none>';
	const [version = '', group] = textAt(owner, 'apiVersion').split('/').reverse();
	const kind = textAt(owner, 'kind').toLowerCase();
	return `${group === undefined || version === '' ? kind : `${kind}.${group}`}/${textAt(owner, 'name')}`;
}

export const scaleTable: TableKind = {
	columns: [
		{...nameColumn, format: ''},
		column('Desired', 'How many pods are wanted.', 'integer'),
		column('Available', 'How many pods there are.', 'integer'),
		ageColumn,
	],
	cells: (object, now) => [nameOf(object), count(object, 'spec', 'replicas'), count(object, 'status', 'replicas'), ageOf(object, now)],
};
