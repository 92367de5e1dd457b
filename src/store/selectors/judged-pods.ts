import {placeOf} from '../../domain/sided-pods.ts';
import {createPodJudgements, type PodFinding, type PodJudgements} from '../../domain/why/pod/pod-judgements.ts';
import {following} from '../followed.ts';
import type {State} from '../state.ts';
import type {PodSides} from './own-pods.ts';

type Objects = Pick<State, 'pods' | 'k8sEvents'>;

const judged = following<Objects, PodJudgements>(createPodJudgements);

/**
 * What there is to say of a workload's pods at `now` (epoch ms): of new ones, of ended ones, and of those that were told to end. Old ones that stay have no part in a
 * rollout. Only what changed since the last call is looked at.
 */
export function judgedPods(
	workloadUid: string,
	side: PodSides,
	{pods, k8sEvents, logTails}: Objects & Pick<State, 'logTails'>,
	now: number,
): Iterable<PodFinding> {
	const judgements = judged(workloadUid, side.rule, {pods, k8sEvents}, (known, changed) => {
		for (const uid of changed.pods) {
			const pod = pods.get(uid);
			const at = pod && side.of(pod);
			const matters = pod !== undefined && at !== undefined && placeOf(pod, at) !== 'old';
			known.pod(uid, matters ? pod : undefined);
		}
		for (const uid of changed.k8sEvents) known.event(uid, k8sEvents.get(uid));
	});
	return judgements.at(now, logTails);
}
