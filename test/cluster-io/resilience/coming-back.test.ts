import {expect, test} from 'vitest';
import {createLine} from '../../../src/cluster/informer/line.ts';
import {defaultPolicy, type InformerPolicy} from '../../../src/cluster/informer/policy.ts';
import {cleanup} from '../harness/cleanup.ts';
import {createTestTime} from '../harness/test-time.ts';
import {createRig, type Rig} from './rig.ts';

async function rigOf(streams: number, policy: Partial<InformerPolicy> = {}): Promise<Rig> {
	const rig = await createRig(streams, () => 0, policy);
	cleanup(async () => expect(await rig.stop()).toEqual({timers: 0, listeners: 0, watches: 0}));
	for (const {path} of rig.seen) rig.server.write(path, 'pod-a', false);
	await rig.pass(250);
	return rig;
}

const kinds = ({seen}: Rig) => seen.map(({conditions}) => conditions.at(-1)?.kind);
const isTrue = ({seen, server}: Rig) => seen.every(({versions, path}) => JSON.stringify([...versions()]) === JSON.stringify([...server.truth(path)]));
const countOf = ({server}: Rig, path: string) => server.requests.filter(asked => asked === path).length;

/** s until it is so, at most `most`. */
async function secondsUntil(rig: Rig, isSo: () => boolean, most: number): Promise<number> {
	for (let quarters = 0; quarters <= most * 4; quarters += 1) {
		if (isSo()) return quarters / 4;
		await rig.pass(250);
	}
	return Number.POSITIVE_INFINITY;
}

test('asks whether the server is there when nothing is heard, 15 times a minute, and nothing else', async () => {
	const rig = await rigOf(8);
	await rig.pass(20_000);
	const before = rig.server.requests.length;
	for (let minute = 0; minute < 10; minute += 1) {
		await rig.pass(60_000);
		rig.server.bookmark();
	}
	const asked = rig.server.requests.slice(before);
	expect(new Set(asked)).toEqual(new Set(['/version']));
	expect(asked.length).toBeLessThanOrEqual(150);
	expect(asked.length).toBeGreaterThan(100);
	expect(rig.seen.map(({conditions}) => conditions.length)).toEqual(rig.seen.map(() => 2));
});

test('asks nothing while something is heard', async () => {
	const rig = await rigOf(1);
	await rig.pass(30_000, () => rig.server.write(rig.seen[0]?.path ?? '', 'pod-a', false));
	expect(countOf(rig, '/version')).toBe(0);
});

test('says within ten seconds that a hung server is lost, and is back within five of its return, though the old connections stay dead', async () => {
	const rig = await rigOf(4);
	rig.server.killWatches(4);
	rig.server.mood = 'silent';
	expect(await secondsUntil(rig, () => kinds(rig).every(kind => kind === 'lost'), 10)).toBeLessThanOrEqual(9);
	expect(rig.seen[0]?.conditions.at(-1)).toMatchObject({reason: expect.stringMatching(/^no word from the API server for [78] s$/)});
	await rig.pass(120_000);
	for (const {path} of rig.seen) rig.server.write(path, 'pod-b', false);
	rig.server.resume();
	expect(await secondsUntil(rig, () => kinds(rig).every(kind => kind === 'live') && isTrue(rig), 10)).toBeLessThanOrEqual(5);
});

test('comes back together as soon as a server that refused connections takes them again', async () => {
	const rig = await rigOf(8);
	rig.server.mood = 'refusing';
	rig.server.breakWatches('reset');
	const before = rig.server.requests.length;
	await rig.pass(600_000);
	for (const {path} of rig.seen) expect(rig.server.requests.slice(before).filter(asked => asked === path).length).toBeLessThan(200);
	rig.server.mood = 'well';
	expect(await secondsUntil(rig, () => kinds(rig).every(kind => kind === 'live') && isTrue(rig), 10)).toBeLessThanOrEqual(4);
});

