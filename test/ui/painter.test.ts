import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {createPainter, difference} from '../../src/ui/painter.ts';
import {asTerminal, TestTerminal} from './terminal.ts';

describe('difference', () => {
	it('is nothing for the same frame', () => {
		expect(difference(['a', 'b'], ['a', 'b'])).toBe('');
	});

	it('leads from any frame to any other', async () => {
		const frame = fc.array(
			fc.string({unit: fc.constantFrom('a', 'b', '─', ' '), maxLength: 20}).map(text => text.trimEnd()),
			{maxLength: 9},
		);
		await fc.assert(
			fc.asyncProperty(frame, frame, async (before, after) => {
				const terminal = new TestTerminal(20, 10);
				terminal.write(difference([], before));
				terminal.write(difference(before, after));
				expect(await terminal.frame()).toBe(after.join('\n').trimEnd());
			}),
			{numRuns: 40},
		);
	});
});

describe('painter', () => {
	it('draws in full after what it drew was lost', async () => {
		const terminal = new TestTerminal(20, 5);
		const painter = createPainter(asTerminal(terminal));
		painter.enter();
		painter.surface.write('one\ntwo');
		terminal.write('\u001B[1;1Hgarbage');
		painter.surface.write('one\ntwo');
		expect(await terminal.frame()).toBe('garbage\ntwo');
		painter.invalidate();
		painter.surface.write('one\ntwo');
		expect(await terminal.frame()).toBe('one\ntwo');
	});

	it('gives the terminal back once, and draws nothing after that', () => {
		const terminal = new TestTerminal(20, 5);
		const painter = createPainter(asTerminal(terminal));
		painter.enter();
		painter.leave();
		const length = terminal.bytes.length;
		painter.leave();
		painter.surface.write('late');
		expect(terminal.bytes).toHaveLength(length);
	});

	it('says when a write is done, which ink waits for', () => {
		let done = false;
		createPainter(asTerminal(new TestTerminal(20, 5))).surface.write('', () => {
			done = true;
		});
		expect(done).toBe(true);
	});
});
