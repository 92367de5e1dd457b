import {createSteppedClock, type SteppedClock} from '../../src/demo/stepped-clock.ts';

/** Time that stands still until the test moves it. */
export type ManualClock = Omit<SteppedClock, 'run'>;

/** A clock that shows `epochMs`. */
export function createManualClock(epochMs = Date.parse('2026-11-21T02:00:00Z')): ManualClock {
	return createSteppedClock(epochMs);
}
