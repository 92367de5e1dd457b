import {describe, expect, it} from 'vitest';
import {percent} from '../../src/domain/percent.ts';
import type {MixView} from '../../src/store/views.ts';
import {headerClock, heardText} from '../../src/ui/clock.ts';
import {filledCells} from '../../src/ui/elements/bar.ts';
import {Lines} from '../../src/ui/elements/line-text.tsx';
import {sightHint, sightOf} from '../../src/ui/elements/scroll.ts';
import type {Column} from '../../src/ui/elements/table.ts';
import {tableLines} from '../../src/ui/elements/table.ts';
import type {Line} from '../../src/ui/line.ts';
import {lineText, mergeSpans, span, spread} from '../../src/ui/line.ts';
import {changeLine, headerLine} from '../../src/ui/panels/header.ts';
import {mixLines, mixTitle} from '../../src/ui/panels/mix.ts';
import {filterPods, podGrid} from '../../src/ui/panels/pods.ts';
import {messageLines, rolloutLines} from '../../src/ui/panels/rollout.ts';
import {timelineLine} from '../../src/ui/panels/timeline.ts';
import {createTheme, slotGlyph, slotStyle} from '../../src/ui/theme.ts';
import {renderOn} from './render-on.tsx';
import {at, blocked, complete, entry, mix, mixRow, paused, pod} from './views.ts';

const theme = createTheme({color: true, ascii: false, motion: false});
const texts = (lines: readonly Line[]) => lines.map(lineText);
const rollout = blocked.rollout as NonNullable<typeof blocked.rollout>;

describe('version mix', () => {
	it('shows measured next to expected shares, the last answers and the latencies', async () => {
		const screen = renderOn({columns: 62, rows: 8}, <Lines lines={mixLines(mix, 60, 9, theme)} />);
		expect(await screen.frame()).toMatchInlineSnapshot(`
			"● v2 ███████████████████████ 93% (56)       84–98%  exp 100%
			○ v3 █ 3% (2) ✖2                             0–12%    exp 0%
			✖    █ 3% (2)  500 ×2 from kubia-7c9d5f7b9d-x2x7k
			✔ as expected
			●●●●●●●●●●●○●●●●●●✖●●●●●○●●●✖●●●●●●●●●●●●●●●●●
			p50 3 ms   p95 9 ms   p99 14 ms                 n 60 in 60 s
			✖ 2 of 60 requests failed: 2 × 500 within 9 s
			version by the word in the body: “This is v2”"
		`);
		await screen.close();
	});

	it('never says 0 for something and never 100 for less than all', () => {
		expect([0, 0.001, 0.5, 0.995, 1].map(percent)).toEqual(['0%', '<1%', '50%', '>99%', '100%']);
		expect([0, 0.001, 0.5, 0.999, 1].map(share => filledCells(share, 10))).toEqual([0, 1, 5, 9, 10]);
	});

	it('uses one glyph and one colour for a version everywhere', () => {
		expect(slotGlyph(theme, 0)).not.toBe(slotGlyph(theme, 1));
		expect(texts(mixLines(mix, 60, 9, theme))[1]).toContain(`${slotGlyph(theme, 1)} v3`);
		expect(theme.look(slotStyle(0))).not.toEqual(theme.look(slotStyle(1)));
		expect([slotGlyph(theme, -1), slotGlyph(theme, -2)]).toEqual(['✖', '?']);
	});

	it('tells two versions apart that begin and end alike, on a narrow panel too', () => {
		const lines = texts(mixLines(paused.mix, 30, 9, theme));
		expect(lines[0]?.slice(0, 12)).not.toBe(lines[1]?.slice(0, 12));
	});

	it('says which rule decided, and shouts when a given rule never matched', () => {
		expect(texts(mixLines(mix, 60, 9, theme)).at(-1)).toContain('version by the word in the body');
		const never: MixView = {...mix, rule: {name: 'body', text: 'body:release=(.*) has never matched', tone: 'bad'}};
		expect(texts(mixLines(never, 60, 9, theme))[3]).toBe('✖ body:release=(.*) has never matched');
	});

	it('says what c would do, what is missing, and that it is waiting', () => {
		expect(texts(mixLines(complete.mix, 60, 9, theme))).toEqual(['not measured. c starts requests to svc/kubia']);
		expect(texts(mixLines({...complete.mix, offReason: 'no Service selects these pods'}, 60, 9, theme))).toEqual([
			'not measured: no Service selects these pods',
		]);
		expect(texts(mixLines({...mix, rows: [], samples: 0, strip: []}, 60, 9, theme))).toEqual(['waiting for the first answer…']);
		const ended: MixView = {...mix, mode: 'stopped', rows: [], samples: 0, strip: [], offReason: 'the curl pod is over'};
		expect(texts(mixLines(ended, 60, 9, theme))).toEqual(['stopped. c starts again', '✖ the curl pod is over']);
	});

	it('says in its title where to, how and how often, and less of it on a narrow panel', () => {
		expect(mixTitle({...mix, route: 'service-proxy'}, 60)).toBe(' · svc/kubia via API proxy · 1/s');
		expect(mixTitle(mix, 20)).toBe(' · svc/kubia · 1/s');
		expect(mixTitle({...mix, intervalMs: 200}, 60)).toContain('5/s');
		expect(mixTitle({...mix, intervalMs: 5000}, 60)).toContain('every 5s');
		expect(mixTitle({...mix, mode: 'stopped'}, 60)).toContain('stopped');
	});

	it('keeps a failure without detail by its name', () => {
		const lines = texts(mixLines({...mix, rows: [mixRow({label: 'timeout', kind: 'failure', slot: -1})]}, 60, 9, theme));
		expect(lines[0]).toMatch(/^✖ timeout █+ 100% \(1\)$/);
	});
});

