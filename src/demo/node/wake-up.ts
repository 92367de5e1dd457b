import type {Clock} from '../clock.ts';

/** When a worker has its next round: the earliest of what was asked for, at most one at a time. */
export interface WakeUp {
	readonly now: () => void;
	readonly in: (delayMs: number) => void;
	/** Settles at the next round's time; the first one is at once. */
	readonly next: () => Promise<void>;
	readonly cancel: () => void;
}

/** Due at once. */
export function createWakeUp(clock: Clock): WakeUp {
	let isDue = true;
	let dueAt = Number.POSITIVE_INFINITY;
	let cancelTimer: () => void = () => undefined;
	let wake: () => void = () => undefined;
	const cancel = () => {
		cancelTimer();
		dueAt = Number.POSITIVE_INFINITY;
	};
	const now = () => {
		cancel();
		isDue = true;
		wake();
	};
	return {
		now,
		cancel,
		in(delayMs) {
			if (clock.now() + delayMs >= dueAt) return;
			cancelTimer();
			dueAt = clock.now() + delayMs;
			cancelTimer = clock.schedule(delayMs, now);
		},
		async next() {
			if (!isDue) {
				await new Promise<void>(resolve => {
					wake = resolve;
				});
			}
			isDue = false;
		},
	};
}
