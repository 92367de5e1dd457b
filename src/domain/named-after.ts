import {fieldOf} from './json-kind.ts';
import {kindWords} from './kinds/kind-words.ts';
import type {Workload} from './workload.ts';

/** Pod names are `<ReplicaSet>-<5 characters>` with the first part cut so that all fits into 63: names longer than this may not be whole in them. */
export const wholeNameLength = 40;

type Named = {readonly kind: string; readonly name: string};

const underReplicaSets: Readonly<Record<string, RegExp>> = {ReplicaSet: /^[^-]+$/, Pod: /^[^-]+-[^-]+$/};

/** What follows the name and a dash in the names of what a kind of workload owns. */
const rests: Readonly<Record<Workload['kind'], Readonly<Record<string, RegExp>>>> = {
	Deployment: underReplicaSets,
	ArgoRollout: underReplicaSets,
	StatefulSet: {Pod: /^\d+$/},
	DaemonSet: {Pod: /^[^-]+$/},
};

/**
 * Whether an object is the workload itself, or by its name owned by it: `<name>-<hash>`, `<name>-<hash>-<5 characters>`; of a StatefulSet `<name>-<ordinal>`, of a
 * DaemonSet `<name>-<5 characters>`.
 */
export function isNamedAfter({kind: workloadKind, name: workloadName}: Pick<Workload, 'kind' | 'name'>): (object: Named) => boolean {
	const isCut = workloadName.length > wholeNameLength && workloadKind !== 'StatefulSet';
	const prefix = isCut ? workloadName.slice(0, wholeNameLength) : `${workloadName}-`;
	const own = kindWords[workloadKind].kind;
	return ({kind, name}) => {
		if (kind === own) return name === workloadName;
		const rest = fieldOf(rests[workloadKind], kind);
		return rest !== undefined && name.startsWith(prefix) && (isCut || rest.test(name.slice(prefix.length)));
	};
}
