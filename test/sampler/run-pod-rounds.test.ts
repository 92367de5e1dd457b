import {describe, expect, it} from 'vitest';
import type {ProbeResult, Sample} from '../../src/domain/sample.ts';
import {createBudget} from '../../src/sampler/budget.ts';
import {createProbe, type Probe} from '../../src/sampler/probe.ts';
import {type PodPlace, type PodRoundsOptions, runPodRounds} from '../../src/sampler/run-pod-rounds.ts';
import {httpServer, silentServer} from './servers.ts';

type Place = PodPlace & {readonly url?: string};

const recognise = ({at, latencyMs}: ProbeResult): Sample => ({
	at,
	latencyMs,
	outcome: {kind: 'unrecognised', status: 200},
	podName: undefined,
	ownerUid: undefined,
});

function places(count: number): readonly Place[] {
	return Array.from({length: count}, (_, index) => ({uid: `pod-${String(index).padStart(3, '0')}`, key: 'a'}));
}

type RoundsOptions = Partial<Omit<PodRoundsOptions<Place>, 'pods'>> & {
	readonly pods: (round: number) => readonly Place[];
	readonly hangs?: (uid: string) => boolean;
};

/** Rounds in a time of its own: a round takes no time, unless a pod hangs for ever. Stops before round number `rounds`. */
async function rounds(count: number, options: RoundsOptions) {
	const asked: string[][] = [[]];
	const log: string[] = [];
	let now = 0;
	let running = 0;
	let most = 0;
	const stop = new AbortController();
	const open = ({uid, key}: Place): Probe => {
		log.push(`open ${uid} ${key}`);
		return {
			async send(signal) {
				asked.at(-1)?.push(uid);
				running += 1;
				most = Math.max(most, running);
				if (options.hangs?.(uid) === true) await new Promise(resolve => signal.addEventListener('abort', resolve, {once: true}));
				else await new Promise(resolve => setImmediate(resolve));
				running -= 1;
				return {kind: 'failure', at: now, latencyMs: 0, reason: 'refused', detail: ''};
			},
			close: async () => void log.push(`close ${uid} ${key}`),
		};
	};
	const sampled: string[] = [];
	await runPodRounds<Place>({
		open,
		recognise,
		intervalMs: 1000,
		onSample: uid => sampled.push(uid),
		signal: stop.signal,
		clock: () => now,
		sleep: async ms => {
			// Long enough for all that answer.
			for (let turn = 0; turn < 20; turn += 1) await new Promise(resolve => setImmediate(resolve));
			now += ms;
			if (asked.length === count) stop.abort();
			else asked.push([]);
		},
		...options,
		pods: () => options.pods(asked.length - 1),
	});
	return {asked, sampled, log, most: () => most};
}

describe('a round', () => {
	it('asks every pod once, eight at most at a time', async () => {
		const pods = places(20);
		const {asked, sampled, most} = await rounds(2, {pods: () => pods});
		const uids = pods.map(({uid}) => uid);
		expect(asked.map(round => round.toSorted())).toEqual([uids, uids]);
		expect(sampled).toHaveLength(40);
		expect(most()).toBe(8);
	});

	it('asks 50 of more pods in turn, so that all have had theirs', async () => {
		const pods = places(120);
		const {asked} = await rounds(5, {pods: () => pods});
		expect(asked.map(({length}) => length)).toEqual([50, 50, 50, 50, 50]);
		const times = new Map<string, number>();
		for (const uid of asked.flat()) times.set(uid, (times.get(uid) ?? 0) + 1);
		expect(times.size).toBe(120);
		expect(new Set(times.values())).toEqual(new Set([2, 3]));
	});

	it('goes on without a pod that does not answer', async () => {
		const {asked} = await rounds(3, {pods: () => places(3), hangs: uid => uid === 'pod-001'});
		expect(asked).toEqual([
			['pod-000', 'pod-001', 'pod-002'],
			['pod-000', 'pod-002'],
			['pod-000', 'pod-002'],
		]);
	});
});

describe('rounds that have to wait', () => {
	it('for pods that hang are told after 5 s, with how often one really begins', async () => {
		const paced: (readonly [number, string | undefined])[] = [];
		const onPaced = (interval: number, reason: string | undefined) => paced.push([interval, reason]);
		await rounds(13, {pods: () => places(20), hangs: uid => uid < 'pod-008', onPaced});
		// The first round began, no other one could.
		expect(paced).toEqual([
			[5000, 'too many requests still wait for their answers'],
			[7500, 'too many requests still wait for their answers'],
		]);
	});

	it('are no news where one pod hangs and all others are asked', async () => {
		const paced: unknown[] = [];
		await rounds(13, {pods: () => places(3), hangs: uid => uid === 'pod-001', onPaced: (...pace) => paced.push(pace)});
		expect(paced).toEqual([]);
	});
});

describe('pods', () => {
	it('that come are asked, that go are not, and that have moved are asked at their new place', async () => {
		const [first, second, third] = places(3);
		if (first === undefined || second === undefined || third === undefined) throw new Error('no pods');
		const stages = [[first, second], [second, third], [{...second, key: 'b'}]];
		const {asked, log} = await rounds(3, {pods: round => stages[round] ?? []});
		expect(asked).toEqual([['pod-000', 'pod-001'], ['pod-001', 'pod-002'], ['pod-001']]);
		expect(log).toEqual([
			'open pod-000 a',
			'open pod-001 a',
			'close pod-000 a',
			'open pod-002 a',
			'close pod-002 a',
			'close pod-001 a',
			'open pod-001 b',
			'close pod-001 b',
		]);
	});
});

describe('many pods', () => {
	it('are asked less often than wished where that would be too much', async () => {
		const paced: unknown[] = [];
		const pods = places(60);
		await rounds(2, {pods: () => pods, intervalMs: 100, budget: createBudget(), onPaced: (...pace) => paced.push(pace)});
		expect(paced).toEqual([[250, 'all targets together send 200 requests a second at most']]);
	});
});

describe('real pods', () => {
	it('are told apart, and keep no connection when all has ended', async () => {
		const servers = await Promise.all(['v1', 'v2', 'v3'].map(version => httpServer((_request, response) => response.end(version))));
		const hanging = await silentServer();
		const pods = [...servers, hanging].map(({url}, index) => ({uid: `pod-${index}`, key: url, url}));
		const stop = new AbortController();
		const answers = new Map<string, Set<string>>();
		const counts = new Map<string, number>();
		await runPodRounds<Place>({
			pods: () => pods,
			open: ({url = ''}) => createProbe({url, timeoutMs: 60_000}),
			recognise(result, {uid}) {
				if (result.kind === 'answer') answers.set(uid, (answers.get(uid) ?? new Set()).add(result.answer.body));
				return recognise(result);
			},
			intervalMs: 1,
			onSample(uid) {
				counts.set(uid, (counts.get(uid) ?? 0) + 1);
				if ((counts.get('pod-0') ?? 0) >= 20) stop.abort();
			},
			signal: stop.signal,
		});
		expect(answers).toEqual(new Map([0, 1, 2].map(index => [`pod-${index}`, new Set([`v${index + 1}`])])));
		expect(hanging.connections()).toBe(1);
	});
});
