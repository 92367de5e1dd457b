import './terminal.ts';
import fc from 'fast-check';
import stringWidth from 'string-width';
import {describe, expect, it} from 'vitest';
import type {ScreenView} from '../../src/store/views.ts';
import type {FrameInput} from '../../src/ui/frame.ts';
import {drawFrame} from '../../src/ui/frame.ts';
import {imageEditorOf} from '../../src/ui/image-editor.ts';
import {type Line, lineText} from '../../src/ui/line.ts';
import {lineEditorOf} from '../../src/ui/line-editor.ts';
import {openedLog} from '../../src/ui/log-screen.ts';
import {createTheme} from '../../src/ui/theme.ts';
import type {Dialog} from '../../src/ui/ui-state.ts';
import {initialUiState} from '../../src/ui/ui-state.ts';
import {listLines} from '../../src/ui/workload-list/list-lines.ts';
import {initialListUi} from '../../src/ui/workload-list/list-state.ts';
import {row} from '../app/many/rows.ts';
import {protectedUndo} from './confirm-views.ts';
import {podFeed, revisionFeed} from './log-feeds.ts';
import {kruise, timed, waiting} from './release-views.ts';
import {canary, moved, nobody, selectorConfirm} from './service-views.ts';
import {agreement, blocked, diff, empty, forbidden, lost, mixHistory, mixInFull, paused, podDetails, routes, stalled, steps, undoConfirm} from './views.ts';
import {why} from './why-views.ts';

/** Texts that take more or fewer columns than they have characters, that run the other way, or that are no text. */
const oddities = [
	'界',
	'한글',
	'ｶﾅ',
	'e\u0301',
	`z${'\u0300\u0317\u0489'.repeat(9)}`,
	'ก็่',
	'नि',
	'👩‍👩‍👧‍👦',
	'👍🏽',
	'🇩🇪',
	'1️⃣',
	'☺️',
	'✔︎',
	'שלום',
	'مرحبا',
	'\u202Egnp.exe',
	'\u2066x\u2069',
	'\u200B',
	'\u200D',
	'\u2060',
	'\uFEFF',
	'\u00AD',
	'\u115F',
	'\uD83D',
	'\uDE00',
	'\t',
	'\r\n',
	'\0',
	'\u007F',
	'\u009B31m',
	'\u001B[2J',
	'\u001B]0;title\u0007',
	'\u2028',
	'ﷺ',
	'𒐫',
	'⸻',
	'\uE0B0',
	'…',
	' ',
	'',
	'kubia-7c9d5f7b9d-x2x7k',
];
const oddText = fc.oneof(
	{weight: 4, arbitrary: fc.array(fc.constantFrom(...oddities), {maxLength: 12}).map(parts => parts.join(''))},
	fc.string({unit: 'binary', maxLength: 60}),
	fc.constantFrom('界'.repeat(300), '👩‍👩‍👧‍👦'.repeat(80), `a${'\u0301'.repeat(500)}`, '\u200B'.repeat(300)),
);

/** Words of ours that the drawing asks for, and no text from outside. */
const ours: ReadonlySet<string> = new Set(['kind', 'tone', 'phase', 'mode', 'state', 'action', 'uid', 'id', 'rights', 'name of the panel']);

/** The same with each text in it replaced by one of these. */
function spoilt<Value>(value: Value, texts: readonly string[]): Value {
	let next = 0;
	const spoil = (one: unknown, key: string): unknown => {
		if (typeof one === 'string') return ours.has(key) ? one : texts[next++ % texts.length];
		if (Array.isArray(one)) return one.map(item => spoil(item, key));
		if (one instanceof Map) return new Map([...one].map(([name, item]) => [name, spoil(item, key)]));
		if (one === null || typeof one !== 'object' || one instanceof Set) return one;
		return Object.fromEntries(Object.entries(one).map(([name, item]) => [name, ours.has(name) ? item : spoil(item, name)]));
	};
	return spoil(value, '') as Value;
}

