import {getEventListeners} from 'node:events';
import {expect, test} from 'vitest';
import {createDeadline} from '../../src/cluster/http/deadline.ts';
import {defaultPolicy, sleep} from '../../src/cluster/informer/policy.ts';
import {createWatchdog} from '../../src/cluster/informer/watchdog.ts';
import {createTestTime} from './harness/test-time.ts';

// One signal lives as long as the program, and thousands of waits and requests hang on it in a day.
test('leaves nothing behind on the signal that it waited with', async () => {
	const {signal} = new AbortController();
	const time = createTestTime();
	const policy = {...defaultPolicy, ...time.policy};
	const sleeping = sleep(100, signal, policy);
	const watchdog = createWatchdog(signal, 100, policy);
	const deadline = createDeadline(signal, 100, () => 'late');
	expect(getEventListeners(signal, 'abort')).toHaveLength(3);
	time.pass(100);
	await sleeping;
	watchdog.release();
	deadline.release();
	expect(getEventListeners(signal, 'abort')).toEqual([]);
	expect(time.pending()).toEqual([]);
});

test('wakes at once when stopped, also before it sleeps', async () => {
	const stop = new AbortController();
	const time = createTestTime();
	const policy = {...defaultPolicy, ...time.policy};
	const sleeping = sleep(100, stop.signal, policy);
	stop.abort();
	await sleeping;
	await sleep(100, stop.signal, policy);
	expect(time.pending()).toEqual([]);
});
