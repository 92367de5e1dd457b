import {setTimeout as sleep} from 'node:timers/promises';
import {spawn} from '@lydell/node-pty';
import headless from '@xterm/headless';
import {programEnv, programPath} from './program.ts';

export interface Exit {
	readonly exitCode: number;
	readonly signal: number | undefined;
}

export interface Terminal {
	readonly pid: number;
	/** The lines on the screen now, without trailing blanks. */
	readonly lines: () => readonly string[];
	readonly text: () => string;
	/** Resolves with the screen once it satisfies the condition; rejects with the last screen after `timeoutMs`, or at once when the program has ended. */
	readonly until: (what: string, holds: (text: string) => boolean, timeoutMs?: number) => Promise<string>;
	readonly shows: (part: string | RegExp, timeoutMs?: number) => Promise<string>;
	readonly hides: (part: string | RegExp, timeoutMs?: number) => Promise<string>;
	/** Calls back with every screen that is different from the one before, until the answer is called. */
	readonly watch: (onScreen: (text: string) => void) => () => void;
	/** Types one key, once the program has answered the last one: what it reads together is a paste. */
	readonly press: (key: string) => void;
	/** Types a key and waits for what it brings. */
	readonly pressFor: (key: string, part: string | RegExp, timeoutMs?: number) => Promise<string>;
	/** Resolves when the program has drawn so many screens more; that it still draws. */
	readonly screens: (count: number) => Promise<void>;
	readonly resize: (columns: number, rows: number) => void;
	/** Does nothing when the program has ended. */
	readonly kill: (signal: NodeJS.Signals) => void;
	/** Closes the terminal under the program, as when its window is closed or the connection breaks. */
	readonly hangUp: () => void;
	/** Everything that was written, escapes and all. */
	readonly written: () => string;
	/** True while the alternate screen is shown. */
	readonly isAlternate: () => boolean;
	readonly isCursorHidden: () => boolean;
	readonly exited: Promise<Exit>;
}

export interface TerminalOptions {
	readonly columns?: number;
	readonly rows?: number;
	readonly env?: Readonly<Record<string, string>>;
	/** What stands on the screen before the program starts. */
	readonly before?: string;
}

/** Where much else runs on the same two cores, a demo alone may take a third of it until its first frame. */
const defaultPatienceMs = 60_000;
/** A bit longer than the program takes a key that follows several characters for a part of the same paste. */
const burstMs = 40;
const answerMs = 2000;
/** Whether the terminal is there: after it there may be more of the frame, which waits for the answer. */
const question = '\u001B[5n';
/** So soon after the answer the rest comes. */
const restMs = 100;

/** Runs rollwatch in a real terminal. */
export function openRollwatch(args: readonly string[], options: TerminalOptions = {}): Terminal {
	return runInTerminal(process.execPath, [programPath(), ...args], options);
}