const views: readonly ScreenView[] = [
	blocked,
	paused,
	stalled,
	lost,
	forbidden,
	empty,
	{...blocked, mix: mixInFull, hint: 'try u'},
	waiting,
	timed,
	kruise,
	canary,
	moved,
	nobody,
];
const asked = {dryRun: [{tone: 'bad', text: 'denied'}], remark: {tone: 'change', text: 'changed'}} as const;
const image = imageEditorOf(
	'kubia',
	[
		{name: 'kubia', image: 'luksa/kubia:v3', init: false},
		{name: 'proxy', image: 'envoy:1', init: true},
	],
	undefined,
);
const dialogs: readonly (Dialog | undefined)[] = [
	undefined,
	undefined,
	{kind: 'confirm', view: undoConfirm, ...asked, typed: lineEditorOf('')},
	{kind: 'confirm', view: protectedUndo, ...asked, typed: lineEditorOf('kub')},
	{kind: 'edit', editor: {kind: 'scale', workload: undefined, name: 'kubia', from: 3, text: '5'}, answer: undoConfirm, ...asked},
	{
		kind: 'edit',
		editor: {kind: 'selector', labels: [{name: 'app', value: 'web'}], index: 0, typing: {index: 0, text: 'app=w', problem: 'no label'}},
		answer: selectorConfirm({app: 'web'}),
		...asked,
	},
	{kind: 'edit', editor: image, answer: {refusal: {message: 'choose', hint: 'j'}}, ...asked},
	{kind: 'edit', editor: {...image, line: lineEditorOf('luksa/kubia:v3')}, answer: {refusal: {message: 'choose', hint: 'j'}}, ...asked},
	{kind: 'steps', view: steps, chosen: 1, workload: undefined},
	{kind: 'release-steps', index: 0},
	{kind: 'diff', command: {kind: 'undo', toRevision: 2}, shown: {state: 'shown', view: diff}, back: {dialog: undefined, top: 0, read: false}},
	{kind: 'diff', command: {kind: 'undo', toRevision: 2}, shown: {state: 'failed', problem: 'no'}, back: {dialog: undefined, top: 0, read: false}},
	{kind: 'details', uid: 'x', logs: {container: 0, previous: false, state: 'shown', lines: ['one', 'two']}},
	{kind: 'details', uid: 'x', logs: {container: 0, previous: true, state: 'failed', lines: ['no']}},
	{kind: 'logs', screen: {...openedLog({scope: {kind: 'pod', uid: 'x', name: 'kubia'}, container: 'app', previous: false}), query: 'kubia', timestamps: true}},
	{
		kind: 'logs',
		screen: {...openedLog({scope: {kind: 'pod', uid: 'x', name: 'kubia'}, container: 'app', previous: false}), query: 'e', typing: true, wrap: false},
	},
	{kind: 'why', workload: undefined},
	{kind: 'agree', view: agreement},
	{kind: 'mix'},
	{kind: 'routes', routes: {state: 'shown', rows: routes, index: 0}},
	{kind: 'help'},
];
const size = fc.oneof(
	fc.record({columns: fc.integer({min: 1, max: 500}), rows: fc.integer({min: 1, max: 200})}),
	fc.constantFrom(
		...[
			[1, 1],
			[2, 2],
			[20, 5],
			[30, 8],
			[40, 10],
			[60, 15],
			[80, 24],
			[120, 34],
			[500, 200],
		].map(([columns = 1, rows = 1]) => ({columns, rows})),
	),
);
const themes = [createTheme({color: true, ascii: false, motion: false}), createTheme({color: false, ascii: true, motion: false})] as const;

const control = /[\u0000-\u001F\u007F-\u009F\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]|\p{Surrogate}/u;
const boxed = /^[│╭╰|+].*[│╮╯|+]$/u;

/** Never wider than the terminal, nothing in it that acts, and where a box begins it ends at the edge. */
function expectFits(lines: readonly Line[], {columns, rows}: {readonly columns: number; readonly rows: number}): void {
	expect(lines.length).toBeLessThanOrEqual(Math.max(1, rows - 1));
	for (const line of lines) {
		const text = lineText(line);
		expect(text).not.toMatch(control);
		expect(stringWidth(text), JSON.stringify(text)).toBeLessThanOrEqual(columns);
		if (/^[│╭╰]/.test(text)) {
			expect(text).toMatch(boxed);
			expect(stringWidth(text), JSON.stringify(text)).toBe(columns);
		}
	}
}

describe('odd text in every field', () => {
	it('keeps every line of every panel and dialog as wide as it shall be, at every size', {timeout: 60_000}, () => {
		const anything = fc.record({
			view: fc.nat(views.length - 1),
			dialog: fc.nat(dialogs.length - 1),
			feed: fc.boolean(),
			ascii: fc.boolean(),
			filter: oddText,
			filtering: fc.boolean(),
			dialogTop: fc.nat(60),
			size,
			texts: fc.array(oddText, {minLength: 1, maxLength: 40}),
		});
		fc.assert(
			fc.property(anything, ({view, dialog: place, feed, ascii, filter, filtering, dialogTop, size: terminal, texts}) => {
				const dialog = dialogs[place];
				const input: FrameInput = {
					view: spoilt(views[view] ?? blocked, texts),
					ui: {...initialUiState, dialog: spoilt(dialog, texts), dialogTop, filter, filtering: filtering && dialog === undefined},
					size: terminal,
					theme: themes[ascii ? 1 : 0],
					logs: spoilt(feed ? podFeed : revisionFeed, texts),
					why: spoilt(why, texts),
					podDetails: () => spoilt(podDetails, texts),
					mixHistory: (seconds, columns) => spoilt(mixHistory(seconds, columns), texts),
				};
				const {above, hole, below} = drawFrame(input);
				expect(above.length + (hole?.height ?? 0) + below.length).toBeLessThanOrEqual(Math.max(1, terminal.rows - 1));
				expectFits([...above, ...below], terminal);
			}),
			{numRuns: 150},
		);
	});

	it('keeps those of the list of workloads', {timeout: 60_000}, () => {
		const list = {
			context: 'prod-eu',
			namespace: 'web',
			asked: '-l app=shop',
			rows: ['pay', 'kubia', 'api'].map(name => row(name, {why: 'waits', keeper: 'Argo CD shop'})),
			counts: [{word: 'stalled', tone: 'bad', count: 1}],
			connection: {kind: 'live', text: 'LIVE'},
			remarks: [{tone: 'bad', text: 'forbidden'}],
		} as const;
		fc.assert(
			fc.property(size, fc.boolean(), oddText, fc.boolean(), fc.array(oddText, {minLength: 1, maxLength: 40}), (terminal, ascii, filter, filtering, texts) => {
				const remark = {tone: 'bad', text: texts[0] ?? ''} as const;
				expectFits(listLines(spoilt(list, texts), {...initialListUi, filter, filtering}, remark, terminal, themes[ascii ? 1 : 0]), terminal);
			}),
			{numRuns: 60},
		);
	});
});
