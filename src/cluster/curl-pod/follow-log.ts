import {apiPaths, objectPath} from '../api-paths.ts';
import type {ClusterConnection} from '../connect.ts';
import {ClusterError} from '../errors.ts';
import {createBackoff} from '../informer/backoff.ts';
import {type InformerPolicy, sleep} from '../informer/policy.ts';
import {createWatchdog} from '../informer/watchdog.ts';

/** A line of a log, with the moment at which the container runtime read it (RFC 3339 with nanoseconds). */
export type LogLine = {readonly stamp: string; readonly text: string};

export type LogOptions = {
	readonly connection: Pick<ClusterConnection, 'open'>;
	readonly namespace: string;
	readonly pod: string;
	readonly container: string;
	/** A stream that brings nothing for so long is dead, in ms. */
	readonly silenceMs: number;
	readonly policy: InformerPolicy;
	readonly signal: AbortSignal;
	readonly onLine: (line: LogLine) => void;
	/** Whether the loop has ended: then a stream that brings nothing new is the last one. */
	readonly isOver: () => boolean;
};

/** No line of ours is half as long. */
const longestLine = 64 * 1024;

function parseLine(line: string): LogLine | undefined {
	const space = line.indexOf(' ');
	const stamp = line.slice(0, space);
	return space > 0 && !Number.isNaN(Date.parse(stamp)) ? {stamp, text: line.slice(space + 1)} : undefined;
}

/** Complete lines only: half a line would be read as a whole one. */
async function* linesOf(body: AsyncIterable<Uint8Array>, feed: () => void): AsyncGenerator<LogLine> {
	const decoder = new TextDecoder();
	let rest = '';
	for await (const chunk of body) {
		feed();
		const parts = (rest + decoder.decode(chunk, {stream: true})).split('\n');
		rest = parts.pop() ?? '';
		if (rest.length > longestLine) throw new ClusterError('the log of the curl pod is none of its loop', {kind: 'garbage'});
		for (const part of parts) {
			const line = parseLine(part);
			if (line !== undefined) yield line;
		}
	}
}

async function followOnce(options: LogOptions, since: string | undefined, take: (line: LogLine) => void): Promise<void> {
	const {connection, namespace, pod, container, silenceMs, policy, signal} = options;
	const watchdog = createWatchdog(signal, silenceMs, policy);
	try {
		const path = `${objectPath(apiPaths.pods(namespace), pod)}/log`;
		const query = {container, follow: 'true', timestamps: 'true', sinceTime: since};
		// A log without a line may keep its headers back, so the wait for them is the wait for a line.
		const {body} = await connection.open({path, query, signal: watchdog.signal, timeoutMs: silenceMs});
		for await (const line of linesOf(body, watchdog.feed)) take(line);
	} finally {
		watchdog.release();
	}
}

/** Asking again helps against everything else. */
function throwIfForbidden(error: unknown): void {
	if (error instanceof ClusterError && error.kind === 'forbidden') throw error;
}

/**
 * Follows a container's log until the signal aborts or `isOver` says so, over any number of broken streams. Each new stream begins with the second of
 * the last line (the API knows no finer time), so lines come twice and the reader must know them by their numbers. Throws ClusterError `forbidden`.
 */
export async function followLog(options: LogOptions): Promise<void> {
	const {policy, signal, onLine, isOver} = options;
	const backoff = createBackoff(policy);
	let last: string | undefined;
	while (!signal.aborted) {
		const before = last;
		try {
			await followOnce(options, last, line => {
				last = line.stamp;
				onLine(line);
			});
		} catch (error) {
			throwIfForbidden(error);
		}
		// A stream that brought something may be opened again at once; and until it brings nothing more, a loop that has ended still has lines.
		if (last !== before) continue;
		if (isOver() || signal.aborted) return;
		await sleep(backoff.next(), signal, policy);
	}
}
