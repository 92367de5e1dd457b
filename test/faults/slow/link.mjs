import {readSync} from 'node:fs';
import {spawn} from '@lydell/node-pty';
import headless from '@xterm/headless';

/**
 * A line between a program and who looks at it.
 * @typedef {object} LinkOptions
 * @property {number} bytesPerSecond towards the person; keys are few
 * @property {number} [roundTripMs]
 * @property {boolean} [answers] whether the terminal answers questions, as all do but the plainest
 * @property {boolean} [greedy] what stands between reads all that the program writes at once and keeps it, as an ssh server does; otherwise it is read no
 *   faster than it is carried, as with a serial line
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} [columns]
 * @property {number} [rows]
 */

const sliceMs = 20;
const wholeRead = 65_536;

/**
 * A program in a real pty, at the far end of a slow line.
 * @param {readonly string[]} command program and arguments
 * @param {LinkOptions} options
 */
export function openLink(
	[file = '', ...args],
	{bytesPerSecond, roundTripMs = 0, answers = true, greedy = false, env = personsEnv(), columns = 120, rows = 34},
) {
	const emulator = new headless.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 0});
	const pty = spawn(file, args, {cols: columns, rows, name: 'xterm-256color', env: /** @type {Record<string, string>} */ (env), encoding: null});
	const {fd, _socket: reader} = /** @type {{fd: number, _socket: {_handle: {readStop(): void, readStart(): void}}}} */ (/** @type {unknown} */ (pty));
	// It is read here, no faster than the line carries; a stream that is only paused would still read ahead.
	reader._handle.readStop();
	reader._handle.readStart = () => {};
	/** @type {{readonly at: number, readonly bytes: Buffer}[]} */
	const carried = [];
	/** @type {Buffer[]} */
	let kept = [];
	const count = {carried: 0, written: 0, mostKept: 0, frames: 0};
	let [answered, answeredInVain] = [0, 0];
	let isStopped = false;
	let credit = 0;
	let tail = '';
	/** @type {{exitCode: number, signal?: number | undefined} | undefined} */
	let exit;
	const exited = new Promise(resolve =>
		pty.onExit(result => {
			exit = result;
			resolve(result);
		}),
	);
	const readSome = (/** @type {number} */ most) => {
		const buffer = Buffer.alloc(Math.max(0, Math.floor(most)));
		try {
			const length = buffer.length === 0 ? 0 : readSync(fd, buffer, 0, buffer.length, null);
			count.written += length;
			return buffer.subarray(0, length);
		} catch {
			// Nothing there, or nobody at the other end any more.
			return buffer.subarray(0, 0);
		}
	};
	const take = (/** @type {number} */ most) => {
		if (!greedy) return readSome(most);
		const all = Buffer.concat([...kept, readSome(wholeRead)]);
		kept = [all.subarray(most)];
		count.mostKept = Math.max(count.mostKept, all.length - most);
		return all.subarray(0, most);
	};
	const deliver = () => {
		while (carried[0] !== undefined && carried[0].at <= performance.now()) {
			const {bytes} = /** @type {{bytes: Buffer}} */ (carried.shift());
			count.carried += bytes.length;
			const text = tail + bytes.toString('latin1');
			count.frames += text.split('\u001B[?2026l').length - 1;
			tail = text.slice(-7);
			emulator.write(bytes);
		}
	};
	let last = performance.now();
	const timer = setInterval(() => {
		const now = performance.now();
		credit = Math.min(bytesPerSecond, credit + ((now - last) * bytesPerSecond) / 1000);
		last = now;
		if (!isStopped) {
			const bytes = take(Math.floor(credit));
			credit -= bytes.length;
			if (bytes.length > 0) carried.push({at: now + roundTripMs / 2, bytes});
		}
		deliver();
	}, sliceMs);
	const send = (/** @type {string} */ text) => setTimeout(() => exit === undefined && pty.write(text), roundTripMs / 2);
	emulator.onData(data => {
		if (!answers) return;
		answered++;
		setTimeout(() => {
			if (exit === undefined) pty.write(data);
			else answeredInVain++;
		}, roundTripMs / 2);
	});
	return {
		pid: pty.pid,
		exited,
		exit: () => exit,
		answers: () => answered,
		/** Answers that came when the program had ended. */
		answersAfterEnd: () => answeredInVain,
		/** Bytes carried to the screen, bytes written by the program, most that waited in between, frames or pieces of frames shown. */
		count: () => ({...count}),
		lines() {
			const buffer = emulator.buffer.active;
			return Array.from({length: emulator.rows}, (_, row) => buffer.getLine(buffer.viewportY + row)?.translateToString(true) ?? '');
		},
		/** Types it. @param {string} keys */
		press: keys => void send(keys),
		/** The person's end reads nothing any more. */
		stop() {
			isStopped = true;
		},
		goOn() {
			isStopped = false;
		},
		/** @param {number} nextColumns @param {number} nextRows */
		resize(nextColumns, nextRows) {
			emulator.resize(nextColumns, nextRows);
			pty.resize(nextColumns, nextRows);
		},
		/** A window that is closed. */
		hangUp() {
			clearInterval(timer);
			/** @type {{destroy(): void}} */ (/** @type {unknown} */ (pty)).destroy();
		},
		/** Ends it whatever it does. */
		async close() {
			if (exit === undefined) pty.kill('SIGKILL');
			await exited;
			clearInterval(timer);
			emulator.dispose();
		},
	};
}

function personsEnv() {
	// ink draws nothing when it believes that it runs in CI.
	const {CI: _ci, NODE_ENV: _nodeEnv, NO_COLOR: _noColor, ...env} = process.env;
	return env;
}

/** @typedef {ReturnType<typeof openLink>} Link */
