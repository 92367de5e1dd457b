import {exceededDeadline} from '../domain/deadline.ts';
import {reusedRevision, revisionOf, runningRevision} from '../domain/revisions.ts';
import {sameTemplate} from '../domain/same-template.ts';
import type {Workload} from '../domain/workload.ts';
import {isUnchanged, sightOf} from '../domain/workload-sight.ts';
import {measuredSoFar} from './reduce-action.ts';
import type {FollowedWorkload, SeenRollout, State} from './state.ts';

/** The rollout that a change of the template begins; the one before where the template stayed. `at` is epoch ms. */
export function rolloutAfter(
	{replicaSets, sampler}: Pick<State, 'replicaSets' | 'sampler'>,
	{workload: before, rollout}: Pick<FollowedWorkload, 'workload' | 'rollout'>,
	after: Workload,
	at: number,
): SeenRollout | undefined {
	if (isUnchanged(sightOf(before), sightOf(after)) || sameTemplate(before.template, after.template)) return rollout;
	const own = [...replicaSets.values()].filter(({ownerUid}) => ownerUid === after.uid);
	const left = own.find(({template}) => sameTemplate(template, before.template));
	const running = runningRevision(before, own);
	return {
		startedAt: at,
		fromRevision: left === undefined ? undefined : revisionOf(left),
		fromImages: before.template.images,
		rolledBack: own.some(replicaSet => sameTemplate(replicaSet.template, after.template) && reusedRevision(replicaSet, running) !== undefined),
		deadlineBefore: exceededDeadline(before)?.lastUpdateAt,
		measured: measuredSoFar({sampler}),
	};
}
