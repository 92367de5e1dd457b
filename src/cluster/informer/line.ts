import type {ClusterConnection} from '../connect.ts';
import {type LineState, type LinkCall, proof} from './calls.ts';
import {leastPauseMs, linkOf, type WakeReason} from './link.ts';
import {type InformerPolicy, sleep} from './policy.ts';
import {createWatchdog, silence} from './watchdog.ts';

/** All come back together, but not in the same moment. */
const spreadMs = 300;

/** A stream that brought news is suspected after this silence, when others have some. */
const suspectAfterMs = 8_000;

/** A request of a stream that is under way. */
export type Call = {
	/** Aborts with the stream, after a silence, and when the API server turns out not to be there. */
	readonly signal: AbortSignal;
	/** Its answer has begun: from now on silence is no wonder. */
	opened(): void;
	/** Bytes came. */
	heard(): void;
	release(): void;
};

/** What ties one stream to the others of its connection. */
export type Line = {
	/** Begins a request. `answerMs`: how long its first word may take, where that is less than the silence that it may keep. */
	call(silenceMs: number, answerMs?: number): Call;
	/** Waits `ms`, or until there is reason to hope. True where the API server is back. */
	nap(ms: number): Promise<boolean>;
	/** Waits a moment by chance, so that those who were told the same don't all act at once. */
	waitTurn(): Promise<void>;
	/** The stream brought news. */
	changed(): void;
	/** A request got no answer. */
	failed(): void;
	/** The stream is lost, or its watch was ended before its time. Once it is back and holds, others may try again, too. */
	broke(): void;
};

/** The line of one stream, which ends with the signal. `suspectMs`: Infinity for one whose silence says nothing, whatever others bring. */
export function createLine(connection: Pick<ClusterConnection, 'open'>, policy: InformerPolicy, signal: AbortSignal, suspectMs = suspectAfterMs): Line {
	const link = linkOf(connection, policy);
	const self: LineState = {suspectMs, brokenAt: undefined, changedAt: Number.NEGATIVE_INFINITY, provedAt: Number.NEGATIVE_INFINITY};
	const {uptime, random} = policy;
	return {
		call(silenceMs, answerMs = silenceMs) {
			// A watch that misses its bookmark may be well all the same: some servers send none.
			const later = (ms: number) => (own.isOpen ? proof() : silence(ms));
			const watchdog = createWatchdog(signal, silenceMs, policy, {firstMs: Math.min(answerMs, silenceMs), later});
			const own: LinkCall = {isOpen: false, heardAt: uptime(), openedAt: 0, doubtedAt: Number.NEGATIVE_INFINITY, line: self, end: watchdog.end};
			link.calls.all.add(own);
			link.keepBeating();
			const heard = () => {
				watchdog.feed();
				own.heardAt = uptime();
				link.heard();
			};
			return {
				signal: watchdog.signal,
				heard,
				opened() {
					own.isOpen = true;
					own.openedAt = uptime();
					heard();
					link.keepBeating();
				},
				release() {
					link.calls.all.delete(own);
					watchdog.release();
					if (signal.aborted) link.rest();
				},
			};
		},
		async nap(ms) {
			const since = uptime();
			const dream = new AbortController();
			let isBack = false;
			const wake = (reason: WakeReason) => {
				isBack = reason === 'back';
				dream.abort();
			};
			const stop = () => dream.abort();
			signal.addEventListener('abort', stop, {once: true});
			link.sleepers.add(wake);
			link.keepBeating();
			// An end that was told already is not told again.
			await sleep(signal.aborted ? 0 : ms, dream.signal, policy);
			link.sleepers.delete(wake);
			signal.removeEventListener('abort', stop);
			if (dream.signal.aborted) await sleep(Math.max(random() * spreadMs, leastPauseMs - (uptime() - since)), signal, policy);
			if (signal.aborted) link.rest();
			return isBack;
		},
		waitTurn: () => sleep(random() * spreadMs, signal, policy),
		changed() {
			self.suspectMs = suspectMs;
			link.changed(self);
		},
		failed: () => link.failed(),
		broke() {
			self.brokenAt ??= uptime();
		},
	};
}

/** With what a stream sends its requests. */
export type StreamSetting = {
	readonly policy: InformerPolicy;
	readonly line: Line;
	/** How long the first word of an answer may take; absent: as long as the words after it. */
	readonly answerMs?: number | undefined;
};
