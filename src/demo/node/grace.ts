import type {Clock} from '../clock.ts';

interface Waiter {
	readonly notBefore: number;
	readonly resolve: () => void;
	cancel: () => void;
}

/** The time that programs have to end by themselves; it can become shorter, never longer. */
export class Grace {
	readonly #clock: Clock;
	readonly #waiters = new Set<Waiter>();
	#endsAt: number;

	/** Starts now. */
	constructor(clock: Clock, ms: number) {
		this.#clock = clock;
		this.#endsAt = clock.now() + ms;
	}

	/** Settles when the time is over, but not before some time from now. After `cancel`, never. */
	over(atLeastMs = 0): Promise<void> {
		return new Promise(resolve => {
			const waiter: Waiter = {notBefore: this.#clock.now() + atLeastMs, resolve, cancel: () => undefined};
			this.#waiters.add(waiter);
			this.#schedule(waiter);
		});
	}

	shorten(ms: number): void {
		const endsAt = this.#clock.now() + ms;
		if (endsAt >= this.#endsAt) return;
		this.#endsAt = endsAt;
		for (const waiter of this.#waiters) this.#schedule(waiter);
	}

	cancel(): void {
		for (const {cancel} of this.#waiters) cancel();
		this.#waiters.clear();
	}

	#schedule(waiter: Waiter): void {
		waiter.cancel();
		waiter.cancel = this.#clock.schedule(Math.max(this.#endsAt, waiter.notBefore) - this.#clock.now(), () => {
			this.#waiters.delete(waiter);
			waiter.resolve();
		});
	}
}
