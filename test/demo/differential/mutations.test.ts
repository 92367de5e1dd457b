import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {differences} from '../../cluster/differential/compare.ts';
import {violations} from '../../cluster/differential/conformance/violations.ts';
import type {Deployment, Pod, ReplicaSet, Write} from '../../cluster/differential/objects.ts';
import type {Trace} from '../../cluster/differential/run-scenario.ts';
import {recordedTrace} from './fixture.ts';

const first = recordedTrace(0);
const second = recordedTrace(1);
const deployments = writesOfKind(first, 'deployments');
const replicaSets = writesOfKind(first, 'replicasets');
const pods = writesOfKind(first, 'pods');
const events = writesOfKind(first, 'events');

test('two runs of the real control plane are no two equal recordings, yet equal up to what is legal', () => {
	expect(violations(first)).toEqual([]);
	expect(violations(second)).toEqual([]);
	expect(differences(first, second)).toEqual([]);
	const order = ({writes}: Trace) => writes.map(({kind, type}) => `${kind} ${type}`);
	expect(order(first)).not.toEqual(order(second));
});

describe('an error in one run is found:', () => {
	const size = (to: number) => (set: Mutable<ReplicaSet>) => Object.assign(set.spec, {replicas: to});
	const created = (index: number) => replicaSets.filter(({type}) => type === 'ADDED')[index];
	const resized = (from: number, to: number) => replicaSets.find(({object}, index) => sizeOf(object) === to && sizeBefore(index) === from);
	const scaling = (text: RegExp) => events.find(({object}) => text.test((object as {message?: string}).message ?? ''));
	const undone = deployments.find(({object}) => revisionOf(object) === '4');
	const ready = pods.find(({object}) => /"ReadinessGatesNotReady"/.test(JSON.stringify(object)));

	test.each<[string, Trace]>([
		['the new ReplicaSet grows beyond the surge', changed(resized(1, 2), size(3))],
		['an old ReplicaSet shrinks by one more than may be unavailable', changed(resized(3, 1), size(0))],
		['a new ReplicaSet begins too large', changed(created(1), size(2))],
		[
			'a ReplicaSet is not told for which count it was sized',
			changed(resized(1, 2), set => delete set.metadata.annotations['deployment.kubernetes.io/desired-replicas']),
		],
		['a revision is skipped', changed(created(2), set => Object.assign(set.metadata.annotations, {'deployment.kubernetes.io/revision': '5'}))],
		[
			'the Deployment has its revision before the ReplicaSet',
			movedBefore(
				undone,
				replicaSets.find(({object}) => revisionOf(object) === '4'),
			),
		],
		['an undo forgets the old revision', changedAll(set => delete set.metadata.annotations['deployment.kubernetes.io/revision-history'])],
		['a condition is missing', changed(deployments.at(-1), deployment => deployment.status.conditions.pop())],
		['a condition has other words', reworded(deployments.at(-1), /has successfully progressed/, 'has progressed')],
		['a condition names another ReplicaSet', reworded(deployments.at(-1), /ReplicaSet \\"web-[^"]*"/, 'ReplicaSet \\"web-4444\\"')],
		[
			'a condition stands at its old place',
			changed(
				deployments.find(({object}) => isReversed(object)),
				deployment => deployment.status.conditions.reverse(),
			),
		],
		[
			'a condition has another transition time',
			changed(deployments.at(-1), deployment => Object.assign(deployment.status.conditions[0], {lastTransitionTime: 'now'})),
		],
		[
			'a condition has an older update time',
			changed(deployments.at(-1), deployment => Object.assign(deployment.status.conditions.at(-1), {lastUpdateTime: '2020'})),
		],
		['a new ReplicaSet is not announced', without(deployments.find(({object}) => revisionOf(object) === '2'))],
		[
			'a generation is observed before it is',
			changed(
				deployments.find(({object}) => object.metadata.generation === 2),
				it => Object.assign(it.status, {observedGeneration: 2}),
			),
		],
		['a status write raises the generation', changed(deployments.at(-1), deployment => deployment.metadata.generation++)],
		['the API forgets a default', changedAll(object => delete (object.spec as Record<string, unknown>).revisionHistoryLimit)],
		['a scaling is not told', without(scaling(/^Scaled up/))],
		['a scaling is told with other numbers', reworded(scaling(/^Scaled up/), /from 0/, 'from 1')],
		['a scaling is told twice', changed(scaling(/^Scaled down/), event => Object.assign(event, {count: 2}))],
		['a pod is created without a word', without(scaling(/^Created pod/))],
		['a pod is scheduled without a word', without(scaling(/^Successfully assigned/))],
		['a pod is stopped without a word', without(scaling(/^Stopping container/))],
		[
			'a pod skips a state',
			without(...pods.filter(({object}) => object.metadata.name === ready?.object.metadata.name && /"ReadinessGatesNotReady"/.test(JSON.stringify(object)))),
		],
		['a pod is ready for another reason', reworded(ready, /ReadinessGatesNotReady/, 'ContainersNotReady')],
		['a pod that is gone stays', without(pods.findLast(({type}) => type === 'DELETED'))],
		['more pods are unavailable than are missing', changed(deployments.at(-1), deployment => Object.assign(deployment.status, {unavailableReplicas: 1}))],
		['a write changes nothing', repeated(replicaSets.at(-1))],
		['a point of rest is not reached', {...first, rests: first.rests.slice(0, -1)}],
	])('%s', (_name, mutated) => {
		expect(isMissed(mutated)).toBe(false);
	});
});

describe('any single count that is off by one is found', () => {
	const counted = (writes: readonly Write[], keys: readonly string[]) =>
		writes.filter(({type}) => type === 'MODIFIED').flatMap(write => keys.flatMap(key => [1, -1].map(by => ({write, key, by}))));
	// Not unavailableReplicas: a pass may have begun a moment later and counted a size that was written before it.
	const ofDeployments = ['replicas', 'updatedReplicas', 'readyReplicas', 'availableReplicas', 'terminatingReplicas', 'observedGeneration'];
	const ofReplicaSets = ['replicas', 'fullyLabeledReplicas', 'readyReplicas', 'availableReplicas', 'terminatingReplicas'];

	test.each([
		['the status of a Deployment', counted(deployments, ofDeployments), 'status'],
		['the status of a ReplicaSet', counted(replicaSets, ofReplicaSets), 'status'],
		['the size of a ReplicaSet', counted(replicaSets, ['replicas']), 'spec'],
	])('in %s', (_where, mutations, part) => {
		const seed = Math.floor(Math.random() * 1_000_000);
		const possible = mutations.filter(({write, key, by}) => countOf(write, part, key) + by >= 0);
		const isFound = ({write, key, by}: (typeof possible)[number]) =>
			!isMissed(changed(write, object => Object.assign(object[part], {[key]: countOf(write, part, key) + by})));
		// fast-check says the seed when it fails.
		fc.assert(fc.property(fc.constantFrom(...possible), isFound), {seed, numRuns: 60});
	});
});

function isMissed(mutated: Trace): boolean {
	return violations(mutated).length === 0 && differences(second, mutated).length === 0;
}

// biome-ignore lint/suspicious/noExplicitAny: a mutation reaches into any kind of object
type Mutable<_T = unknown> = any;

function writesOfKind<K extends Write['kind']>({writes}: Trace, kind: K): readonly Extract<Write, {kind: K}>[] {
	return writes.filter((write): write is Extract<Write, {kind: K}> => write.kind === kind);
}

/** The first run with one object changed as it is told of by one write. */
function changed(target: Write | undefined, change: (object: Mutable) => unknown): Trace {
	if (target === undefined) throw new Error('the recording has no such write');
	const object = structuredClone(target.object) as Mutable;
	change(object);
	return {...first, writes: first.writes.map(write => (write === target ? ({...write, object} as Write) : write))};
}

function changedAll(change: (object: Mutable<Deployment & ReplicaSet & Pod>) => unknown): Trace {
	const writes = structuredClone(first.writes) as Mutable[];
	for (const {kind, object} of writes)
		if (kind === 'deployments' || kind === 'replicasets')
			change(object.metadata.annotations === undefined ? {metadata: {annotations: {}}, spec: object.spec} : object);
	return {...first, writes};
}

function reworded(target: Write | undefined, from: RegExp, to: string): Trace {
	if (!from.test(JSON.stringify(target?.object))) throw new Error(`the recording does not say ${from}`);
	return changed(target, object => Object.assign(object, JSON.parse(JSON.stringify(object).replace(from, to))));
}

function without(...targets: readonly (Write | undefined)[]): Trace {
	if (targets.length === 0 || targets.includes(undefined)) throw new Error('the recording has no such write');
	return {...first, writes: first.writes.filter(write => !targets.includes(write))};
}

function movedBefore(target: Write | undefined, other: Write | undefined): Trace {
	if (target === undefined || other === undefined) throw new Error('the recording has no such write');
	const moved = {...target, version: other.version - 0.5} as Write;
	const writes = first.writes.map(write => (write === target ? moved : write)).toSorted((left, right) => left.version - right.version);
	return {...first, writes};
}

function repeated(target: Write | undefined): Trace {
	if (target === undefined) throw new Error('the recording has no such write');
	const again = {...target, version: target.version + 0.5} as Write;
	return {...first, writes: first.writes.flatMap(write => (write === target ? [write, again] : [write]))};
}

function revisionOf({metadata}: Write['object']): string | undefined {
	return metadata.annotations?.['deployment.kubernetes.io/revision'];
}

function sizeOf(object: Write['object']): number {
	return (object as ReplicaSet).spec.replicas;
}

function sizeBefore(index: number): number | undefined {
	const {name} = replicaSets[index]?.object.metadata ?? {};
	const before = replicaSets.slice(0, index).findLast(({object}) => object.metadata.name === name);
	return before && sizeOf(before.object);
}

function countOf({object}: Write, part: string, key: string): number {
	return (object as Mutable)[part][key] ?? 0;
}

/** Whether the condition that was there first has moved to the end. */
function isReversed({status}: Deployment): boolean {
	return status.conditions?.map(({type}) => type).join() === 'Available,Progressing';
}
