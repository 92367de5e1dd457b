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

/** As much as is kept of one container; a real node rotates at 10 MiB. */
const keptLines = 5_000;

/** An empty log. */
export function createLogBuffer(now: () => number): LogBuffer {
	let kept: LogLine[] = [];
	const listeners = new Set<(line: LogLine) => void>();
	return {
		append(text) {
			const line = {at: now(), text};
			// Cut rarely, so that a busy log does not move all its lines for each new one.
			if (kept.length >= 2 * keptLines) kept = kept.slice(-keptLines);
			kept.push(line);
			for (const listener of listeners) listener(line);
		},
		lines: () => kept.slice(-keptLines),
		onLine(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
}