describe('rollout', () => {
	it('says kubectl’s line in full where it fits, and what it waits for where not', () => {
		expect(texts(messageLines(rollout, 120, 3, theme))).toEqual([`◌ PROGRESSING  ${rollout.message}`]);
		expect(texts(messageLines(rollout, 70, 3, theme))).toEqual(['◌ PROGRESSING  1 out of 3 new replicas have been updated']);
		expect(texts(messageLines(rollout, 30, 3, theme))).toEqual(['◌ PROGRESSING', '  1 out of 3 new replicas have', '  been updated']);
	});

	it('says what was asked for until the watch shows it', () => {
		expect(texts(messageLines({...rollout, word: 'PAUSING…'}, 120, 3, theme))[0]).toMatch(/^◌ PAUSING… {2}Waiting/);
	});

	it('has no dots twice where they turn', () => {
		const turning = createTheme({color: false, ascii: false, motion: true});
		const [line] = messageLines({...rollout, busy: true, word: 'PAUSING…'}, 120, 3, turning);
		expect(line?.map(({text}) => text).slice(0, 2)).toEqual(['◌ PAUSING', '   ']);
	});

	it('draws both lanes with bars of one length', () => {
		const [, fresh, old] = texts(rolloutLines(rollout, 80, 9, theme));
		const cells = (text = '') => text.match(/[█░]/g)?.length;
		expect(cells(fresh)).toBeGreaterThan(4);
		expect(cells(fresh)).toBe(cells(old));
	});
});

describe('header', () => {
	it('keeps the object when there is no room for where it is', () => {
		expect(lineText(headerLine(blocked.header, false, 120, theme))).toMatch(/^ prod-eu \/ web \/ deploy\/kubia +● LIVE {3}updated 0s ago {3}14:03:22$/);
		expect(lineText(headerLine(blocked.header, false, 40, theme))).toMatch(/^ web \/ deploy\/kubia +● LIVE/);
		expect(lineText(headerLine(blocked.header, false, 24, theme))).toMatch(/^ deploy\/kubia +● LIVE/);
	});

	it('changes in small steps only while something moves', () => {
		expect(headerClock(at, true)).toBe('14:03:22');
		expect(headerClock(at, false)).toBe('14:03');
		expect([3, 59, 60, 130].map(seconds => heardText(seconds, false))).toEqual(['updated <1m ago', 'updated <1m ago', 'updated 1m ago', 'updated 2m ago']);
		expect(heardText(14, true)).toBe('updated 14s ago');
	});

	it('says what changes into what', () => {
		expect(lineText(changeLine(blocked.header, 200))).toContain('luksa/kubia:v2 → luksa/kubia:v3      revision 2 → 3      change-cause: kubectl set image');
		expect(lineText(changeLine(complete.header, 200))).toBe(' luksa/kubia:v2      revision 2');
	});
});

