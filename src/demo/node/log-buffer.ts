/** What a container has printed: the newest lines, and those who want to hear the next ones. */
export interface LogBuffer {
	readonly append: (text: string) => void;
	readonly lines: () => readonly LogLine[];
	/** Calls for each new line until the answer is called. */
	readonly onLine: (listener: (line: LogLine) => void) => () => void;
}

export interface LogLine {
	readonly at: number;
	readonly text: string;
}

/** As much as is kept of one container, in characters; a real node rotates at 10 MiB, but has only 110 pods. */
const kept = 128 * 1_024;
/** A longer line is cut, as container runtimes split it. */
const longestLine = 16 * 1_024;
/** What a line costs beside its text. */
const overhead = 64;

/** An empty log. */
export function createLogBuffer(now: () => number): LogBuffer {
	let lines: LogLine[] = [];
	let size = 0;
	let listeners: Set<(line: LogLine) => void> | undefined;
	const costOf = ({text}: LogLine) => text.length + overhead;
	return {
		append(text) {
			const line = {at: now(), text: text.slice(0, longestLine)};
			lines.push(line);
			size += costOf(line);
			// Cut rarely, so that a busy log does not move all its lines for each new one.
			if (size > 2 * kept) {
				let first = 0;
				for (; size > kept; first++) size -= costOf(lines[first] ?? line);
				lines = lines.slice(first);
			}
			for (const listener of listeners ?? []) listener(line);
		},
		lines: () => lines,
		onLine(listener) {
			listeners ??= new Set();
			listeners.add(listener);
			return () => listeners?.delete(listener);
		},
	};
}
