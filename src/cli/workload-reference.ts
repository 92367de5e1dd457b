import {kindWords, type TargetKind} from '../domain/kinds/kind-words.ts';

/** What a positional argument names: a workload, what steers one, a Service with all that stands behind it, or (no name) all of a kind. */
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
 * Reads `TYPE/NAME` (several), `TYPE NAME…`, `TYPE[,TYPE…]` or a Deployment's bare `NAME`, the way kubectl takes them; without words, none.
 * Gives a sentence where it names nothing that can be followed.
 */
export function parseWorkloadReferences(words: readonly string[]): readonly WorkloadReference[] | {readonly error: string} {
	const [first, ...rest] = words;
	if (first === undefined) return [];
	if (words.some(word => word.includes('/'))) return all(words.map(word => (word.includes('/') ? parseSlashed(word) : {error: alone(word)})));
	const kinds = first.split(',').map(word => kindByName.get(word.toLowerCase()));
	const [kind] = kinds;
	if (kind === undefined && first.includes(',') === false && rest.length === 0) return [{kind: 'Deployment', name: first}];
	if (kinds.includes(undefined)) return {error: unknownKind(first.split(',')[kinds.indexOf(undefined)] ?? first)};
	const named = kinds.flatMap(one => (one === undefined ? [] : [one]));
	return rest.length === 0 ? named.map(one => ({kind: one, name: undefined})) : named.flatMap(one => rest.map(name => ({kind: one, name})));
}

function all(parsed: readonly (WorkloadReference | {readonly error: string})[]): readonly WorkloadReference[] | {readonly error: string} {
	const wrong = parsed.find(one => 'error' in one);
	return wrong !== undefined && 'error' in wrong ? wrong : parsed.flatMap(one => ('error' in one ? [] : [one]));
}

/** kubectl's rule, too: types before the slash for all or for none. */
const alone = (word: string) => `\`${word}\` stands among TYPE/NAME without a type: give TYPE/NAME for each`;

function parseSlashed(text: string): WorkloadReference | {readonly error: string} {
	const [type = '', name = '', ...rest] = text.split('/');
	if (name === '' || rest.length > 0) return {error: `expected TYPE/NAME, got \`${text}\``};
	const kind = kindByName.get(type.toLowerCase());
	return kind === undefined ? {error: unknownKind(type)} : {kind, name};
}

const unknownKind = (type: string) => `unknown kind \`${type}\`: known are ${[...new Set(kinds.map(kind => kindWords[kind].short))].join(', ')}`;
