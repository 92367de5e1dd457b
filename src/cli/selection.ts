import {isWorkloadKind, kindWords, type TargetKind, type WorkloadKind} from '../domain/kinds/kind-words.ts';
import type {Watched} from './options.ts';
import type {WorkloadReference} from './workload-reference.ts';

export type SelectionFlags = {selector?: string; all?: boolean; allNamespaces?: boolean; namespace?: string};

/** The kinds that a list shows where none is named, in this order. */
const listedKinds: readonly WorkloadKind[] = ['Deployment', 'StatefulSet', 'DaemonSet', 'ArgoRollout'];

/** What is meant by references and flags together; or a sentence where they don't go together. Nothing at all is everything of the namespace. */
export function selectionOf(references: readonly WorkloadReference[], flags: SelectionFlags): Watched | {readonly error: string} {
	const named = references.flatMap(({kind, name}) => (name === undefined ? [] : [{kind, name}]));
	if (named.length === 0)
		return matching(
			references.map(({kind}) => kind),
			flags,
		);
	if (named.length < references.length) return {error: 'give names (TYPE/NAME) or kinds, not both'};
	const flag = [flags.selector === undefined ? [] : '-l', flags.allNamespaces === true ? '-A' : [], flags.all === true ? '--all' : []].flat()[0];
	if (flag !== undefined) return {error: `${flag} finds workloads by itself: leave out ${named.map(reference).join(' ')}, or ${flag}`};
	const [first, ...others] = unique(named);
	if (first === undefined) return {error: 'name a workload'};
	return others.length === 0 ? first : several([first, ...others]);
}

function several(named: readonly {readonly kind: TargetKind; readonly name: string}[]): Watched | {readonly error: string} {
	const workloads = named.flatMap(({kind, name}) => (isWorkloadKind(kind) ? [{kind, name}] : []));
	const other = named.find(({kind}) => !isWorkloadKind(kind));
	if (other !== undefined) return {error: `${reference(other)} is watched alone: it stands for several workloads itself`};
	return {many: {kind: 'named', workloads}};
}

function matching(kinds: readonly TargetKind[], {selector, all, allNamespaces = false, namespace}: SelectionFlags): Watched | {readonly error: string} {
	const other = kinds.find(kind => !isWorkloadKind(kind));
	if (other !== undefined) return {error: `name the ${kindWords[other].kind}: ${kindWords[other].short}/NAME`};
	if (allNamespaces && namespace !== undefined) return {error: '-A looks into all namespaces, -n into one: give one of them'};
	if (all === true && selector !== undefined) return {error: '--all takes all workloads, -l some: give one of them'};
	if (selector?.trim() === '') return {error: '-l needs a label selector such as app=shop'};
	const chosen = [...new Set(kinds.filter(isWorkloadKind))];
	return {many: {kind: 'matching', kinds: chosen.length === 0 ? listedKinds : chosen, labelSelector: selector, allNamespaces}};
}

const reference = ({kind, name}: {readonly kind: TargetKind; readonly name: string}) => `${kindWords[kind].short}/${name}`;

function unique<T extends {readonly kind: TargetKind; readonly name: string}>(named: readonly T[]): readonly T[] {
	return [...new Map(named.map(one => [`${one.kind} ${one.name}`, one])).values()];
}
