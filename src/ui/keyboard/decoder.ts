import stripAnsi from 'strip-ansi';
import {pastedPart, stringPart} from './enclosed.ts';
import {areMoves, charactersIn, type Input, inputsOf} from './input.ts';
import {type DecodeText, piecesOf} from './pieces.ts';

export type Decoder = {
	/** What the bytes of one read are, a byte a character. */
	readonly read: (bytes: string) => readonly Input[];
	/** To be called when nothing has come for `patience` ms: what waits for more is told now, or dropped. */
	readonly expire: () => readonly Input[];
	/** How long the rest is waited for; undefined: there is nothing to wait for. */
	readonly patience: () => number | undefined;
};

/** A lone escape is the key Esc when nothing follows within this time: slow lines bring the rest of a sequence later. vim waits as long. */
const escapeMs = 100;
/** The rest of what has begun is waited for so long, lest its last letter acts. */
const restMs = 2000;
/** A paste without marks comes in pieces of any length: what follows so soon belongs to it. A held key repeats no sooner than this. */
const burstMs = 30;

type Step = {readonly inputs: readonly Input[]; readonly rest: string};

const lone = '\x1B';
/** What follows an escape in a sequence, which may come in two reads. */
const continuation = /^[[O\]P_^X]/;
/** That of them which is no key of ours: it goes on with an escape that was told already. */
const lateContinuation = /^[[O\]]/;
/** Where no end of a paste ever comes, these alone lead out of it. */
const wayOut = /^[\x03\x1A]$/;

/** Tells keys from everything else that a terminal sends. `clock`: ms that only grow. */
export function createDecoder(clock: () => number = () => performance.now()): Decoder {
	let mode: 'keys' | 'paste' | 'string' = 'keys';
	let pending = '';
	let escapedAt = Number.NEGATIVE_INFINITY;
	let burstUntil = Number.NEGATIVE_INFINITY;
	const decode = createTextDecoder();
	function keysIn(bytes: string, isPartOfMore: boolean): Step {
		const {pieces, rest, begun, pending: unfinished} = piecesOf(bytes, decode);
		pending = unfinished;
		if (begun !== undefined) mode = begun;
		const isCrowded = isPartOfMore || begun !== undefined || unfinished !== '' || clock() < burstUntil;
		const inputs = inputsOf(pieces, isCrowded);
		if (charactersIn(pieces) > 1 && !areMoves(pieces)) burstUntil = clock() + burstMs;
		return {inputs, rest};
	}
	function enclosed(bytes: string): Step {
		const {inside, rest, pending: unfinished} = mode === 'paste' ? pastedPart(bytes) : stringPart(bytes);
		pending = unfinished;
		// What else does not belong into a line is dropped where the line is edited.
		const text = mode === 'paste' ? stripAnsi(decode(inside, rest !== undefined)) : '';
		if (rest !== undefined) {
			mode = 'keys';
			burstUntil = clock() + burstMs;
		}
		return {inputs: text === '' ? [] : [{kind: 'pasted', text}], rest: rest ?? ''};
	}
	function decoded(bytes: string): readonly Input[] {
		const inputs: Input[] = [];
		for (let rest = bytes; rest !== ''; ) {
			const step: Step = mode === 'keys' ? keysIn(rest, rest !== bytes) : enclosed(rest);
			inputs.push(...step.inputs);
			rest = step.rest;
		}
		return inputs;
	}
	return {
		read(bytes) {
			const before = pending;
			pending = '';
			if (mode === 'paste' && before === '' && wayOut.test(bytes)) mode = 'keys';
			if (mode !== 'keys') return decoded(before + bytes);
			const isContinued = continuation.test(bytes);
			// A rest that comes even later than Esc was told: `[A` is an arrow still, and no `A`.
			const isLate = before === '' && lateContinuation.test(bytes) && clock() - escapedAt < restMs;
			escapedAt = Number.NEGATIVE_INFINITY;
			if (isLate) return decoded(lone + bytes);
			// The escape of Alt comes together with its key: this one was pressed before.
			return before === lone && !isContinued ? [{kind: 'key', name: 'escape'}, ...decoded(bytes)] : decoded(before + bytes);
		},
		expire() {
			const isEscape = pending === lone;
			const isKey = isEscape && mode === 'keys';
			pending = '';
			// An Esc that is pressed in a paste without an end leads out of it, and does nothing else.
			if (mode === 'string' || isEscape) mode = 'keys';
			if (isKey) escapedAt = clock();
			return isKey ? [{kind: 'key', name: 'escape'}] : [];
		},
		patience() {
			if (pending === lone) return escapeMs;
			return mode === 'string' || pending !== '' ? restMs : undefined;
		},
	};
}

/** UTF-8 that may be cut anywhere: the rest of a character comes with the next bytes, unless it is told that these are all. */
function createTextDecoder(): DecodeText {
	const decoder = new TextDecoder('utf-8', {ignoreBOM: true});
	return (bytes, isWhole) =>
		decoder.decode(
			Uint8Array.from(bytes, byte => byte.charCodeAt(0)),
			{stream: !isWhole},
		);
}
