import {Buffer} from 'node:buffer';
import {ClusterError} from '../../../src/cluster/errors.ts';
import type {ClusterRequest, ClusterResponse} from '../../../src/cluster/http/client.ts';
import {statusError} from '../../../src/cluster/http/status-error.ts';
import {listJson, podJson} from '../harness/objects.ts';

/**
 * How the server, or the way to it, behaves towards requests. `silent`: nothing answers, and what is open says nothing any more. `breaking`, `expiring`:
 * each watch opens well and ends with its first event.
 */
export type Mood = 'well' | 'breaking' | 'expiring' | 'refusing' | 'silent' | 'html' | 'truncating' | 429 | 500 | 503 | 401 | 403;

type Change = {readonly version: number; readonly path: string; readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: ReturnType<typeof podJson>};

/** Bytes that come when they come, until somebody ends them. */
class Pipe {
	readonly #chunks: Uint8Array[] = [];
	#ending: 'open' | 'ended' | Error = 'open';
	#wake: () => void = () => undefined;

	push(text: string): void {
		if (this.#ending === 'open') this.#chunks.push(Buffer.from(text));
		this.#wake();
	}

	end(how: 'ended' | Error): void {
		if (this.#ending === 'open') this.#ending = how;
		this.#wake();
	}

	async *read(signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
		signal?.addEventListener('abort', () => this.end(signal.reason ?? new Error('aborted')), {once: true});
		while (true) {
			for (let chunk = this.#chunks.shift(); chunk !== undefined; chunk = this.#chunks.shift()) yield chunk;
			if (this.#ending === 'ended') return;
			if (this.#ending !== 'open') throw this.#ending;
			await new Promise<void>(resolve => {
				this.#wake = resolve;
			});
		}
	}
}

type Watch = {readonly path: string; readonly pipe: Pipe; isDead: boolean; sent: number};

export const unreachable = (code: string) => new ClusterError(`cannot reach the API server: ${code}`, {kind: 'unreachable', code});

const aborted = (signal: AbortSignal | undefined) =>
	new Promise<never>((_resolve, reject) => {
		const fail = () => reject(signal?.reason instanceof ClusterError ? signal.reason : new ClusterError('stopped', {kind: 'aborted'}));
		if (signal?.aborted) fail();
		signal?.addEventListener('abort', fail, {once: true});
	});

/** An API server in the memory, without a network: its objects, their history, and how both behave when things go wrong. Versions are etcd's: one counter for all. */
export class ModelServer {
	mood: Mood = 'well';
	/** With what it answers to the question for its version, where that is no 200. */
	versionStatus: number | undefined;
	/** Path of each request, `/version` included. */
	readonly requests: string[] = [];
	readonly #objects = new Map<string, Map<string, ReturnType<typeof podJson>>>();
	#log: Change[] = [];
	#version = 100;
	#oldest = 100;
	readonly #watches = new Set<Watch>();

	get version(): number {
		return this.#version;
	}

	get openWatches(): number {
		return this.#watches.size;
	}

	/** uid → version, as a fresh list would tell. */
	truth(path: string): ReadonlyMap<string, string> {
		return new Map([...this.#of(path).values()].map(({metadata}) => [metadata.uid, metadata.resourceVersion]));
	}

	#of(path: string): Map<string, ReturnType<typeof podJson>> {
		const known = this.#objects.get(path) ?? new Map<string, ReturnType<typeof podJson>>();
		this.#objects.set(path, known);
		return known;
	}

	/** Makes, changes or deletes the object. `manner`: how the way to the reader spoils the event. */
	write(path: string, name: string, isDelete: boolean, manner: 'plain' | 'twice' | 'stale' = 'plain'): void {
		const objects = this.#of(path);
		const before = objects.get(name);
		if (isDelete && before === undefined) return;
		this.#version += 1;
		const version = this.#version;
		const uid = before?.metadata.uid ?? `${name}-${version}`;
		const object = podJson(name, String(version), {metadata: {uid}});
		if (isDelete) objects.delete(name);
		else objects.set(name, object);
		const type = isDelete ? 'DELETED' : before === undefined ? 'ADDED' : 'MODIFIED';
		this.#log.push({version, path, type, object});
		this.#flush();
		if (manner !== 'plain') this.#repeat(path, manner);
	}

	#repeat(path: string, manner: 'twice' | 'stale'): void {
		const own = this.#log.filter(change => change.path === path);
		const change = manner === 'twice' ? own.at(-1) : own.at(-3);
		if (change === undefined) return;
		for (const watch of this.#watches) if (watch.path === path && this.#isHeard(watch)) watch.pipe.push(eventText(change));
	}

	/** Nobody can watch from before now any more. */
	compact(): void {
		this.#oldest = this.#version;
		this.#log = [];
	}

	/** Restored from a backup that is `steps` writes old: what came after never was. */
	goBack(steps: number): void {
		const kept = this.#log.slice(0, -steps);
		const version = kept.at(-1)?.version ?? this.#oldest;
		const lost = this.#log.slice(kept.length);
		for (const {path, object} of lost) this.#undo(path, object.metadata.name, kept);
		this.#log = kept;
		this.#version = version;
		this.breakWatches('reset');
	}

	#undo(path: string, name: string, kept: readonly Change[]): void {
		const last = kept.findLast(change => change.path === path && change.object.metadata.name === name);
		if (last === undefined || last.type === 'DELETED') this.#of(path).delete(name);
		else this.#of(path).set(name, last.object);
	}

	breakWatches(how: 'reset' | 'end' | 'half' | 'expire', count = Number.POSITIVE_INFINITY): void {
		this.#break(how, [...this.#watches].slice(0, count));
	}

	/** Ends all watches but those of the path. */
	endOthers(path: string): void {
		this.#break(
			'end',
			[...this.#watches].filter(watch => watch.path !== path),
		);
	}

	#break(how: 'reset' | 'end' | 'half' | 'expire', watches: readonly Watch[]): void {
		for (const watch of watches) {
			this.#watches.delete(watch);
			if (how === 'half') watch.pipe.push('{"type":"MODIFIED","object":{"kind":"Po');
			if (how === 'expire') watch.pipe.push(`${JSON.stringify({type: 'ERROR', object: expired})}\n`);
			watch.pipe.end(how === 'reset' ? unreachable('ECONNRESET') : 'ended');
		}
	}

	/** Connections of these watches bring nothing more, and nobody ends them. */
	killWatches(count: number): void {
		for (const watch of [...this.#watches].slice(0, count)) watch.isDead = true;
	}

	/** The same for those of one path. */
	killWatchesOf(path: string): void {
		for (const watch of this.#watches) if (watch.path === path) watch.isDead = true;
	}

	/** The API server's sign of life on quiet watches. */
	bookmark(): void {
		for (const watch of this.#watches) {
			if (!this.#isHeard(watch) || watch.sent > this.#version) continue;
			watch.pipe.push(`${JSON.stringify({type: 'BOOKMARK', object: {kind: 'Pod', metadata: {resourceVersion: String(this.#version)}}})}\n`);
		}
	}

	/** All that is open says again what it has to say. */
	resume(): void {
		this.mood = 'well';
		this.#flush();
	}

	#isHeard(watch: Watch): boolean {
		return !watch.isDead && this.mood !== 'silent';
	}

	#flush(): void {
		for (const watch of this.#watches) {
			if (!this.#isHeard(watch)) continue;
			for (const change of this.#log) if (change.version > watch.sent && change.path === watch.path) watch.pipe.push(eventText(change));
			watch.sent = Math.max(watch.sent, this.#version);
		}
	}

	/** As a connection's. */
	readonly open = async ({path, query = {}, signal}: ClusterRequest): Promise<ClusterResponse> => {
		this.requests.push(path);
		if (signal?.aborted) return aborted(signal);
		// The answer takes a turn of the network.
		await Promise.race([new Promise(resolve => setImmediate(resolve)), aborted(signal)]);
		if (this.mood === 'refusing') throw unreachable('ECONNREFUSED');
		if (this.mood === 'silent') return aborted(signal);
		if (typeof this.mood === 'number' && path !== '/version') throw statusError({kind: 'Status', message: `it is ${this.mood}`}, this.mood);
		if (this.mood === 'html') return {status: 200, contentType: 'text/html', body: textBody('<html>log in</html>', signal)};
		if (path === '/version' && this.versionStatus !== undefined) throw statusError(undefined, this.versionStatus);
		if (path === '/version') return {status: 200, contentType: 'application/json', body: textBody('{}', signal)};
		return query.watch === 'true' ? this.#watch(path, Number(query.resourceVersion), signal) : this.#list(path, query, signal);
	};

	#list(path: string, {resourceVersion, fieldSelector}: NonNullable<ClusterRequest['query']>, signal: AbortSignal | undefined): ClusterResponse {
		if (Number(resourceVersion) > this.#version) {
			throw statusError({kind: 'Status', message: 'Too large resource version', details: {causes: [{reason: 'ResourceVersionTooLarge'}]}}, 504);
		}
		const items = fieldSelector === undefined ? [...this.#of(path).values()] : [];
		const text = JSON.stringify(listJson(items, String(this.#version)));
		const body = textBody(this.mood === 'truncating' ? text.slice(0, -20) : text, signal);
		return {status: 200, contentType: 'application/json', body};
	}

	#watch(path: string, since: number, signal: AbortSignal | undefined): ClusterResponse {
		const pipe = new Pipe();
		const watch: Watch = {path, pipe, isDead: false, sent: since};
		if (since < this.#oldest) {
			pipe.push(`${JSON.stringify({type: 'ERROR', object: expired})}\n`);
			pipe.end('ended');
		} else if (this.mood === 'breaking' || this.mood === 'expiring') {
			pipe.push(this.mood === 'breaking' ? '{"type":"MODI' : `${JSON.stringify({type: 'ERROR', object: expired})}\n`);
			pipe.end(this.mood === 'breaking' ? unreachable('ECONNRESET') : 'ended');
		} else {
			this.#watches.add(watch);
			signal?.addEventListener('abort', () => this.#watches.delete(watch), {once: true});
			this.#flush();
		}
		return {status: 200, contentType: 'application/json', body: pipe.read(signal)};
	}
}

const expired = {kind: 'Status', status: 'Failure', reason: 'Expired', code: 410, message: 'too old resource version'};

const eventText = ({type, version, object}: Change) =>
	`${JSON.stringify({type, object: {...object, metadata: {...object.metadata, resourceVersion: String(version)}}})}\n`;

function textBody(text: string, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
	const pipe = new Pipe();
	pipe.push(text);
	pipe.end('ended');
	return pipe.read(signal);
}
