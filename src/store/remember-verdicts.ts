import {rulesOf} from '../domain/kinds/rules-of.ts';
import type {TimelineEntry} from '../domain/timeline-entry.ts';
import {verdictOf} from '../domain/why/verdict.ts';
import {rememberVerdict, type VerdictMemory} from '../domain/why/verdict-memory.ts';
import {rolloutFacts} from './selectors/rollout-facts.ts';
import type {FollowedWorkload, State} from './state.ts';
import {addEntries} from './timeline-log.ts';
import {focused} from './workload-state.ts';

/**
 * The state with each rollout judged anew. What is said is remembered: a verdict that a later state contradicts is taken back, with why, in the timeline.
 * Called once a second and after lists, not for each change: facts of thousands of pods are dear. `at` is epoch ms.
 */
export function withVerdicts(state: State, at: number): State {
	if (!isKnown(state)) return state;
	let current = state;
	for (const followed of state.workloads.values()) if (isOfInterest(followed)) current = judged(current, followed, at);
	return current;
}

/** Half of the objects, or pods without what the kubelet says of them, would give half a verdict. */
function isKnown({streams}: State): boolean {
	const seen = [streams.revisions, streams.pods, streams.events];
	return seen.every(({synced, condition}) => synced || condition.kind === 'forbidden' || condition.kind === 'lost');
}

/** A workload that rests, and of which nothing was said that could turn out wrong, costs nothing. */
function isOfInterest({workload, gone, memory}: FollowedWorkload): boolean {
	return !gone && (memory?.verdict?.said !== undefined || !rulesOf(workload).status().done);
}

function judged(state: State, followed: FollowedWorkload, at: number): State {
	const facts = rolloutFacts(focused(state, followed.workload.name), at);
	if (facts === undefined) return state;
	const input = {...facts, now: at};
	const before = followed.memory?.verdict;
	const verdict = rememberVerdict(before, verdictOf(input), input);
	if (verdict === before) return state;
	const memory = {unobservedSince: undefined, rescaled: undefined, ...followed.memory, verdict};
	const {name} = followed.workload;
	const workloads = new Map(state.workloads).set(name, {...followed, memory});
	return addEntries({...state, workloads}, verdictEntries(before, verdict, at, name));
}

/** What a person must not miss: that it is hopeless, and that this was wrong. */
function verdictEntries(before: VerdictMemory | undefined, after: VerdictMemory | undefined, at: number, workload: string): readonly TimelineEntry[] {
	const entry = (tone: TimelineEntry['tone'], text: string): TimelineEntry => ({at, kind: 'verdict', tone, subject: undefined, workload, text, count: 1});
	const {said, takenBack} = after ?? {};
	return [
		...(takenBack === undefined || takenBack === before?.takenBack
			? []
			: [entry('change', `taken back, ${takenBack.why}; it was said: cannot succeed: ${takenBack.said}`)]),
		...(said?.kind === 'cannot-succeed' && before?.said?.kind !== 'cannot-succeed' ? [entry('bad', `cannot succeed: ${said.text}`)] : []),
	];
}
