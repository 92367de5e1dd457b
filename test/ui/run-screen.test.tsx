import {Text} from 'ink';
import {describe, expect, it, vi} from 'vitest';
import type {ScreenView} from '../../src/store/views.ts';
import {createTheme} from '../../src/ui/theme.ts';
import {openScreen} from './open-screen.ts';
import {renderOn} from './render-on.tsx';
import {key, settled} from './terminal.ts';
import {blocked, complete, entry, paused, revisions} from './views.ts';

it('moves on from where the list of revisions shows its mark, however soon the next arrow comes', async () => {
	const rows = [5, 4, 3, 2, 1].map(revision => ({...revisions[0], revision, current: revision === 5})) as unknown as typeof revisions;
	const screen = openScreen(blocked, {ports: {revisions: () => rows}});
	const marked = async () => /revision (\d)[ ,]/.exec((await screen.frame()).split('Go to which revision?')[1] ?? '')?.[1];
	await screen.frame();
	await screen.type('t');
	expect(await marked()).toBe('4');
	// Between two arrows the mark has moved on the screen, but the list has not heard of it everywhere.
	for (const [arrow, there] of [
		[key.down, '2'],
		[key.up, '4'],
	] as const) {
		void screen.keyboard.type(arrow);
		await Promise.resolve();
		await screen.keyboard.type(arrow);
		expect(await marked()).toBe(there);
	}
	await screen.close();
});

describe('the terminal', () => {
	it('is given back as it was', async () => {
		const screen = openScreen(blocked);
		await screen.frame();
		expect(await screen.terminal.isAlternate()).toBe(true);
		screen.abort();
		expect(await screen.ended).toBe('aborted');
		expect(await screen.terminal.isAlternate()).toBe(false);
		expect(await screen.terminal.ordinaryScreen()).toBe('');
		expect(screen.terminal.written.endsWith('\u001B[?2004l\u001B[?25h\u001B[?1049l')).toBe(true);
	});

	it('gives keys as they are pressed from the first frame on: one that still edits lines makes another key of Enter', async () => {
		const screen = openScreen(blocked);
		await screen.frame();
		expect(screen.rawModes[0]).toEqual({raw: true, writes: 0});
		await screen.close();
		expect(screen.rawModes.at(-1)?.raw).toBe(false);
	});

	it('is given back when a panel throws, and the error is told', async () => {
		const broken = {
			...blocked,
			get pods(): never {
				throw new Error('bug in a panel');
			},
		} as ScreenView;
		const screen = openScreen(broken);
		await expect(screen.ended).rejects.toThrow('bug in a panel');
		expect(await screen.terminal.isAlternate()).toBe(false);
	});

	it('is given back when the process exits in the middle', async () => {
		const screen = openScreen(blocked);
		await screen.frame();
		const listener = process.listeners('exit').at(-1) as () => void;
		listener();
		expect(await screen.terminal.isAlternate()).toBe(false);
		await screen.close();
	});

	it('ends the screen when it goes away', async () => {
		const screen = openScreen(blocked);
		await screen.frame();
		screen.terminal.emit('error', new Error('write EIO'));
		expect(await screen.ended).toBe('aborted');
	});

	it('never has its scrollback wiped, however it is resized', async () => {
		const screen = openScreen(blocked, {columns: 120, rows: 34});
		await screen.frame();
		for (const [columns, rows] of [
			[80, 24],
			[40, 10],
			[200, 60],
			[120, 12],
			[20, 5],
			[1, 1],
			[120, 34],
		] as const) {
			screen.terminal.resizeTo(columns, rows);
			await expect.poll(async () => (await screen.terminal.lines()).length).toBeLessThanOrEqual(Math.max(1, rows - 1));
		}
		expect(screen.terminal.written).not.toContain('\u001B[3J');
		const fresh = openScreen(blocked);
		await expect.poll(screen.frame).toBe(await fresh.frame());
		await screen.close();
		await fresh.close();
	});

	it('draws not each of many sizes, and the last of them in the end', async () => {
		const screen = openScreen(blocked);
		await screen.frame();
		const before = screen.terminal.bytes.length;
		for (let count = 0; count < 500; count++) screen.terminal.resizeTo(1 + ((count * 37) % 500), 1 + ((count * 13) % 200));
		screen.terminal.resizeTo(80, 24);
		const fresh = openScreen(blocked, {columns: 80, rows: 24});
		await expect.poll(screen.frame).toBe(await fresh.frame());
		expect(screen.terminal.bytes.length - before).toBeLessThan(20);
		await screen.close();
		await fresh.close();
	});

	it('shows the dialog still after a resize', async () => {
		const screen = openScreen(blocked);
		await screen.type('u');
		screen.terminal.resizeTo(80, 24);
		expect(await screen.frame()).toContain('Send it?');
		await screen.close();
	});
});

