import {expect, test} from 'vitest';
import {followTarget} from '../../src/cluster/follow-target.ts';
import {servedKind} from '../../src/cluster/kinds/is-served.ts';
import type {TargetKind} from '../../src/domain/kinds/kind-words.ts';
import {rulesOf} from '../../src/domain/kinds/rules-of.ts';
import type {Workload} from '../../src/domain/workload.ts';
import type {ClusterEvent} from '../../src/store/event.ts';
import {objectsAt} from '../store/progressive-replay.ts';
import {cleanup} from './harness/cleanup.ts';
import {connectTo} from './harness/kubeconfig.ts';
import {startRestServer} from './harness/rest-server.ts';
import {until} from './harness/scripted.ts';

const kruiseGroup = (...versions: readonly string[]) => ({
	groups: [
		{name: 'apps', versions: [{version: 'v1'}]},
		{name: 'rollouts.kruise.io', versions: versions.map(version => ({version}))},
	],
});
const plain = {groups: [{name: 'apps', versions: [{version: 'v1'}]}]};

type Setting = {
	readonly scenario: string;
	readonly t: number;
	readonly kind: TargetKind;
	readonly apis: object;
	readonly version?: string;
	readonly rollouts?: boolean;
};

/** Follows what a recording had at a moment, on a server that serves a kind or not. */
async function follow({scenario, t, kind, apis, version = 'v1beta1', rollouts = true}: Setting) {
	const group = (path: string, file: string) => [`GET ${path}/namespaces/${scenario}/${file}`, objectsAt(scenario, file, t)] as const;
	const server = await startRestServer({
		'GET /apis': apis,
		...Object.fromEntries([
			group('/apis/apps/v1', 'deployments'),
			group('/apis/apps/v1', 'replicasets'),
			group('/api/v1', 'pods'),
			group('/apis/core.oam.dev/v1beta1', 'applications'),
			...(rollouts ? [group(`/apis/rollouts.kruise.io/${version}`, 'rollouts')] : []),
			...['events', 'services'].map(file => [`GET /api/v1/namespaces/${scenario}/${file}`, []] as const),
		]),
	});
	const connection = await connectTo(server.url, {}, {namespace: scenario});
	const events: ClusterEvent[] = [];
	const stop = new AbortController();
	const ended = followTarget({connection, kind, name: 'canary-demo', emit: event => events.push(event), besideAtOnce: true, signal: stop.signal});
	cleanup(async () => {
		stop.abort();
		await ended;
	});
	const workload = (): Workload | undefined =>
		events.flatMap(event => (event.type === 'listed' && event.stream === 'workloads' ? [event.items.at(-1)] : [])).at(-1);
	const owners = () =>
		events.flatMap(event => (event.type === 'listed' && event.stream === 'revisions' ? [event.items.map(({name, ownerUid}) => [name, ownerUid])] : [])).at(-1);
	return {server, events, workload, owners};
}

const steps = (workload: Workload | undefined) => workload && rulesOf(workload).steps();

test.each([
	['by its Rollout', 'KruiseRollout'],
	['by itself, and finds its Rollout after the first frame', 'Deployment'],
] as const)('follows a Deployment that OpenKruise steers %s', async (_how, kind) => {
	const {workload} = await follow({scenario: 'kruise-partition', t: 16_000, kind, apis: kruiseGroup('v1alpha1', 'v1beta1')});
	await until(() => expect(steps(workload())).toMatchObject({current: 0, active: true, wait: {kind: 'person'}}));
	expect(workload()).toMatchObject({
		kind: 'Deployment',
		paused: false,
		strategy: {type: 'RollingUpdate'},
		release: {kind: 'KruiseRollout', apiVersion: 'rollouts.kruise.io/v1beta1'},
	});
});

test('follows a Rollout of a cluster that serves v1alpha1 alone', async () => {
	const {workload, server} = await follow({
		scenario: 'vela-canary-kruise03',
		t: 13_000,
		kind: 'KruiseRollout',
		apis: kruiseGroup('v1alpha1'),
		version: 'v1alpha1',
	});
	await until(() => expect(steps(workload())).toMatchObject({current: 0, active: true, wait: {kind: 'person'}}));
	expect(server.asked().filter(line => line.includes('/rollouts.kruise.io/v1beta1/'))).toEqual([]);
});

test('follows an Application with its Rollout and the Deployment with the new pods beside it, whose ReplicaSet is told as the Deployment’s own', async () => {
	const {workload, owners} = await follow({scenario: 'vela-canary', t: 14_000, kind: 'Application', apis: kruiseGroup('v1beta1', 'v1alpha1')});
	await until(() => expect(owners()).toHaveLength(2));
	await until(() => expect(steps(workload())).toMatchObject({current: 0, active: true, wait: {kind: 'person'}}));
	expect(workload()).toMatchObject({release: {kind: 'Application', rollout: {name: 'canary-demo'}}, replicas: {desired: 5, current: 6, updated: 1}});
	await until(() => expect(owners()?.map(([, owner]) => owner)).toEqual([workload()?.uid, workload()?.uid]));
});

test('tells of a workflow that waits before it has made anything', async () => {
	const {workload, events} = await follow({scenario: 'vela-suspend-step', t: 700, kind: 'Application', apis: plain, rollouts: false});
	await until(() => expect(steps(workload())).toMatchObject({current: 0, active: true, wait: {kind: 'person'}}));
	expect(workload()?.replicas.desired).toBe(0);
	await until(() => expect(events).toContainEqual(expect.objectContaining({type: 'listed', stream: 'pods', items: []})));
});

test('asks a cluster without OpenKruise one question, after the first lists', async () => {
	const {server, events} = await follow({scenario: 'kruise-partition', t: 4_000, kind: 'Deployment', apis: plain, rollouts: false});
	await until(() => expect(server.asked()).toContain('GET /apis'));
	await until(() => expect(events.some(event => event.type === 'stream-changed' && event.stream === 'disruptionbudgets')).toBe(true));
	const asked = server.asked();
	expect(asked.filter(line => line.includes('kruise') && !line.includes('/namespaces/kruise-partition/'))).toEqual([]);
	expect(asked.filter(line => line.startsWith('GET /apis/rollouts.kruise.io'))).toEqual([]);
	expect(asked.indexOf('GET /apis')).toBeGreaterThan(asked.findIndex(line => line.includes('/pods')));
});

const argoGroup = {name: 'argoproj.io', versions: [{version: 'v1alpha1'}]};
const both = {groups: [argoGroup, ...kruiseGroup('v1beta1').groups]};

test.each([
	['Argo’s where both are served', 'ArgoRollout', both, ['applications', 'rollouts'], 'ArgoRollout', 2],
	['OpenKruise’s where Argo has its CD alone', 'ArgoRollout', both, ['applications'], 'KruiseRollout', 2],
	['OpenKruise’s where it alone is served', 'ArgoRollout', kruiseGroup('v1beta1'), [], 'KruiseRollout', 1],
	['Argo’s where none is served', 'ArgoRollout', plain, [], 'ArgoRollout', 1],
	['what it is where it is a Deployment, which asks for nothing', 'Deployment', kruiseGroup('v1beta1'), [], 'Deployment', 0],
] as const)('takes a rollout for %s', async (_what, kind, apis, ofArgo, expected, questions) => {
	const server = await startRestServer({'GET /apis': apis, 'GET /apis/argoproj.io/v1alpha1': {resources: ofArgo.map(name => ({name}))}});
	const connection = await connectTo(server.url);
	expect(await servedKind(connection, kind)).toBe(expected);
	expect(server.asked()).toHaveLength(questions);
});
