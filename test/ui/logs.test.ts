import {describe, expect, it} from 'vitest';
import {appendLog} from '../../src/domain/log/log-buffer.ts';
import type {LogFeed} from '../../src/store/log-feed.ts';
import type {ScreenPorts} from '../../src/ui/ports.ts';
import {podFeed, revisionFeed} from './log-feeds.ts';
import {openScreen} from './open-screen.ts';
import {key, settled} from './terminal.ts';
import {blocked} from './views.ts';

/** A log that goes on while it is on the screen. */
function growing(first: LogFeed) {
	let feed = first;
	const listeners = new Set<() => void>();
	const calls: string[] = [];
	const logs: ScreenPorts['logs'] = {
		open: wish => calls.push(`open ${wish.container ?? 'any'}${wish.previous ? ' previous' : ''}`),
		close: () => calls.push('close'),
		feed: {
			snapshot: () => feed,
			subscribe(listener) {
				listeners.add(listener);
				return () => listeners.delete(listener);
			},
		},
		ofRevision: (uid, workload) => ({kind: 'revision', replicaSetUid: `${uid} ${workload}`, revision: 3}),
	};
	return {
		logs,
		calls,
		async add(text: string, count = 1) {
			const at = (feed.buffer.entries.at(-1)?.at ?? 0) + 1;
			const more = Array.from({length: count}, () => ({stream: 0, at, kind: 'line' as const, text}));
			feed = {...feed, buffer: appendLog(feed.buffer, more)};
			for (const listener of listeners) listener();
			await settled();
		},
	};
}

async function opened(first: LogFeed = podFeed, keys: readonly string[] = ['l'], columns = 80, rows = 24) {
	const log = growing(first);
	const screen = openScreen(blocked, {columns, rows, ports: {logs: log.logs}});
	for (const one of keys) await screen.type(one);
	const rowsOf = async () => (await screen.frame()).split('\n');
	return {
		...screen,
		...log,
		rowsOf,
		last: async () => (await rowsOf()).at(-3)?.trim(),
		right: async () => (await rowsOf()).find(row => row.includes('Logs ·')),
	};
}

describe('the log on the screen', () => {
	it('follows the newest line', async () => {
		const {add, last, right, close} = await opened();
		await add('something new');
		expect(await last()).toBe('something new');
		expect(await right()).toMatch(/following$/);
		await close();
	});

	it('stands still while somebody reads further up, and follows again at the end', async () => {
		const {add, frame, right, type, last, close} = await opened();
		await type(key.up);
		const before = (await frame()).split('\n').slice(4, -2);
		await add('something new');
		expect((await frame()).split('\n').slice(4, -2)).toEqual(before);
		expect(await right()).toContain('2 below (G)');
		await type('G');
		expect(await last()).toBe('something new');
		await close();
	});

	it('stands still, and not, by f', async () => {
		const {add, last, type, close} = await opened();
		await type('f');
		await add('unseen');
		expect(await last()).toBe('Kubia server starting...');
		await type('f');
		expect(await last()).toBe('unseen');
		await close();
	});

	it('goes from match to match and says which it is, until the search is cleared', async () => {
		const {rowsOf, type, calls, close} = await opened();
		for (const one of ['/', 'SOCKET']) await type(one);
		expect((await rowsOf()).at(-2)).toContain('not found');
		for (const one of [key.escape, '/', 'emit', key.enter]) await type(one);
		expect((await rowsOf()).at(-2)).toContain('“emit” 8 of 8');
		await type('N');
		expect((await rowsOf()).at(-2)).toContain('7 of 8');
		await type('n');
		await type('n');
		expect((await rowsOf()).at(-2)).toContain('1 of 8');
		await type(key.escape);
		expect((await rowsOf()).at(-2)).not.toContain('emit');
		expect(calls).toEqual(['open any']);
		await type(key.escape);
		expect(calls).toEqual(['open any', 'close']);
		await close();
	});

	it('takes letters for text while they are looked for, also those that are keys', async () => {
		const {rowsOf, type, calls, close} = await opened();
		for (const one of ['/', 'q', 'p', 'u']) await type(one);
		expect((await rowsOf()).at(-2)).toContain('/ qpu');
		expect(calls).toEqual(['open any']);
		await close();
	});

	it('reads another run or container with streams of its own, and ends those before', async () => {
		const {type, calls, close} = await opened(revisionFeed, ['L']);
		for (const one of ['c', 'p', 'p']) await type(one);
		expect(calls).toEqual(['open any', 'close', 'open proxy', 'close', 'open proxy previous', 'close', 'open proxy']);
		await type('q');
		expect(calls.at(-1)).toBe('close');
		await close();
	});

	it('ends its streams when the screen ends', async () => {
		const {calls, close} = await opened();
		await close();
		expect(calls).toEqual(['open any', 'close']);
	});

	it('draws nothing anew for a flood that is out of sight but its count, and goes on hearing keys', async () => {
		const {add, type, frame, terminal, close} = await opened();
		await type('g');
		const before = terminal.written.length;
		await add('flood', 9_000);
		expect(terminal.written.length - before).toBeLessThan(600);
		await type('w');
		await type('t');
		expect(await frame()).toMatch(/14:03:00\.000 Kubia server starting/);
		await close();
	});

	it('says so where there is only one container', async () => {
		const {type, frame, close} = await opened();
		await type('c');
		expect(await frame()).toContain('there is only one container');
		await close();
	});
});
