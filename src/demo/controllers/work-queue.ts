import type {Clock} from '../clock.ts';
import {createRetryDelays} from './retry-delays.ts';

/** Keys that wait for work, each worked on by one worker at a time (client-go: util/workqueue). */
export interface WorkQueue {
	/** Once more from the start; a key that waits already waits once. */
	readonly add: (key: string) => void;
	/** Later; of several times asked for, the earliest counts. */
	readonly addAfter: (key: string, delayMs: number) => void;
	/** As after a failure: each time later. */
	readonly addRateLimited: (key: string) => void;
	/** Lets the workers begin. */
	readonly start: () => void;
	/** Comes back when no worker is at work any more. */
	readonly stop: () => Promise<void>;
}

/** What the workers do, and how many of them there are. */
export interface WorkQueueOptions {
	readonly clock: Clock;
	/** Throws: the key comes again, after a delay that doubles each time. */
	readonly sync: (key: string) => Promise<void>;
	readonly workers?: number;
	/** How often a key that fails comes again before it is forgotten. Default: for ever. */
	readonly maxRetries?: number;
	/** The delay after a first failure. Default: client-go's 5 ms. */
	readonly firstDelayMs?: number;
}

/** client-go's defaults for a controller: five workers, delays of 5 ms … 1000 s. */
export function createWorkQueue({clock, sync, workers = 5, maxRetries = Number.POSITIVE_INFINITY, firstDelayMs = 5}: WorkQueueOptions): WorkQueue {
	const waiting = new Set<string>();
	const working = new Set<string>();
	const delays = createRetryDelays(clock, firstDelayMs);
	let isOpen = false;
	let isDue = false;
	let onIdle: () => void = () => undefined;

	const add = (key: string) => {
		waiting.add(key);
		wake();
	};
	const later = createDelayed(clock, add);
	const addAfter = (key: string, delayMs: number) => (delayMs <= 0 ? add(key) : later.add(key, delayMs));
	const addRateLimited = (key: string) => addAfter(key, delays.next(key));
	// In a later turn of the event loop, so that all that one piece of a watch stream told is seen before the work begins.
	const wake = () => {
		if (!isOpen || isDue) return;
		isDue = true;
		setImmediate(() => {
			isDue = false;
			dispatch();
		});
	};
	const dispatch = () => {
		for (const key of waiting) {
			if (!isOpen || working.size >= workers) return;
			if (working.has(key)) continue;
			waiting.delete(key);
			working.add(key);
			void work(key);
		}
	};
	const work = async (key: string) => {
		try {
			await sync(key);
			delays.forget(key);
		} catch {
			if (!isOpen || delays.failures(key) >= maxRetries) delays.forget(key);
			else addRateLimited(key);
		}
		working.delete(key);
		if (waiting.size > 0) wake();
		if (working.size === 0) onIdle();
	};
	return {
		add,
		addAfter,
		addRateLimited,
		start() {
			isOpen = true;
			if (waiting.size > 0) wake();
		},
		async stop() {
			isOpen = false;
			later.clear();
			waiting.clear();
			if (working.size === 0) return;
			await new Promise<void>(resolve => {
				onIdle = resolve;
			});
		},
	};
}

/** Keys whose time has yet to come; the earliest time that was asked for counts (client-go: delaying_queue.go). */
function createDelayed(clock: Clock, onDue: (key: string) => void) {
	const delayed = new Map<string, {readonly at: number; readonly cancel: () => void}>();
	return {
		add(key: string, delayMs: number) {
			const at = clock.now() + delayMs;
			const known = delayed.get(key);
			if (known !== undefined && known.at <= at) return;
			known?.cancel();
			const cancel = clock.schedule(delayMs, () => {
				delayed.delete(key);
				onDue(key);
			});
			delayed.set(key, {at, cancel});
		},
		clear() {
			for (const {cancel} of delayed.values()) cancel();
			delayed.clear();
		},
	};
}
