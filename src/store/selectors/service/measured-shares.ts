import type {ExpectedShare} from '../../../domain/expected-share.ts';
import {expectedOver} from '../../../domain/mix/expected-over.ts';
import {answersByPod, type VersionMix, versionMix} from '../../../domain/mix/version-mix.ts';
import {emptyWindow, type SampleWindow, secondsWithin} from '../../../domain/sample-window.ts';
import {chosenTarget} from '../../sampler-state.ts';
import type {SideRow} from '../../service-views.ts';
import type {State} from '../../state.ts';
import {podOwners, workloadByName} from '../../workload-of-objects.ts';

/** Answers of one workload, what part they are of all answers that have a version, and what part they ought to have been while they were measured. */
export type MeasuredShare = NonNullable<SideRow['measured']>;

/**
 * What each workload answered within the window, by its name: by the pods that answers name, where all of them do; else by the ReplicaSets that their
 * versions come from. A version that several workloads answer with counts for none. Empty where nothing is measured, or nothing can be told apart.
 */
export function measuredShares(state: State): ReadonlyMap<string, MeasuredShare> {
	const target = chosenTarget(state.sampler);
	const window = target?.window ?? emptyWindow;
	const {versions} = versionMix(window, state.now, state.sampler.windowSeconds);
	const all = versions.reduce((sum, {count}) => sum + count, 0);
	const named = countByPod(state, window);
	const namedAll = [...named.values()].reduce((sum, count) => sum + count, 0);
	const counts = namedAll >= all ? named : countByOwner(state, versions);
	if (counts.size === 0) return new Map();
	const seconds = secondsWithin(window, state.now, state.sampler.windowSeconds);
	const expected = expectedMeanwhile(state, expectedOver(seconds, target?.expectations ?? []));
	return new Map(
		Array.from(state.workloads.keys(), name => {
			const count = counts.get(name) ?? 0;
			return [name, {count, share: count / all, expectedShare: expected && (expected.get(name) ?? 0)}];
		}),
	);
}

function expectedMeanwhile(state: State, expected: readonly ExpectedShare[]): ReadonlyMap<string, number> | undefined {
	if (expected.length === 0) return undefined;
	return countUp(expected.map(({ownerUid, share}) => [ownerUid === undefined ? undefined : workloadOfOwner(state, ownerUid), share]));
}

function workloadOfOwner(state: State, ownerUid: string): string | undefined {
	const owner = podOwners(state)({name: '', ownerUid});
	return owner.kind === 'own' ? owner.followed?.workload.name : undefined;
}

type Counts = ReadonlyMap<string, number>;

function countUp(pairs: readonly (readonly [name: string | undefined, count: number])[]): Counts {
	const counts = new Map<string, number>();
	for (const [name, count] of pairs) if (name !== undefined && count > 0) counts.set(name, (counts.get(name) ?? 0) + count);
	return counts;
}

function countByPod(state: State, window: SampleWindow): Counts {
	const byName = workloadByName(state);
	const answers = answersByPod(window, state.now, state.sampler.windowSeconds);
	return countUp(Array.from(answers, ([name, pod]) => [byName({kind: 'Pod', name})?.workload.name, pod.answers]));
}

function countByOwner(state: State, versions: VersionMix['versions']): Counts {
	const nameOf = (ownerUid: string) => workloadOfOwner(state, ownerUid);
	return countUp(
		versions.map(({ownerUid, ownerUids, count}) => {
			const [name, ...others] = new Set([...ownerUids, ...(ownerUid === undefined ? [] : [ownerUid])].map(nameOf));
			return [others.length === 0 ? name : undefined, count];
		}),
	);
}
