import {beforeEach, describe, expect, test} from 'vitest';
import type {ProbeSpec} from '../../../src/demo/node/api-pod.ts';
import type {ProbeResult} from '../../../src/demo/node/probe.ts';
import {createReadinessProber, type ReadinessProber} from '../../../src/demo/node/readiness-prober.ts';
import {createManualClock, type ManualClock} from '../manual-clock.ts';

const failure: ProbeResult = {ok: false, message: 'no'};
let clock: ManualClock;
let answer: ProbeResult;
let sentAt: number[];
let changes: boolean[];
let failures: string[];

beforeEach(() => {
	clock = createManualClock();
	answer = {ok: true};
	sentAt = [];
	changes = [];
	failures = [];
});

describe('the readiness of a container', () => {
	test('starts as not ready and is probed each period', async () => {
		const prober = observe({periodSeconds: 2});
		expect(prober.isReady()).toBe(false);
		await clock.advance(6_000);
		expect(sentAt).toEqual([2_000, 4_000, 6_000]);
		expect(changes).toEqual([true]);
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

	test('flips only after so many equal results in a row', async () => {
		observe({periodSeconds: 1, failureThreshold: 3, successThreshold: 2});
		await clock.advance(2_000);
		expect(changes).toEqual([true]);
		answer = failure;
		await clock.advance(2_000);
		answer = {ok: true};
		await clock.advance(1_000);
		answer = failure;
		await clock.advance(2_000);
		expect(changes).toEqual([true]);
		await clock.advance(1_000);
		expect(changes).toEqual([true, false]);
	});

	test("has the API server's defaults: every ten seconds, one success, three failures", async () => {
		observe({});
		await clock.advance(10_000);
		answer = failure;
		await clock.advance(30_000);
		expect(sentAt).toEqual([10_000, 20_000, 30_000, 40_000]);
		expect(changes).toEqual([true, false]);
		expect(failures).toEqual(['no', 'no', 'no']);
	});

	test('is lost with the run, and a result of the old run says nothing about the new one', async () => {
		let resolve: (result: ProbeResult) => void = () => undefined;
		const prober = observe({periodSeconds: 1}, () => new Promise(done => (resolve = done)));
		await clock.advance(1_000);
		prober.watch({startedAt: clock.now()});
		resolve({ok: true});
		await clock.advance(0);
		expect(prober.isReady()).toBe(false);
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
		observe({periodSeconds: 1}, async () => {
			most = Math.max(most, ++pending);
			await new Promise<void>(done => clock.schedule(2_500, done));
			pending--;
			return {ok: true};
		});
		await clock.advance(10_000);
		expect(most).toBe(1);
		expect(sentAt).toEqual([1_000, 3_500, 6_000, 8_500]);
	});
});

function observe(spec: ProbeSpec, reply: () => Promise<ProbeResult> = async () => answer): ReadinessProber {
	const startedAt = clock.now();
	const prober: ReadinessProber = createReadinessProber({
		spec,
		clock,
		send() {
			sentAt.push(clock.now() - startedAt);
			return reply();
		},
		onFailure: message => failures.push(message),
		onChange: () => changes.push(prober.isReady()),
	});
	prober.watch({startedAt});
	return prober;
}
