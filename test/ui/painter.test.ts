import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {createPainter} from '../../src/ui/painter.ts';
import {asTerminal, settled, TestTerminal} from './terminal.ts';

const columns = 150;
const rows = 5;

// One column each; a column or two; several code points; from right to left; nothing at all by itself.
const characters = ['a', 'b', ' ', ' ', '7', '─', '│', '▶', '…', 'é', '好', '한', 'あ', '🚀', '👩‍👩‍👧', '🇩🇪', 'e\u0301', 'क्षि', 'ש', 'ل', '✔️', '〰'];
const styles = ['', '1', '2', '31', '32', '7', '1;31', '2;7', '4', '38;5;208', '48;5;17', '38;2;1;2;3', '91;44', '3;9'];

const span = fc.record({
	text: fc.oneof(
		{weight: 3, arbitrary: fc.string({unit: fc.constantFrom('a', 'b', ' ', '─'), maxLength: 12})},
		{weight: 1, arbitrary: fc.string({unit: fc.constantFrom(...characters), maxLength: 4})},
	),
	style: fc.constantFrom(...styles),
});
const line = fc.array(span, {maxLength: 5}).map(spans => spans.map(({text, style}) => (style === '' ? text : `\u001B[${style}m${text}\u001B[0m`)).join(''));
const frame = fc
	.array(line, {minLength: 1, maxLength: rows})
	.map(lines => lines.join('\n'))
	.filter(text => text !== '');
