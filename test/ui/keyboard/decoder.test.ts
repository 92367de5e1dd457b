import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {createDecoder} from '../../../src/ui/keyboard/decoder.ts';
import type {Input} from '../../../src/ui/keyboard/input.ts';

type Read = {readonly bytes: string; readonly afterMs: number};

/** What reads are told as, each so long after the one before; and after all of them a long silence. */
function decode(reads: readonly Read[]): readonly Input[] {
	let now = 1000;
	const decoder = createDecoder(() => now);
	const inputs: Input[] = [];
	const wait = (ms: number) => {
		for (let left = ms; ; ) {
			const patience = decoder.patience();
			if (patience === undefined || patience > left) {
				now += left;
				return;
			}
			now += patience;
			left -= patience;
			inputs.push(...decoder.expire());
		}
	};
	for (const {bytes, afterMs} of reads) {
		wait(afterMs);
		inputs.push(...decoder.read(bytes));
	}
	wait(60_000);
	return inputs;
}

const keysOf = (...texts: readonly string[]) =>
	decode(texts.map(bytes => ({bytes, afterMs: 200})))
		.filter(({kind}) => kind === 'key')
		.map(input => (input.kind === 'key' ? input.name : ''));

const utf8 = (text: string) => Buffer.from(text).toString('latin1');

describe('keys, however a terminal sends them', () => {
	it.each([
		['a character', ['y'], ['y']],
		['a character of two bytes', [utf8('é')], ['é']],
		['one that comes in two reads', ['\xC3', '\xA9'], ['é']],
		['Enter', ['\r'], ['enter']],
		['Enter as Windows sends it', ['\r\n'], ['enter']],
		['Enter as Windows sends it, in two reads', ['\r', '\n'], ['enter']],
		['backspace, either way', ['\x7F', '\b'], ['backspace', 'backspace']],
		['arrows', ['\x1B[A', '\x1B[B', '\x1B[C', '\x1B[D'], ['up', 'down', 'right', 'left']],
		['arrows in application mode', ['\x1BOA', '\x1BOB', '\x1BOC', '\x1BOD'], ['up', 'down', 'right', 'left']],
		['arrows with modifiers', ['\x1B[1;5A', '\x1B[1;2B', '\x1BO5C', '\x1B[d'], ['up', 'down', 'right', 'left']],
		['two arrows at once', ['\x1B[A\x1B[A'], ['up', 'up']],
		['an arrow with Alt', ['\x1B\x1B[A'], ['up']],
		[
			'Home and End',
			['\x1B[H', '\x1B[F', '\x1B[1~', '\x1B[4~', '\x1B[7~', '\x1B[8~', '\x1BOH', '\x1BOF', '\x1B[7$'],
			'home end home end home end home end home'.split(' '),
		],
		['pages', ['\x1B[5~', '\x1B[6~', '\x1B[5;5~'], ['page-up', 'page-down', 'page-up']],
		['Delete', ['\x1B[3~'], ['backspace']],
		['Tab', ['\t', '\x1B[Z'], ['tab', 'shift+tab']],
		['control keys', ['\x03', '\x1A', '\x12'], ['ctrl+c', 'ctrl+z', 'ctrl+r']],
		['Esc', ['\x1B'], ['escape']],
		['Esc twice', ['\x1B', '\x1B'], ['escape', 'escape']],
		[
			'Esc, Ctrl-C, arrows where kitty’s protocol was left on',
			['\x1B[27u', '\x1B[99;5u', '\x1B[122;5u', '\x1B[1;1:1A', '\x1B[27;129u'],
			'escape ctrl+c ctrl+z up escape'.split(' '),
		],
		['Ctrl-C where xterm tells of modifiers', ['\x1B[27;5;99~'], ['ctrl+c']],
		[
			'the same from Windows’ own',
			['\x1B[27;1;27;1;0;1_', '\x1B[67;46;3;1;8;1_', '\x1B[38;72;0;1;256;1_', '\x1B[9;15;9;1;16;1_'],
			['escape', 'ctrl+c', 'up', 'shift+tab'],
		],
	])('%s', (_what, reads, names) => {
		expect(keysOf(...reads)).toEqual(names);
	});

	it('tells Esc from a sequence by what comes within 100 ms, and by its `[` later on', () => {
		for (const afterMs of [1, 50, 99, 101, 500, 1900])
			for (const rest of ['[A', '[1;5A', 'OA']) {
				const inputs = decode([
					{bytes: '\x1B', afterMs: 0},
					{bytes: rest, afterMs},
				]);
				expect(inputs, `${rest} after ${afterMs} ms`).toEqual([...(afterMs > 100 ? [{kind: 'key', name: 'escape'}] : []), {kind: 'key', name: 'up'}]);
			}
		for (const afterMs of [1, 99, 101])
			expect(
				decode([
					{bytes: '\x1B', afterMs: 0},
					{bytes: 'q', afterMs},
				]),
			).toEqual([
				{kind: 'key', name: 'escape'},
				{kind: 'key', name: 'q'},
			]);
	});
});

