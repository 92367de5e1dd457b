import type {Ending} from '../cli/exit-code.ts';
import type {Options} from '../cli/options.ts';
import {type RolloutFacts, rolloutFacts} from '../store/selectors/rollout-facts.ts';
import {isSelected} from '../store/selectors/service/service-of.ts';
import {isServiceGone} from '../store/selectors/service/service-view.ts';
import type {State} from '../store/state.ts';
import {focused, type WorkloadState} from '../store/workload-state.ts';
import {endingOf, snapshotEnding} from './ending.ts';

type Side = {readonly state: WorkloadState; readonly facts: RolloutFacts};

/** The workloads that the Service selects now. */
function selectedSides(state: State): readonly Side[] {
	return [...state.workloads.keys()].flatMap(name => {
		const own = focused(state, name);
		const facts = rolloutFacts(own, state.now);
		return facts === undefined || own.gone || !isSelected(state, facts.workload) ? [] : [{state: own, facts}];
	});
}

/** What went worst first. */
const order: readonly Ending[] = ['failed', 'superseded'];

/**
 * How the rollouts behind a watched Service have ended: when all workloads that it selects are done, or as soon as one of them has failed;
 * `undefined` while one goes on, and as long as nobody is selected. With a phase that is wanted: when all have come to `complete`, or one to another.
 */
export function serviceEnding(state: State, wanted?: Options['until']): Ending | undefined {
	if (isServiceGone(state)) return 'notFound';
	const endings = selectedSides(state).map(({state: own, facts}) => endingOf(own, facts, wanted));
	const worst = order.find(ending => endings.includes(ending));
	if (worst !== undefined) return worst;
	if (wanted !== undefined && wanted !== 'complete') return endings.find(ending => ending !== undefined);
	if (endings.length === 0 || endings.includes(undefined)) return undefined;
	return endings.includes('paused') ? 'paused' : 'complete';
}

/** How a snapshot of a Service ends the program: as its worst workload would. */
export function serviceSnapshotEnding(state: State): Ending {
	const endings = selectedSides(state).map(({facts}) => snapshotEnding(facts));
	return endings.includes('failed') ? 'failed' : endings.includes('paused') ? 'paused' : 'complete';
}
