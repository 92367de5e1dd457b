import {rolloutFacts} from '../selectors/rollout-facts.ts';
import type {State} from '../state.ts';
import type {PhaseName} from '../views.ts';
import {focused} from '../workload-state.ts';
import type {ListEntry, WorkloadListState} from './list-state.ts';

/** Of so many the pods are followed at once: each costs two watches. */
export const mostCloser = 20;

/** What is over as soon as this needs nobody to look closer. */
const patienceMs = 1_500;

/** What pods and ReplicaSets tell of a workload that is not done. */
export type CloserLook = {
	readonly phase: PhaseName;
	readonly word: string | undefined;
	/** Something holds it up that hardly goes away by waiting. */
	readonly isStuck: boolean;
	/** The worst that holds it up, in a sentence without times; undefined: nothing. */
	readonly why: string | undefined;
};

/** What the followed pods tell; undefined until they have been listed, or where they may not be. `now`: epoch ms. */
export function closerLook(state: State, now: number): CloserLook | undefined {
	const {pods, revisions} = state.streams;
	if (!pods.synced || !revisions.synced) return undefined;
	const facts = rolloutFacts(focused(state), now);
	if (facts === undefined) return undefined;
	const worst = facts.findings.find(({hope}) => hope !== 'waits');
	return {
		phase: facts.phase.phase,
		word: facts.phase.word,
		isStuck: facts.isStuck,
		// How often and for how long changes each second.
		why: worst && `${worst.object.name} ${worst.message}`.replace(/ \([^()]*(?:times|restarts?)[^()]*\)/g, ''),
	};
}

const urgency: Readonly<Record<PhaseName, number>> = {stalled: 0, progressing: 1, paused: 2, complete: 3};

/** Whose pods shall be followed, by uid: some that are not done, stalled ones before those that go on. Who is looked at stays so until it is done. */
export function wantedCloser({entries, closer, now}: WorkloadListState): readonly string[] {
	const kept = [...closer.keys()].filter(uid => entries.get(uid)?.workload !== undefined);
	const isWanted = ({unfinishedSince, listed}: ListEntry) => unfinishedSince !== undefined && now - unfinishedSince >= patienceMs && !closer.has(listed.uid);
	const more = [...entries.values()]
		.filter(isWanted)
		.toSorted((left, right) => urgency[left.listed.phase] - urgency[right.listed.phase])
		.map(({listed}) => listed.uid);
	return [...kept, ...more].slice(0, Math.max(mostCloser, kept.length));
}
