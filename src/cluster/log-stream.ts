import {isStamp} from '../domain/log/stamp.ts';
import {ClusterError} from './errors.ts';

/** A line of a log, with the moment at which the container runtime read it (RFC 3339 with nanoseconds); empty where the kubelet wrote none. */
export type LogLine = {readonly stamp: string; readonly text: string};

export type LogReading = {
	/** Called for each part that comes. */
	readonly onChunk: (bytes: number) => Promise<void> | undefined;
	/** What to do with a line of more than this many characters: a program's log is cut; that of a program which never writes such a line is not its log. */
	readonly longest: number;
	readonly tooLong: 'cut' | 'refuse';
};

function lineOf(text: string): LogLine {
	const space = text.indexOf(' ');
	const stamp = space === -1 ? text : text.slice(0, space);
	// An empty line has nothing behind its stamp, not even the space.
	return isStamp(stamp) ? {stamp, text: space === -1 ? '' : text.slice(space + 1)} : {stamp: '', text};
}

/** The lines of a followed log. What stands behind the last line's end is a line only where the server ended the answer, and lines may be cut. */
export async function* linesOf(body: AsyncIterable<Uint8Array>, {onChunk, longest, tooLong}: LogReading): AsyncGenerator<readonly LogLine[]> {
	const decoder = new TextDecoder();
	let rest = '';
	for await (const chunk of body) {
		const parts = (rest + decoder.decode(chunk, {stream: true})).split('\n');
		rest = parts.pop() ?? '';
		if (rest.length > longest) {
			if (tooLong === 'refuse') throw new ClusterError('this log has lines without an end', {kind: 'garbage'});
			// Its end may come in a thousand more parts: what nobody sees is not kept.
			rest = rest.slice(0, longest);
		}
		if (parts.length > 0) yield parts.map(part => lineOf(part.slice(0, longest)));
		await onChunk(chunk.length);
	}
	if (rest !== '' && tooLong === 'cut') yield [lineOf(rest)];
}
