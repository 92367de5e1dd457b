import {spawn} from '@lydell/node-pty';
import headless from '@xterm/headless';

export type Terminal = {
	/** The lines on the screen now, without trailing blanks. */
	readonly lines: () => readonly string[];
	readonly text: () => string;
	/** Resolves with the screen once it satisfies the condition; rejects with the last screen after `timeoutMs`. */
	readonly until: (what: string, holds: (text: string) => boolean, timeoutMs?: number) => Promise<string>;
	readonly shows: (part: string | RegExp, timeoutMs?: number) => Promise<string>;
	readonly press: (keys: string) => void;
	readonly resize: (columns: number, rows: number) => Promise<void>;
	readonly kill: (signal: string) => void;
	/** Everything that was written, escapes and all. */
	readonly written: () => string;
	/** True while the alternate screen is shown. */
	readonly isAlternate: () => boolean;
	readonly exited: Promise<{readonly exitCode: number; readonly signal: number | undefined}>;
	readonly pid: number;
};

export type TerminalOptions = {
	readonly columns?: number;
	readonly rows?: number;
	readonly env?: Readonly<Record<string, string>>;
	readonly cwd?: string;
};

/** Runs a program in a real pty and reads its screen through a terminal emulator. */
export function runInTerminal(file: string, args: readonly string[], {columns = 120, rows = 34, env = {}, cwd}: TerminalOptions = {}): Terminal {
	const emulator = new headless.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 1000});
	// ink draws nothing when it believes that it runs in CI.
	const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !['CI', 'NODE_ENV', 'NO_COLOR', 'FORCE_COLOR', 'KUBECONFIG'].includes(name)));
	const pty = spawn(file, [...args], {cols: columns, rows, name: 'xterm-256color', env: {...inherited, ...env} as Record<string, string>, ...(cwd === undefined ? {} : {cwd})});
	const chunks: string[] = [];
	const watchers = new Set<() => void>();
	const changed = () => {
		for (const watcher of watchers) watcher();
	};
	pty.onData(data => {
		chunks.push(data);
		emulator.write(data, changed);
	});
	const exited = new Promise<{exitCode: number; signal: number | undefined}>(resolve =>
		pty.onExit(({exitCode, signal}) => emulator.write('', () => resolve({exitCode, signal}))),
	);
	const lines = () => {
		const buffer = emulator.buffer.active;
		return Array.from({length: emulator.rows}, (_, row) => buffer.getLine(buffer.viewportY + row)?.translateToString(true) ?? '');
	};
	const text = () => lines().join('\n');
	const until: Terminal['until'] = (what, holds, timeoutMs = 15_000) =>
		new Promise((resolve, reject) => {
			const check = () => {
				const now = text();
				if (!holds(now)) return;
				done();
				resolve(now);
			};
			const timer = setTimeout(() => {
				done();
				reject(new Error(`the screen never showed ${what}; it shows:\n${text()}`));
			}, timeoutMs);
			const done = () => {
				clearTimeout(timer);
				watchers.delete(check);
			};
			watchers.add(check);
			check();
		});
	return {
		lines,
		text,
		until,
		shows: (part, timeoutMs) => until(String(part), screen => (typeof part === 'string' ? screen.includes(part) : part.test(screen)), timeoutMs),
		press: keys => pty.write(keys),
		resize: (nextColumns, nextRows) =>
			new Promise(resolve => {
				emulator.resize(nextColumns, nextRows);
				pty.resize(nextColumns, nextRows);
				resolve();
			}),
		kill: signal => pty.kill(signal),
		written: () => chunks.join(''),
		isAlternate: () => emulator.buffer.active.type === 'alternate',
		exited,
		pid: pty.pid,
	};
}
