import type {Source} from './keyboard/keyboard.ts';

/** What a terminal answers when it is asked whether it is there. */
const answer = '\u001B[0n';
/** An answer may come in two reads; Escape alone is a key. */
const begun = /\u001B\[0?$/;
/** Longer no shell should wait for its prompt. */
const lastAnswerMs = 2000;

export type Heard = {
	/** The terminal has answered. */
	readonly onAnswer: () => void;
	/** Something else came, which will be read now. */
	readonly onKeys: () => void;
	/** Whether an answer is awaited. */
	readonly isAsking: () => boolean;
};

/** A terminal's input without the answers that we asked for: a key that comes in one read with an answer is a key still. */
export function withoutAnswers(stdin: Source, {onAnswer, onKeys, isAsking}: Heard): Source {
	let held = '';
	const keysOf = (chunk: Buffer | string) => {
		// A byte a character: what comes is not always text.
		const pieces = (held + Buffer.from(chunk as string, 'utf8').toString('latin1')).split(answer);
		for (let count = 1; count < pieces.length; count++) onAnswer();
		const bytes = pieces.join('');
		held = isAsking() ? (begun.exec(bytes)?.[0] ?? '') : '';
		return Buffer.from(bytes.slice(0, bytes.length - held.length), 'latin1');
	};
	return {
		isTTY: stdin.isTTY,
		setRawMode: raw => stdin.setRawMode(raw),
		ref: () => stdin.ref(),
		unref: () => stdin.unref(),
		on: (event, listener) => stdin.on(event, listener),
		off: (event, listener) => stdin.off(event, listener),
		read() {
			for (let chunk = stdin.read(); chunk !== null; chunk = stdin.read()) {
				const keys = keysOf(chunk);
				if (keys.length === 0) continue;
				onKeys();
				return keys;
			}
			return null;
		},
	};
}

/** Waits for an answer that is still under way: it would be typed at the shell's prompt. The terminal must be raw, and nobody else read it. */
export async function lastAnswer(input: Source, isAsking: () => boolean): Promise<void> {
	if (!isAsking()) return;
	let look = () => {};
	let timer: NodeJS.Timeout | undefined;
	await new Promise<void>(resolve => {
		look = () => {
			while (input.read() !== null);
			if (!isAsking()) resolve();
		};
		input.on('readable', look);
		input.ref();
		// It keeps the process: where the terminal is gone nothing else does, and what is done at the end would be left out.
		timer = setTimeout(resolve, lastAnswerMs);
	});
	clearTimeout(timer);
	input.off('readable', look);
	input.unref();
}
