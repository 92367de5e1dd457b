import {kindWords, type TargetKind} from '../domain/kinds/kind-words.ts';

/** What the positional arguments name: a workload, what steers one, a Service with all that stands behind it, or (no name) the picker. */
export type WorkloadReference = {readonly kind: TargetKind; readonly name: string | undefined};

const kinds = Object.keys(kindWords) as readonly TargetKind[];

/** All names of a kind, as kubectl takes them: with group and version, or without. */
function namesOf(kind: TargetKind): readonly string[] {
	const {group, version, kind: singular, plural, aliases, resource} = kindWords[kind];
	const names = [plural, singular.toLowerCase()];
	const qualified = group === '' ? [] : names.flatMap(name => [`${name}.${group}`, `${name}.${version}.${group}`]);
	return [...aliases, resource, ...names, ...qualified];
}

/** Of two kinds with one name the first is meant: `rollout` is Argo's, OpenKruise's is `rollouts.rollouts.kruise.io`, or its group alone. */
const kindByName: ReadonlyMap<string, TargetKind> = new Map([
	...kinds.toReversed().flatMap(kind => namesOf(kind).map(name => [name, kind] as const)),
	[kindWords.KruiseRollout.group, 'KruiseRollout'],
	[kindWords.ArgoRollout.group, 'ArgoRollout'],
]);

/**
 * Reads `TYPE/NAME`, `TYPE NAME`, `TYPE` or a Deployment's bare `NAME`, the way kubectl takes them.
 * Gives a sentence where it names nothing that can be followed.
 */
export function parseWorkloadReference(words: readonly string[]): WorkloadReference | {readonly error: string} {
	const [first, second, ...rest] = words;
	if (first === undefined) return {kind: 'Deployment', name: undefined};
	if (rest.length > 0) return {error: `expected one workload, got ${words.length} words (${words.join(' ')}): give TYPE/NAME`};
	if (first.includes('/')) return second === undefined ? parseSlashed(first) : {error: `expected one workload, got \`${first}\` and \`${second}\``};
	const kind = kindByName.get(first.toLowerCase());
	if (kind !== undefined) return named(kind, second);
	return second === undefined ? {kind: 'Deployment', name: first} : {error: unknownKind(first)};
}

/** Only Deployments can be chosen from a list. */
function named(kind: TargetKind, name: string | undefined): WorkloadReference | {readonly error: string} {
	const {kind: word, short} = kindWords[kind];
	return name === undefined && kind !== 'Deployment' ? {error: `name the ${word}: ${short}/NAME`} : {kind, name};
}

function parseSlashed(text: string): WorkloadReference | {readonly error: string} {
	const [type = '', name = '', ...rest] = text.split('/');
	if (name === '' || rest.length > 0) return {error: `expected TYPE/NAME, got \`${text}\``};
	const kind = kindByName.get(type.toLowerCase());
	return kind === undefined ? {error: unknownKind(type)} : {kind, name};
}

const unknownKind = (type: string) => `unknown kind \`${type}\`: known are ${[...new Set(kinds.map(kind => kindWords[kind].short))].join(', ')}`;
