import type {ServerResponse} from 'node:http';
import {expect, test} from 'vitest';
import {followService} from '../../src/cluster/follow-service.ts';
import {followWorkload} from '../../src/cluster/follow-workload.ts';
import type {ClusterEvent} from '../../src/store/event.ts';
import {answerJson, answerStatus, type Received} from './harness/api-server.ts';
import {cleanup} from './harness/cleanup.ts';
import {connectTo} from './harness/kubeconfig.ts';
import {deploymentJson, webPaths as paths, podJson, replicaSetJson, serviceJson} from './harness/objects.ts';
import {startRestServer} from './harness/rest-server.ts';
import {until} from './harness/scripted.ts';

const scalersPath = '/apis/autoscaling/v2/namespaces/web/horizontalpodautoscalers';
const budgetsPath = '/apis/policy/v1/namespaces/web/poddisruptionbudgets';

const scaler = (name: string, scaleTargetRef: object, more: object = {}) => ({
	metadata: {uid: `uid-${name}`, name, resourceVersion: '3'},
	spec: {scaleTargetRef, maxReplicas: 9, ...more},
	status: {currentReplicas: 3, desiredReplicas: 5, lastScaleTime: '2026-01-01T00:01:00Z'},
});
const budget = {
	metadata: {uid: 'uid-pdb', name: 'pdb', resourceVersion: '4'},
	spec: {selector: {matchLabels: {app: 'kubia'}}},
	status: {disruptionsAllowed: 0, currentHealthy: 2, desiredHealthy: 3, expectedPods: 3},
};

type Routes = Parameters<typeof startRestServer>[0];

async function follow(kind: 'Deployment' | 'Service', routes: Routes) {
	const server = await startRestServer({
		[`GET ${paths.deployments}`]: [deploymentJson('kubia')],
		[`GET ${paths.replicasets}`]: [replicaSetJson('kubia', 2, 'app:v2')],
		[`GET ${paths.pods}`]: [podJson('kubia-hash2-aaaaa', '5')],
		[`GET ${paths.events}`]: [],
		[`GET ${paths.services}`]: [serviceJson('kubia', {app: 'kubia'})],
		[`GET ${paths.endpointslices}`]: [],
		...routes,
	});
	const connection = await connectTo(server.url, {}, {namespace: 'web'});
	const events: ClusterEvent[] = [];
	const stop = new AbortController();
	const following = {connection, name: 'kubia', emit: (event: ClusterEvent) => events.push(event), signal: stop.signal};
	const ended = kind === 'Service' ? followService(following) : followWorkload({...following, kind});
	cleanup(async () => {
		stop.abort();
		await ended;
	});
	const of = (stream: string) => events.filter(event => 'stream' in event && event.stream === stream);
	const conditions = (stream: string) => of(stream).flatMap(event => (event.type === 'stream-changed' ? [event.condition.kind] : []));
	const listed = (stream: string) => of(stream).flatMap((event): readonly unknown[] => (event.type === 'listed' ? event.items : []));
	return {server, events, conditions, listed};
}

const served: Routes = {
	[`GET ${scalersPath}`]: [
		scaler('one', {kind: 'Deployment', name: 'kubia'}, {minReplicas: 2}),
		scaler('two', {kind: 'Deployment', name: 'web'}),
		scaler('three', {kind: 'StatefulSet', name: 'db'}),
	],
	[`GET ${budgetsPath}`]: [budget],
};

test.each(['Deployment', 'Service'] as const)('tells of the autoscalers of Deployments and of disruption budgets next to a %s', async kind => {
	const {conditions, listed} = await follow(kind, served);
	await until(() => expect([conditions('autoscalers').at(-1), conditions('disruptionbudgets').at(-1)]).toEqual(['live', 'live']));
	expect(listed('autoscalers')).toMatchObject([
		{name: 'one', workload: 'kubia', min: 2, max: 9, current: 3, desired: 5, lastScaleAt: Date.parse('2026-01-01T00:01:00Z')},
		{name: 'two', workload: 'web', min: 1, max: 9},
	]);
	expect(listed('disruptionbudgets')).toEqual([
		{
			uid: 'uid-pdb',
			name: 'pdb',
			resourceVersion: '4',
			selector: {matchLabels: {app: 'kubia'}},
			allowed: 0,
			healthy: 2,
			neededHealthy: 3,
			expected: 3,
		},
	]);
});

test('asks for them only when ReplicaSets and pods have been listed', async () => {
	const {server, conditions} = await follow('Deployment', served);
	await until(() => expect(conditions('disruptionbudgets').at(-1)).toBe('live'));
	const order = server.requests.map(({path}) => path);
	for (const path of [scalersPath, budgetsPath]) {
		expect(order.indexOf(path)).toBeGreaterThan(order.indexOf(paths.pods));
		expect(order.indexOf(path)).toBeGreaterThan(order.indexOf(paths.replicasets));
	}
});

test.each([
	[403, 'Forbidden'],
	[404, 'NotFound'],
])('lets them rest where the answer is %i %s, and tells the rest all the same', async (code, reason) => {
	const answer = (_request: Received, response: Parameters<typeof answerStatus>[0]) => answerStatus(response, code, reason, 'x');
	const {server, conditions} = await follow('Deployment', {[`GET ${scalersPath}`]: answer, [`GET ${budgetsPath}`]: answer});
	await until(() => expect([conditions('autoscalers').at(-1), conditions('disruptionbudgets').at(-1)]).toEqual(['forbidden', 'forbidden']));
	expect(conditions('pods').at(-1)).toBe('live');
	expect(server.requests.filter(({path}) => path === scalersPath)).toHaveLength(1);
});

test('asks for them although the pods may not be listed', async () => {
	const forbidden = (_request: Received, response: Parameters<typeof answerStatus>[0]) => answerStatus(response, 403, 'Forbidden', 'x');
	const {conditions} = await follow('Deployment', {...served, [`GET ${paths.pods}`]: forbidden});
	await until(() => expect(conditions('autoscalers').at(-1)).toBe('live'));
});

test('looks for what steers a Deployment until the API server can say, and lets the side streams begin meanwhile', async () => {
	let asked = 0;
	const {server, conditions, listed} = await follow('Deployment', {
		...served,
		'GET /apis': (_request: Received, response: ServerResponse) => {
			asked += 1;
			if (asked === 1) answerStatus(response, 503, 'ServiceUnavailable', 'starting');
			else answerJson(response, {groups: [{name: 'rollouts.kruise.io', versions: [{version: 'v1beta1'}]}]});
		},
	});
	await until(() => expect(conditions('autoscalers')).toContain('live'));
	expect(listed('autoscalers')).toHaveLength(2);
	await until(() => expect(server.requests.map(({path}) => path)).toContain('/apis/rollouts.kruise.io/v1beta1/namespaces/web/rollouts'));
	expect(asked).toBe(2);
});
