import './production-jsx.ts';
import {createElement} from 'react';
import {describe, expect, it} from 'vitest';
import {WholeFrame} from '../../src/ui/elements/whole-frame.tsx';
import type {Line, SpanStyle} from '../../src/ui/line.ts';
import {createTheme} from '../../src/ui/theme.ts';
import {renderOn} from './render-on.tsx';

const styles: readonly SpanStyle[] = ['plain', 'good', 'bad', 'change', 'quiet', 'strong', 'border', 'title', 'selected', 'key', 'danger', 'slot-0', 'slot-5'];
const lines: readonly Line[] = [styles.map((style, index) => ({text: String.fromCharCode(97 + index), style})), [], [{text: '…', style: 'plain'}]];

/** Colours and weights of the first row, a letter's each. */
async function looks(theme: Parameters<typeof renderOn>[2]): Promise<readonly string[]> {
	const screen = renderOn({columns: 40, rows: 6}, createElement(WholeFrame, {lines}), theme);
	try {
		await screen.frame();
		return (await screen.terminal.cells())[0]?.slice(0, styles.length) ?? [];
	} finally {
		await screen.close();
	}
}

describe('a frame that is all lines', () => {
	it('is told by colour and weight', async () => {
		expect(await looks(createTheme({color: true, ascii: false}))).toMatchInlineSnapshot(`
			[
			  "a 1 0:-1 0:-1 000000",
			  "b 1 16777216:6 0:-1 000000",
			  "c 1 16777216:1 0:-1 100000",
			  "d 1 16777216:3 0:-1 000000",
			  "e 1 0:-1 0:-1 010000",
			  "f 1 0:-1 0:-1 100000",
			  "g 1 0:-1 0:-1 010000",
			  "h 1 0:-1 0:-1 100000",
			  "i 1 0:-1 0:-1 000010",
			  "j 1 0:-1 0:-1 100000",
			  "k 1 16777216:1 0:-1 100010",
			  "l 1 16777216:12 0:-1 000000",
			  "m 1 16777216:7 0:-1 000000",
			]
		`);
	});

	it('has weights alone without colours, and shapes of ASCII where that is asked for', async () => {
		const theme = createTheme({color: false, ascii: true});
		expect(await looks(theme)).toMatchInlineSnapshot(`
			[
			  "a 1 0:-1 0:-1 000000",
			  "b 1 0:-1 0:-1 000000",
			  "c 1 0:-1 0:-1 100000",
			  "d 1 0:-1 0:-1 000000",
			  "e 1 0:-1 0:-1 000000",
			  "f 1 0:-1 0:-1 100000",
			  "g 1 0:-1 0:-1 000000",
			  "h 1 0:-1 0:-1 100000",
			  "i 1 0:-1 0:-1 000010",
			  "j 1 0:-1 0:-1 100000",
			  "k 1 0:-1 0:-1 100010",
			  "l 1 0:-1 0:-1 000000",
			  "m 1 0:-1 0:-1 000000",
			]
		`);
		const screen = renderOn({columns: 40, rows: 6}, createElement(WholeFrame, {lines}), theme);
		expect((await screen.frame()).split('\n').at(-1)).toBe('~');
		await screen.close();
	});

	it('turns its spinner without being drawn anew', async () => {
		const turning: readonly Line[] = [
			[
				{text: 'PROGRESSING', style: 'change'},
				{text: '   ', style: 'change', spinner: true},
			],
		];
		const screen = renderOn({columns: 40, rows: 6}, createElement(WholeFrame, {lines: turning}));
		await expect.poll(async () => (await screen.frame()).trimEnd(), {interval: 20}).toBe('PROGRESSING.');
		await expect.poll(async () => (await screen.frame()).trimEnd(), {interval: 20}).toBe('PROGRESSING...');
		await screen.close();
	});
});
