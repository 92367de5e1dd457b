import {afterEach, vi} from 'vitest';

let aheadMs = 0;
const clock = performance.now.bind(performance);

afterEach(() => {
	aheadMs = 0;
	vi.restoreAllMocks();
});

/** The screen's clock is so much later from now on, until the test ends. */
export function laterBy(ms: number): void {
	aheadMs += ms;
	vi.spyOn(performance, 'now').mockImplementation(() => clock() + aheadMs);
}
