import {beforeEach, describe, expect, test} from 'vitest';
import {BackOff, goSeconds} from '../../../src/demo/node/back-off.ts';
import {createManualClock, type ManualClock} from '../manual-clock.ts';

let clock: ManualClock;
let backOff: BackOff;

beforeEach(() => {
	clock = createManualClock();
	backOff = new BackOff(clock);
});

describe("the kubelet's back-off", () => {
	test('does not wait before the first failure', () => {
		expect(backOff.isWaiting(clock.now())).toBe(false);
	});

	test('doubles from ten seconds to five minutes', () => {
		const delays = Array.from({length: 7}, () => {
			backOff.next();
			return backOff.currentMs / 1_000;
		});
		expect(delays).toEqual([10, 20, 40, 80, 160, 300, 300]);
	});

	test('counts from the moment it is asked about', async () => {
		backOff.next();
		await clock.advance(4_000);
		const endedAt = clock.now();
		await clock.advance(6_000);
		expect(backOff.isWaiting()).toBe(false);
		expect(backOff.remainingMs(endedAt)).toBe(4_000);
		expect(backOff.isWaiting(endedAt)).toBe(true);
	});

	test('starts anew when all went well for more than ten minutes', async () => {
		backOff.next();
		backOff.next();
		await clock.advance(601_000);
		expect(backOff.isWaiting(clock.now())).toBe(false);
		backOff.next(clock.now());
		expect(backOff.currentMs).toBe(10_000);
	});
});

test.each([
	[10_000, '10s'],
	[80_000, '1m20s'],
	[160_000, '2m40s'],
	[300_000, '5m0s'],
])('%i ms are %s in Go', (ms, text) => {
	expect(goSeconds(ms)).toBe(text);
});