/** A few rows of a frame changed in places, as they are from one second to the next. */
const nextFrame = (before: string) =>
	fc.array(fc.tuple(fc.nat(), fc.constantFrom('x', '12', ' ', '好ab', '한')), {maxLength: 4}).map(edits => {
		const lines = before.split('\n');
		for (const [place, text] of edits) {
			const index = place % lines.length;
			const old = lines[index] ?? '';
			// Never inside of an escape sequence.
			const cut = /^(?:\u001B\[[\d;]*m|[ab])*/.exec(old)?.[0].length ?? 0;
			lines[index] = old.slice(0, cut) + text + old.slice(cut + (old.slice(cut).startsWith('\u001B') ? 0 : 1));
		}
		return lines.join('\n');
	});
/** The same with one column where two were: what stands behind moves. */
const narrow = (text: string) => text.replaceAll(/[好한あ]/gu, 'x');
const frames = fc
	.array(frame, {minLength: 1, maxLength: 3})
	.chain(all => fc.tuple(fc.constant(all), nextFrame(all.at(-1) ?? '')))
	.map(([all, last]) => [...all, last, narrow(last), last]);

// Begin and end of a frame; and a row that is no more, which a terminal that was wiped does not have.
const marks = 16;
const eraseRow = 8;

/** The frame with nothing left out: each line whole, at its own address. */
function inFull(text: string): string {
	return `\u001B[2J${text
		.split('\n')
		.map((row, index) => `\u001B[${index + 1}H${row}\u001B[m\u001B[K`)
		.join('')}`;
}

/** A terminal that takes what is written only when it is told to read. */
function behind() {
	const terminal = new TestTerminal(20, 5);
	let onTaken = () => {};
	const painter = createPainter({
		...asTerminal(terminal),
		write(text, taken) {
			terminal.write(text);
			onTaken = taken;
		},
	});
	return {terminal, painter, read: () => onTaken()};
}

describe('painter', () => {
	it('leads from any frame to any other, cell by cell and colour by colour, for no more bytes than drawing it anew', async () => {
		await fc.assert(
			fc.asyncProperty(frames, async sequence => {
				const terminal = new TestTerminal(columns, rows);
				const painter = createPainter(asTerminal(terminal));
				painter.enter();
				const expected = new TestTerminal(columns, rows);
				for (const text of sequence) {
					const before = terminal.written.length;
					painter.surface.write(text);
					expect(terminal.written.length - before).toBeLessThanOrEqual(inFull(text).length + marks + rows * eraseRow);
					expected.write(inFull(text));
					expect(await terminal.cells()).toEqual(await expected.cells());
				}
			}),
			{numRuns: 50},
		);
	});

	it('writes only what changed inside of a line', async () => {
		const terminal = new TestTerminal(80, 5);
		const painter = createPainter(asTerminal(terminal));
		painter.enter();
		painter.surface.write(`│ kubia-7c9d5f-x2x7k   1/1   Running   0   100s${' '.repeat(20)}│`);
		await settled();
		const before = terminal.written.length;
		painter.surface.write(`│ kubia-7c9d5f-x2x7k   1/1   Running   1   101s${' '.repeat(20)}│`);
		await settled();
		expect(terminal.written.slice(before)).toBe('\u001B[?2026h\u001B[1;40H1\u001B[5C1\u001B[?2026l');
	});

	it('writes nothing for the same frame', async () => {
		const terminal = new TestTerminal(20, 5);
		const painter = createPainter(asTerminal(terminal));
		painter.enter();
		painter.surface.write('one\ntwo');
		await settled();
		const before = terminal.written.length;
		painter.surface.write('one\ntwo');
		await settled();
		expect(terminal.written.length).toBe(before);
	});

	it('draws what is more than a styled text whole, and what was there before it', async () => {
		const terminal = new TestTerminal(20, 5);
		const painter = createPainter(asTerminal(terminal));
		painter.enter();
		painter.surface.write('one\ntwo');
		await settled();
		painter.surface.write('\u001B[3Cthree\ntwo');
		expect(await terminal.frame()).toBe('onethree\ntwo');
		painter.surface.write('four\ntwo');
		expect(await terminal.frame()).toBe('four\ntwo');
	});

	it('draws in full after what it drew was lost', async () => {
		const terminal = new TestTerminal(20, 5);
		const painter = createPainter(asTerminal(terminal));
		painter.enter();
		painter.surface.write('one\ntwo');
		await settled();
		terminal.write('\u001B[1;1Hgarbage');
		painter.surface.write('one\ntwo');
		expect(await terminal.frame()).toBe('garbage\ntwo');
		painter.invalidate();
		painter.surface.write('one\ntwo');
		expect(await terminal.frame()).toBe('one\ntwo');
	});

	it('gives the terminal back once, and draws nothing after that', async () => {
		const terminal = new TestTerminal(20, 5);
		const painter = createPainter(asTerminal(terminal));
		painter.enter();
		painter.leave();
		const length = terminal.bytes.length;
		painter.leave();
		painter.surface.write('late');
		await settled();
		expect(terminal.bytes).toHaveLength(length);
	});

	it('writes nothing while the terminal is behind, and then the way to the newest frame', async () => {
		const {terminal, painter, read} = behind();
		painter.enter();
		read();
		painter.surface.write('one\ntwo');
		for (let count = 0; count < 1000; count++) painter.surface.write(`one\n${count}`);
		const length = terminal.written.length;
		read();
		expect(terminal.written.slice(length)).toBe('\u001B[?2026h\u001B[2H999\u001B[?2026l');
		expect(await terminal.frame()).toBe('one\n999');
	});

	it('gives the terminal back though it is behind, and what was cut off does not go on', async () => {
		const {terminal, painter, read} = behind();
		painter.enter();
		read();
		painter.surface.write('\u001B[31mone\u001B[39m');
		painter.surface.write('two');
		painter.leave();
		expect(terminal.bytes.at(-1)).toBe('\u001B[?2026l\u001B[m\u001B[?2004l\u001B[?25h\u001B[?1049l');
		const length = terminal.bytes.length;
		read();
		expect(terminal.bytes).toHaveLength(length);
		painter.enter();
		read();
		expect(await terminal.frame()).toBe('two');
	});

	it('says when a write is done, which ink waits for', () => {
		let done = false;
		createPainter(asTerminal(new TestTerminal(20, 5))).surface.write('', () => {
			done = true;
		});
		expect(done).toBe(true);
	});
});
