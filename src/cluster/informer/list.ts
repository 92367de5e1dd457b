import type {Buffer} from 'node:buffer';
import {ClusterError} from '../errors.ts';
import {parseObject} from '../json-object.ts';
import {JsonSplitter} from '../json-splitter.ts';
import {isRawObject, objectOf, shownText, textOf} from '../parse/fields.ts';
import type {StreamSetting} from './line.ts';
import type {Source} from './source.ts';

export type Listing<T> = {
	readonly items: readonly T[];
	/** Where a watch goes on from. */
	readonly resourceVersion: string;
	/** Names of what could not be read. */
	readonly malformed: readonly string[];
};

type Page = {readonly resourceVersion: string; readonly next: string | undefined};
type Query = Readonly<Record<string, string | undefined>>;

function parseJson(bytes: Buffer): unknown {
	try {
		return parseObject(bytes);
	} catch (error) {
		throw new ClusterError('the API server sent a broken list', {kind: 'garbage', cause: error});
	}
}

/** A log-in page, or a proxy's word, comes with 200 too. Throws ClusterError `garbage`. */
export function mustBeJson(contentType: string | undefined, what: 'list' | 'watch'): void {
	if (contentType === undefined || /\bjson\b/.test(contentType)) return;
	const type = shownText(contentType.split(';')[0]).slice(0, 60);
	throw new ClusterError(`the server did not answer with a Kubernetes ${what} but with ${type}`, {
		kind: 'garbage',
		hint: 'is `server:` in the kubeconfig right, or does a proxy want you to log in?',
	});
}

/** The list around its items. Anything else (an HTML page, a proxy's word) is no list. */
function pageOf(envelope: unknown): Page {
	const {metadata, items} = isRawObject(envelope) ? envelope : {};
	const resourceVersion = textOf(objectOf(metadata).resourceVersion);
	if (resourceVersion === undefined || items === undefined) {
		throw new ClusterError('the server did not answer with a Kubernetes list', {kind: 'garbage', hint: 'is `server:` in the kubeconfig right?'});
	}
	return {resourceVersion, next: textOf(objectOf(metadata).continue)};
}

/** What an object that can't be read calls itself. */
export function nameOf(raw: unknown): string {
	const {kind, metadata} = isRawObject(raw) ? raw : {};
	return `${shownText(kind) || 'object'} ${shownText(objectOf(metadata).name) || 'without a name'}`;
}

type Collected<T> = {readonly items: T[]; readonly malformed: string[]};

function collect<T>(source: Source<T>, bytes: Buffer, into: Collected<T>): void {
	if (source.needsBytes?.(bytes) === false) return;
	const raw = parseJson(bytes);
	const item = source.parse(raw);
	if (item === undefined) into.malformed.push(nameOf(raw));
	else if (source.wants?.(item) !== false) into.items.push(item);
}

async function readPage<T>(source: Source<T>, query: Query, into: Collected<T>, {line, policy, answerMs}: StreamSetting): Promise<Page> {
	const call = line.call(policy.listSilenceMs, answerMs);
	try {
		const {body, contentType} = await source.connection.open({path: source.path, query, isLarge: true, signal: call.signal});
		mustBeJson(contentType, 'list');
		const splitter = new JsonSplitter('items');
		for await (const chunk of body) {
			call.heard();
			for (const bytes of splitter.push(chunk)) collect(source, bytes, into);
		}
		return pageOf(parseJson(splitter.end()));
	} finally {
		call.release();
	}
}

async function readPages<T>(source: Source<T>, resourceVersion: string, limit: number | undefined, setting: StreamSetting): Promise<Listing<T>> {
	const into: Collected<T> = {items: [], malformed: []};
	const selectors = {labelSelector: source.labelSelector, fieldSelector: source.fieldSelector};
	let page: Page | undefined;
	do {
		// A continue token holds its resource version itself; both together are refused.
		const position = page === undefined ? {resourceVersion: resourceVersion || undefined} : {continue: page.next};
		const next = await readPage(source, {...selectors, limit: limit?.toString(), ...position}, into, setting);
		// Else one page would be read for ever.
		if (next.next !== undefined && next.next === page?.next) throw new ClusterError('the API server gives the same page again and again', {kind: 'garbage'});
		page = next;
	} while (page.next !== undefined);
	return {...into, resourceVersion: page.resourceVersion};
}

/**
 * All objects of a source, in pages, parsed one by one as their bytes arrive. `resourceVersion`: `0` = what any cache has, empty = the newest, else
 * at least as new as that. When the pages expire under way, once more in one piece. Throws ClusterError. client-go: tools/pager/pager.go.
 */
export async function listAll<T>(source: Source<T>, resourceVersion: string, setting: StreamSetting): Promise<Listing<T>> {
	// With a definite version the API server answers from its cache, which does not page.
	const paged = resourceVersion === '' || resourceVersion === '0';
	try {
		return await readPages(source, resourceVersion, paged ? setting.policy.pageSize : undefined, setting);
	} catch (error) {
		const expired = error instanceof ClusterError && error.kind === 'expired';
		if (!expired || !paged) throw error;
		return readPages(source, resourceVersion, undefined, setting);
	}
}

/** Which objects there are does not matter for a version: one that has no namesake is found at once, and a single one may be all that we may list. */
const nobody = 'metadata.name=-';

/** The newest version that the API server has, by a list of nothing. Throws ClusterError. */
export async function newestVersion<T>(source: Source<T>, setting: StreamSetting): Promise<string> {
	const {labelSelector, fieldSelector = nobody} = source;
	const unread = {...source, needsBytes: () => false};
	const {resourceVersion} = await readPage(unread, {labelSelector, fieldSelector, limit: '1'}, {items: [], malformed: []}, setting);
	return resourceVersion;
}
