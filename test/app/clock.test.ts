import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {runClock} from '../../src/app/clock.ts';

const begin = Date.parse('2026-11-21T14:00:00Z');
let stop: AbortController;

beforeEach(() => {
	stop = new AbortController();
	vi.useFakeTimers({now: begin});
});
afterEach(() => {
	stop.abort();
	vi.useRealTimers();
});

/** By how much the clock was set, tick by tick, where nothing happens but what `turn` does after three seconds. */
function ticksOf(turn: (sleepMs: (ms: number) => void) => void): readonly (number | undefined)[] {
	const told: (number | undefined)[] = [];
	let slept = 0;
	const startedAt = performance.now();
	runClock(
		Date.now,
		(_at, setBy) => told.push(setBy),
		stop.signal,
		() => performance.now() - startedAt + slept,
	);
	vi.advanceTimersByTime(3_500);
	turn(ms => {
		slept += ms;
		vi.setSystemTime(Date.now() + ms);
	});
	vi.advanceTimersByTime(3_000);
	return told;
}

test('tells once by how much the clock was set', () => {
	const told = ticksOf(() => vi.setSystemTime(Date.now() - 3_600_000));
	expect(told.filter(setBy => setBy !== undefined)).toEqual([-3_600_000]);
	expect(told.length).toBeGreaterThan(4);
});

test('takes no sleep of the machine for a clock that was set', () => {
	expect(ticksOf(sleepMs => sleepMs(600_000)).filter(setBy => setBy !== undefined)).toEqual([]);
});
