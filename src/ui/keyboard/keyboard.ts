import {createDecoder} from './decoder.ts';
import type {Input} from './input.ts';

/** What is read of a terminal's input. */
export type Source = Pick<NodeJS.ReadStream, 'isTTY' | 'setRawMode' | 'ref' | 'unref'> & {
	readonly read: () => Buffer | string | null;
	readonly on: (event: 'readable', listener: () => void) => unknown;
	readonly off: (event: 'readable', listener: () => void) => unknown;
};

export type Keyboard = {
	/** What ink is given as its stdin: a key or a text each time that it reads. */
	readonly stream: NodeJS.ReadStream;
	/** Reads no more. */
	readonly close: () => void;
};

// No character ever: nobody can type or paste them, and nothing that listens to ink takes a text for a key that begins with one.
const textMark = '\uFDD0';
const pasteMark = '\uFDD1';

/** The key as ink knows it. Esc by the one form that it does not wait for more after. */
const sequences: Readonly<Record<string, string>> = {
	up: '\x1B[A',
	down: '\x1B[B',
	right: '\x1B[C',
	left: '\x1B[D',
	home: '\x1B[H',
	end: '\x1B[F',
	'page-up': '\x1B[5~',
	'page-down': '\x1B[6~',
	enter: '\r',
	tab: '\t',
	'shift+tab': '\x1B[Z',
	backspace: '\x7F',
	escape: '\x1B[27u',
};

function forInk(input: Input): string {
	if (input.kind !== 'key') return (input.kind === 'text' ? textMark : pasteMark) + input.text.replace(/[\uFDD0\uFDD1]/g, '');
	const control = /^ctrl\+([a-z])$/.exec(input.name)?.[1];
	return control === undefined ? (sequences[input.name] ?? input.name) : String.fromCharCode(control.charCodeAt(0) - 96);
}

/** The text of what ink hands over that is no key, and whether it was pasted; undefined for a key. */
export function textOf(input: string): {readonly text: string; readonly pasted: boolean} | undefined {
	if (!input.startsWith(textMark) && !input.startsWith(pasteMark)) return undefined;
	return {text: input.slice(1), pasted: input.startsWith(pasteMark)};
}

/**
 * A terminal's input with nothing in it but keys and text, for ink. ink's own reading takes a sequence that comes in two pieces for the key Esc and
 * letters, what a terminal answers for text, and `\r\n` for neither; each letter of that may be a key that acts.
 */
export function createKeyboard(stdin: Source): Keyboard {
	const decoder = createDecoder();
	const listeners = new Set<() => void>();
	const waiting: string[] = [];
	let timer: NodeJS.Timeout | undefined;
	const tell = (inputs: readonly Input[]) => {
		waiting.push(...inputs.map(forInk));
		const patience = decoder.patience();
		if (patience !== undefined) timer = setTimeout(() => tell(decoder.expire()), patience);
		if (waiting.length > 0) for (const listener of [...listeners]) listener();
	};
	const onReadable = () => {
		for (let chunk = stdin.read(); chunk !== null; chunk = stdin.read()) {
			clearTimeout(timer);
			tell(decoder.read(Buffer.from(chunk as string, 'utf8').toString('latin1')));
		}
	};
	const stream = {
		isTTY: stdin.isTTY,
		// Bytes are wanted: what comes is not always text.
		setEncoding() {},
		setRawMode: (raw: boolean) => stdin.setRawMode(raw),
		ref: () => stdin.ref(),
		unref: () => stdin.unref(),
		read: () => waiting.shift() ?? null,
		addListener(_event: 'readable', listener: () => void) {
			if (listeners.size === 0) stdin.on('readable', onReadable);
			listeners.add(listener);
		},
		removeListener(_event: 'readable', listener: () => void) {
			listeners.delete(listener);
			if (listeners.size === 0) stdin.off('readable', onReadable);
		},
	};
	return {
		// ink's types ask for a whole stream; it uses no more than the above.
		stream: stream as unknown as NodeJS.ReadStream,
		close() {
			clearTimeout(timer);
			listeners.clear();
			stdin.off('readable', onReadable);
		},
	};
}
