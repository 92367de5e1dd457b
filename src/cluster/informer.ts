import type {StreamCondition, StreamName} from '../domain/stream.ts';
import type {StreamObjects} from '../store/event.ts';
import {asClusterError, ClusterError} from './errors.ts';
import {provingCode} from './informer/calls.ts';
import {createKnownVersions} from './informer/known-versions.ts';
import {createLine, type Line, type StreamSetting} from './informer/line.ts';
import {type Listing, listAll, newestVersion} from './informer/list.ts';
import {createPatience, type Patience, type Pause} from './informer/patience.ts';
import {defaultPolicy, type InformerPolicy} from './informer/policy.ts';
import {isTooLarge, isUnanswered, remedyFor, shortCode} from './informer/remedy.ts';
import type {Source, StreamEvent} from './informer/source.ts';
import {type WatchBatch, watch} from './informer/watch.ts';
import {isOlder} from './resource-version.ts';

/** What an informer needs to know of an object to keep it apart from others and from its own older states. */
type Versioned = {readonly uid: string; readonly resourceVersion: string};

export type InformerOptions<Stream extends StreamName, T extends Versioned = StreamObjects[Stream]> = Source<T, Stream> & {
	readonly emit: (event: StreamEvent<Stream, T>) => void;
	readonly signal: AbortSignal;
	readonly policy?: Partial<InformerPolicy> | undefined;
};

/** A second expiry within this time is a pattern, not an accident: it waits like any failure. Whoever was away for long begins with one. */
const expiryMemoryMs = 10_000;

/** A watch that ends so long before its time was ended by trouble; more often than this nobody asks whether the server went back meanwhile. */
const earlyMs = 10_000;

class Informer<Stream extends StreamName, T extends Versioned> {
	readonly #options: InformerOptions<Stream, T>;
	readonly #line: Line;
	readonly #policy: InformerPolicy;
	readonly #patience: Patience;
	readonly #known = createKnownVersions();
	#condition: StreamCondition;
	/** Version to watch from; `0` before the first list: whatever a cache has is good enough to begin with. */
	#version = '0';
	#mustList = true;
	/** The API server may have been restored from a backup: then it waits without a word for a version that it will have some day. Seen with 1.36. */
	#mustCheck = false;
	#checkedAt = Number.NEGATIVE_INFINITY;
	#expiredAt = Number.NEGATIVE_INFINITY;
	/** Requests in a row whose answer did not come in time. */
	#unanswered = 0;

	constructor(options: InformerOptions<Stream, T>) {
		this.#options = options;
		this.#policy = {...defaultPolicy, ...options.policy};
		this.#line = createLine(options.connection, this.#policy, options.signal);
		this.#patience = createPatience(this.#policy, this.#line, options.signal);
		this.#condition = {kind: 'syncing', since: this.#policy.now()};
	}

