import {activityWords} from '../../domain/revision-activity.ts';
import {revisionStack} from '../../domain/revision-stack.ts';
import type {Template} from '../../domain/template.ts';
import type {StepRow, StepsView} from '../revision-views.ts';
import {activities, changeWords, type Past} from './revision-rows.ts';
import type {RolloutFacts} from './rollout-facts.ts';

type Laid = {readonly uid: string | undefined; readonly revision: number | undefined; readonly template: Template; readonly missing: number};

/** The changes that led to what runs now, newest first: `rows[n]` is what ran before the last n of them. */
export function stepsView({workload, revisions}: Pick<RolloutFacts, 'workload' | 'revisions'>, past: Past, now: number): StepsView {
	const stack = revisionStack(workload, [...past.replicaSets.values()]);
	const active = activities({workload}, past);
	const causes = new Map(revisions.map(({replicaSet, changeCause}) => [replicaSet.uid, changeCause]));
	const top: Laid = {uid: undefined, revision: undefined, template: workload.template, missing: 0};
	const rolled = [...(stack.now === undefined ? [] : [stack.now]), ...stack.before].map(
		({replicaSet, revision, missing}): Laid => ({uid: replicaSet.uid, revision, template: replicaSet.template, missing}),
	);
	const all = stack.now === undefined ? [top, ...rolled] : rolled;
	const rows = all.map(({uid, revision, template, missing}, index): StepRow => {
		const beneath = all[index + 1];
		const activity = uid === undefined ? undefined : active.get(uid);
		return {
			revision,
			change: beneath && changeWords(beneath.template, template),
			changeCause: uid === undefined ? undefined : causes.get(uid),
			lastActive: activity && activityWords(activity, now),
			missing,
		};
	});
	return {name: workload.name, rows};
}
