import {formatQuantity, noQuantity, parseQuantity} from '../../quantity.ts';
import {type JsonObject, objectAt, textAt} from '../json.ts';
import {ageColumn, ageOf, column, nameColumn, nameOf, type TableKind} from './table-kind.ts';

/** What kinds without columns of their own show. */
export const plainTable: TableKind = {
	columns: [nameColumn, ageColumn],
	cells: (object, now) => [nameOf(object), ageOf(object, now)],
};

/** CustomResourceDefinitions alone show the time itself. apiserver: registry/rest/table.go. */
export const createdAtTable: TableKind = {
	columns: [nameColumn, column('Created At', 'When it was created.', 'date')],
	cells: object => [nameOf(object), textAt(object, 'metadata', 'creationTimestamp')],
};

export const namespaceTable: TableKind = {
	columns: [nameColumn, column('Status', 'Whether it is there to stay.'), ageColumn],
	cells: (object, now) => [nameOf(object), textAt(object, 'status', 'phase'), ageOf(object, now)],
};

const entries = (object: JsonObject, ...path: readonly string[]) => Object.keys(objectAt(object, ...path)).length;
const dataColumn = column('Data', 'How many entries it holds.');

export const configMapTable: TableKind = {
	columns: [nameColumn, dataColumn, ageColumn],
	cells: (object, now) => [nameOf(object), entries(object, 'data') + entries(object, 'binaryData'), ageOf(object, now)],
};

export const secretTable: TableKind = {
	columns: [nameColumn, column('Type', 'What it is for.'), dataColumn, ageColumn],
	cells: (object, now) => [nameOf(object), textAt(object, 'type'), entries(object, 'data'), ageOf(object, now)],
};

export const leaseTable: TableKind = {
	columns: [nameColumn, column('Holder', 'Who holds it.'), ageColumn],
	cells: (object, now) => [nameOf(object), textAt(object, 'spec', 'holderIdentity'), ageOf(object, now)],
};

export const resourceQuotaTable: TableKind = {
	columns: [nameColumn, column('Request', 'What is used of what may be requested.'), column('Limit', 'What is used of what may be the limit.'), ageColumn],
	cells(object, now) {
		const names = Object.keys(objectAt(object, 'status', 'hard')).sort();
		const isLimit = (name: string) => name.startsWith('limits.');
		const text = (name: string) => `${name}: ${amount(object, 'used', name)}/${amount(object, 'hard', name)}`;
		const join = (chosen: readonly string[]) => chosen.map(text).join(', ');
		return [nameOf(object), join(names.filter(name => !isLimit(name))), join(names.filter(isLimit)), ageOf(object, now)];
	},
};

function amount(object: JsonObject, part: string, name: string): string {
	return formatQuantity(parseQuantity(objectAt(object, 'status', part)[name]) ?? noQuantity);
}
