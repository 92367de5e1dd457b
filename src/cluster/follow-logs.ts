import {compareStamps} from '../domain/log/stamp.ts';
import {apiPaths, objectPath} from './api-paths.ts';
import type {ClusterConnection} from './connect.ts';
import {ClusterError, messageOf} from './errors.ts';
import {createBackoff} from './informer/backoff.ts';
import {provingCode} from './informer/calls.ts';
import {createLine, type Line} from './informer/line.ts';
import type {InformerPolicy} from './informer/policy.ts';
import {silenceCode} from './informer/watchdog.ts';
import {type LogLine, linesOf} from './log-stream.ts';

/** How a stream stands: its lines come; the container has not started (the kubelet's words); it broke; or the container's run has ended. */
export type LogStreamState = {readonly kind: 'open'} | {readonly kind: 'waiting' | 'lost'; readonly why: string} | {readonly kind: 'ended'};

export type FollowLogsOptions = {
	readonly connection: Pick<ClusterConnection, 'open'>;
	readonly namespace: string;
	readonly pod: string;
	readonly container: string;
	/** Of the run before the last restart: it is read to its end once, since nothing is added to it any more. */
	readonly previous?: boolean | undefined;
	/** So many of the lines that are there already. Absent: all. */
	readonly tailLines?: number | undefined;
	/** A stream that brings nothing for so long is dead, in ms. */
	readonly silenceMs: number;
	readonly policy: InformerPolicy;
	readonly signal: AbortSignal;
	/** Lines in their order, each once. */
	readonly onLines: (lines: readonly LogLine[]) => void;
	readonly onState?: ((state: LogStreamState) => void) | undefined;
	/** Whether nothing is written any more: then a stream that brings nothing new is the last one. */
	readonly isOver: () => boolean;
	/** Longer lines, in characters, are cut (the default), or show that it is not the log that was meant. */
	readonly longestLine?: number | undefined;
	readonly tooLong?: 'cut' | 'refuse' | undefined;
	/** Waits before more is read, where that is due: after this many bytes. */
	readonly pace?: ((bytes: number) => Promise<void> | undefined) | undefined;
	/** Waits before the next stream; may come back earlier when there is a reason to. Default: only time passes. */
	readonly pause?: ((ms: number, signal: AbortSignal) => Promise<void>) | undefined;
};

/** The last line, and how many had its stamp. */
type Last = {readonly stamp: string; readonly times: number};

/** Kubernetes cuts logs into pieces of 16 KiB and puts them together again: longer lines are rare, and read by nobody. */
const longestLine = 16 * 1024;

/**
 * A sieve for lines that came already: a new stream begins with the whole second of the last line (the API server knows no finer time:
 * registry/core/pod/strategy.go LogLocation), so that those of this second come twice.
 */
function newLines(last: Last | undefined): (lines: readonly LogLine[]) => readonly LogLine[] {
	let known = last;
	let left = last?.times ?? 0;
	const isNew = ({stamp}: LogLine) => {
		if (known === undefined || stamp === '') return true;
		const order = compareStamps(stamp, known.stamp);
		if (order > 0) known = undefined;
		return order > 0 || (order === 0 && left-- <= 0);
	};
	return lines => (known === undefined ? lines : lines.filter(isNew));
}

function lastOf(before: Last | undefined, lines: readonly LogLine[]): Last | undefined {
	const stamp = lines.findLast(line => line.stamp !== '')?.stamp;
	if (stamp === undefined) return before;
	const times = lines.filter(line => line.stamp === stamp).length;
	return {stamp, times: times + (before?.stamp === stamp ? before.times : 0)};
}

