import {counted} from '../../../domain/counted.ts';
import {percent} from '../../../domain/percent.ts';
import {newReplicaSet, oldReplicaSets, revisionOf} from '../../../domain/revisions.ts';
import type {Workload} from '../../../domain/workload.ts';
import {chosenTarget} from '../../sampler-state.ts';
import type {State} from '../../state.ts';
import {mixView} from '../mix/mix-view.ts';

/** How many pods run which revision. */
export type Canary = {readonly revision: number; readonly newPods: number; readonly oldPods: number; readonly oldRevisions: readonly number[]};

/** The pods of the new revision and of those before it; undefined where the new one is not known. */
export function canaryOf({replicaSets}: Pick<State, 'replicaSets'>, workload: Workload): Canary | undefined {
	const all = [...replicaSets.values()];
	const current = newReplicaSet(workload, all);
	const revision = current === undefined ? undefined : revisionOf(current);
	if (current === undefined || revision === undefined) return undefined;
	const old = oldReplicaSets(workload, all).filter(replicaSet => replicaSet.current > 0);
	return {
		revision,
		newPods: current.current,
		oldPods: old.reduce((sum, replicaSet) => sum + replicaSet.current, 0),
		oldRevisions: old.flatMap(replicaSet => revisionOf(replicaSet) ?? []).toSorted((left, right) => left - right),
	};
}

/** `3 of 8 pods are of revision 3, 5 of revision 2.` */
export function standingFact({revision, newPods, oldPods, oldRevisions}: Canary): string {
	const all = newPods + oldPods;
	const others = oldPods === 0 ? '' : `, ${oldPods} of revision ${oldRevisions.join(' and ') || '?'}`;
	return `${newPods} of ${counted(all, 'pod')} ${newPods === 1 ? 'is' : 'are'} of revision ${revision}${others}.`;
}

/** What users got of the new revision, where it is measured. */
export function measuredFacts(state: State, {revision}: Canary): readonly string[] {
	const mix = mixView(state);
	if (chosenTarget(state.sampler) === undefined || mix.samples === 0) return ['Nothing was measured: c starts asking its Service.'];
	const row = mix.rows.find(one => one.revision === revision && one.kind === 'version');
	if (row === undefined) return [`Measured: no answer of revision ${revision} among ${mix.samples} requests.`];
	const asked = row.count + row.failures;
	const failed = row.failures === 0 ? 'none failed' : `${row.failures} of its ${asked} failed (${percent(row.failures / asked)})`;
	return [`Measured: ${row.label} answered ${percent(row.share)} of ${mix.samples} requests, ${failed}.`];
}
