import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {lineText, lineWidth} from '../../src/ui/line.ts';
import {runPicker} from '../../src/ui/picker.tsx';
import {pickerLines} from '../../src/ui/picker-lines.ts';
import type {PickerRow, PickerView} from '../../src/ui/picker-view.ts';
import {createTheme} from '../../src/ui/theme.ts';
import {asStdin, asTerminal, key, settled, TestKeyboard, TestTerminal} from './terminal.ts';

const row = (name: string, change: Partial<PickerRow> = {}): PickerRow => ({
	name,
	word: 'COMPLETE',
	tone: 'good',
	ready: '3/3',
	images: `example/${name}:v1`,
	age: '12d',
	...change,
});
const view: PickerView = {
	context: 'prod-eu',
	namespace: 'web',
	rows: [row('kubia', {word: 'PROGRESSING', tone: 'change', ready: '3/3'}), row('api'), row('shop', {word: 'STALLED', tone: 'bad', ready: '0/2'})],
	condition: undefined,
};

function openPicker(first: PickerView, columns = 80, rows = 16) {
	const terminal = new TestTerminal(columns, rows);
	const keyboard = new TestKeyboard();
	const stop = new AbortController();
	const listeners = new Set<() => void>();
	let current = first;
	const store = {
		snapshot: () => current,
		subscribe(listener: () => void) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
	const theme = createTheme({color: true, ascii: false, motion: false});
	const ended = runPicker({view: store, stdin: asStdin(keyboard), stdout: asTerminal(terminal), theme, signal: stop.signal});
	const publish = async (next: PickerView) => {
		current = next;
		for (const listener of listeners) listener();
		await settled();
	};
	return {terminal, keyboard, ended, publish, frame: () => terminal.frame(), stop: () => stop.abort()};
}

describe('the picker', () => {
	it('looks the same as in its file', async () => {
		const picker = openPicker(view);
		await expect(`${await picker.frame()}\n`).toMatchFileSnapshot('../frames/picker-80x16.txt');
		picker.stop();
		expect(await picker.ended).toBe('aborted');
		expect(await picker.terminal.isAlternate()).toBe(false);
	});

	it('gives back the chosen name', async () => {
		const picker = openPicker(view);
		await picker.frame();
		await picker.keyboard.type(key.down);
		await picker.keyboard.type(key.enter);
		expect(await picker.ended).toEqual({kind: 'chosen', name: 'api'});
	});

	it('keeps its choice when another Deployment jumps above it', async () => {
		const picker = openPicker(view);
		await picker.frame();
		await picker.publish({...view, rows: [row('shop', {word: 'PROGRESSING', tone: 'change'}), ...view.rows.slice(0, 2)]});
		await picker.keyboard.type(key.enter);
		expect(await picker.ended).toEqual({kind: 'chosen', name: 'kubia'});
	});

	it('narrows by name and image', async () => {
		const picker = openPicker(view);
		await picker.frame();
		await picker.keyboard.type('/');
		await picker.keyboard.type('shq');
		expect(await picker.frame()).toContain('none matches');
		await picker.keyboard.type(key.backspace);
		expect(await picker.frame()).toContain('1 of 3');
		await picker.keyboard.type(key.enter);
		await picker.keyboard.type(key.enter);
		expect(await picker.ended).toEqual({kind: 'chosen', name: 'shop'});
	});

	it.each([
		['q', 'quit'],
		[key.ctrlC, 'interrupted'],
	])('ends without a choice (%j)', async (press, kind) => {
		const picker = openPicker(view);
		await picker.frame();
		await picker.keyboard.type(press);
		expect(await picker.ended).toEqual({kind});
	});

	it('can be left with Ctrl-C while the filter is typed', async () => {
		const picker = openPicker(view);
		await picker.frame();
		await picker.keyboard.type('/');
		await picker.keyboard.type('q');
		await picker.keyboard.type(key.ctrlC);
		expect(await picker.ended).toEqual({kind: 'interrupted'});
	});

	it('says that there is nothing, and why nothing is known', async () => {
		const picker = openPicker({...view, rows: [], condition: {tone: 'change', text: 'reading…'}});
		expect(await picker.frame()).toContain('reading…');
		await picker.keyboard.type(key.enter);
		await picker.publish({...view, rows: []});
		expect(await picker.frame()).toContain('There is no Deployment in namespace web.');
		picker.stop();
		await picker.ended;
	});

	it('shows its keys', async () => {
		const picker = openPicker(view);
		await picker.frame();
		await picker.keyboard.type('?');
		expect(await picker.frame()).toContain('Watch the chosen Deployment');
		await picker.keyboard.type('q');
		expect(await picker.frame()).toContain('kubia');
		picker.stop();
		await picker.ended;
	});

	it('fits every terminal', () => {
		const many = {...view, rows: Array.from({length: 300}, (_, index) => row(`deployment-${'x'.repeat(index)}`))};
		const theme = createTheme({color: true, ascii: false});
		fc.assert(
			fc.property(fc.integer({min: 1, max: 250}), fc.integer({min: 1, max: 60}), fc.nat(300), fc.boolean(), (columns, rows, chosen, filtering) => {
				const lines = pickerLines(many, {chosen: many.rows[chosen]?.name, filter: '', filtering, help: false}, {columns, rows}, theme);
				expect(lines.length).toBeLessThanOrEqual(Math.max(1, rows - 1));
				for (const line of lines) expect([lineText(line), lineWidth(line) <= columns]).toEqual([lineText(line), true]);
			}),
		);
	});
});
