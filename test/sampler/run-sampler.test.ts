import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {ProbeResult, Sample} from '../../src/domain/sample.ts';
import {type Budget, createBudget} from '../../src/sampler/budget.ts';
import type {OnPaced} from '../../src/sampler/pacer.ts';
import {createProbe} from '../../src/sampler/probe.ts';
import {runSampler} from '../../src/sampler/run-sampler.ts';
import {httpServer, silentServer, until} from './servers.ts';
import {simulatedTime} from './simulated-time.ts';

function recognise({at, latencyMs}: ProbeResult): Sample {
	return {at, latencyMs, outcome: {kind: 'unrecognised', status: 200}, podName: undefined, ownerUid: undefined};
}

/** Runs the loop in a time of its own: probes block the process for what `takesMs` says, sleeps what they are told plus `lateMs`. Gives the times at which probes began. */
async function beginnings(
	intervalMs: number,
	takesMs: (probe: number) => number,
	count: number,
	lateMs = 0,
	onPaced: OnPaced = () => {},
): Promise<readonly number[]> {
	let now = 1000;
	const begun: number[] = [];
	const stop = new AbortController();
	await runSampler({
		probe: async () => {
			begun.push(now - 1000);
			now += takesMs(begun.length - 1);
			if (begun.length === count) stop.abort();
			return {kind: 'failure', at: now, latencyMs: 0, reason: 'refused', detail: ''};
		},
		recognise,
		intervalMs,
		onSample: () => {},
		onPaced,
		signal: stop.signal,
		clock: () => now,
		sleep: async ms => {
			now += ms === 0 ? 0 : ms + lateMs;
		},
	});
	return begun;
}

describe('the grid', () => {
	it('is kept although the process is busy and timers are late', async () => {
		expect(await beginnings(1000, () => 300, 5, 2)).toEqual([0, 1002, 2002, 3002, 4002]);
	});

	it('does not drift in an hour', async () => {
		const begun = await beginnings(1000, probe => (probe * 37) % 400, 3600, 3);
		expect(Math.max(...begun.map((at, index) => at - index * 1000))).toBeLessThanOrEqual(3);
	});

	it('goes on at once after a stall of more than a slot, and leaves out the slots that it took', async () => {
		expect(await beginnings(1000, probe => (probe === 1 ? 3200 : 10), 5)).toEqual([0, 1000, 4200, 5000, 6000]);
	});

	it('neither makes up for ten minutes in which the process was stopped, nor calls the machine too busy', async () => {
		const told: unknown[] = [];
		const begun = await beginnings(
			1000,
			probe => (probe === 3 ? 600_000 : 10),
			20,
			0,
			(...pace) => told.push(pace),
		);
		expect(begun.slice(2, 7)).toEqual([2000, 3000, 603_000, 604_000, 605_000]);
		expect(told).toEqual([]);
	});

	it('makes up for late timers at short intervals', async () => {
		const begun = await beginnings(2, () => 0.5, 100, 1.2);
		expect(begun.at(-1)).toBeLessThan(99 * 2 + 2);
	});

	it('does not try to make up for a stall', async () => {
		const begun = await beginnings(2, probe => (probe === 1 ? 500 : 0), 20);
		expect(begun[2]).toBeGreaterThanOrEqual(502);
		expect(begun.at(-1)).toBeGreaterThan(502 + 30);
	});
});

