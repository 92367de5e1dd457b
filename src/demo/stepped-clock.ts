import {type Clock, systemClock} from './clock.ts';

/** Time that stands still until it is moved, and can later be let run by itself. */
export interface SteppedClock extends Clock {
	/** Moves on timer by timer, and lets everything that a timer set off come to rest before the next one. */
	readonly advance: (ms: number) => Promise<void>;
	/** Moves on in steps until something holds; throws when it still does not after `limitMs`. */
	readonly advanceUntil: (holds: () => boolean, limitMs: number) => Promise<void>;
	/** Moves on in small steps until some work is done. Throws what the work throws. */
	readonly during: <Result>(work: Promise<Result>) => Promise<Result>;
	/** Moves on at once; what was due meanwhile runs late, and once, as after a laptop's sleep. */
	readonly jump: (ms: number) => Promise<void>;
	/** From now on time runs by itself, `speed` times as fast as the machine's. It can't be stepped any more. */
	readonly run: (speed: number) => void;
	readonly pendingTimers: () => number;
}

interface Timer {
	readonly at: number;
	readonly run: () => void;
	cancel: () => void;
}

const stepMs = 50;
const smallStepMs = 5;

/** A clock that shows `epochMs` and stands still. */
export function createSteppedClock(epochMs: number): SteppedClock {
	let stepped = epochMs;
	let pace: {readonly speed: number; readonly since: number} | undefined;
	const timers = new Set<Timer>();
	const now = () => (pace === undefined ? stepped : Math.round(stepped + (systemClock.now() - pace.since) * pace.speed));
	const fire = (timer: Timer) => {
		timers.delete(timer);
		timer.run();
	};
	const arm = (timer: Timer, speed: number) => {
		timer.cancel = systemClock.schedule(Math.max(0, timer.at - now()) / speed, () => fire(timer));
	};
	const advance = async (ms: number) => {
		const end = stepped + ms;
		await rest();
		for (let timer = nextBefore(timers, end); timer !== undefined; timer = nextBefore(timers, end)) {
			stepped = Math.max(stepped, timer.at);
			fire(timer);
			await rest();
		}
		stepped = end;
	};
	return {
		now,
		advance,
		schedule(delayMs, run) {
			const timer: Timer = {at: now() + delayMs, run, cancel: () => {}};
			timers.add(timer);
			if (pace !== undefined) arm(timer, pace.speed);
			return () => {
				timers.delete(timer);
				timer.cancel();
			};
		},
		async advanceUntil(holds, limitMs) {
			const end = stepped + limitMs;
			await rest();
			while (!holds()) {
				if (stepped >= end) throw new Error(`still not so after ${limitMs} ms`);
				await advance(stepMs);
			}
		},
		async during(work) {
			let isDone = false;
			const done = work.finally(() => {
				isDone = true;
			});
			while (!isDone) await advance(smallStepMs);
			return done;
		},
		async jump(ms) {
			stepped += ms;
			await advance(0);
		},
		run(speed) {
			pace = {speed, since: systemClock.now()};
			for (const timer of timers) arm(timer, speed);
		},
		pendingTimers: () => timers.size,
	};
}

function nextBefore(timers: Iterable<Timer>, end: number): Timer | undefined {
	let next: Timer | undefined;
	for (const timer of timers) if (timer.at <= end && (next === undefined || timer.at < next.at)) next = timer;
	return next;
}

/**
 * Lets the event loop turn until whatever was set off is done. Both ends of every connection live in this process and loopback delivers
 * at once, so a request and its answer need a dozen turns, however slow the machine is.
 */
async function rest(): Promise<void> {
	for (let turn = 0; turn < 60; turn++) await new Promise(resolve => setImmediate(resolve));
}
