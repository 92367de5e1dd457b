import type {ProbeResult} from '../../domain/sample.ts';
import {readCurlLine} from './read-curl-line.ts';

/** A line as the log stream brings it, with the moment (RFC 3339) at which the container runtime read it. */
type StampedLine = {readonly stamp: string; readonly text: string};

/** Reads the lines of one loop. */
export type CurlLogReader = {
	/** The result of a line; undefined for one that came before, and for what is none of the loop's. */
	readonly read: (line: StampedLine) => ProbeResult | undefined;
	/** Requests that were sent and of which no line came: the log was rotated away while the stream was broken. */
	readonly lost: () => number;
};

/** Clocks of machines that are kept in time differ by less. */
const tolerableMs = 1_000;

/**
 * How far the node's clock is from ours, in ms: a line can't come before it was written, so the line that came fastest tells most. Small differences are
 * as good as none, and nobody could tell them from the line's way.
 */
function createClockDifference(now: () => number): (writtenAt: number) => number {
	let smallest = Number.POSITIVE_INFINITY;
	return writtenAt => {
		smallest = Math.min(smallest, now() - writtenAt);
		return smallest < 0 || smallest > tolerableMs ? smallest : 0;
	};
}

/**
 * Makes a reader. Lines that a reconnected stream brings again are known by their numbers. The time of a request is when its line was written, less how
 * long it took, on our clock.
 */
export function createCurlLogReader(now: () => number): CurlLogReader {
	const differenceAt = createClockDifference(now);
	let last = 0;
	let lost = 0;
	return {
		lost: () => lost,
		read({stamp, text}) {
			const line = readCurlLine(text);
			if (line === undefined || line.number <= last) return undefined;
			const writtenAt = Date.parse(stamp);
			lost += line.number - last - 1;
			last = line.number;
			return {...line.result, at: Math.round(writtenAt + differenceAt(writtenAt) - line.totalMs)};
		},
	};
}
