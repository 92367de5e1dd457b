import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {createWorkQueue, type WorkQueue} from '../../../src/demo/controllers/work-queue.ts';
import {createManualClock, type ManualClock} from '../manual-clock.ts';

let clock: ManualClock;
let queue: WorkQueue;
let worked: string[];
let results: Map<string, () => Promise<void>>;

beforeEach(() => {
	clock = createManualClock();
	worked = [];
	results = new Map();
	const sync = (key: string) => {
		worked.push(key);
		return results.get(key)?.() ?? Promise.resolve();
	};
	queue = createWorkQueue({clock, sync, workers: 2, maxRetries: 3});
});
afterEach(async () => {
	await queue.stop();
	expect(clock.pendingTimers()).toBe(0);
});

describe('a work queue', () => {
	test('begins when it is told to, and works on a key once however often it was added', async () => {
		for (const key of ['a', 'b', 'a', 'a']) queue.add(key);
		await clock.advance(0);
		expect(worked).toEqual([]);
		queue.start();
		await clock.advance(0);
		expect(worked).toEqual(['a', 'b']);
	});

	test('works on a key once more when it was added meanwhile, never twice at a time', async () => {
		let finish: () => void = () => undefined;
		results.set('a', () => new Promise(resolve => (finish = resolve)));
		queue.start();
		queue.add('a');
		await clock.advance(0);
		queue.add('a');
		queue.add('b');
		await clock.advance(0);
		expect(worked).toEqual(['a', 'b']);
		results.delete('a');
		finish();
		await clock.advance(0);
		expect(worked).toEqual(['a', 'b', 'a']);
	});

	test('does no more at a time than it has workers', async () => {
		const finish: (() => void)[] = [];
		for (const key of ['a', 'b', 'c']) results.set(key, () => new Promise(resolve => finish.push(resolve)));
		queue.start();
		for (const key of ['a', 'b', 'c']) queue.add(key);
		await clock.advance(0);
		expect(worked).toEqual(['a', 'b']);
		for (const end of finish) end();
		await clock.advance(0);
		expect(worked).toEqual(['a', 'b', 'c']);
		finish.at(-1)?.();
	});

	test('comes back to a key at the earliest of the times asked for', async () => {
		queue.start();
		queue.addAfter('a', 500);
		queue.addAfter('a', 200);
		queue.addAfter('a', 900);
		await clock.advance(199);
		expect(worked).toEqual([]);
		await clock.advance(1_000);
		expect(worked).toEqual(['a']);
	});

	test('tries what failed again after 5, 10, 20 ms, and then gives it up', async () => {
		results.set('a', () => Promise.reject(new Error('no')));
		queue.start();
		queue.add('a');
		const counts: number[] = [];
		for (const ms of [0, 4, 1, 9, 1, 19, 1, 100_000]) {
			await clock.advance(ms);
			counts.push(worked.length);
		}
		expect(counts).toEqual([1, 1, 2, 2, 3, 3, 4, 4]);
	});

	test('begins with short waits again after a success', async () => {
		let fails = true;
		results.set('a', () => (fails ? Promise.reject(new Error('no')) : Promise.resolve()));
		queue.start();
		queue.add('a');
		await clock.advance(6);
		fails = false;
		await clock.advance(20);
		fails = true;
		worked.length = 0;
		queue.add('a');
		await clock.advance(5);
		expect(worked).toEqual(['a', 'a']);
	});

	test('ends when the last worker is done, and does nothing afterwards', async () => {
		let finish: () => void = () => undefined;
		results.set('a', () => new Promise(resolve => (finish = resolve)));
		queue.start();
		queue.add('a');
		queue.addAfter('b', 10);
		await clock.advance(0);
		let isStopped = false;
		const stopped = queue.stop().then(() => (isStopped = true));
		queue.add('c');
		await clock.advance(100);
		expect([isStopped, worked]).toEqual([false, ['a']]);
		finish();
		await stopped;
	});
});

test('many keys that fail are tried again ten a second after the first hundred', async () => {
	let calls = 0;
	const failing = createWorkQueue({clock, workers: 500, sync: () => Promise.reject(new Error(`no ${calls++}`)), maxRetries: 1});
	failing.start();
	for (let key = 0; key < 200; key++) failing.add(`k${key}`);
	await clock.advance(6);
	expect(calls).toBe(300);
	await clock.advance(994);
	expect(calls).toBe(310);
	await failing.stop();
});
