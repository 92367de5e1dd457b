import {
	isTransient,
	lastComparedState,
	legalConditions,
	legalEvent,
	legalMeta,
	legalPodStatus,
	legalProgress,
	legalReplicaSetMeta,
	overtaken,
	type PodSpan,
	skippable,
} from './legal.ts';
import {type Deployment, hashKey, type K8sEvent, ownerOf, type Pod, type ReplicaSet, type Write, writesOf} from './objects.ts';
import {isComplete, isTrue} from './settled.ts';

/** Gives text with the names that were rolled by dice replaced by the roles of what they name: `web~r2`, `a pod of web~r2`. */
export type Rename = (text: string) => string;

const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** ReplicaSets are numbered in the order of their creation, pods are all alike. */
export function renaming(writes: readonly Write[]): Rename {
	const roles = new Map<string, string>();
	const hashes = new Map<string, string>();
	const numbers = new Map<string, number>();
	for (const {type, object} of writesOf(writes, 'replicasets')) {
		const {name, labels} = object.metadata;
		if (type !== 'ADDED' || roles.has(name)) continue;
		const owner = ownerOf(object) ?? name;
		const number = (numbers.get(owner) ?? 0) + 1;
		numbers.set(owner, number);
		roles.set(name, `${owner}~r${number}`);
		hashes.set(labels?.[hashKey] ?? '', `hash of ${owner}~r${number}`);
	}
	const namespace = new RegExp(`(?<![a-z0-9-])${writes[0]?.object.metadata.namespace ?? 'default'}(?![a-z0-9-])`, 'g');
	const names = new RegExp(`\\b(${[...roles.keys(), 'none'].join('|')})(-[a-z0-9]{5}(?![a-z0-9]))?`, 'g');
	const bare = new RegExp(`\\b(${[...hashes.keys(), 'none'].join('|')})\\b`, 'g');
	return text =>
		text
			.replaceAll(names, (all, name: string, pod?: string) => (roles.has(name) ? (pod === undefined ? '' : 'a pod of ') + roles.get(name) : all))
			.replaceAll(bare, hash => hashes.get(hash) ?? hash)
			.replaceAll(uuid, 'UID')
			.replaceAll(namespace, 'NAMESPACE');
}

/** A Deployment, ReplicaSet or Pod without what is legally different, as JSON with sorted keys. */
export function stateText({kind, object}: Exclude<Write, {kind: 'events'}>, rename: Rename): string {
	const state = kind === 'pods' ? podState(object) : kind === 'deployments' ? deploymentState(object) : replicaSetState(object);
	return rename(JSON.stringify(sorted(state)));
}

function deploymentState(deployment: Deployment): object {
	const {metadata, spec, status} = deployment;
	const {conditions = [], ...counts} = status;
	const progress = conditions.map(condition => legalProgress(condition, isComplete(deployment)));
	return {metadata: legalMeta(metadata), spec, status: {...counts, conditions: legalConditions(progress)}};
}

function replicaSetState({metadata, spec, status}: ReplicaSet): object {
	const {conditions, observedGeneration: _observed, ...counts} = status;
	return {metadata: legalReplicaSetMeta(metadata), spec, status: {...counts, conditions: legalConditions(conditions)}};
}

function podState({metadata, spec, status}: Pod): object {
	const {nodeName: _node, ...rest} = spec;
	return {metadata: legalMeta(metadata), spec: rest, status: legalPodStatus(status)};
}

/** A pod as it is compared in its life: one short line, so that a life can be read. */
export function podLine({type, object}: Extract<Write, {kind: 'pods'}>): string {
	if (type === 'DELETED') return 'gone';
	const {phase = '', conditions = [], containerStatuses = []} = object.status;
	const told = conditions.map(({type: name, status, reason}) => `${name}=${status}${reason === undefined ? '' : `/${reason}`}`);
	const containers = containerStatuses.map(({state, ready, restartCount}) => {
		const ended = state.terminated === undefined ? 'running' : `ended ${state.terminated.exitCode} ${state.terminated.reason}`;
		const what = state.waiting?.reason?.replace('ErrImagePull', 'ImagePullBackOff') ?? ended;
		return `${what}${ready ? ' ready' : ''}${restartCount === 0 ? '' : ` ×${restartCount}`}`;
	});
	return [phase, object.metadata.deletionTimestamp === undefined ? '' : 'terminating', ...containers, ...told].filter(part => part !== '').join(' ');
}