describe('the loop', () => {
	it('never has more requests at once than it may', async () => {
		let running = 0;
		let most = 0;
		const stop = new AbortController();
		const samples: Sample[] = [];
		await runSampler({
			probe: async () => {
				running += 1;
				most = Math.max(most, running);
				await new Promise(resolve => setImmediate(resolve));
				running -= 1;
				return {kind: 'failure', at: 0, latencyMs: 7, reason: 'timeout', detail: ''};
			},
			recognise,
			intervalMs: 0,
			mostAtOnce: 1,
			onSample: sample => {
				samples.push(sample);
				if (samples.length === 50) stop.abort();
			},
			signal: stop.signal,
		});
		expect([most, samples.length, samples[0]?.latencyMs]).toEqual([1, 50, 7]);
	});

	it('ends all requests that are under way, and only then itself', async () => {
		const server = await silentServer();
		const stop = new AbortController();
		const samples: Sample[] = [];
		const probe = createProbe({url: server.url, timeoutMs: 60_000});
		const running = runSampler({probe: probe.send, recognise, intervalMs: 1, burst: 5, onSample: sample => samples.push(sample), signal: stop.signal});
		await until(() => server.open() === 64);
		stop.abort();
		await running;
		await until(() => server.open() === 0);
		expect(samples).toEqual([]);
		await probe.close();
	});

	it('fails with what breaks it, and leaves nothing under way', async () => {
		let running = 0;
		const probe = (signal: AbortSignal): Promise<ProbeResult> =>
			new Promise(resolve => {
				running += 1;
				const end = () => {
					running -= 1;
					resolve({kind: 'failure', at: 0, latencyMs: 0, reason: 'refused', detail: ''});
				};
				if (running === 3) end();
				else signal.addEventListener('abort', end, {once: true});
			});
		const onSample = () => {
			throw new Error('broken');
		};
		await expect(runSampler({probe, recognise, intervalMs: 1, onSample, signal: new AbortController().signal})).rejects.toThrow('broken');
		expect(running).toBe(0);
	});

	it('does nothing where it is stopped before it begins', async () => {
		const probe = () => Promise.reject(new Error('asked'));
		await runSampler({probe, recognise, intervalMs: 1, onSample: () => {}, signal: AbortSignal.abort()});
	});

	it('ends in the middle of a request, which is no sample then', async () => {
		const server = await httpServer(() => stop.abort());
		const stop = new AbortController();
		const samples: Sample[] = [];
		const probe = createProbe({url: server.url});
		await runSampler({probe: probe.send, recognise, intervalMs: 1, onSample: sample => samples.push(sample), signal: stop.signal});
		expect(samples).toEqual([]);
		await probe.close();
	});

	it('ends in the middle of a sleep', async () => {
		const stop = new AbortController();
		const samples: Sample[] = [];
		await runSampler({
			probe: async () => ({kind: 'failure', at: 0, latencyMs: 0, reason: 'refused', detail: ''}),
			recognise,
			intervalMs: 3_600_000,
			onSample: sample => {
				samples.push(sample);
				setImmediate(() => stop.abort());
			},
			signal: stop.signal,
		});
		expect(samples).toHaveLength(1);
	});

	it('leaves others their turn although the interval is nothing', async () => {
		const stop = new AbortController();
		setTimeout(() => stop.abort(), 5);
		await runSampler({
			probe: async () => ({kind: 'failure', at: 0, latencyMs: 0, reason: 'refused', detail: ''}),
			recognise,
			intervalMs: 0,
			onSample: () => {},
			signal: stop.signal,
		});
	});
});

type Reply = {readonly status: number | 'refused'; readonly takesMs: number};

/** A world of its own time: what is asked at a time gets the reply of that time. */
function world(reply: (at: number) => Reply) {
	const {clock, sleep, run: runTime} = simulatedTime();
	const begun: number[] = [];
	const answered: number[] = [];
	const paced: (readonly [number, number, string | undefined])[] = [];
	let running = 0;
	let most = 0;
	const probe = async (signal: AbortSignal): Promise<ProbeResult> => {
		const at = clock();
		const {status, takesMs} = reply(at);
		begun.push(at);
		running += 1;
		most = Math.max(most, running);
		await sleep(takesMs, signal);
		running -= 1;
		if (status === 'refused') return {kind: 'failure', at, latencyMs: takesMs, reason: 'refused', detail: ''};
		return {kind: 'answer', at, latencyMs: takesMs, answer: {status, headers: {'retry-after': '2'}, body: '', truncated: false}};
	};
	const judge = (result: ProbeResult): Sample => {
		const {at, latencyMs} = result;
		const isGood = result.kind === 'answer' && result.answer.status < 400;
		const outcome: Sample['outcome'] = isGood ? {kind: 'unrecognised', status: 200} : {kind: 'failure', reason: 'other', detail: ''};
		return {at, latencyMs, outcome, podName: undefined, ownerUid: undefined};
	};
	const run = async (intervalMs: number, untilMs: number, more: {burst?: number; budget?: Budget} = {}) => {
		const stop = new AbortController();
		const ended = runSampler({
			...more,
			probe,
			recognise: judge,
			intervalMs,
			onSample: ({at}) => answered.push(at),
			onPaced: (interval, reason) => paced.push([clock(), Math.round(interval), reason]),
			signal: stop.signal,
			clock,
			sleep,
		});
		await runTime(untilMs);
		stop.abort();
		await ended;
	};
	return {begun, answered, paced, run, most: () => most, running: () => running};
}

/** A target that answers well, in so many ms. */
const good = (takesMs = 1) => world(() => ({status: 200, takesMs}));
const waits = 'too many requests still wait for their answers';

