import {spawn} from '@lydell/node-pty';
import headless from '@xterm/headless';
import {within} from '../../bench/within.mjs';

/**
 * A program in a real pty, its screen read through a terminal emulator.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{env?: Readonly<Record<string, string>>, columns?: number, rows?: number}} [options]
 */
export function openPty(file, args, {env = {}, columns = 80, rows = 24} = {}) {
	const {CI: _ci, NODE_ENV: _nodeEnv, NO_COLOR: _noColor, KUBECONFIG: _kubeconfig, LC_ALL: _locale, ...rest} = process.env;
	const emulator = new headless.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 0});
	const pty = spawn(file, [...args], {cols: columns, rows, name: 'xterm-256color', env: {...rest, LANG: 'C.UTF-8', ...env}});
	/** @type {Set<() => void>} */
	const watchers = new Set();
	const changed = () => {
		for (const watcher of [...watchers]) watcher();
	};
	let written = '';
	pty.onData(data => {
		written += data;
		emulator.write(data, changed);
	});
	let hasExited = false;
	/** @type {Promise<{exitCode: number, signal?: number | undefined}>} */
	const exited = new Promise(resolve =>
		pty.onExit(exit => {
			hasExited = true;
			resolve(exit);
		}),
	);
	const text = () => {
		const buffer = emulator.buffer.active;
		return Array.from({length: emulator.rows}, (_, row) => buffer.getLine(buffer.baseY + row)?.translateToString(true) ?? '').join('\n');
	};
	const isAlternate = () => emulator.buffer.active.type === 'alternate';
	return {
		pid: pty.pid,
		text,
		written: () => written,
		isAlternate,
		exited,
		/** @param {string} keys */
		press: keys => pty.write(keys),
		/** @param {number} nextColumns @param {number} nextRows */
		resize(nextColumns, nextRows) {
			emulator.resize(nextColumns, nextRows);
			pty.resize(nextColumns, nextRows);
		},
		/**
		 * Resolves once the screen satisfies the condition.
		 * @param {string} what
		 * @param {(text: string) => boolean} holds
		 * @param {number} [patienceMs]
		 */
		until(what, holds, patienceMs = 30_000) {
			let watcher = () => {};
			const shown = new Promise(resolve => {
				watcher = () => holds(text()) && resolve(undefined);
				watchers.add(watcher);
				watcher();
			});
			return within(patienceMs, what, shown, text).finally(() => watchers.delete(watcher));
		},
		/** Closes the terminal under the program. */
		hangUp: () => /** @type {{destroy(): void}} */ (/** @type {unknown} */ (pty)).destroy(),
		async close() {
			if (!hasExited) process.kill(pty.pid, 'SIGKILL');
			await exited;
			emulator.dispose();
		},
	};
}

/** @typedef {ReturnType<typeof openPty>} Pty */
