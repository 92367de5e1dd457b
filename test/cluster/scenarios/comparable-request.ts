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
	let seen = 0;
	return () => {
		const all = proxy.changes.slice(seen).filter(request => isWanted(request) && !isAside(request));
		seen = proxy.changes.length;
		return all;
	};
}

/** A request as far as two programs can send the same. */
export type Comparable = ReturnType<typeof comparableRequest>;

/** Without what must differ: who sent it, and the namespace's name. Bodies are compared as values, for the order of an object's keys means nothing. */
export function comparableRequest({method, url, contentType, body}: Omit<RecordedRequest, 'accept' | 'userAgent'>, namespace: string) {
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
