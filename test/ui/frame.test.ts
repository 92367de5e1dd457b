import './terminal.ts';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {ScreenView} from '../../src/store/views.ts';
import type {FrameInput, ScreenFrame} from '../../src/ui/frame.ts';
import {drawFrame, shareFrame} from '../../src/ui/frame.ts';
import {lineText, lineWidth} from '../../src/ui/line.ts';
import {createTheme} from '../../src/ui/theme.ts';
import type {Dialog, UiState} from '../../src/ui/ui-state.ts';
import {initialUiState} from '../../src/ui/ui-state.ts';
import {blocked, complete, empty, entry, forbidden, lost, mixHistory, paused, pod, podDetails, stalled, undoConfirm} from './views.ts';

const theme = createTheme({color: true, ascii: false});
const longName = `${'界'.repeat(40)}${'x'.repeat(170)}`;
const odd: ScreenView = {
	...blocked,
	header: {
		...blocked.header,
		context: longName,
		namespace: longName,
		target: `deploy/${longName}`,
		changeCause: longName,
		images: {from: longName, to: longName},
	},
	pods: [
		pod({
			name: longName,
			status: 'Init:CreateContainerConfigError',
			restarts: '12345 (59m ago)',
			ip: '2001:db8:85a3:8d3:1319:8a2e:370:7348',
			node: longName,
			answers: 99_999,
			failures: 12_345,
			tone: 'bad',
		}),
	],
	timeline: [entry(1, 'warning', 'bad', `\u001B[2J${longName}`, longName)],
	mix: {
		...blocked.mix,
		rows: blocked.mix.rows.map(row => ({...row, label: longName, detail: row.detail === undefined ? undefined : longName})),
		target: longName,
		rule: {name: 'body', text: longName, tone: 'bad'},
	},
	notice: {tone: 'bad', text: longName},
	hint: longName,
};
const many: ScreenView = {
	...blocked,
	pods: Array.from({length: 700}, (_, index) => pod({name: `kubia-6b8f7c5d4f-${index}`, tone: index % 50 === 0 ? 'bad' : 'good'})),
	timeline: Array.from({length: 200}, (_, index) => entry(index, 'created', 'quiet', 'created', `kubia-${index}`)),
};
const gone: ScreenView = {...empty, gone: true, conditions: []};

const view = fc.constantFrom<ScreenView>(blocked, complete, empty, forbidden, lost, paused, stalled, odd, many, gone);
const logs = {container: 0, previous: false, state: 'shown', lines: ['one', longName]} as const;
const dialog = fc.constantFrom<Dialog | undefined>(
	undefined,
	undefined,
	{
		kind: 'confirm',
		view: {...undoConfirm, kubectl: longName},
		dryRun: [{tone: 'bad', text: longName}],
		remark: {tone: 'bad', text: longName},
		typed: {text: longName, cursor: 3},
	},
	{kind: 'details', uid: 'x', logs},
	{kind: 'help'},
);
const ui = fc
	.record({
		dialog,
		filtering: fc.boolean(),
		filter: fc.constantFrom('', 'x', longName),
		dialogTop: fc.nat(200),
		tops: fc.record({pods: fc.nat(900), timeline: fc.nat(300), revisions: fc.nat(5)}),
	})
	.map((change): UiState => ({...initialUiState, ...change}));
const size = fc.record({columns: fc.integer({min: 1, max: 250}), rows: fc.integer({min: 1, max: 60})});

const draw = (input: Partial<FrameInput>): ScreenFrame =>
	drawFrame({
		view: blocked,
		ui: initialUiState,
		size: {columns: 120, rows: 34},
		theme,
		logs: undefined,
		why: undefined,
		podDetails: () => podDetails,
		mixHistory,
		...input,
	});
const all = (frame: ScreenFrame) => [...frame.above, ...frame.below];
const text = (input: Partial<FrameInput>) => all(draw(input)).map(lineText).join('\n');

describe('drawFrame', () => {
	it('is one row lower than the terminal and never wider, whatever is shown at whatever size', () => {
		fc.assert(
			fc.property(view, ui, size, (shown, state, terminal) => {
				const lines = all(draw({view: shown, ui: state, size: terminal}));
				expect(lines.length).toBeLessThanOrEqual(Math.max(1, terminal.rows - 1));
				for (const line of lines) {
					expect(lineWidth(line)).toBeLessThanOrEqual(terminal.columns);
					expect(lineText(line)).not.toMatch(/[\u0000-\u001F\u007F-\u009F]/);
				}
			}),
			{numRuns: 400},
		);
	});

	it('tells phase, counts, what is wrong and the mix on 40×10', () => {
		const frame = text({size: {columns: 40, rows: 10}});
		expect(frame).toContain('PROGRESSING');
		expect(frame).toContain('new 1/3 · 0 available · old 3/3 left');
		expect(frame).toContain('is not ready:');
		expect(frame).toContain('v2 93%');
	});

	it('says it in one line where there is no room for more', () => {
		expect(text({size: {columns: 60, rows: 3}})).toBe('◌ PROGRESSING new 1/3 old 3/3 mix ● v2 93%  ○ v3 3%  ✖ 3%  …');
		expect(text({size: {columns: 19, rows: 40}})).toMatch(/^◌ new 1\/3/);
	});

	it('is the same object when nothing visible changed, though the views are new', () => {
		const before = draw({view: many});
		const outOfSight = {...many, pods: many.pods.map((one, index) => (index === 650 ? {...one, restarts: '7'} : one)), header: {...many.header}};
		expect(shareFrame(before, draw({view: outOfSight}))).toBe(before);
		const inSight = {...many, pods: many.pods.map((one, index) => (index === 1 ? {...one, restarts: '7'} : one))};
		const after = shareFrame(before, draw({view: inSight}));
		expect(after).not.toBe(before);
		expect(all(after).filter((line, index) => line !== all(before)[index])).toHaveLength(1);
	});

	it('shows every pod as a mark where there are too many for rows', () => {
		const frame = text({view: many});
		expect(frame).toContain('Pods · 700');
		expect(frame).toContain('more · one mark is 3 pods');
		expect(frame).toMatch(/□{10}/);
	});

	it('fades what is old and says since when', () => {
		const frame = draw({view: lost});
		expect(text({view: lost})).toContain('Pods · 4 · lost 14s ago, next try in 4s');
		const row = frame.above.find(line => lineText(line).includes('x2x7k') && lineText(line).includes('Running'));
		expect(row?.filter(part => part.text.includes('Running'))).toEqual([expect.objectContaining({style: 'quiet'})]);
	});
});
