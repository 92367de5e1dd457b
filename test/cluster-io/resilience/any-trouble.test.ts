import {expect, test} from 'vitest';
import {randomFrom} from '../../random.mjs';
import type {Mood} from './model-server.ts';
import {createRig, type Rig} from './rig.ts';

const streams = 4;
const moods: readonly Mood[] = ['well', 'breaking', 'expiring', 'refusing', 'silent', 'html', 'truncating', 429, 500, 503, 401];

/** One thing that goes wrong, or goes on. */
function happen({server, seen, time}: Rig, random: () => number, isLarge: boolean): void {
	const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
	const write = () => {
		const manner = pick(['plain', 'plain', 'twice', 'stale'] as const);
		server.write(pick(seen).path, `pod-${Math.floor(random() * 6)}`, random() < 0.25, manner);
	};
	pick([
		write,
		write,
		write,
		write,
		() => server.breakWatches(pick(['reset', 'end', 'half', 'expire']), pick([1, 2, streams])),
		() => server.killWatches(pick([1, streams])),
		() => server.compact(),
		() => server.bookmark(),
		() => {
			server.mood = pick(moods);
		},
		() => server.resume(),
		() => time.setClock(pick([-3_600_000, 3_600_000])),
		// A large collection is only listed again after a server that was seen to be gone, which is what a restored one is for a while.
		() => (isLarge ? undefined : server.goBack(pick([1, 5, 20]))),
	])();
}

/** The most requests of any path within 10 s, from what was asked at which uptime. */
function densest(asked: readonly {readonly path: string; readonly at: number}[]): number {
	const counts = asked.map(({path, at}) => asked.filter(other => other.path === path && other.at >= at && other.at < at + 10_000).length);
	return Math.max(0, ...counts);
}

/** Two minutes of trouble, then ten seconds of a sound server. */
async function liveThrough(seed: number): Promise<void> {
	const random = randomFrom(seed);
	const isLarge = seed % 2 === 0;
	const rig = await createRig(streams, random, isLarge ? {pageSize: -1} : {});
	const {server, seen, time} = rig;
	const asked: {path: string; at: number}[] = [];
	let known = server.requests.length;
	const note = () => {
		if (server.mood === 'well') known = server.requests.length;
		for (; known < server.requests.length; known += 1) asked.push({path: server.requests[known] ?? '', at: time.policy.uptime()});
	};
	for (let second = 0; second < 120; second += 1) {
		if (random() < 0.4) happen(rig, random, isLarge);
		await rig.pass(1_000, note);
	}
	server.resume();
	// Connections that died alone are found when others have news; see the tests of that.
	server.breakWatches('reset', 1);
	await rig.pass(10_000);
	expect(seen.map(({conditions}) => conditions.at(-1)?.kind)).toEqual(seen.map(() => 'live'));
	for (const {path, versions} of seen) expect(versions()).toEqual(server.truth(path));
	// A try is a list and a watch; one trouble after the other may let a stream begin again with short waits.
	expect(densest(asked)).toBeLessThanOrEqual(12);
	expect(await rig.stop()).toEqual({timers: 0, listeners: 0, watches: 0});
}

test('whatever goes wrong, ten seconds after its end all is as a fresh list has it, nobody was asked too often and nothing is left behind', async () => {
	const first = Number(process.env.SEED ?? Date.now() % 1_000_000);
	const rounds = Number(process.env.ROUNDS ?? 24);
	console.log(`seed ${first}`);
	for (let seed = first; seed < first + rounds; seed += 1) {
		await liveThrough(seed).catch(error => {
			throw new Error(`seed ${seed}`, {cause: error});
		});
	}
});