	async run(): Promise<void> {
		const {signal} = this.#options;
		if (signal.aborted) return;
		this.#publish(this.#condition);
		while (!signal.aborted) {
			try {
				if (this.#mustCheck && !this.#mustList) await this.#check();
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
		this.#unanswered = 0;
		if (this.#condition.kind !== 'live') this.#publish({kind: 'live', since: this.#policy.now()});
	}

	/** Old data is never shown as new; what is lost already stays so. */
	#publishSyncing(): void {
		if (this.#condition.kind === 'live') this.#publish({kind: 'syncing', since: this.#policy.now()});
	}

	#reportMalformed(names: readonly string[]): void {
		for (const what of names) this.#options.emit({type: 'malformed', stream: this.#options.stream, what});
	}

	/** What was heard before will answer soon, or has lost the question: one that is slow gets longer each time. The first list may take what it takes. */
	#setting(): StreamSetting {
		const answerMs = this.#version === '0' ? undefined : this.#policy.answerMs * 2 ** this.#unanswered;
		return {policy: this.#policy, line: this.#line, answerMs};
	}

	/**
	 * Something may have been missed. What is no longer than a page is as quickly listed as asked about; and after more than one failure an API server
	 * that went back can be past us again, so that only a list tells.
	 */
	#doubt(): void {
		if (this.#known.size <= this.#policy.pageSize || this.#condition.kind === 'lost') this.#mustList = true;
		else this.#mustCheck = true;
	}

	/** Whether the API server is where we are. It may have gone back; and where versions can't be compared, only a list tells. */
	async #check(): Promise<void> {
		const version = await newestVersion(this.#options, this.#setting());
		this.#mustCheck = false;
		this.#checkedAt = this.#policy.uptime();
		const wentBack = isOlder(version, this.#version);
		if (wentBack === false) return;
		this.#mustList = true;
		if (wentBack) this.#version = '';
		this.#publishSyncing();
	}

	async #list(): Promise<void> {
		const {items, resourceVersion, malformed} = await this.#listNewEnough();
		if (this.#options.signal.aborted) return;
		this.#version = resourceVersion;
		this.#mustList = false;
		this.#mustCheck = false;
		this.#checkedAt = this.#policy.uptime();
		this.#known.replace(items);
		this.#options.emit({type: 'listed', stream: this.#options.stream, items, at: this.#policy.now()});
		this.#reportMalformed(malformed);
		// What was just listed is true. After a loss only an open watch counts: lists that succeed between failing watches must not flicker.
		if (this.#condition.kind === 'syncing') this.#publishLive();
	}

	/** At least as new as what is known, so that time never runs backwards; without condition where the server no longer has, or not yet has, that version. */
	async #listNewEnough(): Promise<Listing<T>> {
		try {
			return await listAll(this.#options, this.#version, this.#setting());
		} catch (error) {
			const unavailable = error instanceof ClusterError && (error.kind === 'expired' || isTooLarge(error));
			if (!unavailable || this.#version === '') throw error;
			return listAll(this.#options, '', this.#setting());
		}
	}

	/** One watch until its clean end. */
	async #watch(): Promise<void> {
		const {signal} = this.#options;
		const startedAt = this.#policy.uptime();
		const startVersion = this.#version;
		// Spread, so that the watches of many clients don't end together: reflector.go minWatchTimeout.
		const seconds = Math.floor(300 * (1 + this.#policy.random()));
		const watched = {source: this.#options, known: this.#known};
		for await (const batch of watch(watched, this.#version, seconds, this.#setting())) {
			if (signal.aborted) return;
			if (batch === 'opened') this.#publishLive();
			else this.#take(batch);
		}
		const now = this.#policy.uptime();
		if (now - startedAt < this.#policy.shortestWatchMs && this.#version === startVersion) {
			throw new ClusterError('the API server ends watches at once', {kind: 'server', code: shortCode});
		}
		const isEarly = now - startedAt < seconds * 1000 - earlyMs;
		if (isEarly) this.#line.broke();
		if (isEarly && now - this.#checkedAt > earlyMs) this.#doubt();
		this.#options.emit({type: 'stream-heard', stream: this.#options.stream, at: this.#policy.now()});
	}

	#take({changes, malformed, resourceVersion, failure}: WatchBatch<T>): void {
		const {emit, stream} = this.#options;
		const at = this.#policy.now();
		this.#version = resourceVersion ?? this.#version;
		if (changes.length > 0) {
			this.#line.changed();
			emit({type: 'changed', stream, changes, at});
		} else if (resourceVersion !== undefined) emit({type: 'stream-heard', stream, at});
		this.#reportMalformed(malformed);
		if (failure === undefined) return;
		// What cannot be read would come again and again from the same version.
		if (failure.kind !== 'too-many-requests') this.#mustList = true;
		throw failure;
	}

	async #recover(error: ClusterError): Promise<void> {
		const remedy = remedyFor(error, this.#options.mayBeAbsent === true);
		if (error.code === provingCode) {
			this.#mustCheck = true;
			return this.#line.waitTurn();
		}
		if (remedy === 'list' || remedy === 'rest') this.#mustList = true;
		else if (remedy === 'check' || this.#mustCheck) this.#doubt();
		if (remedy === 'rest') return this.#rest(error, this.#patience.rest());
		// What was lost stays so until its list and its watch have come; neither has to wait for that.
		if (error.kind === 'expired' && this.#isFirstExpiry()) return this.#publishSyncing();
		if (isUnanswered(error)) this.#line.failed();
		this.#unanswered = error.kind === 'timeout' ? this.#unanswered + 1 : 0;
		await this.#lose(error, this.#patience.after(error));
	}

	async #lose({kind, message}: ClusterError, pause: Pause): Promise<void> {
		const now = this.#policy.now();
		const since = this.#condition.kind === 'lost' ? this.#condition.since : now;
		const reason = (kind === 'not-found' ? this.#options.notServed : undefined) ?? message;
		this.#line.broke();
		this.#publish({kind: 'lost', since, reason, retryAt: now + pause.ms});
		await pause.pass();
	}

	async #rest({message}: ClusterError, pause: Pause): Promise<void> {
		const since = this.#condition.kind === 'forbidden' ? this.#condition.since : this.#policy.now();
		this.#publish({kind: 'forbidden', since, reason: message});
		await pause.pass();
	}

	#isFirstExpiry(): boolean {
		const now = this.#policy.uptime();
		const first = now - this.#expiredAt > expiryMemoryMs;
		this.#expiredAt = now;
		return first;
	}
}

/**
 * Follows one collection until the signal aborts: lists it, watches it from there, and does both again as often as the API server or the network
 * makes it necessary. Emits `listed`, `changed`, and the stream's condition whenever it changes. Never throws. client-go: tools/cache/reflector.go.
 */
export function runInformer<Stream extends StreamName, T extends Versioned = StreamObjects[Stream]>(options: InformerOptions<Stream, T>): Promise<void> {
	return new Informer(options).run();
}
