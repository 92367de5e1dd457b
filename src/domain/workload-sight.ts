import type {SeenWorkload} from './command.ts';
import {rulesOf} from './kinds/rules-of.ts';
import type {Workload} from './workload.ts';

/** What a person who decides sees of a workload. */
export function sightOf(workload: Workload): SeenWorkload {
	const {uid, generation} = workload;
	const holder = workload.kind === 'ArgoRollout' ? workload.workloadRef?.holder : undefined;
	const steps = rulesOf(workload).steps();
	return {uid, generation, ...(holder && {templateGeneration: holder.generation}), ...(steps && {step: steps.current})};
}

/** Nobody has changed what was asked for between the two; where a rollout stands among its steps is no such change. */
export function isUnchanged(before: SeenWorkload, after: SeenWorkload): boolean {
	return before.uid === after.uid && before.generation === after.generation && before.templateGeneration === after.templateGeneration;
}
