import type {ApiClient} from './api-client.ts';
import {type Clock, sleep} from './clock.ts';
import type {Cue} from './scenarios/scenario.ts';

/** What somebody else will do in a while, unless the situation changes first. */
export interface Plan {
	/** Keeps a plan of the same name; gives up another one. */
	readonly set: (act: Cue['act']) => void;
	/** The names of what was done. */
	readonly done: ReadonlySet<string>;
}

/** No plan yet. `onDone` is called after each act. */
export function createPlan(api: ApiClient, clock: Clock, signal: AbortSignal, onDone: () => void): Plan {
	const done = new Set<string>();
	let pending: {readonly name: string; readonly cancel: AbortController} | undefined;
	const begin = async (act: NonNullable<Cue['act']>, cancel: AbortSignal) => {
		await sleep(clock, act.afterSeconds * 1_000, cancel);
		if (cancel.aborted) return;
		done.add(act.name);
		// Somebody may have deleted what it is about; then there is nothing left to do.
		await act.change(api).catch(() => undefined);
		onDone();
	};
	return {
		done,
		set(act) {
			if (pending?.name === act?.name) return;
			pending?.cancel.abort();
			pending = undefined;
			if (act === undefined || done.has(act.name)) return;
			const cancel = new AbortController();
			pending = {name: act.name, cancel};
			void begin(act, AbortSignal.any([cancel.signal, signal]));
		},
	};
}
