import type {Ending} from '../cli/exit-code.ts';
import type {Options} from '../cli/options.ts';
import type {RolloutFacts} from '../store/selectors/rollout-facts.ts';
import type {WorkloadState} from '../store/workload-state.ts';

/**
 * How a rollout that is only watched has ended; `undefined` while it goes on. The first rule that holds wins. With a phase that is wanted
 * only that one ends it, whichever rollout comes to it.
 */
export function endingOf(state: Pick<WorkloadState, 'gone' | 'rollout'>, facts: RolloutFacts | undefined, wanted?: Options['until']): Ending | undefined {
	if (state.gone) return 'notFound';
	if (facts === undefined) return undefined;
	if (wanted !== undefined) return facts.phase.phase === wanted ? endingOfPhase(wanted) : undefined;
	// It changed while we watched: what was watched is no more, however well the other one goes.
	if (state.rollout !== undefined) return 'superseded';
	return endingOfPhase(facts.phase.phase);
}

function endingOfPhase(phase: RolloutFacts['phase']['phase']): Ending | undefined {
	switch (phase) {
		case 'complete':
			return 'complete';
		case 'stalled':
			return 'failed';
		case 'paused':
			return 'paused';
		case 'progressing':
			return undefined;
	}
}

/** How a snapshot ends the program: only what went wrong or waits for a person is told by the code. */
export function snapshotEnding(facts: RolloutFacts): Ending {
	if (facts.phase.phase === 'stalled') return 'failed';
	return facts.phase.phase === 'paused' ? 'paused' : 'complete';
}