/** What no key of a person is. The last letters of many are keys that act: `y`, `A`, `R`, `u`. */
const answers = [
	'\x1B[?62;1;6c',
	'\x1B[>41;354;0c',
	'\x1B[24;80R',
	'\x1B[?2026;2$y',
	'\x1B[4;2$y',
	'\x1B[?1u',
	'\x1B[8;24;80t',
	'\x1B[I',
	'\x1B[O',
	'\x1B[M !!',
	'\x1B[Myuy',
	'\x1B[M\x20\xF0\xC3',
	'\x1B[<0;10;10M',
	'\x1B[<0;10;10m',
	'\x1B[32;10;10M',
	'\x1B]11;rgb:0000/0000/0000\x1B\\',
	'\x1B]11;rgb:ffff/ffff/ffff\x07',
	'\x1B]52;c;eXV5\x07',
	'\x1BP1+r544e=787465726d\x1B\\',
	'\x1BP>|XTerm(390)\x1B\\',
	'\x1B_Gi=31;OK\x1B\\',
	'\x1B^y\x1B\\',
	'\x1B[121u',
	'\x1B[121;1:3u',
	'\x1B[121;1;121u',
	'\x1B[97;2u',
	'\x1B[13u',
	'\x1B[27;2;13~',
	'\x1B[89;21;121;1;0;1_',
	'\x1B[89;21;121;0;0;1_',
	'\x1B[13;28;13;1;0;1_',
	'\x1BOP',
	'\x1BOM',
	'\x1B[15~',
	'\x1B[[A',
	'\x1By',
	'\x1B\r',
	'\x1B[1;2P',
	'\x1B[201~',
] as const;

/** The text cut at these places, each piece so long after the one before. */
const cut = (text: string, places: readonly number[], gaps: readonly number[]): readonly Read[] => {
	const at = [...new Set(places.map(place => place % text.length))].filter(place => place > 0).sort((left, right) => left - right);
	return [0, ...at].map((from, index) => ({bytes: text.slice(from, at[index]), afterMs: gaps[index % gaps.length] ?? 0}));
};
const anyPlaces = fc.array(fc.nat(1000), {maxLength: 6});
const anyGaps = fc.array(fc.integer({min: 0, max: 95}), {minLength: 1, maxLength: 7});

describe('what is no key', () => {
	it.each(answers.map(answer => [JSON.stringify(answer), answer]))('%s does nothing', (_name, answer) => {
		expect(decode([{bytes: answer, afterMs: 0}])).toEqual([]);
	});

	it('does nothing either where it comes in pieces, in any number and order', () => {
		fc.assert(
			fc.property(
				fc.array(fc.constantFrom(...answers.filter(answer => !/^\x1B[y\r]/.test(answer))), {minLength: 1, maxLength: 5}),
				anyPlaces,
				anyGaps,
				(some, places, gaps) => {
					// A piece of a mouse report that is cut may be several letters: text, but never a key.
					expect(decode(cut(some.join(''), places, gaps)).filter(({kind}) => kind === 'key')).toEqual([]);
				},
			),
			{numRuns: 2000},
		);
	});

	it('swallows no key that comes after it', () => {
		for (const answer of answers)
			expect(
				decode([
					{bytes: answer, afterMs: 0},
					{bytes: 'q', afterMs: 100},
				]),
				JSON.stringify(answer),
			).toEqual([{kind: 'key', name: 'q'}]);
	});

	it('takes keys that move, held or quickly pressed, as so many presses, alone in their read', () => {
		const press = (name: string) => ({kind: 'key', name});
		expect(decode([{bytes: 'jjj', afterMs: 0}])).toEqual([press('j'), press('j'), press('j')]);
		expect(decode([{bytes: 'gjkG', afterMs: 0}])).toEqual([press('g'), press('j'), press('k'), press('G')]);
		expect(decode([{bytes: 'jjy', afterMs: 0}])).toEqual([{kind: 'text', text: 'jjy'}]);
		expect(decode([{bytes: 'uu', afterMs: 0}])).toEqual([{kind: 'text', text: 'uu'}]);
	});

	it('never makes a key of a letter that does not come alone', () => {
		const piece = fc.oneof(fc.constantFrom(...answers, 'y', 'u', 'A', '\r', '\x1B[A', '\x1B'), fc.string({minLength: 1, maxLength: 3}).map(utf8));
		fc.assert(
			fc.property(fc.array(piece, {minLength: 2, maxLength: 8}), pieces => {
				const bytes = pieces.join('');
				fc.pre(!/^[jkgG]+$/.test(bytes));
				const keys = decode([{bytes, afterMs: 0}]).flatMap(input => (input.kind === 'key' ? [input.name] : []));
				expect(keys.filter(name => [...name].length === 1)).toEqual(bytes.length === 1 ? [bytes] : []);
			}),
			{numRuns: 3000},
		);
	});
});

