import type {ApiClient} from '../../../src/demo/api-client.ts';
import type {Kind, Kinds, Write} from './objects.ts';
import type {ClusterState} from './settled.ts';

const paths: Readonly<Record<Kind, string>> = {
	deployments: '/apis/apps/v1/deployments',
	replicasets: '/apis/apps/v1/replicasets',
	pods: '/api/v1/pods',
	events: '/api/v1/events',
};

/** What a namespace went through so far. */
export interface Recording {
	/** By resource version, once all watches have told of them. */
	readonly writes: () => readonly Write[];
	readonly state: ClusterState;
	/** Waits for a state, whichever watch brings it. `why` says what is missing, or nothing when it is reached. */
	readonly until: (why: (state: ClusterState) => string | undefined, patienceMs?: number) => Promise<void>;
	/** The highest resource version seen. */
	readonly version: () => number;
	/** The newest version seen of one object. */
	readonly versionOf: (kind: Kind, name: string) => number;
}

/** Raw watches on a whole cluster, told apart by namespace. */
export interface Recorder {
	readonly open: (namespace: string) => Recording;
	/** Settles only when a watch cannot go on: what came in between is lost, so no comparison is possible. */
	readonly failed: Promise<never>;
	readonly stop: () => void;
}

interface Raw {
	readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
	readonly object: Kinds[Kind] & {readonly metadata: {managedFields?: unknown}};
}

/** Comes back when all watches stand; what happens from then on is recorded. */
export async function startRecorder(client: ApiClient): Promise<Recorder> {
	const life = new AbortController();
	const books = new Map<string, Book>();
	const bookOf = (namespace: string) => {
		const book = books.get(namespace) ?? new Book();
		books.set(namespace, book);
		return book;
	};
	let fail: (error: unknown) => void = () => undefined;
	const failed = new Promise<never>((_resolve, reject) => {
		fail = reject;
	});
	failed.catch(() => undefined);
	const follow = async (kind: Kind) => {
		const list = (await client.send({path: paths[kind]})) as {metadata: {resourceVersion: string}};
		void watch(kind, list.metadata.resourceVersion).catch(error => life.signal.aborted || fail(error));
	};
	const read = async (kind: Kind, from: string) => {
		let last = from;
		const query = {watch: 'true', resourceVersion: from, timeoutSeconds: '3000'};
		for await (const raw of client.stream({path: paths[kind], query, signal: life.signal})) {
			const {type, object} = raw as Raw;
			if (type === 'ERROR') throw new Error(`the watch on ${kind} broke: ${JSON.stringify(object)}`);
			last = object.metadata.resourceVersion;
			delete object.metadata.managedFields;
			if (type !== 'BOOKMARK') bookOf(object.metadata.namespace ?? '').note({kind, type, version: Number(last), object} as Write);
		}
		return last;
	};
	/** An API server ends the watch of a reader that is too slow for it; from where it ended, nothing is lost. */
	const watch = async (kind: Kind, from: string) => {
		let last = from;
		while (!life.signal.aborted) last = await read(kind, last);
	};
	await Promise.all((Object.keys(paths) as Kind[]).map(follow));
	return {open: bookOf, failed, stop: () => life.abort()};
}

class Book implements Recording {
	readonly #writes: Write[] = [];
	readonly #waiting = new Set<() => void>();
	readonly #state = {deployments: new Map(), replicasets: new Map(), pods: new Map(), events: new Map()};
	readonly state: ClusterState = this.#state;

	note(write: Write): void {
		const {kind, type, object} = write;
		const objects = this.#state[kind];
		if (type === 'DELETED') objects.delete(object.metadata.name);
		else objects.set(object.metadata.name, object);
		this.#writes.push(write);
		for (const look of this.#waiting) look();
	}

	writes(): readonly Write[] {
		return this.#writes.toSorted((left, right) => left.version - right.version);
	}

	version(): number {
		return this.#writes.reduce((highest, {version}) => Math.max(highest, version), 0);
	}

	versionOf(kind: Kind, name: string): number {
		return this.#writes.findLast(write => write.kind === kind && write.object.metadata.name === name)?.version ?? 0;
	}

	until(why: (state: ClusterState) => string | undefined, patienceMs = 60_000): Promise<void> {
		return new Promise((resolve, reject) => {
			const end = (settle: () => void) => {
				clearTimeout(timer);
				this.#waiting.delete(look);
				settle();
			};
			const look = () => why(this.state) === undefined && end(resolve);
			const timer = setTimeout(() => end(() => reject(new Error(`not reached in ${patienceMs / 1000} s: ${why(this.state)}`))), patienceMs);
			this.#waiting.add(look);
			look();
		});
	}
}
