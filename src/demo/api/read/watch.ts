import type {ApiCall} from '../api-call.ts';
import type {ApiState} from '../api-state.ts';
import type {Resource} from '../resource.ts';
import {type ListOptions, readListOptions, tooLarge} from '../select/list-options.ts';
import {expired, StatusError, statusOf} from '../status-error.ts';
import type {Store} from '../store.ts';
import type {Change} from '../version.ts';
import {EventStream} from './event-stream.ts';
import {servedVersion} from './served-version.ts';
import {bookmark, type EventForm, eventText, otherEventText, seenChange} from './watch-events.ts';

const bookmarkEveryMs = 60_000;
const bookmarkBeforeEndMs = 2_000;
/** Unless the client says how long: this to twice this. apiserver: min-request-timeout. */
const leastTimeoutMs = 1_800_000;

/** GET of a collection with `watch`: answers until the client goes, its time is over or the server closes. */
export function watch(call: ApiCall, resource: Resource, state: ApiState, form: EventForm): void {
	const options = readListOptions(call.query, resource);
	const from = startOf(options, state);
	const store = state.storage.of(resource);
	const stream = new EventStream(call.response);
	const refused = refusalOf(options, from, store.floor, state.storage.revision);
	if (refused !== undefined) {
		stream.add(() => otherEventText('ERROR', statusOf(refused), form));
		stream.end();
		return;
	}
	const {namespace} = call.info;
	const tell = (change: Change) => {
		// Who asks for what is yet to come hears nothing before it.
		if (change.revision <= (from ?? 0)) return;
		if (namespace !== '' && change.current.object.metadata.namespace !== namespace) return;
		const seen = seenChange(servedChange(resource, change), options.matches);
		if (seen !== undefined) stream.add(() => eventText(seen.type, seen.version, form), seen.version.size);
	};
	if (from === undefined || options.sendInitialEvents === true) sendInitial(stream, call, resource, state, {options, form});
	else for (const change of store.changesAfter(from)) tell(change);
	keep(call, state, {options, stream, tell, bookmark: () => otherEventText('BOOKMARK', bookmark(resource, state.storage.revision, false), form), store});
}

/** The revision to go on from; undefined: begin with what there is. Throws StatusError 400. */
function startOf({resourceVersion, sendInitialEvents}: ListOptions, state: ApiState): number | undefined {
	if (resourceVersion === '' || resourceVersion === '0') return sendInitialEvents === false ? state.storage.revision : undefined;
	if (!/^\d{1,19}$/.test(resourceVersion))
		throw new StatusError(500, '', `resourceVersion: Invalid value: "${resourceVersion}": strconv.ParseUint: parsing "${resourceVersion}": invalid syntax`);
	return Number(resourceVersion);
}

/** Why a watch cannot begin there; it has begun to answer by then, so that is its first and last event. */
function refusalOf({sendInitialEvents}: ListOptions, from: number | undefined, floor: number, current: number): StatusError | undefined {
	if (from === undefined) return undefined;
	if (sendInitialEvents === true) return from > current ? tooLarge(from, current) : undefined;
	return from < floor ? expired(`too old resource version: ${from} (${floor})`) : undefined;
}

function servedChange(resource: Resource, change: Change): Change {
	if (resource.storedAs === undefined) return change;
	const {current, previous} = change;
	return {...change, current: servedVersion(resource, current), previous: previous && servedVersion(resource, previous)};
}

interface Shape {
	readonly options: ListOptions;
	readonly form: EventForm;
}

function sendInitial(stream: EventStream, {info}: ApiCall, resource: Resource, state: ApiState, {options, form}: Shape): void {
	const {revision} = state.storage;
	const texts: (() => string)[] = [];
	for (const version of state.storage.of(resource).versions(info.namespace === '' ? '' : `${info.namespace}/`)) {
		const served = servedVersion(resource, version);
		if (options.matches === undefined || options.matches(served.object)) texts.push(() => eventText('ADDED', served, form));
	}
	if (options.allowWatchBookmarks) texts.push(() => otherEventText('BOOKMARK', bookmark(resource, revision, true), form));
	stream.addAll(texts);
}

interface Watch {
	readonly options: ListOptions;
	readonly stream: EventStream;
	readonly tell: (change: Change) => void;
	readonly bookmark: () => string;
	readonly store: Store;
}

/** Hands on changes and bookmarks for as long as the watch lasts. */
function keep({response}: ApiCall, {clock, random, closing}: ApiState, {options, stream, tell, bookmark: text, store}: Watch): void {
	const lastsMs = options.timeoutSeconds === undefined || options.timeoutSeconds <= 0 ? leastTimeoutMs * (1 + random()) : options.timeoutSeconds * 1_000;
	const cancels = [store.listen(tell), store.onEnd(() => stream.end())];
	let cancelBookmark = () => {};
	const remind = (delayMs: number) => {
		cancelBookmark = clock.schedule(delayMs, () => {
			stream.add(text);
			remind(bookmarkEveryMs);
		});
	};
	if (options.allowWatchBookmarks) {
		remind(bookmarkEveryMs);
		if (lastsMs > bookmarkBeforeEndMs) cancels.push(clock.schedule(lastsMs - bookmarkBeforeEndMs, () => stream.add(text)));
	}
	cancels.push(clock.schedule(lastsMs, () => stream.end()));
	const release = () => {
		for (const cancel of cancels) cancel();
		cancelBookmark();
		closing.removeEventListener('abort', end);
	};
	// Not only when the response says that it is closed: the server may say so of itself before.
	const end = () => {
		release();
		response.destroy();
	};
	response.once('close', release);
	closing.addEventListener('abort', end);
	if (closing.aborted) end();
}
