import type {WorkloadKind} from './kinds/kind-words.ts';

/** Which of a cluster's workloads are meant, where it is not one alone. */
export type WorkloadSelection =
	/** By their names, in one namespace; at least one. */
	| {readonly kind: 'named'; readonly workloads: readonly WorkloadName[]}
	/** All of these kinds whose labels match. `labelSelector` undefined: whatever their labels. */
	| {
			readonly kind: 'matching';
			readonly kinds: readonly WorkloadKind[];
			readonly labelSelector: string | undefined;
			readonly allNamespaces: boolean;
	  };

export type WorkloadName = {readonly kind: WorkloadKind; readonly name: string};

/** The kinds that a selection is looked for among. */
export function kindsOf(selection: WorkloadSelection): readonly WorkloadKind[] {
	return selection.kind === 'matching' ? selection.kinds : [...new Set(selection.workloads.map(({kind}) => kind))];
}

/** The names of a kind that are meant; undefined: whichever there are. */
export function namesOf(selection: WorkloadSelection, kind: WorkloadKind): readonly string[] | undefined {
	if (selection.kind === 'matching') return undefined;
	return selection.workloads.filter(one => one.kind === kind).map(({name}) => name);
}
