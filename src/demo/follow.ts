import {type ApiClient, ApiError} from './api-client.ts';
import {type Clock, sleep} from './clock.ts';

/** What to follow, and who wants to know. Objects are as the API sent them. */
export interface FollowOptions {
	readonly api: ApiClient;
	readonly clock: Clock;
	readonly signal: AbortSignal;
	readonly path: string;
	readonly query: Readonly<Record<string, string>>;
	/** The whole list, and its resource version; what is not in it is gone. */
	readonly onList: (objects: readonly unknown[], version: string) => void;
	readonly onChange: (type: 'ADDED' | 'MODIFIED' | 'DELETED', object: unknown) => void;
}

interface ListAnswer {
	readonly items: readonly unknown[] | null;
	readonly metadata: {readonly resourceVersion: string; readonly continue?: string};
}

interface WatchEvent {
	readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
	readonly object: {readonly metadata?: {readonly resourceVersion?: string}; readonly code?: number; readonly reason?: string; readonly message?: string};
}

/** Bookmarks come about once a minute, so a stream that is silent for longer than this has lost its server. */
const silenceMs = 150_000;
const firstBackOffMs = 400;
const lastBackOffMs = 5_000;

/** Lists, then watches, for ever: the reflector's rules (KUBERNETES §10), with a short longest pause because the server is near. */
export async function follow(options: FollowOptions): Promise<void> {
	const {clock, signal} = options;
	let version: string | undefined;
	let backOffMs = firstBackOffMs;
	while (!signal.aborted) {
		const startedAt = clock.now();
		try {
			version ??= await list(options);
			const {events, last} = await watch(options, version);
			version = last;
			// A watch that ends at once and brings nothing is a failure, or we would ask again without a pause.
			if (events === 0 && clock.now() - startedAt < 1_000) throw new Error('the watch ended at once');
			backOffMs = firstBackOffMs;
		} catch (error) {
			if (signal.aborted) return;
			if (!mayContinue(error)) version = undefined;
			await sleep(clock, backOffMs * (1 + Math.random()), signal);
			backOffMs = Math.min(lastBackOffMs, backOffMs * 2);
		}
	}
}

/** A refused connection and a busy server lose no events: the same resource version can be asked for again. */
function mayContinue(error: unknown): boolean {
	return error instanceof ApiError ? error.status === 429 : (error as NodeJS.ErrnoException).code === 'ECONNREFUSED';
}

async function list({api, path, query, signal, onList}: FollowOptions): Promise<string> {
	const items: unknown[] = [];
	let next = '';
	let version = '';
	do {
		const answer = (await api.send({path, query: {...query, limit: '500', ...(next === '' ? {} : {continue: next})}, signal})) as ListAnswer;
		items.push(...(answer.items ?? []));
		version = answer.metadata.resourceVersion;
		next = answer.metadata.continue ?? '';
	} while (next !== '');
	onList(items, version);
	return version;
}

async function watch(options: FollowOptions, from: string): Promise<{events: number; last: string}> {
	const {api, clock, path, query, signal, onChange} = options;
	const silence = new AbortController();
	const abort = () => silence.abort();
	const expect = () => clock.schedule(silenceMs, abort);
	signal.addEventListener('abort', abort);
	let cancel = expect();
	let events = 0;
	let last = from;
	try {
		const parameters = {
			...query,
			watch: 'true',
			resourceVersion: from,
			allowWatchBookmarks: 'true',
			timeoutSeconds: String(300 + Math.floor(Math.random() * 300)),
		};
		for await (const raw of api.stream({path, query: parameters, signal: silence.signal})) {
			cancel();
			cancel = expect();
			const {type, object} = raw as WatchEvent;
			if (type === 'ERROR') throw new ApiError(object.code ?? 500, object.reason ?? '', object.message ?? 'watch error');
			last = object.metadata?.resourceVersion ?? last;
			events++;
			if (type !== 'BOOKMARK') onChange(type, object);
		}
	} finally {
		cancel();
		signal.removeEventListener('abort', abort);
	}
	return {events, last};
}
