import {describe, expect, it} from 'vitest';
import type {ProbeResult, Sample} from '../../src/domain/sample.ts';
import {type Budget, createBudget} from '../../src/sampler/budget.ts';
import {createProbe} from '../../src/sampler/probe.ts';
import {runSampler} from '../../src/sampler/run-sampler.ts';
import {httpServer} from './servers.ts';

function recognise({at, latencyMs}: ProbeResult): Sample {
	return {at, latencyMs, outcome: {kind: 'unrecognised', status: 200}, podName: undefined, ownerUid: undefined};
}

/** Runs the loop in a time of its own: probes take what `takesMs` says, sleeps what they are told plus `lateMs`. Gives the times at which probes began. */
async function beginnings(intervalMs: number, takesMs: (probe: number) => number, count: number, lateMs = 0): Promise<readonly number[]> {
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
		signal: stop.signal,
		clock: () => now,
		sleep: async ms => {
			now += ms === 0 ? 0 : ms + lateMs;
		},
	});
	return begun;
}

describe('the grid', () => {
	it('is kept although requests take time and timers are late', async () => {
		expect(await beginnings(1000, () => 300, 5, 2)).toEqual([0, 1002, 2002, 3002, 4002]);
	});

	it('does not drift in an hour', async () => {
		const begun = await beginnings(1000, probe => (probe * 37) % 400, 3600, 3);
		expect(Math.max(...begun.map((at, index) => at - index * 1000))).toBeLessThanOrEqual(3);
	});

	it('goes on at once after a request that took longer than a slot, and leaves out the slots that it took', async () => {
		expect(await beginnings(1000, probe => (probe === 1 ? 3200 : 10), 5)).toEqual([0, 1000, 4200, 5000, 6000]);
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
	it('never has two requests at once', async () => {
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
			onSample: sample => {
				samples.push(sample);
				if (samples.length === 50) stop.abort();
			},
			signal: stop.signal,
		});
		expect([most, samples.length, samples[0]?.latencyMs]).toEqual([1, 50, 7]);
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

/** A world of its own time: the target answers as `status` says, after `takesMs`. */
function world(status: (at: number) => number | 'refused', takesMs = 1) {
	let now = 0;
	const begun: number[] = [];
	const paced: (readonly [number, number, string | undefined])[] = [];
	const probe = async (): Promise<ProbeResult> => {
		const at = now;
		begun.push(at);
		const code = status(at);
		if (code === 'refused') return {kind: 'failure', at, latencyMs: takesMs, reason: 'refused', detail: ''};
		return {kind: 'answer', at, latencyMs: takesMs, answer: {status: code, headers: {'retry-after': '2'}, body: '', truncated: false}};
	};
	const judge = (result: ProbeResult): Sample => {
		const {at, latencyMs} = result;
		const isGood = result.kind === 'answer' && result.answer.status < 400;
		const outcome: Sample['outcome'] = isGood ? {kind: 'unrecognised', status: 200} : {kind: 'failure', reason: 'other', detail: ''};
		return {at, latencyMs, outcome, podName: undefined, ownerUid: undefined};
	};
	const run = async (intervalMs: number, untilMs: number, more: {burst?: number; budget?: Budget} = {}) => {
		const stop = new AbortController();
		await runSampler({
			...more,
			probe,
			recognise: judge,
			intervalMs,
			onSample: () => {},
			onPaced: (interval, reason) => paced.push([now, interval, reason]),
			signal: stop.signal,
			clock: () => now,
			sleep: async ms => {
				now += Math.max(ms, takesMs);
				if (now >= untilMs) stop.abort();
			},
		});
	};
	return {begun, paced, run};
}

describe('the pace', () => {
	it('slows down under 429, waits as long as it is asked to, and says so', async () => {
		const {begun, paced, run} = world(at => (at < 1000 ? 429 : 200));
		await run(100, 3000);
		expect(begun.slice(0, 4)).toEqual([0, 2000, 2100, 2200]);
		expect(paced).toEqual([
			[0, 200, 'the target answers 429 Too Many Requests'],
			[2000, 100, undefined],
		]);
	});

	it('slows down when every request fails, and comes back with the first good answer', async () => {
		const {begun, paced, run} = world(at => (at < 100_000 ? 'refused' : 200));
		await run(100, 110_000);
		expect(paced.map(([, interval]) => interval)).toEqual([200, 400, 800, 1600, 3200, 5000, 100]);
		expect(begun.at(-1)).toBeGreaterThan(109_800);
	});
});

describe('bursts', () => {
	it('are so many requests at once at each beat', async () => {
		const {begun, run} = world(() => 200);
		await run(1000, 3000, {burst: 3});
		expect(begun).toEqual([0, 0, 0, 1000, 1000, 1000, 2000, 2000, 2000]);
	});
});

describe('the budget', () => {
	it('makes bursts rarer that would be too many, and says so before the first', async () => {
		const {begun, paced, run} = world(() => 200);
		await run(100, 1000, {burst: 50, budget: createBudget()});
		expect(begun).toHaveLength(4 * 50);
		expect(paced).toEqual([[0, 250, 'all targets together send 200 requests a second at most']]);
	});

	it('is shared by all targets, for as long as they run', async () => {
		const budget = createBudget();
		const other = budget.join(() => ({intervalMs: 5, perBeat: 1}));
		const first = world(() => 200);
		await first.run(5, 1000, {budget});
		expect(first.begun).toHaveLength(100);
		expect(other.stretch()).toBe(1);
		other.leave();
		const alone = world(() => 200);
		await alone.run(5, 1000, {budget});
		expect(alone.begun).toHaveLength(200);
		expect(alone.paced).toEqual([]);
	});
});
