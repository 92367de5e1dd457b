import {spawn} from '@lydell/node-pty';
import headless from '@xterm/headless';
import {within} from './within.mjs';

const columns = 120;
const rows = 34;
/** The end of a synchronised update: each frame is one. */
const frameEnd = '\u001B[?2026l';

/**
 * A program in a real pty, its screen read through a terminal emulator.
 * @param {string} program
 * @param {readonly string[]} args
 */
export function openScreen(program, args) {
	const emulator = new headless.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 0});
	// ink draws nothing when it believes that it runs in CI.
	const {CI: _ci, NODE_ENV: _nodeEnv, NO_COLOR: _noColor, ...env} = process.env;
	const spawnedAt = performance.now();
	const pty = spawn(program, [...args], {cols: columns, rows, name: 'xterm-256color', env: {...env, LC_ALL: 'C.UTF-8'}});
	const watchers = new Set();
	let bytes = 0;
	let frames = 0;
	let tail = '';
	let hasExited = false;
	let ending = '';
	let lastOutput = '';
	pty.onData(data => {
		bytes += Buffer.byteLength(data);
		const withTail = tail + data;
		frames += withTail.split(frameEnd).length - 1;
		tail = withTail.slice(-(frameEnd.length - 1));
		lastOutput = (lastOutput + data).slice(-2000);
		emulator.write(data, () => {
			for (const watcher of watchers) watcher();
		});
	});
	// As terminals do when they are asked whether they are there: a program that waits for it in vain holds its frames back.
	emulator.onData(answer => {
		if (!hasExited) pty.write(answer);
	});
	const exited = new Promise(resolve =>
		pty.onExit(({exitCode, signal}) => {
			hasExited = true;
			ending = `with code ${exitCode}, signal ${signal ?? 0}; its last output:\n${lastOutput}`;
			resolve(undefined);
		}),
	);
	const text = () => {
		const buffer = emulator.buffer.active;
		return Array.from({length: rows}, (_, row) => buffer.getLine(buffer.viewportY + row)?.translateToString(true) ?? '').join('\n');
	};
	return {
		pid: pty.pid,
		spawnedAt,
		/** What came through the pty so far. */
		bytes: () => bytes,
		/** How many frames of it there were. */
		frames: () => frames,
		text,
		/** Throws, with what it said, when the program has ended. */
		mustRun() {
			if (hasExited) throw new Error(`${program} ended ${ending}`);
		},
		/** Types it. @param {string} keys */
		press: keys => pty.write(keys),
		/**
		 * When the screen first satisfied the condition, on the clock of `performance.now`.
		 * @param {string} what
		 * @param {(text: string) => boolean} holds
		 * @param {number} [patienceMs]
		 * @returns {Promise<number>}
		 */
		whenShown(what, holds, patienceMs = 20_000) {
			let watcher = () => {};
			const shown = new Promise(resolve => {
				watcher = () => holds(text()) && resolve(performance.now());
				watchers.add(watcher);
				watcher();
			});
			const gone = exited.then(() => Promise.reject(new Error(`${program} ended before it showed ${what} ${ending}`)));
			return within(patienceMs, `the screen to show ${what}`, Promise.race([shown, gone]), text).finally(() => watchers.delete(watcher));
		},
		/** Leaves as a person does; a program that won't is killed. @param {number} [ms] how long it may take */
		async close(ms = 5000) {
			if (!hasExited) pty.write('q');
			await within(ms, 'the program to end', exited).catch(() => pty.kill('SIGKILL'));
			await exited;
			emulator.dispose();
		},
	};
}

/** @typedef {ReturnType<typeof openScreen>} Screen */
