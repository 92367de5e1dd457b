import type {StreamCondition, StreamName} from '../domain/stream.ts';
import type {StreamObjects} from '../store/event.ts';
import {ClusterError, messageOf} from './errors.ts';
import {type Backoff, createBackoff} from './informer/backoff.ts';
import {type Listing, listAll} from './informer/list.ts';
import {defaultPolicy, type InformerPolicy, sleep} from './informer/policy.ts';
import type {Source, StreamEvent} from './informer/source.ts';
import {type WatchBatch, watch} from './informer/watch.ts';
import {silenceCode} from './informer/watchdog.ts';

export type InformerOptions<Stream extends StreamName, T = StreamObjects[Stream]> = Source<T, Stream> & {
	readonly emit: (event: StreamEvent<Stream, T>) => void;
	readonly signal: AbortSignal;
	readonly policy?: Partial<InformerPolicy> | undefined;
};

/** A second expiry within this time is a pattern, not an accident: it waits like any failure. */
const expiryMemoryMs = 120_000;

function isTooLarge(error: ClusterError): boolean {
	return error.causes.includes('ResourceVersionTooLarge') || (error.status === 504 && /too large resource version/i.test(error.message));
}

/** The one-line reason of a lost stream. */
function asClusterError(error: unknown): ClusterError {
	return error instanceof ClusterError ? error : new ClusterError(messageOf(error), {kind: 'server', cause: error});
}

class Informer<Stream extends StreamName, T> {
	readonly #options: InformerOptions<Stream, T>;
	readonly #policy: InformerPolicy;
	readonly #backoff: Backoff;
	#condition: StreamCondition;
	/** Version to watch from; `0` before the first list: whatever a cache has is good enough to begin with. */
	#version = '0';
	#mustList = true;
	#watching = false;
	#expiredAt = Number.NEGATIVE_INFINITY;
	/** Watches in a row that fell silent without a word. */
	#silent = 0;

	constructor(options: InformerOptions<Stream, T>) {
		this.#options = options;
		this.#policy = {...defaultPolicy, ...options.policy};
		this.#backoff = createBackoff(this.#policy);
		this.#condition = {kind: 'syncing', since: this.#policy.now()};
	}

	async run(): Promise<void> {
		const {signal} = this.#options;
		if (signal.aborted) return;
		this.#publish(this.#condition);
		while (!signal.aborted) {
			try {
				if (this.#mustList) await this.#list();
				await this.#watch();
			} catch (error) {
				if (!signal.aborted) await this.#recover(asClusterError(error));
			}
		}
	}

	#publish(condition: StreamCondition): void {
		this.#condition = condition;
		this.#options.emit({type: 'stream-changed', stream: this.#options.stream, condition});
	}

	#publishLive(): void {
		if (this.#condition.kind !== 'live') this.#publish({kind: 'live', since: this.#policy.now()});
	}

