import {writeSync} from 'node:fs';
import type {Terminal} from '../ui/painter.ts';

/** The part of Node's stream that says how its terminal is written to. */
type Handle = {readonly fd: number; readonly setBlocking: (blocking: boolean) => unknown};

/** How often is tried anew while the reader stands still: at first, and at most. */
const firstRetryMs = 5;
const longestRetryMs = 80;
/** What a reader is waited for when the program ends or stops; the terminal is then left as it is. */
const lastMs = 500;

/** Terminals that nobody read in the end. */
const unread = new WeakSet<NodeJS.WriteStream>();

/** Prints what stays when the screen is closed; not where nobody reads: the program would wait for that for ever before it ends. */
export function printAfterScreen(stdout: NodeJS.WriteStream, text: string): void {
	if (!unread.has(stdout)) stdout.write(text);
}

/**
 * The terminal, written to without waiting for its reader. Node's own stream waits: a stopped reader, or an ssh over a bad line, would stop keys, signals
 * and streams with it. Where the terminal is not ours alone (it could not be opened anew), or no terminal at all, the stream is what there is.
 */
export function ttyOutput(stdout: NodeJS.WriteStream): Terminal {
	const handle = ownHandle(stdout);
	if (handle === undefined) return ordinary(stdout);
	let rest: Uint8Array = new Uint8Array();
	let onTaken = () => {};
	let timer: NodeJS.Timeout | undefined;
	const push = (retryMs: number) => {
		let progress: Progress;
		try {
			progress = writeSome(handle.fd, rest);
		} catch (error) {
			rest = new Uint8Array();
			stdout.emit('error', error);
			return;
		}
		rest = progress.rest;
		if (rest.length === 0) onTaken();
		else {
			const next = progress.written > 0 ? firstRetryMs : Math.min(longestRetryMs, retryMs * 2);
			timer = setTimeout(push, next, next).unref();
		}
	};
	const begin = (text: string, taken: () => void) => {
		clearTimeout(timer);
		handle.setBlocking(false);
		unread.delete(stdout);
		rest = new TextEncoder().encode(text);
		onTaken = taken;
	};
	return {
		get columns() {
			return stdout.columns;
		},
		get rows() {
			return stdout.rows;
		},
		write(text, taken) {
			begin(text, taken);
			push(firstRetryMs);
		},
		writeLast(text) {
			begin(text, () => {});
			try {
				const until = performance.now() + lastMs;
				for (rest = writeSome(handle.fd, rest).rest; rest.length > 0 && performance.now() < until; rest = writeSome(handle.fd, rest).rest) pauseProgram();
			} catch {
				// Nobody is there to see it.
			}
			if (rest.length === 0) handle.setBlocking(true);
			else unread.add(stdout);
		},
		on: (event, listener) => stdout.on(event, listener),
		off: (event, listener) => stdout.off(event, listener),
	};
}

/** The stream as it is. */
function ordinary(stdout: NodeJS.WriteStream): Terminal {
	return {
		get columns() {
			return stdout.columns;
		},
		get rows() {
			return stdout.rows;
		},
		write(text, onTaken) {
			if (stdout.write(text)) onTaken();
			else stdout.once('drain', onTaken);
		},
		on: (event, listener) => stdout.on(event, listener),
		off: (event, listener) => stdout.off(event, listener),
	};
}

type Progress = {readonly written: number; readonly rest: Uint8Array};

/** Writes as much as is taken at once. Throws when the terminal is gone. */
function writeSome(fd: number, bytes: Uint8Array): Progress {
	let written = 0;
	try {
		while (written < bytes.length) written += writeSync(fd, bytes, written);
	} catch (error) {
		if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
	}
	return {written, rest: bytes.subarray(written)};
}

/** Node opens a terminal anew, so that a mode of ours is not that of others, too; where it could not, the descriptor is the one that we were given. */
function ownHandle(stdout: NodeJS.WriteStream): Handle | undefined {
	const handle = (stdout as {readonly _handle?: Partial<Handle>})._handle;
	if (!stdout.isTTY || typeof handle?.setBlocking !== 'function' || typeof handle.fd !== 'number' || handle.fd <= 2) return undefined;
	return handle as Handle;
}

function pauseProgram(): void {
	Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
}