/** Objects with their keys in order, without nulls. */
function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (value === null || typeof value !== 'object') return value;
	return Object.fromEntries(
		Object.entries(value)
			.filter(([, field]) => field !== null)
			.map(([key, field]) => [key, sorted(field)] as const)
			.sort(([left], [right]) => (left < right ? -1 : 1)),
	);
}

/** What each pod went through, as one text per pod: its role, then its states in order, each once in a row. */
export function livesOf(writes: readonly Write[], rests: readonly number[], rename: Rename): readonly string[] {
	const transient = transientPods(writes, rests);
	const lives = new Map<string, string[]>();
	for (const write of writesOf(writes, 'pods')) {
		const {name} = write.object.metadata;
		if (transient.has(name)) continue;
		const life = lives.get(name) ?? [rename(name)];
		const line = rename(podLine(write));
		if (lastComparedState.test(life.at(-1) ?? '')) continue;
		if (life.at(-1) !== line && !skippable.some(state => state.test(line))) life.push(line);
		lives.set(name, life);
	}
	return [...lives.values()].map(life => life.join('\n  ').replace(overtaken, '$1'));
}

function transientPods(writes: readonly Write[], rests: readonly number[]): ReadonlySet<string> {
	const spans = new Map<string, PodSpan & {readonly owner: string | undefined}>();
	for (const {type, version, object} of writesOf(writes, 'pods')) {
		const {created, ending, wasReady} = spans.get(object.metadata.name) ?? {created: version, ending: Number.POSITIVE_INFINITY, wasReady: false};
		const isEnding = type === 'DELETED' || object.metadata.deletionTimestamp !== undefined;
		spans.set(object.metadata.name, {
			created,
			ending: isEnding ? Math.min(ending, version) : ending,
			wasReady: wasReady || isTrue(object, 'Ready'),
			owner: ownerOf(object),
		});
	}
	const waverings = waveringsOf(writes, rests);
	return new Set([...spans].filter(([, span]) => isTransient(span, rests, waverings.get(span.owner ?? '') ?? [])).map(([name]) => name));
}

/** For each ReplicaSet: between which points of rest it was sized up as well as down. */
function waveringsOf(writes: readonly Write[], rests: readonly number[]): ReadonlyMap<string, readonly (readonly [number, number])[]> {
	const found = new Map<string, (readonly [number, number])[]>();
	const sizes = new Map<string, number>();
	const moves = new Map<string, number>();
	for (const {version, object} of writesOf(writes, 'replicasets')) {
		const {name} = object.metadata;
		const move = Math.sign(object.spec.replicas - (sizes.get(name) ?? 0));
		sizes.set(name, object.spec.replicas);
		const index = rests.findIndex(rest => version <= rest);
		const key = `${name} ${index} ${move}`;
		if (move === 0 || index === -1) continue;
		moves.set(key, version);
		if (moves.has(`${name} ${index} ${-move}`)) found.set(name, [...(found.get(name) ?? []), [rests[index - 1] ?? 0, rests[index] ?? 0]]);
	}
	return found;
}

/** What was told, and how often; 1 for what repeats with time. */
export function eventsOf(writes: readonly Write[], rests: readonly number[], rename: Rename): ReadonlyMap<string, number> {
	const transient = transientPods(writes, rests);
	const counts = new Map<string, number>();
	for (const event of newestEvents(writes)) {
		const legal = transient.has(event.involvedObject.name) ? undefined : legalEvent(event);
		if (legal === undefined) continue;
		const text = rename(legal.text);
		counts.set(text, legal.isCounted ? (counts.get(text) ?? 0) + (event.count ?? 1) : 1);
	}
	return counts;
}

/** All events as they were last written. */
export function newestEvents(writes: readonly Write[]): readonly K8sEvent[] {
	const newest = new Map<string, K8sEvent>();
	for (const {type, object} of writesOf(writes, 'events')) if (type !== 'DELETED') newest.set(object.metadata.name, object);
	return [...newest.values()];
}