	#reportMalformed(names: readonly string[]): void {
		for (const what of names) this.#options.emit({type: 'malformed', stream: this.#options.stream, what});
	}

	async #list(): Promise<void> {
		this.#watching = false;
		const {items, resourceVersion, malformed} = await this.#listNewEnough();
		if (this.#options.signal.aborted) return;
		this.#version = resourceVersion;
		this.#mustList = false;
		this.#options.emit({type: 'listed', stream: this.#options.stream, items, at: this.#policy.now()});
		this.#reportMalformed(malformed);
		// What was just listed is true. After a loss only an open watch counts: lists that succeed between failing watches must not flicker.
		if (this.#condition.kind === 'syncing') this.#publishLive();
	}

	/** At least as new as what is known, so that time never runs backwards; without condition where the server no longer has, or not yet has, that version. */
	async #listNewEnough(): Promise<Listing<T>> {
		const {signal} = this.#options;
		try {
			return await listAll(this.#options, this.#version, signal, this.#policy);
		} catch (error) {
			const unavailable = error instanceof ClusterError && (error.kind === 'expired' || isTooLarge(error));
			if (!unavailable || this.#version === '') throw error;
			return listAll(this.#options, '', signal, this.#policy);
		}
	}

	/** One watch until its clean end. */
	async #watch(): Promise<void> {
		this.#watching = true;
		const {signal} = this.#options;
		const startedAt = this.#policy.now();
		const startVersion = this.#version;
		for await (const batch of watch(this.#options, this.#version, signal, this.#policy)) {
			if (signal.aborted) return;
			if (batch === 'opened') this.#publishLive();
			else this.#take(batch);
		}
		if (this.#policy.now() - startedAt < this.#policy.shortestWatchMs && this.#version === startVersion) {
			throw new ClusterError('the API server ends watches at once', {kind: 'server', code: 'SHORT'});
		}
		this.#options.emit({type: 'stream-heard', stream: this.#options.stream, at: this.#policy.now()});
	}

	#take({changes, malformed, resourceVersion, failure}: WatchBatch<T>): void {
		const {emit, stream} = this.#options;
		const at = this.#policy.now();
		this.#silent = 0;
		this.#version = resourceVersion ?? this.#version;
		if (changes.length > 0) emit({type: 'changed', stream, changes, at});
		else if (resourceVersion !== undefined) emit({type: 'stream-heard', stream, at});
		this.#reportMalformed(malformed);
		if (failure !== undefined) throw failure;
	}

	async #recover(error: ClusterError): Promise<void> {
		if (error.kind === 'forbidden' || (error.kind === 'not-found' && this.#options.mayBeAbsent === true)) return this.#rest(error);
		if (error.kind === 'expired' && this.#watching && this.#isFirstExpiry()) {
			this.#mustList = true;
			this.#publish({kind: 'syncing', since: this.#policy.now()});
			return;
		}
		if (!this.#keepsVersion(error)) this.#mustList = true;
		const wait = error.code === silenceCode ? 0 : (error.retryAfterMs ?? this.#backoff.next());
		const now = this.#policy.now();
		const since = this.#condition.kind === 'lost' ? this.#condition.since : now;
		const reason = (error.kind === 'not-found' ? this.#options.notServed : undefined) ?? error.message;
		this.#publish({kind: 'lost', since, reason, retryAt: now + wait});
		if (wait > 0) await sleep(wait, this.#options.signal, this.#policy);
	}

	/** Nothing was missed where the server was not reached, had no time, or only fell silent: the same version is watched again. Else all is listed. */
	#keepsVersion(error: ClusterError): boolean {
		if (error.code !== silenceCode) return error.code === 'ECONNREFUSED' || error.kind === 'too-many-requests' || error.code === 'SHORT';
		this.#silent += 1;
		// Silent again: a server that was restored from a backup waits without a word for a version that it will have some day. Seen with 1.36.
		return this.#silent < 2;
	}

	async #rest(error: ClusterError): Promise<void> {
		const since = this.#condition.kind === 'forbidden' ? this.#condition.since : this.#policy.now();
		this.#mustList = true;
		this.#publish({kind: 'forbidden', since, reason: error.message});
		await sleep(this.#policy.forbiddenRetryMs * (1 + this.#policy.random()), this.#options.signal, this.#policy);
	}

	#isFirstExpiry(): boolean {
		const now = this.#policy.now();
		const first = now - this.#expiredAt > expiryMemoryMs;
		this.#expiredAt = now;
		return first;
	}
}

/**
 * Follows one collection until the signal aborts: lists it, watches it from there, and does both again as often as the API server or the network
 * makes it necessary. Emits `listed`, `changed`, and the stream's condition whenever it changes. Never throws. client-go: tools/cache/reflector.go.
 */
export function runInformer<Stream extends StreamName, T = StreamObjects[Stream]>(options: InformerOptions<Stream, T>): Promise<void> {
	return new Informer(options).run();
}
