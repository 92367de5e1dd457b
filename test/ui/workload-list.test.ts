import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {WorkloadListView} from '../../src/store/workload-list/list-views.ts';
import {lineText, lineWidth} from '../../src/ui/line.ts';
import {createTheme} from '../../src/ui/theme.ts';
import {listLines} from '../../src/ui/workload-list/list-lines.ts';
import {initialListUi} from '../../src/ui/workload-list/list-state.ts';
import {runList} from '../../src/ui/workload-list/run-list.tsx';
import type {Stage} from '../../src/ui/workload-list/stage.ts';
import {row} from '../app/many/rows.ts';
import {openScreen} from './open-screen.ts';
import {asStdin, asTerminal, key, settled, TestKeyboard, TestTerminal} from './terminal.ts';
import {blocked} from './views.ts';

const rolling = {phase: 'progressing', word: 'PROGRESSING', tone: 'change', updated: 1, why: '1 of 3 pods updated'} as const;
const stalled = {
	phase: 'stalled',
	word: 'STALLED',
	tone: 'bad',
	updated: 1,
	ready: 2,
	why: "pay-7c9d5f8b6d-x2x7k can't pull image example/pay:v9: not found",
} as const;

const view: WorkloadListView = {
	context: 'prod-eu',
	namespace: 'web',
	asked: '',
	rows: [row('pay', {...stalled, keeper: 'Argo CD shop'}), row('kubia', rolling), row('api'), row('db', {kind: 'StatefulSet', target: 'sts/db'}), row('shop')],
	counts: [
		{word: 'stalled', tone: 'bad', count: 1},
		{word: 'progressing', tone: 'change', count: 1},
		{word: 'complete', tone: 'good', count: 3},
	],
	connection: {kind: 'live', text: 'LIVE'},
	remarks: [],
};

function published<T>(first: T) {
	const listeners = new Set<() => void>();
	let current = first;
	return {
		store: {
			snapshot: () => current,
			subscribe(listener: () => void) {
				listeners.add(listener);
				return () => listeners.delete(listener);
			},
		},
		async publish(next: T) {
			current = next;
			for (const listener of listeners) listener();
			await settled();
		},
	};
}

function openList(first: WorkloadListView, columns = 80, rows = 16) {
	const terminal = new TestTerminal(columns, rows);
	const keyboard = new TestKeyboard();
	const stop = new AbortController();
	const list = published(first);
	const stage = published<Stage>({remark: undefined, opened: undefined});
	const opened: string[] = [];
	const theme = createTheme({color: true, ascii: false, motion: false});
	const ended = runList({
		list: list.store,
		stage: stage.store,
		onOpen: ({target}) => opened.push(target),
		yes: false,
		stdin: asStdin(keyboard),
		stdout: asTerminal(terminal),
		theme,
		signal: stop.signal,
	});
	return {terminal, keyboard, ended, opened, publish: list.publish, show: stage.publish, frame: () => terminal.frame(), stop: () => stop.abort()};
}

