import {type JsonObject, numberAt, objectAt, textAt} from '../json.ts';
import {column, nameColumn, nameOf, since, type TableKind, wideColumn} from './table-kind.ts';

/** `kubectl get events`, of either of the two API groups that tell them. */
export const eventTable: TableKind = {
	columns: [
		column('Last Seen', 'When it happened last.'),
		column('Type', 'Normal or Warning.'),
		column('Reason', 'What happened, in a word.'),
		column('Object', 'What it happened to.'),
		wideColumn('Subobject', 'The part of the object that it is about.'),
		wideColumn('Source', 'Who tells it.'),
		column('Message', 'What happened, in a sentence.'),
		wideColumn('First Seen', 'When it happened first.'),
		wideColumn('Count', 'How often it happened.'),
		{...nameColumn, priority: 1},
	],
	cells(object, now) {
		const {first, last, count} = timesOf(object, now);
		const involved = whicheverIsThere(objectAt(object, 'involvedObject'), objectAt(object, 'regarding'));
		return [
			last,
			textAt(object, 'type'),
			textAt(object, 'reason'),
			targetOf(involved),
			textAt(involved, 'fieldPath'),
			sourceOf(object),
			(textAt(object, 'message') || textAt(object, 'note')).trim(),
			first,
			count,
			nameOf(object),
		];
	},
};

function timesOf(object: JsonObject, now: number): {readonly first: string; readonly last: string; readonly count: number} {
	const first = since(textAt(object, 'firstTimestamp') || textAt(object, 'deprecatedFirstTimestamp') || textAt(object, 'eventTime'), now);
	const lastTime = textAt(object, 'lastTimestamp') || textAt(object, 'deprecatedLastTimestamp');
	const {series} = object;
	if (series !== undefined && series !== null) {
		return {first, last: since(textAt(series, 'lastObservedTime'), now), count: numberAt(series, 'count') ?? 0};
	}
	const count = numberAt(object, 'count') ?? numberAt(object, 'deprecatedCount') ?? 0;
	return {first, last: lastTime === '' ? first : since(lastTime, now), count: count === 0 ? 1 : count};
}

function whicheverIsThere(left: JsonObject, right: JsonObject): JsonObject {
	return Object.keys(left).length > 0 ? left : right;
}

function targetOf(involved: JsonObject): string {
	const kind = textAt(involved, 'kind').toLowerCase();
	const name = textAt(involved, 'name');
	return name === '' ? kind : `${kind}/${name}`;
}

function sourceOf(object: JsonObject): string {
	const source = whicheverIsThere(objectAt(object, 'source'), objectAt(object, 'deprecatedSource'));
	const component = textAt(source, 'component') || textAt(object, 'reportingComponent') || textAt(object, 'reportingController');
	const instance = textAt(source, 'host') || textAt(object, 'reportingInstance');
	return instance === '' ? component : `${component}, ${instance}`;
}