test('finds a connection that died alone when another one breaks', async () => {
	const rig = await rigOf(3);
	rig.server.killWatches(1);
	rig.server.write(rig.seen[0]?.path ?? '', 'pod-b', false);
	await rig.pass(4_000);
	expect(isTrue(rig)).toBe(false);
	rig.server.breakWatches('reset', 2);
	expect(await secondsUntil(rig, () => isTrue(rig), 10)).toBeLessThanOrEqual(3);
});

test('finds a connection that died alone while others have news, and leaves one that has nothing to say more and more in peace', async () => {
	const rig = await rigOf(2);
	const [quiet, busy] = rig.seen.map(({path}) => path);
	for (let minute = 0; minute < 10; minute += 1) {
		await rig.pass(60_000, () => rig.server.write(busy ?? '', 'pod-a', false));
		rig.server.bookmark();
	}
	// A list of nothing and a watch each after 8, 16 and 32 s, after the list and watch of the beginning; then 32 s after each bookmark.
	expect(countOf(rig, quiet ?? '')).toBe(2 + 2 * (3 + 9));
	rig.server.write(quiet ?? '', 'pod-b', false);
	await rig.pass(250);
	rig.server.killWatches(1);
	rig.server.write(quiet ?? '', 'pod-c', false);
	await rig.pass(10_000, () => rig.server.write(busy ?? '', 'pod-a', false));
	expect(rig.seen[0]?.pods.size).toBe(3);
	expect(rig.seen[0]?.conditions.map(({kind}) => kind)).toEqual(['syncing', 'live']);
});

test('finds a connection that died alone in the middle of a short burst of news, after which all is quiet', async () => {
	const rig = await rigOf(3);
	const [dead = '', ...others] = rig.seen.map(({path}) => path);
	await rig.pass(30_000);
	for (const {path} of rig.seen) rig.server.write(path, 'pod-b', false);
	await rig.pass(250);
	rig.server.killWatchesOf(dead);
	rig.server.write(dead, 'pod-c', false);
	await rig.pass(500);
	for (const path of others) rig.server.write(path, 'pod-c', false);
	expect(await secondsUntil(rig, () => isTrue(rig), 20)).toBeLessThanOrEqual(10);
	expect(kinds(rig)).toEqual(['live', 'live', 'live']);
});

test('finds a connection that died alone while the answers to others were none of the API server, and once more just after that', async () => {
	const rig = await rigOf(3);
	const [dead = '', ...others] = rig.seen.map(({path}) => path);
	await rig.pass(30_000);
	const secondsOf = async (round: number) => {
		// The others speak last: the one that does is asked again anyway.
		for (const path of [dead, ...others]) {
			rig.server.write(path, `pod-b${round}`, false);
			await rig.pass(250);
		}
		rig.server.killWatchesOf(dead);
		rig.server.mood = 'html';
		rig.server.endOthers(dead);
		rig.server.write(dead, `pod-c${round}`, false);
		await rig.pass(1_500);
		rig.server.mood = 'well';
		const seconds = await secondsUntil(rig, () => isTrue(rig) && kinds(rig).every(kind => kind === 'live'), 20);
		const before = rig.server.requests.length;
		await rig.pass(1_000);
		// Each has proved by now that it lives.
		expect(rig.server.requests.slice(before).filter(path => path !== '/version')).toEqual([]);
		return seconds;
	};
	expect(await secondsOf(1)).toBeLessThanOrEqual(5);
	expect(await secondsOf(2)).toBeLessThanOrEqual(9);
});

test('finds out that all connections died at once while new ones work, as behind another load balancer', async () => {
	const rig = await rigOf(4);
	rig.server.killWatches(4);
	await rig.pass(1_000);
	for (const {path} of rig.seen) rig.server.write(path, 'pod-b', false);
	expect(await secondsUntil(rig, () => isTrue(rig), 20)).toBeLessThanOrEqual(10);
	expect(kinds(rig)).toEqual(['live', 'live', 'live', 'live']);
});

