import {type StreamName, sideStreamNames, streamNames} from '../domain/stream.ts';
import {serviceOf} from '../store/selectors/service/service-of.ts';
import type {State} from '../store/state.ts';
import type {Store} from '../store/store.ts';
import {focused} from '../store/workload-state.ts';

/** What the first answer about what is watched was. */
export type FirstSight = 'seen' | 'absent' | 'refused' | 'aborted';

/** Waits until the store satisfies the condition; `undefined` when the signal came first. */
export function until<Result, Seen = State>(
	store: Pick<Store<Seen, never>, 'subscribe' | 'snapshot'>,
	of: (state: Seen) => Result | undefined,
	signal: AbortSignal,
): Promise<Result | undefined> {
	return new Promise(resolve => {
		const end = (result: Result | undefined) => {
			unsubscribe();
			signal.removeEventListener('abort', aborted);
			resolve(result);
		};
		const check = () => {
			const result = of(store.snapshot());
			if (result !== undefined) end(result);
		};
		const aborted = () => end(undefined);
		const unsubscribe = store.subscribe(check);
		signal.addEventListener('abort', aborted, {once: true});
		if (signal.aborted) end(undefined);
		else check();
	});
}

/** The first thing heard about the workload or Service itself. */
export function firstSight(state: State): FirstSight | undefined {
	const isService = state.target.kind === 'Service';
	const {condition, synced} = isService ? state.streams.services : state.streams.workloads;
	if (isService ? serviceOf(state) !== undefined : focused(state).workload !== undefined) return 'seen';
	if (condition.kind === 'lost' || condition.kind === 'forbidden') return 'refused';
	return synced ? 'absent' : undefined;
}

/** Everything that a snapshot tells has been listed once, or can't be. */
export function isSettled({streams}: State): boolean {
	return areKnown(streams, streamNames);
}

/** The same of what only adds to it: autoscalers and disruption budgets. */
export function isSettledBeside({streams}: State): boolean {
	return areKnown(streams, sideStreamNames);
}

/** The panels that make a first frame complete: the rest may come a moment later. */
export function hasFirstFrame({streams}: State): boolean {
	return areKnown(streams, ['revisions', 'pods']);
}

function areKnown(streams: State['streams'], names: readonly StreamName[]): boolean {
	return names.map(name => streams[name]).every(({synced, condition}) => synced || condition.kind === 'forbidden' || condition.kind === 'lost');
}
