import {changeSummary} from '../../domain/change-summary.ts';
import {age} from '../../domain/human-duration.ts';
import {lastAvailable} from '../../domain/last-available.ts';
import {type Activity, activityWords, revisionActivity} from '../../domain/revision-activity.ts';
import type {Revision} from '../../domain/revisions.ts';
import type {Template} from '../../domain/template.ts';
import {templateChanges} from '../../domain/template-changes.ts';
import type {RevisionRow} from '../revision-views.ts';
import type {State} from '../state.ts';
import type {RolloutFacts} from './rollout-facts.ts';

/** What tells of the past: what was watched, and the controller's events. */
export type Past = Pick<State, 'replicaSets' | 'traces' | 'k8sEvents'>;

/** When each ReplicaSet of the workload had pods last, by uid. */
export function activities({workload}: Pick<RolloutFacts, 'workload'>, {replicaSets, traces, k8sEvents}: Past): ReadonlyMap<string, Activity> {
	return revisionActivity({workload, replicaSets: [...replicaSets.values()], events: [...k8sEvents.values()], traces});
}

/** What one template changes in another, in a few words. No value is among them but images. */
export function changeWords(from: Template, to: Template): readonly string[] {
	return changeSummary(templateChanges(from, to));
}

/** What can be gone to, the newest first. */
export function revisionRows({workload, revisions}: Pick<RolloutFacts, 'workload' | 'revisions'>, past: Past, now: number): readonly RevisionRow[] {
	const active = activities({workload}, past);
	const last = lastAvailable(workload, [...past.replicaSets.values()], past.traces);
	const rowOf = ({revision, replicaSet, images, changeCause, current, previousNumbers}: Revision, index: number): RevisionRow => {
		const activity = active.get(replicaSet.uid);
		return {
			revision,
			replicaSet: replicaSet.name,
			images,
			changeCause,
			isCauseStale: changeCause !== undefined && changeCause === revisions[index - 1]?.changeCause,
			current,
			differs: changeWords(workload.template, replicaSet.template),
			age: age(replicaSet.createdAt, now),
			lastActive: activity && activityWords(activity, now),
			formerNumbers: previousNumbers,
			lastAvailable: last?.uid === replicaSet.uid ? last : undefined,
			ready: replicaSet.ready,
		};
	};
	return revisions.map(rowOf).toReversed();
}