test('has one stream prove that there is no more news when all fall silent, once', async () => {
	const rig = await rigOf(4);
	const before = rig.server.requests.length;
	await rig.pass(60_000);
	expect(rig.server.requests.slice(before).filter(path => path !== '/version')).toEqual([rig.seen[0]?.path, rig.seen[0]?.path]);
});

test('takes any answer as a sign of life, and is not alarmed for long by one that says no', async () => {
	const rig = await rigOf(2);
	await rig.pass(20_000);
	const before = rig.server.requests.length;
	rig.server.versionStatus = 503;
	await rig.pass(60_000);
	const asked = rig.server.requests.slice(before).filter(path => path !== '/version');
	// Each stream proves once that it lives.
	expect(asked).toHaveLength(4);
	rig.server.bookmark();
	rig.server.versionStatus = 403;
	await rig.pass(60_000);
	expect(rig.seen.map(({conditions}) => conditions.map(({kind}) => kind))).toEqual([
		['syncing', 'live'],
		['syncing', 'live'],
	]);
});

test.each([-3_600_000, 3_600_000])('does not mind a clock that is put by %i ms: it asks at once whether all is well, and all is', async ms => {
	const rig = await rigOf(2);
	await rig.pass(1_000);
	rig.time.setClock(ms);
	await rig.pass(1_250);
	expect(countOf(rig, '/version')).toBe(1);
	rig.server.write(rig.seen[0]?.path ?? '', 'pod-b', false);
	await rig.pass(60_000);
	rig.server.bookmark();
	await rig.pass(60_000);
	expect(isTrue(rig)).toBe(true);
	expect(rig.seen.map(({conditions}) => conditions.length)).toEqual([2, 2]);
});

test('is true again within ten seconds after the machine slept, with all its connections dead', async () => {
	const rig = await rigOf(3);
	rig.server.killWatches(3);
	for (const {path} of rig.seen) rig.server.write(path, 'pod-b', false);
	rig.time.pass(600_000);
	expect(await secondsUntil(rig, () => kinds(rig).every(kind => kind === 'live') && isTrue(rig), 10)).toBeLessThanOrEqual(5);
});

test('waits no second time when the version that a lost stream wants to go on from is there no more', async () => {
	const rig = await rigOf(1, {pageSize: -1});
	const [path = ''] = rig.seen.map(seen => seen.path);
	rig.server.breakWatches('expire');
	await rig.pass(30_000);
	rig.server.breakWatches('reset');
	rig.server.write(path, 'pod-b', false);
	rig.server.compact();
	await rig.pass(10_000);
	expect(isTrue(rig)).toBe(true);
	expect(rig.seen[0]?.conditions.map(({kind}) => kind)).toEqual(['syncing', 'live', 'syncing', 'live', 'lost', 'live', 'syncing', 'live']);
});

test('forgets what never was when the server went back to an older state', async () => {
	const rig = await rigOf(2);
	for (let write = 0; write < 10; write += 1) rig.server.write(rig.seen[0]?.path ?? '', `pod-${write}`, false);
	await rig.pass(1_000);
	rig.server.mood = 'refusing';
	rig.server.goBack(8);
	await rig.pass(5_000);
	rig.server.mood = 'well';
	expect(await secondsUntil(rig, () => kinds(rig).every(kind => kind === 'live') && isTrue(rig), 10)).toBeLessThanOrEqual(5);
	expect(rig.seen[0]?.pods.size).toBe(3);
});

test('waits for nothing more when it was ended before the wait began', async () => {
	const policy = {...defaultPolicy, ...createTestTime().policy};
	const {server} = await rigOf(1);
	expect(await createLine(server, policy, AbortSignal.abort()).nap(60_000)).toBe(false);
});
