import {describe, expect, it} from 'vitest';
import {createPlainReporter, mixLines} from '../../src/app/plain-reporter.ts';
import type {TimelineEntry} from '../../src/domain/timeline-entry.ts';
import {createScreenView} from '../../src/store/selectors/screen-view.ts';
import {initialState} from '../../src/store/state.ts';
import type {RolloutView, ScreenView} from '../../src/store/views.ts';

const start = Date.UTC(2026, 10, 21, 14, 3, 22);
const empty = createScreenView()(initialState({context: 'c', server: 'https://s', namespace: 'n', kind: 'Deployment', name: 'd'}, start, 60));
const rollout = (message: string, word = 'PROGRESSING') => ({word, message, notes: [], lanes: []}) as unknown as RolloutView;
const entry = (at: number, text: string, count = 1): TimelineEntry => ({at, kind: 'ready', tone: 'good', subject: 'kubia-1', text, count});
const withoutClock = (lines: readonly string[]) => lines.map(line => line.replace(/^\d\d:\d\d:\d\d {2}/, ''));

function reports(...views: readonly Partial<ScreenView>[]): readonly (readonly string[])[] {
	const reporter = createPlainReporter();
	return views.map((view, index) => withoutClock(reporter.report({...empty, ...view}, start + index * 1000)));
}

describe('the plain reporter', () => {
	it('tells a status once and again only when it changes', () => {
		const [first, second, third] = reports({rollout: rollout('1 of 3')}, {rollout: rollout('1 of 3')}, {rollout: rollout('2 of 3')});
		expect(first).toEqual(['PROGRESSING 1 of 3']);
		expect(second).toEqual([]);
		expect(third).toEqual(['PROGRESSING 2 of 3']);
	});

	it('tells why it is stuck once, however often and long', () => {
		const stuck = (brief: string, tone = 'bad') => ({rollout: {...rollout('1 of 3'), notes: [{tone, text: `kubia-1 ${brief}, for 3s`, brief}]} as RolloutView});
		const [first, second, third, fourth] = reports(
			stuck('waits', 'quiet'),
			stuck('answered 500 (3 times in 2s)'),
			stuck('answered 500 (4 times in 3s)'),
			stuck('crashes: exit code 1 (2 restarts)'),
		);
		expect(first).toEqual(['PROGRESSING 1 of 3']);
		expect(second).toEqual(['why: answered 500']);
		expect(third).toEqual([]);
		expect(fourth).toEqual(['why: crashes: exit code 1']);
	});

	it('tells the last log line of a run that is over, once', () => {
		const failing = {
			podUid: 'p',
			pod: 'kubia-1',
			container: 'app',
			previous: true,
			restarts: 3,
			lines: ['starting', 'Error: no configuration', ' '],
			linesAreFinal: true,
		};
		const [first, second, third, fourth] = reports(
			{failing: {...failing, lines: undefined}},
			{failing},
			{failing: {...failing, restarts: 4}},
			{failing: {...failing, previous: false, lines: ['serves'], linesAreFinal: false}},
		);
		expect(first).toEqual([]);
		expect(second).toEqual(['last log line of app: Error: no configuration']);
		expect(third).toEqual([]);
		expect(fourth).toEqual([]);
	});

	it('tells timeline lines oldest first, each once', () => {
		const created = entry(start, 'created');
		const [first, second] = reports(
			{timeline: [entry(start + 1, 'ready'), created]},
			{timeline: [entry(start + 2, 'available'), entry(start + 1, 'ready'), created]},
		);
		expect(first).toEqual(['kubia-1 created', 'kubia-1 ready']);
		expect(second).toEqual(['kubia-1 available']);
	});

	it('does not tell again what is only counted up', () => {
		const [, second, third] = reports(
			{timeline: [entry(start, 'warned')]},
			{timeline: [entry(start + 5, 'warned', 2)]},
			{timeline: [entry(start + 9, 'warned', 3)]},
		);
		expect(second).toEqual(['kubia-1 warned (×2)']);
		expect(third).toEqual([]);
	});

	it('tells once why the curl loop goes on without a target', () => {
		const mix = {...empty.mix, mode: 'stopped', offReason: 'the curl pod is over'} as const;
		expect(reports({mix: {...mix, mode: 'off'}}, {mix}, {mix})).toEqual([[], ['curl loop: the curl pod is over'], []]);
	});

	it('tells an outage when it begins and when it is over, and one that did not grow once', () => {
		const outage = (id: string, text: string, isOver: boolean): TimelineEntry => ({
			...entry(start, text),
			kind: 'outage',
			subject: undefined,
			outage: {id, isOver},
		});
		const [begun, grown, over] = reports(
			{timeline: [outage('0/1', '1 × 502', false)]},
			{timeline: [outage('0/2', '1 × 500', false), outage('0/1', '2 × 502 within 1.2 s', false)]},
			{timeline: [outage('0/2', '1 × 500', true), outage('0/1', '3 × 502 within 2.2 s', true)]},
		);
		expect(begun).toEqual(['1 × 502']);
		expect(grown).toEqual(['1 × 500']);
		expect(over).toEqual(['3 × 502 within 2.2 s']);
	});

	it('says when the connection is lost and when it is back', () => {
		const header = (kind: 'live' | 'lost', text: string) => ({header: {...empty.header, connection: {kind, text}}, timeline: [entry(start, 'created')]});
		const [, lost, back] = reports(header('live', 'LIVE'), header('lost', 'LOST 0s ago: refused'), header('live', 'LIVE'));
		expect(lost).toEqual(['LOST 0s ago: refused']);
		expect(back).toEqual(['LIVE']);
	});

	it('never writes control characters', () => {
		const [lines] = reports({timeline: [entry(start, '\u001B[31mred\u001B[0m\u0007bell')]});
		expect(lines).toEqual(['kubia-1 red bell']);
	});
});

describe('mixLines', () => {
	const row = (label: string, share: number, count: number) => ({label, share, count}) as ScreenView['mix']['rows'][number];
	const measured = {...empty.mix, target: 'svc/kubia', rows: [row('v2', 0.94, 56), row('http-500', 0.06, 4)], samples: 60};

	it('sum the mix up, with what it means', () => {
		expect(mixLines(measured)).toEqual(['mix svc/kubia: v2 94% (56), http-500 6% (4)  n 60 in 60s']);
		expect(mixLines({...measured, verdict: {tone: 'good', text: 'as expected'}})[0]).toMatch(/in 60s {2}as expected$/);
	});

	it('are one for each of several targets', () => {
		const canary = {id: 1, target: 'svc/canary', chosen: false, samples: 5, rows: [row('v3', 1, 5)], verdict: undefined};
		const stable = {id: 0, target: 'svc/kubia', chosen: true, samples: 60, rows: measured.rows, verdict: undefined};
		expect(mixLines({...measured, targets: [stable, canary]})).toEqual([
			'mix svc/kubia: v2 94% (56), http-500 6% (4)  n 60 in 60s',
			'mix svc/canary: v3 100% (5)  n 5 in 60s',
		]);
	});
});