describe('pods', () => {
	it('are one mark each, or one mark for the worst of several', () => {
		const pods = [pod({name: 'a', tone: 'bad'}), ...Array.from({length: 9}, (_, index) => pod({name: `b${index}`}))];
		expect(texts(podGrid(pods, 5, 2, theme).lines)).toEqual(['✖□□□□', '□□□□□']);
		expect(podGrid(pods, 5, 1, theme).podsPerGlyph).toBe(2);
		expect(texts(podGrid(pods, 5, 1, theme).lines)).toEqual(['✖□□□□']);
	});

	it('are found by name, status, address and node, in any case', () => {
		const pods = [pod({name: 'kubia-A'}), pod({name: 'b', status: 'Pending'}), pod({name: 'c', ip: '10.9.9.9'}), pod({name: 'd', node: 'edge-7'})];
		expect(['KUBIA', 'pend', '9.9.9', 'edge'].map(filter => filterPods(pods, filter).map(one => one.name))).toEqual([['kubia-A'], ['b'], ['c'], ['d']]);
		expect(filterPods(pods, '')).toBe(pods);
	});
});

describe('timeline', () => {
	it('says when, what and how often', () => {
		expect(lineText(timelineLine({...entry(14, 'unready', 'bad', 'became unready', 'kubia-x'), count: 12}, 80, theme))).toBe(
			'14:03:08  ✖ kubia-x  became unready ×12',
		);
	});
});

describe('tables', () => {
	type Row = {name: string; state: string; note: string};
	const columns: readonly Column<Row>[] = [
		{title: 'NAME', value: row => row.name, flexible: 8},
		{title: 'STATE', value: row => row.state, min: 10},
		{title: 'NOTE', value: row => row.note, leaves: 1},
	];
	const rows = [{name: 'deployment-with-a-name', state: 'Running', note: 'something'}];

	it('give up kept room, then names, then columns', () => {
		const at = (width: number) => lineText(tableLines(columns, rows, width).rows[0] ?? []);
		expect(at(45)).toBe('deployment-with-a-name  Running     something');
		expect(at(42)).toBe('deployment-with-a-name  Running  something');
		expect(at(36)).toBe('deploymen…a-name  Running  something');
		expect(at(20)).toBe('deplo…-name  Running');
	});

	it('align wide characters', () => {
		const wide = tableLines(
			columns,
			[
				{name: '界界', state: 'a', note: ''},
				{name: 'abcd', state: 'a', note: ''},
			],
			60,
		);
		expect(wide.rows.map(row => lineText(row).indexOf('a', 2))).toEqual([lineText(wide.rows[0] ?? []).indexOf('a'), 6]);
	});
});

describe('lines', () => {
	it('merge neighbours of one style, and spread two ends', () => {
		expect(mergeSpans([span('a'), span('b'), span('c', 'bad'), span('')])).toEqual([span('ab'), span('c', 'bad')]);
		expect(lineText(spread([span('left')], [span('right')], 12))).toBe('left   right');
		expect(lineText(spread([span('left')], [span('right')], 8))).toBe('left');
	});

	it('scroll no more than needed to show what is selected', () => {
		expect(sightOf({count: 100, rows: 10, top: 0, selected: 12})).toMatchObject({top: 3, below: 87});
		expect(sightOf({count: 100, rows: 10, top: 50, selected: undefined})).toMatchObject({top: 50});
		expect(sightOf({count: 5, rows: 10, top: 50, selected: undefined})).toMatchObject({top: 0, below: 0});
		expect(sightHint(sightOf({count: 100, rows: 10, top: 3, selected: undefined}))).toBe('3 above · 87 below');
		expect(sightHint(sightOf({count: 17, rows: 10, top: 0, selected: undefined}))).toBe('+7 more');
	});
});