describe('a slow target', () => {
	it('is asked as often as a fast one', async () => {
		const {begun, paced, most, run} = good(30);
		await run(10, 10_000);
		expect(begun).toEqual(Array.from({length: 1000}, (_, index) => index * 10));
		expect([most(), paced]).toEqual([3, []]);
	});

	it('is asked on while it hangs, so that its failures are as many as they should be', async () => {
		const {begun, answered, run} = world(at => (at < 3000 ? {status: 'refused', takesMs: 5000} : {status: 200, takesMs: 10}));
		await run(100, 9000);
		expect(begun).toHaveLength(90);
		expect(answered).toHaveLength(90);
		expect(answered.filter(at => at < 3000)).toHaveLength(30);
		// The answers come in their own order.
		expect(answered.slice(0, 2)).toEqual([3000, 3100]);
	});

	it('never has more than 64 requests to answer; what is left out is told, and when it is over', async () => {
		const {begun, most, paced, run} = world(at => ({status: 200, takesMs: at < 30_000 ? 2000 : 1}));
		await run(10, 60_000);
		expect(most()).toBe(64);
		// 64 in 2 s are 32 a second.
		expect(begun.filter(at => at < 30_000).length).toBeGreaterThan(30 * 30);
		const [first, ...later] = paced;
		expect(first?.[0]).toBe(5000);
		const told = paced.slice(0, -1);
		expect(told.map(([, , reason]) => reason)).toEqual(told.map(() => waits));
		expect(told.at(-1)?.[1]).toBeCloseTo(31, -1);
		expect(later.at(-1)?.slice(1)).toEqual([10, undefined]);
		// The first 64 were sent at once, so that the rate looked better at first.
		expect(later.length).toBeLessThanOrEqual(2);
	});

	it('gets a part of a burst where all would be too many', async () => {
		const {begun, most, paced, run} = good(3500);
		await run(1000, 20_000, {burst: 50});
		expect(most()).toBe(64);
		expect(begun.slice(0, 66).filter(at => at === 1000)).toHaveLength(14);
		expect(paced[0]?.[2]).toBe(waits);
		expect(paced[0]?.[1]).toBeGreaterThan(2000);
	});

	it('is asked in the grid whatever its answers take, or else it is told why not', async () => {
		const latencies = fc.array(fc.integer({min: 0, max: 6000}), {minLength: 1, maxLength: 20});
		const property = fc.asyncProperty(latencies, fc.integer({min: 5, max: 1000}), async (latency, intervalMs) => {
			const {begun, most, paced, running, run} = world(at => ({status: 200, takesMs: latency[Math.floor(at / 1000) % latency.length] ?? 0}));
			await run(intervalMs, 20_000);
			expect(begun.filter(at => at % intervalMs !== 0)).toEqual([]);
			expect(most()).toBeLessThanOrEqual(64);
			expect(running()).toBe(0);
			const times = paced.map(([at]) => at);
			expect(times.filter((at, index) => index > 0 && at - (times[index - 1] ?? 0) < 5000)).toEqual([]);
			const slots = Math.floor(20_000 / intervalMs) + 1;
			if (most() < 64) expect([begun.length >= slots - 1, paced]).toEqual([true, []]);
		});
		await fc.assert(property, {numRuns: 20});
	});
});

describe('the pace', () => {
	it('slows down under 429, waits as long as it is asked to, and says so', async () => {
		const {begun, paced, run} = world(at => ({status: at < 1000 ? 429 : 200, takesMs: 1}));
		await run(100, 3000);
		expect(begun.slice(0, 4)).toEqual([0, 2001, 2101, 2201]);
		expect(paced).toEqual([
			[1, 200, 'the target answers 429 Too Many Requests'],
			[2002, 100, undefined],
		]);
	});

	it('slows down when every request fails, and comes back at once with the first good answer', async () => {
		const {begun, paced, run} = world(at => ({status: at < 100_000 ? 'refused' : 200, takesMs: 1}));
		await run(100, 110_000);
		expect(paced.map(([, interval]) => interval)).toEqual([200, 400, 800, 1600, 3200, 5000, 100]);
		const firstGood = begun.find(at => at >= 100_000) ?? 0;
		expect(begun.filter(at => at > firstGood && at <= firstGood + 1000)).toHaveLength(10);
	});

	it('slows down as well when every request hangs, however many are under way', async () => {
		const {begun, paced, run} = world(() => ({status: 'refused', takesMs: 5000}));
		await run(10, 120_000);
		expect(paced[0]).toEqual([5000, expect.any(Number), waits]);
		expect(paced.some(([, , reason]) => reason === 'every request fails')).toBe(true);
		expect(begun.filter(at => at > 110_000).length).toBeLessThan(10);
	});
});

describe('bursts', () => {
	it('are so many requests at once at each beat', async () => {
		const {begun, run} = good();
		await run(1000, 3000, {burst: 3});
		expect(begun).toEqual([0, 0, 0, 1000, 1000, 1000, 2000, 2000, 2000]);
	});
});

describe('the budget', () => {
	it('makes bursts rarer that would be too many, and says so before the first', async () => {
		const {begun, paced, run} = good();
		await run(100, 1000, {burst: 50, budget: createBudget()});
		expect(begun).toHaveLength(4 * 50);
		expect(paced).toEqual([[0, 250, 'all targets together send 200 requests a second at most']]);
	});

	it('is shared by all targets, for as long as they run', async () => {
		const budget = createBudget();
		const other = budget.join(() => ({intervalMs: 5, perBeat: 1}));
		const first = good();
		await first.run(5, 1000, {budget});
		expect(first.begun).toHaveLength(100);
		expect(other.stretch()).toBe(1);
		other.leave();
		const alone = good();
		await alone.run(5, 1000, {budget});
		expect(alone.begun).toHaveLength(200);
		expect(alone.paced).toEqual([]);
	});
});
