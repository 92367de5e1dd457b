import {beforeEach, describe, expect, test} from 'vitest';
import type {ProbeSpec} from '../../../src/demo/node/pod-spec.ts';
import type {ProbeResult} from '../../../src/demo/node/probe.ts';
import {type ProbeKind, Prober} from '../../../src/demo/node/prober.ts';
import {createManualClock, type ManualClock} from '../manual-clock.ts';

const success: ProbeResult = {kind: 'success'};
const failure: ProbeResult = {kind: 'failure', message: 'no'};
let clock: ManualClock;
let answer: ProbeResult;
let isDue: boolean;
let sentAt: number[];
let changes: string[];
let results: string[];

beforeEach(() => {
	clock = createManualClock();
	answer = success;
	isDue = true;
	sentAt = [];
	changes = [];
	results = [];
});

describe('the readiness of a container', () => {
	test('starts as not ready and is probed each period', async () => {
		const prober = observe({periodSeconds: 2});
		expect(prober.verdict).toBe('failure');
		await clock.advance(6_000);
		expect(sentAt).toEqual([2_000, 4_000, 6_000]);
		expect(changes).toEqual(['success']);
	});

	test('is probed at once when somebody reads that it is not ready, and the period counts from there', async () => {
		const prober = observe({periodSeconds: 10});
		await clock.advance(3_000);
		prober.trigger();
		await clock.advance(10_000);
		expect(sentAt).toEqual([3_000, 13_000]);
	});

	test('is not probed before its initial delay, even on a trigger', async () => {
		const prober = observe({periodSeconds: 1, initialDelaySeconds: 3});
		prober.trigger();
		await clock.advance(4_000);
		expect(sentAt).toEqual([3_000, 4_000]);
	});

	test('is not probed before it is its turn', async () => {
		isDue = false;
		observe({periodSeconds: 1});
		await clock.advance(3_000);
		isDue = true;
		await clock.advance(1_000);
		expect(sentAt).toEqual([4_000]);
	});

	test('flips only after so many equal results in a row', async () => {
		observe({periodSeconds: 1, failureThreshold: 3, successThreshold: 2});
		await clock.advance(2_000);
		expect(changes).toEqual(['success']);
		answer = failure;
		await clock.advance(2_000);
		answer = success;
		await clock.advance(1_000);
		answer = failure;
		await clock.advance(2_000);
		expect(changes).toEqual(['success']);
		await clock.advance(1_000);
		expect(changes).toEqual(['success', 'failure']);
	});

	test('does not change by a probe that could not be sent', async () => {
		observe({periodSeconds: 1});
		await clock.advance(1_000);
		answer = {kind: 'error', message: 'no such port'};
		await clock.advance(5_000);
		expect(changes).toEqual(['success']);
		expect(results).toHaveLength(6);
	});

	test("has the API server's defaults: every ten seconds, one success, three failures", async () => {
		observe({});
		await clock.advance(10_000);
		answer = failure;
		await clock.advance(30_000);
		expect(sentAt).toEqual([10_000, 20_000, 30_000, 40_000]);
		expect(changes).toEqual(['success', 'failure']);
		expect(results).toEqual(['success', 'failure', 'failure', 'failure']);
	});

	test('is lost with the run, and a result of the old run says nothing about the new one', async () => {
		let resolve: (result: ProbeResult) => void = () => undefined;
		const prober = observe({periodSeconds: 1}, 'readiness', () => new Promise(done => (resolve = done)));
		await clock.advance(1_000);
		prober.watch({startedAt: clock.now()});
		resolve(success);
		await clock.advance(0);
		expect(prober.verdict).toBe('failure');
		expect(changes).toEqual([]);
	});

	test('sends no probe without a run, nor after its end', async () => {
		const prober = observe({periodSeconds: 1});
		prober.watch(undefined);
		await clock.advance(3_000);
		expect(sentAt).toEqual([]);
		prober.watch({startedAt: clock.now()});
		prober.stop();
		await clock.advance(3_000);
		expect(sentAt).toEqual([]);
		expect(clock.pendingTimers()).toBe(0);
	});

	test('sends probes one after the other, however slow they are', async () => {
		let pending = 0;
		let most = 0;
		observe({periodSeconds: 1}, 'readiness', async () => {
			most = Math.max(most, ++pending);
			await new Promise<void>(done => clock.schedule(2_500, done));
			pending--;
			return success;
		});
		await clock.advance(10_000);
		expect(most).toBe(1);
		expect(sentAt).toEqual([1_000, 3_500, 6_000, 8_500]);
	});
});

describe('the life of a container', () => {
	test('is taken for granted until enough probes in a row have failed, then not probed again before the next run', async () => {
		const prober = observe({periodSeconds: 1, failureThreshold: 2}, 'liveness');
		expect(prober.verdict).toBe('success');
		answer = failure;
		await clock.advance(10_000);
		expect(sentAt).toEqual([1_000, 2_000]);
		expect(changes).toEqual(['failure']);
		prober.watch({startedAt: clock.now()});
		expect(prober.verdict).toBe('success');
		await clock.advance(2_000);
		expect(changes).toEqual(['failure', 'failure']);
	});
});

describe('the start of a container', () => {
	test('is unknown until it has succeeded once, then not probed any more', async () => {
		const prober = observe({periodSeconds: 1, failureThreshold: 30}, 'startup');
		expect(prober.verdict).toBe('unknown');
		answer = failure;
		await clock.advance(3_000);
		expect(prober.verdict).toBe('unknown');
		answer = success;
		await clock.advance(5_000);
		expect(sentAt).toEqual([1_000, 2_000, 3_000, 4_000]);
		expect(changes).toEqual(['success']);
	});

	test('has failed when it took too many probes', async () => {
		answer = failure;
		observe({periodSeconds: 1, failureThreshold: 3}, 'startup');
		await clock.advance(10_000);
		expect(sentAt).toHaveLength(3);
		expect(changes).toEqual(['failure']);
	});
});

function observe(spec: ProbeSpec, kind: ProbeKind = 'readiness', reply: () => Promise<ProbeResult> = async () => answer): Prober {
	const startedAt = clock.now();
	const prober: Prober = new Prober({
		kind,
		spec,
		clock,
		send() {
			sentAt.push(clock.now() - startedAt);
			return reply();
		},
		isDue: () => isDue,
		onResult: result => results.push(result.kind),
		onChange: () => changes.push(prober.verdict),
	});
	prober.watch({startedAt});
	return prober;
}
