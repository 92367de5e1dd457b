export interface LinkOptions {
	readonly bytesPerSecond: number;
	readonly roundTripMs?: number;
	readonly answers?: boolean;
	readonly greedy?: boolean;
	readonly env?: NodeJS.ProcessEnv;
	readonly columns?: number;
	readonly rows?: number;
}

export interface Link {
	readonly pid: number;
	readonly exit: () => {readonly exitCode: number} | undefined;
	readonly answers: () => number;
	readonly answersAfterEnd: () => number;
	readonly lines: () => readonly string[];
	readonly press: (keys: string) => void;
	readonly stop: () => void;
	readonly goOn: () => void;
	readonly resize: (columns: number, rows: number) => void;
	readonly hangUp: () => void;
	readonly close: () => Promise<void>;
}

export function openLink(command: readonly string[], options: LinkOptions): Link;
