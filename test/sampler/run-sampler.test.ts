import {describe, expect, it} from 'vitest';
import type {ProbeResult, Sample} from '../../src/domain/sample.ts';
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
