import {answersByPod, type VersionMix, versionMix} from '../../../domain/mix/version-mix.ts';
import {emptyWindow, type SampleWindow} from '../../../domain/sample-window.ts';
import {chosenTarget} from '../../sampler-state.ts';
import type {State} from '../../state.ts';
import {podOwners, workloadByName} from '../../workload-of-objects.ts';

/** Answers of one workload, and what part they are of all answers that have a version. */
export type MeasuredShare = {readonly count: number; readonly share: number};

/**
 * What each workload answered within the window, by its name: by the pods that answers name, where all of them do; else by the ReplicaSets that their
 * versions come from. A version that several workloads answer with counts for none. Empty where nothing is measured, or nothing can be told apart.
 */
export function measuredShares(state: State): ReadonlyMap<string, MeasuredShare> {
	const window = chosenTarget(state.sampler)?.window ?? emptyWindow;
	const {versions} = versionMix(window, state.now, state.sampler.windowSeconds);
	const all = versions.reduce((sum, {count}) => sum + count, 0);
	const named = countByPod(state, window);
	const namedAll = [...named.values()].reduce((sum, count) => sum + count, 0);
	const counts = namedAll >= all ? named : countByOwner(state, versions);
	return new Map(Array.from(counts, ([name, count]) => [name, {count, share: count / all}]));
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
	const ownerOf = podOwners(state);
	const nameOf = (ownerUid: string) => {
		const owner = ownerOf({name: '', ownerUid});
		return owner.kind === 'own' ? owner.followed?.workload.name : undefined;
	};
	return countUp(
		versions.map(({ownerUid, ownerUids, count}) => {
			const [name, ...others] = new Set([...ownerUids, ...(ownerUid === undefined ? [] : [ownerUid])].map(nameOf));
			return [others.length === 0 ? name : undefined, count];
		}),
	);
}
