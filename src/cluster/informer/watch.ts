import type {Buffer} from 'node:buffer';
import type {ObjectChange} from '../../store/event.ts';
import {ClusterError} from '../errors.ts';
import {statusError} from '../http/status-error.ts';
import {parseObject} from '../json-object.ts';
import {JsonSplitter} from '../json-splitter.ts';
import {isRawObject, objectOf, textOf} from '../parse/fields.ts';
import type {KnownVersions} from './known-versions.ts';
import type {StreamSetting} from './line.ts';
import {mustBeJson, nameOf} from './list.ts';
import type {Source} from './source.ts';

/** What one chunk of a watch brought. */
export type WatchBatch<T> = {
	readonly changes: readonly ObjectChange<T>[];
	readonly malformed: readonly string[];
	/** Newest version heard of, also from bookmarks; undefined: none. */
	readonly resourceVersion: string | undefined;
	/** An ERROR event, or bytes that are no event: the watch is over after these changes. */
	readonly failure: ClusterError | undefined;
};

type Draft<T> = {changes: ObjectChange<T>[]; malformed: string[]; resourceVersion: string | undefined; failure: ClusterError | undefined};

/** What is watched, and what is known of it. */
type Watched<T> = {readonly source: Source<T>; readonly known: KnownVersions};

function parseEvent(bytes: Buffer): {readonly type: unknown; readonly object: unknown} | undefined {
	try {
		const event: unknown = parseObject(bytes);
		return isRawObject(event) && isRawObject(event.object) ? {type: event.type, object: event.object} : undefined;
	} catch {
		return undefined;
	}
}

function addObject<T>({source, known}: Watched<T>, type: unknown, raw: unknown, draft: Draft<T>): void {
	const metadata = isRawObject(raw) ? objectOf(raw.metadata) : {};
	const version = textOf(metadata.resourceVersion);
	draft.resourceVersion = version ?? draft.resourceVersion;
	const uid = textOf(metadata.uid);
	if (type === 'BOOKMARK') return;
	const object = type === 'DELETED' ? undefined : source.parse(raw);
	if (uid === undefined || (type !== 'DELETED' && object === undefined)) {
		draft.malformed.push(nameOf(raw));
		return;
	}
	if (!known.isNews(uid, version, type === 'DELETED')) return;
	draft.changes.push(object !== undefined && source.wants?.(object) !== false ? {kind: 'observed', object} : {kind: 'gone', uid});
}

/** Adds one event; false when the watch is over with it. */
function addEvent<T>(watched: Watched<T>, bytes: Buffer, draft: Draft<T>): boolean {
	const event = parseEvent(bytes);
	if (event === undefined) {
		draft.failure = new ClusterError('the API server sent something that is no watch event', {kind: 'garbage'});
		return false;
	}
	if (event.type === 'ERROR') {
		draft.failure = statusError(event.object, 500);
		return false;
	}
	addObject(watched, event.type, event.object, draft);
	return true;
}

/** An object that nobody needs is not even parsed. Its version is lost with it: bookmarks bring a newer one. */
function isNeeded<T>({needsBytes}: Source<T>, bytes: Buffer): boolean {
	if (needsBytes === undefined) return true;
	const isObject = /"type":\s*"(?:ADDED|MODIFIED|DELETED)"/.test(bytes.toString('latin1', 0, 32));
	return !isObject || needsBytes(bytes);
}

function batchOf<T>(watched: Watched<T>, splitter: JsonSplitter, chunk: Uint8Array): WatchBatch<T> {
	const draft: Draft<T> = {changes: [], malformed: [], resourceVersion: undefined, failure: undefined};
	try {
		for (const bytes of splitter.push(chunk)) {
			if (isNeeded(watched.source, bytes) && !addEvent(watched, bytes, draft)) break;
		}
	} catch (error) {
		draft.failure = error instanceof ClusterError ? error : new ClusterError('the watch cannot be read', {kind: 'garbage', cause: error});
	}
	return draft;
}

/**
 * Opens one watch from a resource version and gives its events, those of one chunk together. Returns at the clean end that the API server makes
 * after `timeoutSeconds`. Throws ClusterError: the HTTP answer, a broken connection, silence.
 */
export async function* watch<T>(
	watched: Watched<T>,
	resourceVersion: string,
	timeoutSeconds: number,
	{line, policy, answerMs}: StreamSetting,
): AsyncGenerator<WatchBatch<T> | 'opened'> {
	const {connection, path, labelSelector, fieldSelector} = watched.source;
	const call = line.call(policy.watchSilenceMs, answerMs);
	try {
		const query = {watch: 'true', labelSelector, fieldSelector, resourceVersion, allowWatchBookmarks: 'true', timeoutSeconds: String(timeoutSeconds)};
		const {body, contentType} = await connection.open({path, query, signal: call.signal});
		mustBeJson(contentType, 'watch');
		call.opened();
		yield 'opened';
		const splitter = new JsonSplitter('stream');
		for await (const chunk of body) {
			call.heard();
			yield batchOf(watched, splitter, chunk);
		}
	} finally {
		call.release();
	}
}
