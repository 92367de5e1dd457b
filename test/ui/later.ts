import {afterEach, vi} from 'vitest';

let aheadMs = 0;
let stoppedAt: number | undefined;
const clock = performance.now.bind(performance);

afterEach(() => {
	aheadMs = 0;
	stoppedAt = undefined;
	vi.restoreAllMocks();
});

/** The screen's clock is so much later from now on, until the test ends. */
export function laterBy(ms: number): void {
	aheadMs += ms;
	vi.spyOn(performance, 'now').mockImplementation(() => (stoppedAt ?? clock()) + aheadMs);
}

/** The screen's clock goes on by `laterBy` alone, until the test ends: how busy the machine is must not count. */
export function stopClock(): void {
	stoppedAt = clock();
	laterBy(0);
}