describe('frames', () => {
	const tick = (view: ScreenView, seconds: number): ScreenView => ({
		...view,
		header: {...view.header, clock: {...view.header.clock, at: view.header.clock.at + seconds * 1000}, heardSecondsAgo: 20 + (seconds % 10)},
	});

	it('are not drawn while nothing visible changes', async () => {
		const screen = openScreen(complete);
		await screen.frame();
		const before = screen.terminal.bytes.length;
		for (let second = 1; second <= 9; second++) await screen.publish(tick(complete, second));
		expect(screen.terminal.bytes.length - before).toBe(0);
		await screen.close();
	});

	it('cost at most 2 kB when one pod changes', async () => {
		const screen = openScreen(blocked);
		await screen.frame();
		const before = screen.terminal.written.length;
		const [first, ...rest] = blocked.pods;
		if (first === undefined || blocked.rollout === undefined) throw new Error('no pod');
		await screen.publish({
			...blocked,
			pods: [{...first, ready: '1/1', tone: 'good'}, ...rest],
			rollout: {...blocked.rollout, elapsed: '1m43s', lanes: blocked.rollout.lanes.map(lane => ({...lane, text: lane.text.replace('0 ready', '1 ready')}))},
			replicaSets: blocked.replicaSets.map(set => (set.revision === 3 ? {...set, ready: 1} : set)),
			timeline: [entry(0, 'ready', 'good', 'became ready', first.name), ...blocked.timeline],
		});
		const bytes = Buffer.byteLength(screen.terminal.written.slice(before));
		expect(bytes).toBeGreaterThan(100);
		expect(bytes).toBeLessThanOrEqual(2048);
		await screen.close();
	});

	it('write only what differs', async () => {
		const screen = openScreen(blocked);
		await screen.frame();
		const before = screen.terminal.bytes.length;
		await screen.publish({...blocked, header: {...blocked.header, clock: {...blocked.header.clock, at: blocked.header.clock.at + 1000}}});
		const written = screen.terminal.bytes.slice(before).join('');
		expect(written.match(/\u001B\[[\d;]+H/g)).toHaveLength(1);
		expect(written.startsWith('\u001B[?2026h')).toBe(true);
		expect(written.endsWith('\u001B[?2026l')).toBe(true);
		await screen.close();
	});

	it('turn the spinner only while something moves, and slowly', async () => {
		vi.useFakeTimers({toFake: ['setInterval', 'clearInterval']});
		try {
			const screen = openScreen(blocked, {theme: createTheme({color: true, ascii: false})});
			await screen.frame();
			const before = screen.terminal.bytes.length;
			await vi.advanceTimersByTimeAsync(4000);
			expect(screen.terminal.bytes.length - before).toBeLessThanOrEqual(10);
			expect(screen.terminal.bytes.length - before).toBeGreaterThan(0);
			await screen.publish(paused);
			const still = screen.terminal.bytes.length;
			await vi.advanceTimersByTimeAsync(4000);
			await settled();
			expect(screen.terminal.bytes.length).toBe(still);
			await screen.close();
		} finally {
			vi.useRealTimers();
		}
	});
});

describe('renderOn', () => {
	it('shows any element on a terminal of a size', async () => {
		const rendered = renderOn({columns: 20, rows: 4}, <Text>hello</Text>);
		expect(await rendered.frame()).toBe('hello');
		await rendered.keyboard.type(key.ctrlC);
		await rendered.close();
	});
});
