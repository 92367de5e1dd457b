import type {Ending} from '../cli/exit-code.ts';
import type {Options} from '../cli/options.ts';
import {rolloutFacts} from '../store/selectors/rollout-facts.ts';
import {focused} from '../store/workload-state.ts';
import {endingOf} from './ending.ts';
import {until} from './first-sight.ts';
import {createPlainReporter} from './plain-reporter.ts';
import type {Session} from './session.ts';

/** Writes a line per change until the rollout has ended, or has come to the phase that was asked for. Gives how it ended; `undefined` when the signal came first. */
export async function runPlain(
	{store, view}: Session,
	wanted: Options['until'],
	write: (text: string) => void,
	signal: AbortSignal,
): Promise<Ending | undefined> {
	const reporter = createPlainReporter();
	return until(
		store,
		whole => {
			const state = focused(whole);
			// Before the first lists a rollout can't be judged: pods decide whether it is complete.
			if (!state.streams.pods.synced && state.streams.pods.condition.kind === 'syncing') return undefined;
			for (const line of reporter.report(view.snapshot(), state.now)) write(`${line}\n`);
			return endingOf(state, rolloutFacts(state, state.now), wanted);
		},
		signal,
	);
}
