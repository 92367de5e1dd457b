import {pairedDifferences} from './json-differences.ts';
import {isUnwrittenStart, legalProgress} from './legal.ts';
import {eventsOf, livesOf, newestEvents, type Rename, renaming, stateText} from './normalise.ts';
import {annotated, type Condition, type Deployment, historyKey, type ReplicaSet, revisionKey, type Write, writesOf} from './objects.ts';
import type {Rest, Trace} from './run-scenario.ts';
import {isComplete} from './settled.ts';

/** Where two traces of one scenario differ, in words; empty when they are equal up to what is legal (legal.ts). */
export function differences(left: Trace, right: Trace): readonly string[] {
	const sides = [sideOf(left), sideOf(right)] as const;
	const rests = left.rests.map(({after}) => after);
	if (rests.join('\n') !== right.rests.map(({after}) => after).join('\n')) {
		return [`points of rest: ${rests.join('; ')} ≠ ${right.rests.map(({after}) => after).join('; ')}`];
	}
	return [
		...left.rests.flatMap((rest, index) => restDifferences(sides, index, `${index} (after ${rest.after})`)),
		...bagDifferences('a pod lived', ...both(sides, ({writes, rests, rename}) => bagOf(livesOf(writes, versionsOf(rests), rename)))),
		...bagDifferences('it was told', ...both(sides, ({writes, rests, rename}) => eventsOf(writes, versionsOf(rests), rename))),
	];
}

/** How much was looked at in a trace. */
export interface Extent {
	/** Changes of the revision of a Deployment. */
	readonly rollouts: number;
	/** Distinct states of Deployments and ReplicaSets, one after the other. */
	readonly states: number;
	readonly events: number;
	readonly lives: number;
}

/** Counts what `differences` compares. */
export function extentOf({writes}: Trace): Extent {
	const workloads = writes.filter(({kind, type}) => (kind === 'deployments' || kind === 'replicasets') && type !== 'DELETED');
	const deployments = workloads.filter(({kind}) => kind === 'deployments');
	return {
		rollouts: distinct(deployments, ({metadata}) => metadata.annotations?.[revisionKey]),
		states: distinct(workloads, ({metadata, spec, status}) => JSON.stringify([metadata.annotations, spec, status])),
		events: newestEvents(writes).length,
		lives: new Set(writesOf(writes, 'pods').map(({object}) => object.metadata.uid)).size,
	};
}

/** How many values each object had one after the other, in sum. */
function distinct(writes: readonly Write[], aspect: (object: Write['object']) => string | undefined): number {
	const last = new Map<string, string>();
	return writes.filter(({object}) => {
		const [before, now] = [last.get(object.metadata.uid), aspect(object)];
		if (now !== undefined) last.set(object.metadata.uid, now);
		return now !== undefined && now !== before;
	}).length;
}

interface Side {
	readonly writes: readonly Write[];
	readonly rests: readonly Rest[];
	readonly rename: Rename;
}

function sideOf({writes, rests}: Trace): Side {
	return {writes, rests, rename: renaming(writes)};
}

function versionsOf(rests: readonly Rest[]): readonly number[] {
	return rests.map(({version}) => version);
}

function both<T>([left, right]: readonly [Side, Side], view: (side: Side) => T): [T, T] {
	return [view(left), view(right)];
}

function restDifferences(sides: readonly [Side, Side], index: number, where: string): readonly string[] {
	return [
		...snapshotDifferences(...both(sides, side => snapshot(side, index))).map(difference => `at rest ${where}: ${difference}`),
		...bagDifferences(`on the way to rest ${where}`, ...both(sides, side => bagOf(histories(side, index)))),
	];
}

function snapshotDifferences(left: readonly string[], right: readonly string[]): readonly string[] {
	const [here, there] = [bagOf(left), bagOf(right)];
	const only = (bag: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>) =>
		[...bag].flatMap(([text, count]) => Array.from({length: Math.max(0, count - (other.get(text) ?? 0))}, () => text));
	return pairedDifferences(only(here, there), only(there, here));
}

