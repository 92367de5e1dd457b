import {isDeepStrictEqual} from 'node:util';
import type {RecordedRequest, RecordingProxy} from './recording-proxy.ts';

export const isDryRun = ({url}: Pick<RecordedRequest, 'url'>) => url.includes('dryRun=All');

/** What is asked about rights, and the event that tells of a command, change nothing of the workload. kubectl sends neither. */
const isAside = ({method, url}: RecordedRequest) => method === 'POST' && /\/(selfsubject(access)?reviews|events)(\?|$)/.test(url);

/** What was sent to change a workload since the last time it was asked. */
export function sentSince(proxy: RecordingProxy): () => readonly RecordedRequest[] {
	return since(proxy, request => !isDryRun(request));
}

/** The dry runs since then. */
export function triedSince(proxy: RecordingProxy): () => readonly RecordedRequest[] {
	return since(proxy, isDryRun);
}

function since(proxy: RecordingProxy, isWanted: (request: RecordedRequest) => boolean): () => readonly RecordedRequest[] {
	let seen = proxy.changes.length;
	return () => {
		const wanted = proxy.changes.slice(seen).filter(request => isWanted(request) && !isAside(request) && !isRepeated(request, proxy.changes));
		seen = proxy.changes.length;
		return wanted;
	};
}

/**
 * It was sent before and refused, because somebody, a controller its status for instance, had written the object between reading and patching: then ours
 * reads again and sends the same once more. That is one change.
 */
function isRepeated(request: RecordedRequest, all: readonly RecordedRequest[]): boolean {
	const before = all.slice(0, all.indexOf(request)).findLast(({method, url}) => method === request.method && url === request.url);
	return before !== undefined && isOvertaken(before) && isDeepStrictEqual(asked(before), asked(request));
}

/** A merge patch and a PUT are refused by 409 where the version is an older one, a JSON patch by 422. */
const isOvertaken = ({status}: RecordedRequest) => status === 409 || status === 422;

const asked = ({body}: RecordedRequest) => withoutPrecondition(JSON.parse(withoutTimes(body))).body;

/** RFC 3339 in seconds, in any zone. */
const withoutTimes = (text: string) => text.replaceAll(/"\d{4}-\d\d-\d\dT[\d:]{8}(Z|[+-]\d\d:\d\d)"/g, '"TIME"');

/** What is sent meanwhile to change one object, with its name, its namespace's and times taken out. */
export async function sentBy(proxy: RecordingProxy, {namespace, name}: Readonly<Record<'namespace' | 'name', string>>, act: () => Promise<unknown>) {
	const sent = sentSince(proxy);
	await act();
	const plain = (text: string) => withoutTimes(text.replaceAll(name, 'NAME'));
	return sent().map(request => comparableRequest({...request, url: plain(request.url), body: plain(request.body)}, namespace));
}

/** A request as far as two programs can send the same. */
export type Comparable = ReturnType<typeof comparableRequest>;

/** Without what must differ: who sent it, and the namespace's name. Bodies are compared as values, for the order of an object's keys means nothing. */
export function comparableRequest({method, url, contentType, body}: Pick<RecordedRequest, 'method' | 'url' | 'contentType' | 'body'>, namespace: string) {
	const {pathname, searchParams} = new URL(url, 'http://server');
	return {
		method,
		path: pathname.replaceAll(namespace, 'NAMESPACE'),
		query: [...searchParams].toSorted(),
		contentType,
		body: JSON.parse(body.replaceAll(namespace, 'NAMESPACE')),
	};
}

/**
 * The body of one of our patches as kubectl would send it, and the version that ours insists on: kubectl patches whatever is there, ours only the
 * object that was read.
 */
export function withoutPrecondition(body: unknown): {readonly body: unknown; readonly version: unknown} {
	if (Array.isArray(body)) {
		const [first, ...operations] = body;
		return first?.op === 'test' && first.path === '/metadata/resourceVersion' ? {body: operations, version: first.value} : {body, version: undefined};
	}
	const {metadata: {resourceVersion, ...metadata} = {}, ...rest} = body as {metadata?: {resourceVersion?: unknown}};
	return {body: Object.keys(metadata).length === 0 ? rest : {...rest, metadata}, version: resourceVersion};
}