describe('text', () => {
	it.each([
		['several characters at once', ['kubectl'], 'kubectl'],
		['a line end among them', ['u\ry'], 'uy'],
		['a paste without marks in two reads', ['kubectl rollout und', 'o'], 'kubectl rollout undo'],
		['its last line end alone', ['yes', '\r'], 'yes'],
	])('is no key: %s', (_what, reads, text) => {
		const inputs = decode(reads.map(bytes => ({bytes, afterMs: 5})));
		expect(inputs.map(input => (input.kind === 'text' ? input.text : `a ${input.kind}`)).join('')).toBe(text);
	});

	it('that is pasted is told whole, whatever stands in it and wherever it is cut', () => {
		const content = fc.array(fc.oneof(fc.string({maxLength: 2000}), fc.constantFrom('y', '\r', '\n', '\t', '日本語', '👩‍👩‍👧', 'e\u0301')), {maxLength: 5});
		fc.assert(
			fc.property(content, anyPlaces, anyGaps, (parts, places, gaps) => {
				const text = parts
					.join('')
					.replaceAll(/[\u001B\u009B]/g, '')
					.replace(/\p{Surrogate}/gu, '');
				const inputs = decode([...cut(`\x1B[200~${utf8(text)}\x1B[201~`, places, gaps), {bytes: 'q', afterMs: 100}]);
				expect(inputs.at(-1)).toEqual({kind: 'key', name: 'q'});
				const pasted = inputs.slice(0, -1).map(input => (input.kind === 'pasted' ? input.text : `a ${input.kind}`));
				expect(pasted.join('')).toBe(text);
			}),
			{numRuns: 500},
		);
	});

	it('that is pasted may hold sequences: they are no keys, and no text', () => {
		fc.assert(
			fc.property(
				fc.array(fc.constantFrom(...answers.slice(0, -1), '\x1B[A', '\x03', '\x1A', 'y', '\r', '\x1B[200~'), {maxLength: 9}),
				anyPlaces,
				anyGaps,
				(parts, places, gaps) => {
					// A way out alone in its read is one.
					const reads = cut(`\x1B[200~${parts.join('')}\x1B[201~`, places, gaps).filter(({bytes}) => !/^[\x03\x1A]$/.test(bytes));
					expect(decode(reads).filter(({kind}) => kind !== 'pasted')).toEqual([]);
				},
			),
			{numRuns: 1000},
		);
		expect(decode([{bytes: '\x1B[200~a\x1B[31mb\x1B]0;title\x07c\x1B[201~', afterMs: 0}])).toEqual([{kind: 'pasted', text: 'abc'}]);
	});

	it('that is pasted and never ends can be left by Esc, and by Ctrl-C, which quits', () => {
		expect(keysOf('\x1B[200~never ends', 'y', '\r', '\x1B', 'q')).toEqual(['q']);
		expect(keysOf('\x1B[200~never ends', 'y', '\x03')).toEqual(['ctrl+c']);
	});

	it('for programs that never ends can be left, too', () => {
		expect(keysOf('\x1B]11;rgb:', '\x03')).toEqual(['ctrl+c']);
		expect(keysOf('\x1B]11;rgb:', '\x1B', 'q')).toEqual(['q']);
		expect(
			decode([
				{bytes: '\x1B]', afterMs: 0},
				{bytes: 'q', afterMs: 2001},
			]),
		).toEqual([{kind: 'key', name: 'q'}]);
	});

	it('of any length is no trouble', () => {
		const many = '\x1B]\x07\x1B[200~y\x1B[201~'.repeat(20_000);
		expect(decode([{bytes: many, afterMs: 0}])).toHaveLength(20_000);
		expect(decode([{bytes: `\x1B[200~${'y'.repeat(1_000_000)}\x1B[201~`, afterMs: 0}])).toHaveLength(1);
		expect(decode([{bytes: `\x1B[${'1;'.repeat(100_000)}y`, afterMs: 0}])).toEqual([]);
	});
});