/** All Deployments, ReplicaSets and pods at a point of rest. */
function snapshot({writes, rests, rename}: Side, index: number): readonly string[] {
	const version = rests[index]?.version ?? 0;
	const newest = new Map<string, Exclude<Write, {kind: 'events'}>>();
	for (const write of writes) {
		if (write.version > version || write.kind === 'events') continue;
		if (write.type === 'DELETED') newest.delete(write.object.metadata.uid);
		else newest.set(write.object.metadata.uid, write);
	}
	return [...newest.values()].map(write => stateText(write, rename));
}

/** For each Deployment and ReplicaSet: the conditions, revisions and sizes that it went through between two points of rest. */
function histories({writes, rests, rename}: Side, index: number): readonly string[] {
	const from = rests[index - 1]?.version ?? 0;
	const to = rests[index]?.version ?? 0;
	const changes = new Map<string, string[]>();
	const note = (what: string, value: string, isBefore: boolean) => {
		const values = isBefore ? [] : (changes.get(what) ?? []);
		if (values.at(-1) !== value) values.push(value);
		changes.set(what, values);
	};
	for (const write of writes) {
		if (write.version > to || (write.kind !== 'deployments' && write.kind !== 'replicasets')) continue;
		// What stood at the last point of rest begins the history.
		for (const [what, value] of aspectsOf(write)) note(`${write.object.metadata.name} ${what}`, value, write.version <= from);
	}
	return [...changes].map(([what, values]) => rename(`${what}: ${steps(what, values).join(' → ')}`));
}

/** The states that must be on the way (legal.ts, rules 2, 5a and 5b). */
function steps(what: string, values: readonly string[]): readonly (string | number)[] {
	if (what.endsWith(' size')) return turningPoints(values.map(Number));
	const isLegalToLack = (value: string, index: number) => value.startsWith('True/under way/') || isUnwrittenStart(value, values[index - 1]);
	return values.filter((value, index) => index === values.length - 1 || !isLegalToLack(value, index));
}

function aspectsOf({type, object}: Extract<Write, {kind: 'deployments' | 'replicasets'}>): readonly (readonly [string, string])[] {
	if (type === 'DELETED') return [['life', 'gone']];
	const {metadata, spec, status} = object as Deployment | ReplicaSet;
	const isDone = object.kind === 'Deployment' && isComplete(object as Deployment);
	const conditions = ['Progressing', 'Available', 'ReplicaFailure'].map(name => {
		const condition = status.conditions?.find(({type: other}) => other === name);
		const {status: value, reason, message}: Partial<Condition> = condition === undefined ? {} : legalProgress(condition, isDone);
		return [name, `${value}/${reason}/${message}`] as const;
	});
	return [...conditions, ['revision', `${annotated({metadata}, revisionKey)} after ${metadata.annotations?.[historyKey]}`], ['size', `${spec.replicas}`]];
}

/** 4, 3, 2, 5 → 4, 2, 5. */
export function turningPoints(values: readonly number[]): readonly number[] {
	return values.filter((value, index) => {
		const [before, after] = [values[index - 1], values[index + 1]];
		return before === undefined || after === undefined || Math.sign(value - before) !== Math.sign(after - value);
	});
}

function bagOf(items: readonly string[]): ReadonlyMap<string, number> {
	const bag = new Map<string, number>();
	for (const item of items) bag.set(item, (bag.get(item) ?? 0) + 1);
	return bag;
}

function bagDifferences(what: string, left: ReadonlyMap<string, number>, right: ReadonlyMap<string, number>): readonly string[] {
	const keys = [...new Set([...left.keys(), ...right.keys()])].toSorted();
	return keys.flatMap(key => {
		const [here = 0, there = 0] = [left.get(key), right.get(key)];
		return here === there ? [] : [`${what} ${here}× ≠ ${there}×: ${key}`];
	});
}