/** Runs a program in a real pty and reads its screen through a terminal emulator. */
export function runInTerminal(file: string, args: readonly string[], {columns = 120, rows = 34, env = {}, before = ''}: TerminalOptions = {}): Terminal {
	const emulator = new headless.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 1000});
	const watchers = new Set<() => void>();
	const chunks: string[] = [];
	// A terminal shows a synchronised frame only when it is whole, and so do we.
	let isDrawing = false;
	let tail = '';
	let rest: NodeJS.Timeout | undefined;
	const tellWatchers = () => {
		rest = undefined;
		for (const watcher of [...watchers]) watcher();
	};
	const changed = () => {
		clearTimeout(rest);
		rest = undefined;
		if (isDrawing) return;
		if (tail.endsWith(question)) rest = setTimeout(tellWatchers, restMs);
		else tellWatchers();
	};
	emulator.write(before, changed);
	const pty = spawn(file, [...args], {cols: columns, rows, name: 'xterm-256color', env: programEnv(env) as Record<string, string>});
	pty.onData(data => {
		chunks.push(data);
		emulator.write(data, () => {
			// The pty cuts anywhere, so the marks are looked for across two pieces.
			isDrawing = endsInsideFrame(tail + data) ?? isDrawing;
			tail = (tail + data).slice(-16);
			changed();
		});
	});
	let exit: Exit | undefined;
	// As terminals do, it answers when it is asked whether it is there: a program may write more at once where it knows that somebody reads.
	emulator.onData(answer => exit === undefined && pty.write(answer));
	const exited = new Promise<Exit>(resolve =>
		pty.onExit(({exitCode, signal}) =>
			// What was written last is still on its way through the emulator.
			emulator.write('', () => {
				exit = {exitCode, signal};
				isDrawing = false;
				tail = '';
				changed();
				resolve(exit);
			}),
		),
	);
	const lines = () => {
		const buffer = emulator.buffer.active;
		return Array.from({length: emulator.rows}, (_, row) => buffer.getLine(buffer.baseY + row)?.translateToString(true) ?? '');
	};
	const text = () => lines().join('\n');
	const until: Terminal['until'] = (what, holds, timeoutMs = defaultPatienceMs) =>
		new Promise((resolve, reject) => {
			const done = () => {
				clearTimeout(timer);
				watchers.delete(check);
			};
			const fail = (why: string) => {
				done();
				reject(new Error(`${why}; the screen shows:\n${text()}`));
			};
			const check = () => {
				const now = text();
				if (holds(now)) {
					done();
					resolve(now);
				} else if (exit !== undefined) fail(`the program ended with ${exit.exitCode} (signal ${exit.signal}) before the screen showed ${what}`);
			};
			const timer = setTimeout(() => fail(`the screen did not show ${what} within ${timeoutMs} ms`), timeoutMs);
			watchers.add(check);
			if (!isDrawing && rest === undefined) check();
		});
	/** Until the program shows something of what was typed; it need not. */
	const answered = () =>
		new Promise<void>(resolve => {
			const heard = pty.onData(() => done());
			const timer = setTimeout(() => done(), answerMs);
			const done = () => {
				clearTimeout(timer);
				heard.dispose();
				resolve();
			};
		});
	/** Types it, and waits until it must have been read: together with the next key it would be a paste. */
	const write = async (key: string) => {
		if (exit !== undefined) return;
		pty.write(key);
		await answered();
		if (key.length > 1 && !key.startsWith('\u001B')) await sleep(burstMs);
	};
	let typing: Promise<void> | undefined;
	const press = (key: string) => {
		const now = typing === undefined ? write(key) : typing.then(() => write(key));
		typing = now;
		void now.then(() => {
			if (typing === now) typing = undefined;
		});
	};
	const has = (screen: string, part: string | RegExp) => (typeof part === 'string' ? screen.includes(part) : part.test(screen));
	return {
		pid: pty.pid,
		lines,
		text,
		until,
		shows: (part, timeoutMs) => until(String(part), screen => has(screen, part), timeoutMs),
		hides: (part, timeoutMs) => until(`no ${part}`, screen => !has(screen, part), timeoutMs),
		watch(onScreen) {
			let last = '';
			const look = () => {
				const now = text();
				if (now !== last) onScreen(now);
				last = now;
			};
			watchers.add(look);
			look();
			return () => void watchers.delete(look);
		},
		press,
		pressFor(key, part, timeoutMs) {
			press(key);
			return until(String(part), screen => has(screen, part), timeoutMs);
		},
		async screens(count) {
			for (let drawn = 0; drawn < count; drawn++) {
				const now = text();
				await until('a change', screen => screen !== now);
			}
		},
		resize(nextColumns, nextRows) {
			emulator.resize(nextColumns, nextRows);
			pty.resize(nextColumns, nextRows);
		},
		kill: signal => void (exit === undefined && process.kill(pty.pid, signal)),
		// Without a signal's name node-pty also closes its end of the pty.
		hangUp: () => (pty as unknown as {destroy(): void}).destroy(),
		written: () => chunks.join(''),
		isAlternate: () => emulator.buffer.active.type === 'alternate',
		isCursorHidden: () => chunks.join('').lastIndexOf('\u001B[?25l') > chunks.join('').lastIndexOf('\u001B[?25h'),
		exited,
	};
}

/** Whether a synchronised frame goes on after this output; undefined when it neither begins nor ends one. */
function endsInsideFrame(data: string): boolean | undefined {
	const begins = data.lastIndexOf('\u001B[?2026h');
	const ends = data.lastIndexOf('\u001B[?2026l');
	return begins === ends ? undefined : begins > ends;
}