describe('the list of workloads', () => {
	it.each([
		[120, 34],
		[80, 24],
		[80, 16],
		[40, 10],
	])('looks the same as in its file at %i×%i', async (columns, rows) => {
		const list = openList(view, columns, rows);
		await expect(`${await list.frame()}\n`).toMatchFileSnapshot(`../frames/workload-list-${columns}x${rows}.txt`);
		list.stop();
		expect(await list.ended).toBe('aborted');
		expect(await list.terminal.isAlternate()).toBe(false);
	});

	it('opens the marked one', async () => {
		const list = openList(view);
		await list.frame();
		await list.keyboard.type('j');
		await list.keyboard.type(key.enter);
		expect(list.opened).toEqual(['deploy/kubia']);
		list.stop();
		await list.ended;
	});

	it('says that keys that came at once did nothing', async () => {
		const list = openList(view, 40, 10);
		await list.frame();
		await list.keyboard.type('jq');
		expect(await list.frame()).toContain('keys came at once: press one by one');
		await list.keyboard.type('j');
		expect(await list.frame()).not.toContain('keys came at once');
		await list.keyboard.type(key.enter);
		expect(list.opened).toEqual(['deploy/kubia']);
		list.stop();
		await list.ended;
	});

	it('is where Esc leads from a screen that was opened from it, once nothing else is open there', async () => {
		let left = 0;
		const screen = openScreen(blocked, {ports: {toList: () => (left += 1)}});
		await screen.frame();
		await screen.keyboard.type('?');
		await screen.keyboard.type(key.escape);
		await settled();
		expect(left).toBe(0);
		await screen.keyboard.type(key.escape);
		await expect.poll(() => left).toBe(1);
		await screen.close();
	});

	it('says why one could not be opened', async () => {
		const list = openList(view);
		await list.show({remark: {tone: 'bad', text: 'deploy/kubia: forbidden'}, opened: undefined});
		expect(await list.frame()).toContain('✖ deploy/kubia: forbidden');
		list.stop();
		await list.ended;
	});

	it('keeps its mark on the workload when another one jumps above it, and goes on where it stood when it is gone', async () => {
		const list = openList(view);
		await list.frame();
		await list.keyboard.type('j');
		await list.keyboard.type('j');
		await list.publish({...view, rows: [row('new', stalled), ...view.rows]});
		expect(await list.frame()).toMatch(/▶ deploy\/api/);
		await list.publish({...view, rows: view.rows.filter(({name}) => name !== 'api')});
		expect(await list.frame()).toMatch(/▶ sts\/db/);
		list.stop();
		await list.ended;
	});

	it('narrows by name, state and keeper', async () => {
		const list = openList(view);
		await list.frame();
		await list.keyboard.type('j');
		await list.keyboard.type('/');
		await list.keyboard.type('argo cd q');
		expect(await list.frame()).toContain('none matches');
		await list.keyboard.type(key.backspace);
		await list.keyboard.type(key.backspace);
		expect(await list.frame()).toContain('1 of 5');
		await list.keyboard.type(key.enter);
		await list.keyboard.type(key.enter);
		expect(list.opened).toEqual(['deploy/pay']);
		await list.keyboard.type(key.escape);
		await expect.poll(() => list.frame()).toContain('▶ deploy/kubia');
		list.stop();
		await list.ended;
	});

	it.each([
		['q', 'quit'],
		[key.ctrlC, 'interrupted'],
	])('ends without a choice (%j)', async (press, how) => {
		const list = openList(view);
		await list.frame();
		await list.keyboard.type(press);
		expect(await list.ended).toBe(how);
	});

	it('can be left with Ctrl-C while the filter is typed', async () => {
		const list = openList(view);
		await list.frame();
		await list.keyboard.type('/');
		await list.keyboard.type('q');
		await list.keyboard.type(key.ctrlC);
		expect(await list.ended).toBe('interrupted');
	});

	it('says that there is nothing, and why nothing is known', async () => {
		const lost = {kind: 'lost', text: 'LOST 3s ago, retrying'} as const;
		const list = openList({...view, rows: [], counts: [], connection: lost, remarks: [{tone: 'bad', text: 'deployments: LOST 3s ago: ECONNREFUSED'}]});
		expect(await list.frame()).toMatch(/LOST 3s ago[\s\S]*ECONNREFUSED/);
		await list.keyboard.type(key.enter);
		await list.publish({...view, rows: [], counts: []});
		expect(await list.frame()).toContain('There is no workload in namespace web.');
		await list.publish({...view, namespace: undefined, asked: '-l app=x', rows: [], counts: []});
		expect(await list.frame()).toContain('There is nothing for -l app=x in any namespace.');
		expect(list.opened).toEqual([]);
		list.stop();
		await list.ended;
	});

	it('shows its keys', async () => {
		const list = openList(view);
		await list.frame();
		await list.keyboard.type('?');
		expect(await list.frame()).toContain('Open the marked workload’s own screen');
		await list.keyboard.type('q');
		expect(await list.frame()).toContain('kubia');
		list.stop();
		await list.ended;
	});

	it('draws nothing when what is published looks the same, and little when one row changes', async () => {
		const rows = Array.from({length: 500}, (_, index) => row(`w${index}`));
		const list = openList({...view, rows}, 120, 34);
		await list.frame();
		const drawn = list.terminal.bytes.length;
		for (let time = 0; time < 50; time++) await list.publish({...view, rows: rows.map(one => (one.name === `w${400 + time}` ? {...one, ready: 2} : one))});
		expect(list.terminal.bytes.length).toBe(drawn);
		await list.publish({...view, rows: [row('w0', rolling), ...rows.slice(1)]});
		expect(list.terminal.bytes.length).toBe(drawn + 1);
		expect(list.terminal.bytes.at(-1)?.length).toBeLessThan(2048);
		list.stop();
		await list.ended;
	});

	it('fits every terminal', () => {
		const rows = Array.from({length: 300}, (_, index) =>
			row(`${'x'.repeat(index)}`, {...(index % 2 === 0 ? stalled : {}), keeper: index % 3 === 0 ? 'Helm release 世界' : ''}),
		);
		const remarks = [
			{tone: 'bad', text: `statefulsets: ${'forbidden '.repeat(30)}`},
			{tone: 'quiet', text: 'more'},
		] as const;
		const theme = createTheme({color: true, ascii: false});
		fc.assert(
			fc.property(
				fc.integer({min: 1, max: 250}),
				fc.integer({min: 1, max: 60}),
				fc.nat(299),
				fc.boolean(),
				fc.boolean(),
				(columns, height, index, filtering, isAll) => {
					const uid = rows[index]?.uid ?? '';
					const state = {...initialListUi, chosen: {uid, index}, filtering};
					const lines = listLines({...view, rows, remarks, namespace: isAll ? undefined : 'web'}, state, undefined, {columns, rows: height}, theme);
					expect(lines.length).toBeLessThanOrEqual(Math.max(1, height - 1));
					for (const line of lines) expect([lineText(line), lineWidth(line) <= columns]).toEqual([lineText(line), true]);
				},
			),
		);
	});
});
