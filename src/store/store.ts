export type Store<State, Event> = {
	/** Takes an event in; what it changes is published at the next flush. */
	readonly dispatch: (event: Event) => void;
	/** Publishes at once: after a key press nobody waits. */
	readonly flush: () => void;
	/** The published state; the same object as long as nothing changed. */
	readonly snapshot: () => State;
	/** Called after each publication; gives back the unsubscribe. */
	readonly subscribe: (listener: () => void) => () => void;
};

/** When to publish: called with the flush after the first unpublished event. Production: at once after quiet, else 100 ms after the last. */
export type Schedule = (flush: () => void) => void;

/** A store around a pure reducer that publishes when `schedule` says so. */
export function createStore<State, Event>(initial: State, reduce: (state: State, event: Event) => State, schedule: Schedule): Store<State, Event> {
	let current = initial;
	let published = initial;
	let flushPending = false;
	const listeners = new Set<() => void>();
	const flush = () => {
		flushPending = false;
		if (current === published) return;
		published = current;
		for (const listener of listeners) listener();
	};
	return {
		dispatch(event) {
			current = reduce(current, event);
			if (current === published || flushPending) return;
			flushPending = true;
			schedule(flush);
		},
		flush,
		snapshot: () => published,
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
}
