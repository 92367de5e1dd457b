import type {Ending} from '../cli/exit-code.ts';
import type {Options} from '../cli/options.ts';
import {rolloutFacts} from '../store/selectors/rollout-facts.ts';
import {focused} from '../store/workload-state.ts';
import {endingOf} from './ending.ts';
import {until} from './first-sight.ts';
import {keepLogTailsOf} from './log-tails.ts';
import {createPlainReporter} from './plain-reporter.ts';
import {serviceEnding} from './service-ending.ts';
import type {Session} from './session.ts';

/** Writes a line per change until the rollout has ended, or has come to the phase that was asked for. Gives how it ended; `undefined` when the signal came first. */
export async function runPlain(session: Session, wanted: Options['until'], write: (text: string) => void, signal: AbortSignal): Promise<Ending | undefined> {
	const {store, view} = session;
	keepLogTailsOf(session, {onlyEnded: true});
	const reporter = createPlainReporter();
	return until(
		store,
		state => {
			// Before the first lists a rollout can't be judged: pods decide whether it is complete.
			const {pods} = state.streams;
			if (!pods.synced && pods.condition.kind === 'syncing') return undefined;
			for (const line of reporter.report(view.snapshot(), state.now)) write(`${line}\n`);
			if (state.target.kind === 'Service') return serviceEnding(state, wanted);
			const own = focused(state);
			return endingOf(own, rolloutFacts(own, state.now), wanted);
		},
		signal,
	);
}
