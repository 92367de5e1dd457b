import {rulesOf} from '../../../domain/kinds/rules-of.ts';
import {newReplicaSet, revisionOf} from '../../../domain/revisions.ts';
import type {State} from '../../state.ts';
import type {MixRow} from '../../views.ts';
import {focused} from '../../workload-state.ts';

/** The rows with what the step of the rollout asks for: its weight for the new revision, the rest for the old one where there is only one; nothing where it goes by no weights. */
export function withDeclared(rows: readonly MixRow[], state: State): readonly MixRow[] {
	const {workload} = focused(state);
	const steps = workload && rulesOf(workload).steps();
	if (workload === undefined || steps === undefined || !steps.active || steps.weight === undefined) return rows;
	const current = newReplicaSet(workload, [...state.replicaSets.values()]);
	const revision = current && revisionOf(current);
	if (revision === undefined) return rows;
	const declared = steps.weight.set / 100;
	const old = new Set(rows.flatMap(row => (row.revision === undefined || row.revision === revision ? [] : [row.revision])));
	return rows.map(row => {
		if (row.kind !== 'version' || row.revision === undefined) return row;
		if (row.revision === revision) return {...row, declaredShare: declared};
		return old.size === 1 ? {...row, declaredShare: 1 - declared} : row;
	});
}
