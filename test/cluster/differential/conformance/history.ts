import {type Deployment, ownerOf, type Pod, type ReplicaSet, type Write, writesOf} from '../objects.ts';

/** One object's way from one write to the next; `before` is missing when it is created, `after` when it is gone. */
export interface Change<T> {
	readonly version: number;
	readonly before: T | undefined;
	readonly after: T | undefined;
}

/** Everything of one Deployment, in the order of the writes. A controller's cache is always some beginning of such a list. */
export interface History {
	readonly name: string;
	readonly deployment: readonly Change<Deployment>[];
	readonly replicaSets: readonly Change<ReplicaSet>[];
	readonly pods: readonly Change<Pod>[];
	readonly writes: readonly Write[];
}

/** The Deployments of a trace, each with its ReplicaSets and their pods. */
export function historiesOf(writes: readonly Write[]): readonly History[] {
	const deployments = changesOf(writesOf(writes, 'deployments'));
	const replicaSets = changesOf(writesOf(writes, 'replicasets'));
	const pods = changesOf(writesOf(writes, 'pods'));
	return [...new Set(deployments.map(change => objectOf(change).metadata.name))].map(name => {
		const own = replicaSets.filter(change => ownerOf(objectOf(change)) === name);
		const names = new Set(own.map(change => objectOf(change).metadata.name));
		return {
			name,
			deployment: deployments.filter(change => objectOf(change).metadata.name === name),
			replicaSets: own,
			pods: pods.filter(change => names.has(ownerOf(objectOf(change)) ?? '')),
			writes,
		};
	});
}

/** Whichever side of a change there is, the newer one first. */
export function objectOf<T>({before, after}: Change<T>): T {
	const object = after ?? before;
	if (object === undefined) throw new Error('a change of nothing');
	return object;
}

function changesOf<T extends Deployment | ReplicaSet | Pod>(writes: readonly {type: string; version: number; object: T}[]): readonly Change<T>[] {
	const known = new Map<string, T>();
	return writes.map(({type, version, object}) => {
		const {uid} = object.metadata;
		const before = known.get(uid);
		if (type === 'DELETED') known.delete(uid);
		else known.set(uid, object);
		return {version, before: before ?? (type === 'DELETED' ? object : undefined), after: type === 'DELETED' ? undefined : object};
	});
}

const knowledge = new WeakMap<readonly Change<unknown>[], readonly (readonly unknown[])[]>();

/** What was known after each of a list's changes: entry 0 is before the first. Nothing in it is ever changed, and it is asked for often. */
export function knowledgeOf<T extends ReplicaSet | Pod>(changes: readonly Change<T>[]): readonly (readonly T[])[] {
	const done = knowledge.get(changes) ?? gather(changes);
	knowledge.set(changes, done);
	return done as readonly (readonly T[])[];
}

function gather<T extends ReplicaSet | Pod>(changes: readonly Change<T>[]): readonly (readonly T[])[] {
	const known: (readonly T[])[] = [[]];
	for (const change of changes) {
		const {uid} = objectOf(change).metadata;
		const others = (known.at(-1) ?? []).filter(({metadata}) => metadata.uid !== uid);
		known.push(change.after === undefined ? others : [...others, change.after]);
	}
	return known;
}

/** How many changes of a list came before a version: the end of the longest beginning that a writer of that version can have known. */
export function countBefore(changes: readonly Change<unknown>[], version: number): number {
	const index = changes.findIndex(change => change.version >= version);
	return index === -1 ? changes.length : index;
}
