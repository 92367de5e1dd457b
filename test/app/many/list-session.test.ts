import {expect, onTestFinished, test} from 'vitest';
import {type ListSession, startListSession} from '../../../src/app/many/list-session.ts';
import type {WorkloadSelection} from '../../../src/domain/workload-selection.ts';
import {type ManyWorkloads, manyWorkloads} from './many-workloads.ts';

type Matching = Extract<WorkloadSelection, {kind: 'matching'}>;

const everything: Matching = {
	kind: 'matching',
	kinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'ArgoRollout'],
	labelSelector: undefined,
	allNamespaces: false,
};

function listOf({connection}: ManyWorkloads, change: Partial<Matching> = {}): ListSession {
	return started({connection, selection: {...everything, ...change}});
}

function started(options: Pick<Parameters<typeof startListSession>[0], 'connection' | 'selection'>): ListSession {
	const stop = new AbortController();
	const session = startListSession({...options, now: Date.now, signal: stop.signal});
	onTestFinished(async () => {
		stop.abort();
		await session.followed;
	});
	return session;
}

const lines = ({view}: ListSession) => view.snapshot().rows.map(({target, word}) => `${target} ${word}`);

test('lists all kinds that the cluster has, problems first, and then by name', async () => {
	const many = await manyWorkloads();
	await many.add('b');
	await many.add('a');
	await many.add('db', {kind: 'StatefulSet', standing: 'progressing'});
	await many.add('agent', {kind: 'DaemonSet'});
	await many.add('broken', {standing: 'stalled'});
	await many.add('held', {standing: 'paused'});
	await many.add('elsewhere', {namespace: 'shop'});
	const session = listOf(many);
	const all = ['deploy/broken STALLED', 'deploy/held PAUSED', 'sts/db PROGRESSING', 'deploy/a COMPLETE', 'ds/agent COMPLETE', 'deploy/b COMPLETE'];
	await expect.poll(() => lines(session)).toEqual(all);
	const view = session.view.snapshot();
	expect(view.counts.map(({count, word}) => `${count} ${word}`)).toEqual(['1 stalled', '1 paused', '1 progressing', '3 complete']);
	// There are no Argo Rollouts here: nothing is said of them.
	expect(view).toMatchObject({connection: {kind: 'live'}, remarks: []});
	expect([...session.store.snapshot().streams.keys()]).toEqual(['Deployment', 'StatefulSet', 'DaemonSet']);
});

test('lists Argo Rollouts where the cluster has them', async () => {
	const many = await manyWorkloads();
	const schema = {type: 'object', 'x-kubernetes-preserve-unknown-fields': true};
	await many.api.create('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', {
		apiVersion: 'apiextensions.k8s.io/v1',
		kind: 'CustomResourceDefinition',
		metadata: {name: 'rollouts.argoproj.io'},
		spec: {
			group: 'argoproj.io',
			scope: 'Namespaced',
			names: {plural: 'rollouts', singular: 'rollout', kind: 'Rollout', listKind: 'RolloutList'},
			versions: [{name: 'v1alpha1', served: true, storage: true, schema: {openAPIV3Schema: schema}}],
		},
	});
	const labels = {app: 'canary'};
	await many.api.create('/apis/argoproj.io/v1alpha1/namespaces/web/rollouts', {
		apiVersion: 'argoproj.io/v1alpha1',
		kind: 'Rollout',
		metadata: {name: 'canary'},
		spec: {
			replicas: 1,
			strategy: {canary: {steps: [{setWeight: 20}, {pause: {}}]}},
			selector: {matchLabels: labels},
			template: {metadata: {labels}, spec: {containers: [{name: 'app', image: 'app:v1'}]}},
		},
	});
	await many.add('a');
	const session = listOf(many);
	await expect.poll(() => session.view.snapshot().rows.map(({target}) => target)).toEqual(['rollout/canary', 'deploy/a']);
});

test('takes in what appears later, and lets go of what is deleted', async () => {
	const many = await manyWorkloads();
	await many.add('a', {labels: {app: 'shop'}});
	await many.add('other');
	const session = listOf(many, {labelSelector: 'app=shop'});
	await expect.poll(() => lines(session)).toEqual(['deploy/a COMPLETE']);
	await many.add('b', {labels: {app: 'shop'}, standing: 'progressing'});
	await expect.poll(() => lines(session)).toEqual(['deploy/b PROGRESSING', 'deploy/a COMPLETE']);
	await many.remove('a');
	await expect.poll(() => lines(session)).toEqual(['deploy/b PROGRESSING']);
});

test('lists all namespaces', async () => {
	const many = await manyWorkloads();
	await many.add('a');
	await many.add('a', {namespace: 'shop'});
	const session = listOf(many, {allNamespaces: true});
	await expect.poll(() => session.view.snapshot().rows.map(({namespace, target}) => `${namespace} ${target}`)).toEqual(['shop deploy/a', 'web deploy/a']);
	expect(session.view.snapshot().namespace).toBeUndefined();
});

test('follows by name, and says of one that it was deleted', async () => {
	const many = await manyWorkloads();
	await many.add('a');
	await many.add('b');
	await many.add('c');
	const workloads = [
		{kind: 'Deployment', name: 'a'},
		{kind: 'Deployment', name: 'b'},
	] as const;
	const session = started({connection: many.connection, selection: {kind: 'named', workloads}});
	await expect.poll(() => lines(session)).toEqual(['deploy/a COMPLETE', 'deploy/b COMPLETE']);
	await many.remove('a');
	await expect.poll(() => lines(session)).toEqual(['deploy/b COMPLETE', 'deploy/a DELETED']);
	await many.add('a', {standing: 'progressing'});
	await expect.poll(() => lines(session)).toEqual(['deploy/a PROGRESSING', 'deploy/b COMPLETE']);
});

test('reads the pods of what is not done, and says why', async () => {
	const many = await manyWorkloads();
	await many.add('fine');
	await many.add('bad', {standing: 'progressing'});
	const session = listOf(many);
	await expect.poll(() => lines(session)).toEqual(['deploy/bad PROGRESSING', 'deploy/fine COMPLETE']);
	await many.addFailingPod('bad');
	await expect
		.poll(() => session.view.snapshot().rows[0])
		.toMatchObject({word: 'STUCK', tone: 'bad', why: expect.stringMatching(/^bad-7c9d5f8b6d-x2x7k can't pull/)});
	expect(session.store.snapshot().closer.size).toBe(1);
	await many.change('bad', {standing: 'complete'});
	await expect.poll(() => session.store.snapshot().closer.size).toBe(0);
	expect(lines(session)).toEqual(['deploy/bad COMPLETE', 'deploy/fine COMPLETE']);
});

test('keeps the rows of what was written again without a change, and of what only moved', async () => {
	const many = await manyWorkloads();
	const names = Array.from({length: 20}, (_, index) => `w${String(index).padStart(2, '0')}`);
	await Promise.all(names.map(name => many.add(name)));
	const session = listOf(many);
	await expect.poll(() => session.view.snapshot().counts).toEqual([{word: 'complete', tone: 'good', count: 20}]);
	const before = session.view.snapshot().rows;
	await Promise.all(names.map(name => many.change(name, {standing: 'complete'})));
	await many.change('w10', {standing: 'stalled'});
	await expect.poll(() => lines(session)[0]).toBe('deploy/w10 STALLED');
	const others = session.view.snapshot().rows.filter(({target}) => target !== 'deploy/w10');
	const known = new Map(before.map(row => [row.uid, row]));
	expect(others.filter(row => row !== known.get(row.uid) && row.age === known.get(row.uid)?.age)).toEqual([]);
});
