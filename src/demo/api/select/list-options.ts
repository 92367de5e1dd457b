import type {Resource, StoredObject} from '../resource.ts';
import {badRequest, type Cause, invalid, StatusError} from '../status-error.ts';
import {parseFieldSelector} from './field-selector.ts';
import {parseLabelSelector} from './label-selector.ts';

/** What of a resource is asked for, and as of when. */
export interface ListOptions {
	/** Whether an object passes the selectors; undefined when there are none. */
	readonly matches: ((object: StoredObject) => boolean) | undefined;
	readonly limit: number;
	readonly continueToken: string;
	readonly resourceVersion: string;
	readonly resourceVersionMatch: string;
	readonly watch: boolean;
	readonly allowWatchBookmarks: boolean;
	readonly sendInitialEvents: boolean | undefined;
	readonly timeoutSeconds: number | undefined;
}

/** Reads a list's or a watch's query. Throws StatusError 400 and 422. apimachinery: meta/internalversion/validation/validation.go. */
export function readListOptions(query: URLSearchParams, resource: Resource): ListOptions {
	const watch = readBool(query, 'watch') ?? false;
	const sendInitialEvents = readBool(query, 'sendInitialEvents');
	const resourceVersion = query.get('resourceVersion') ?? '';
	const resourceVersionMatch = query.get('resourceVersionMatch') ?? '';
	const continueToken = query.get('continue') ?? '';
	const options: ListOptions = {
		matches: readSelectors(query, resource),
		limit: readInteger(query, 'limit') ?? 0,
		continueToken,
		resourceVersion,
		resourceVersionMatch,
		watch,
		allowWatchBookmarks: readBool(query, 'allowWatchBookmarks') ?? false,
		sendInitialEvents,
		timeoutSeconds: readInteger(query, 'timeoutSeconds'),
	};
	const causes = watch ? watchCauses(options) : listCauses(options);
	if (causes.length > 0) throw invalid({group: 'meta.k8s.io', kind: 'ListOptions'}, '', causes);
	return options;
}

function readSelectors(query: URLSearchParams, resource: Resource): ListOptions['matches'] {
	const labels = query.get('labelSelector') ?? '';
	const fields = query.get('fieldSelector') ?? '';
	const byLabel = labels === '' ? undefined : parseLabelSelector(labels);
	const byField = fields === '' ? undefined : parseFieldSelector(fields, resource).matches;
	if (byLabel === undefined) return byField;
	if (byField === undefined) return object => byLabel(object.metadata.labels);
	return object => byLabel(object.metadata.labels) && byField(object);
}

function readBool(query: URLSearchParams, name: string): boolean | undefined {
	const text = query.get(name);
	return text === null ? undefined : !(text === '0' || text.toLowerCase() === 'false');
}

function readInteger(query: URLSearchParams, name: string): number | undefined {
	const text = query.get(name);
	if (text === null) return undefined;
	if (!/^[+-]?\d{1,18}$/.test(text)) throw badRequest(`strconv.ParseInt: parsing "${text}": invalid syntax`);
	return Number(text);
}

function listCauses({resourceVersion, resourceVersionMatch: match, continueToken, sendInitialEvents}: ListOptions): readonly Cause[] {
	const causes: Cause[] = [];
	if (match !== '') {
		if (resourceVersion === '') causes.push(forbiddenMatch('resourceVersionMatch is forbidden unless resourceVersion is provided'));
		if (continueToken !== '') causes.push(forbiddenMatch('resourceVersionMatch is forbidden when continue is provided'));
		if (match !== 'Exact' && match !== 'NotOlderThan') causes.push(unsupportedMatch(match, ['Exact', 'NotOlderThan', '']));
		if (match === 'Exact' && resourceVersion === '0') causes.push(forbiddenMatch('resourceVersionMatch "exact" is forbidden for resourceVersion "0"'));
	}
	if (sendInitialEvents !== undefined)
		causes.push({reason: 'FieldValueForbidden', message: 'Forbidden: sendInitialEvents is forbidden for list', field: 'sendInitialEvents'});
	return causes;
}

function watchCauses({resourceVersion, resourceVersionMatch: match, continueToken, sendInitialEvents}: ListOptions): readonly Cause[] {
	const causes: Cause[] = [];
	// Without a version to start from, a watch sends what there is first, as if it had been asked to.
	if (continueToken !== '' && match === '' && sendInitialEvents === undefined && (resourceVersion === '' || resourceVersion === '0'))
		return [forbiddenMatch('resourceVersionMatch is forbidden when continue is provided')];
	if (sendInitialEvents !== undefined && match !== 'NotOlderThan')
		causes.push(forbiddenMatch('sendInitialEvents requires setting resourceVersionMatch to NotOlderThan'));
	if (match === '') return causes;
	if (sendInitialEvents === undefined) causes.push(forbiddenMatch('resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided'));
	if (match !== 'NotOlderThan') causes.push(unsupportedMatch(match, ['NotOlderThan']));
	if (continueToken !== '') causes.push(forbiddenMatch('resourceVersionMatch is forbidden when continue is provided'));
	return causes;
}

function forbiddenMatch(why: string): Cause {
	return {reason: 'FieldValueForbidden', message: `Forbidden: ${why}`, field: 'resourceVersionMatch'};
}

function unsupportedMatch(match: string, supported: readonly string[]): Cause {
	const list = supported.map(value => `"${value}"`).join(', ');
	return {reason: 'FieldValueNotSupported', message: `Unsupported value: "${match}": supported values: ${list}`, field: 'resourceVersionMatch'};
}

/** A resource version as a number. Throws StatusError 400 for what is none, 504 for one that is yet to come. */
export function readRevision(text: string, current: number): number {
	if (!/^\d{1,19}$/.test(text))
		throw badRequest(`invalid resource version: resourceVersion: Invalid value: "${text}": strconv.ParseUint: parsing "${text}": invalid syntax`);
	const revision = Number(text);
	if (revision > current) throw tooLarge(revision, current);
	return revision;
}

/** 504 for a version that is yet to come. */
export function tooLarge(revision: number, current: number): StatusError {
	return new StatusError(504, 'Timeout', `Timeout: Too large resource version: ${revision}, current: ${current}`, {
		causes: [{reason: 'ResourceVersionTooLarge', message: 'Too large resource version'}],
		retryAfterSeconds: 1,
	});
}