async function followOnce(options: FollowLogsOptions, line: Line, since: string | undefined, take: (lines: readonly LogLine[]) => void): Promise<void> {
	const {connection, namespace, pod, container, previous = false, tailLines, silenceMs, pace} = options;
	const call = line.call(silenceMs);
	try {
		const path = `${objectPath(apiPaths.pods(namespace), pod)}/log`;
		const which = previous ? {previous: 'true'} : {follow: 'true'};
		const tail = since === undefined ? tailLines?.toString() : undefined;
		const query = {container, ...which, timestamps: 'true', sinceTime: since, tailLines: tail};
		// A log without a line may keep its headers back, so the wait for them is the wait for a line.
		const {body} = await connection.open({path, query, signal: call.signal, timeoutMs: silenceMs});
		call.opened();
		options.onState?.({kind: 'open'});
		const onChunk = (bytes: number) => {
			call.heard();
			return pace?.(bytes);
		};
		for await (const lines of linesOf(body, {onChunk, longest: options.longestLine ?? longestLine, tooLong: options.tooLong ?? 'cut'})) take(lines);
	} finally {
		call.release();
	}
}

/** What a failed stream means; undefined for one that was only silent. Asking again helps against all but a missing right. */
function stateAfter(error: unknown): LogStreamState | undefined {
	const {kind, code} = error instanceof ClusterError ? error : {kind: 'server', code: undefined};
	if (kind === 'forbidden') throw error;
	if (code === silenceCode || code === provingCode) return undefined;
	return {kind: kind === 'invalid' ? 'waiting' : 'lost', why: messageOf(error)};
}

/** So many streams in a row may end at once, as those of a program that crashes; more, and something cuts them, which is no reason to ask without a pause. */
const mostShort = 4;

/** What has been read, over all streams. */
type Reading = {readonly last: () => Last | undefined; readonly take: () => (lines: readonly LogLine[]) => void};

function createReading(onLines: FollowLogsOptions['onLines']): Reading {
	let last: Last | undefined;
	/** Some answers of the kubelet are sentences without a stamp, and come again with each stream. */
	let told = '';
	return {
		last: () => last,
		take() {
			const sieve = newLines(last);
			return lines => {
				const fresh = sieve(lines).filter(line => line.stamp !== '' || line.text !== told);
				if (fresh.length === 0) return;
				last = lastOf(last, fresh);
				told = fresh.findLast(line => line.stamp === '')?.text ?? told;
				onLines(fresh);
			};
		},
	};
}

/** One stream to its end: there is `more` to read at once, or nothing new came (`spent`), or it is `over`. */
async function readOnce(options: FollowLogsOptions, line: Line, reading: Reading): Promise<'more' | 'spent' | 'over'> {
	const before = reading.last();
	const state = await followOnce(options, line, before?.stamp, reading.take()).then((): LogStreamState => ({kind: 'ended'}), stateAfter);
	if (options.signal.aborted) return 'over';
	// A stream that brought something may be opened again at once; and until it brings nothing more, a program that has ended still has lines.
	const isSpent = reading.last() === before;
	if (state !== undefined && (isSpent || state.kind !== 'ended')) options.onState?.(state);
	if (options.previous === true && state?.kind !== 'lost') return 'over';
	if (!isSpent) return 'more';
	return options.isOver() ? 'over' : 'spent';
}

/**
 * Follows a container's log until the signal aborts or `isOver` says so, over any number of broken streams and restarts. Throws ClusterError
 * `forbidden` where pods/log may not be read.
 */
export async function followLogs(options: FollowLogsOptions): Promise<void> {
	const {connection, policy, signal, pause} = options;
	// A program may say nothing for hours.
	const line = createLine(connection, policy, signal, Number.POSITIVE_INFINITY);
	const backoff = createBackoff(policy, {firstMs: 800, longestMs: 30_000});
	const reading = createReading(options.onLines);
	let short = 0;
	while (!signal.aborted) {
		const startedAt = policy.uptime();
		const result = await readOnce(options, line, reading);
		if (result === 'over') return;
		short = policy.uptime() - startedAt < policy.shortestWatchMs ? short + 1 : 0;
		if (result === 'more' && short <= mostShort) continue;
		if (pause !== undefined) await pause(backoff.next(), signal);
		else if (await line.nap(backoff.next())) backoff.reset();
	}
}
