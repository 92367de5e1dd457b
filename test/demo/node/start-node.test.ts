import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {createApiClient} from '../../../src/demo/api-client.ts';
import {createLoopbackNetwork} from '../../../src/demo/network.ts';
import {createIpPool} from '../../../src/demo/node/ip-pool.ts';
import {type NodeOptions, type RunningNode, startNode} from '../../../src/demo/node/start-node.ts';
import {createManualClock, type ManualClock} from '../manual-clock.ts';
import {type Call, refuse, reply, type ScriptedApi, startScriptedApi} from '../scripted-api.ts';

// Loopback addresses of this process's own, so that test files can run side by side.
const prefix = `127.${100 + (process.pid % 100)}.7`;

let api: ScriptedApi;
let clock: ManualClock;
let node: RunningNode | undefined;
let items: object[];
let watches: Call[];
let isKnown: boolean;

beforeEach(async () => {
	clock = createManualClock();
	items = [];
	watches = [];
	isKnown = false;
	node = undefined;
	api = await startScriptedApi(0, answer);
});
afterEach(async () => {
	await node?.stop();
	await api.close();
});

describe('a node that joins', () => {
	test('says who it is, what fits on it and that it is ready, and takes no taint', async () => {
		await join({capacity: {pods: 7}});
		const [create, untaint] = api.calls;
		expect([create?.method, create?.path]).toEqual(['POST', '/api/v1/nodes']);
		const body = JSON.parse(create?.body ?? '');
		expect(body.metadata).toMatchObject({name: 'node-a', labels: {'kubernetes.io/hostname': 'node-a'}});
		expect(body.status.allocatable).toMatchObject({cpu: '4', memory: '8Gi', pods: '7'});
		expect(body.status.conditions).toContainEqual(expect.objectContaining({type: 'Ready', status: 'True', reason: 'KubeletReady'}));
		expect(body.status.addresses).toEqual([{type: 'InternalIP', address: '127.0.0.1'}]);
		expect([untaint?.method, untaint?.path, untaint?.body]).toEqual(['PATCH', '/api/v1/nodes/node-a', '{"spec":{"taints":null}}']);
	});

	test('takes the taints that it is to have', async () => {
		const taints = [{key: 'only-for', effect: 'NoSchedule'}];
		await join({taints});
		expect(JSON.parse(api.calls[1]?.body ?? '')).toEqual({spec: {taints}});
	});

	test('takes up its old name', async () => {
		isKnown = true;
		await join();
		expect(api.calls.slice(0, 3).map(({method, path}) => `${method} ${path}`)).toEqual([
			'POST /api/v1/nodes',
			'PATCH /api/v1/nodes/node-a/status',
			'PATCH /api/v1/nodes/node-a',
		]);
	});

	test('fails when it may not join', async () => {
		await api.close();
		api = await startScriptedApi(0, call => refuse(call, 403, 'Forbidden'));
		await expect(join()).rejects.toThrow('Forbidden it is');
		expect(clock.pendingTimers()).toBe(0);
	});
});

describe('the pods of a node', () => {
	test('run as soon as they are seen, listed or watched', async () => {
		items = [pod('listed')];
		await join();
		await clock.advance(1_000);
		watches[0]?.response.write(`${JSON.stringify({type: 'ADDED', object: pod('watched')})}\n`);
		await clock.advance(2_000);
		expect(await (await fetch(`http://${prefix}.2:8080/`)).text()).toBe('This is v1 running in pod listed\n');
		expect(await (await fetch(`http://${prefix}.3:8080/`)).text()).toBe('This is v1 running in pod watched\n');
		expect(phases('listed')).toEqual(['Pending', 'Pending', 'Running']);
	});

	test('are patched as a kubelet does it, with their uid', async () => {
		items = [pod('app')];
		await join();
		await clock.advance(100);
		const [patch] = statusCalls('app');
		expect([patch?.method, patch?.headers['content-type']]).toEqual(['PATCH', 'application/strategic-merge-patch+json']);
		const {metadata, status} = JSON.parse(patch?.body ?? '');
		expect(metadata).toEqual({uid: 'uid-app'});
		expect(status.$setElementOrder_conditions).toBeUndefined();
		expect(status['$setElementOrder/conditions'].map(({type}: {type: string}) => type)).toEqual(['example.com/gate', ...order]);
	});

	test('end without another word when the API has forgotten them', async () => {
		items = [pod('app')];
		await join();
		await clock.advance(2_000);
		items = [];
		watches[0]?.response.end(`${JSON.stringify({type: 'ERROR', object: {code: 410, reason: 'Expired'}})}\n`);
		await clock.advance(5_000);
		await expect(fetch(`http://${prefix}.2:8080/`)).rejects.toThrow();
		expect(phases('app')).toEqual(['Pending', 'Pending', 'Running']);
	});

	test('that ran before the node came back have been restarted', async () => {
		const known = {name: 'app', restartCount: 2, containerID: 'containerd://old', state: {running: {startedAt: '2026-11-21T01:00:00Z'}}};
		items = [{...pod('app'), status: {phase: 'Running', containerStatuses: [known]}}];
		await join();
		await clock.advance(2_000);
		const [container] = JSON.parse(statusCalls('app').at(-1)?.body ?? '').status.containerStatuses;
		expect(container).toMatchObject({
			restartCount: 3,
			state: {running: {}},
			lastState: {terminated: {exitCode: 255, reason: 'Unknown', containerID: 'containerd://old'}},
		});
	});

	test('that have come to their end are left alone', async () => {
		items = [{...pod('done'), status: {phase: 'Succeeded'}}];
		await join();
		await clock.advance(2_000);
		expect(statusCalls('done')).toEqual([]);
	});

	test('are told again about what a failing server did not take', async () => {
		let failures = 2;
		await api.close();
		api = await startScriptedApi(0, call => (call.path.endsWith('/status') && failures-- > 0 ? refuse(call, 503, 'ServiceUnavailable') : answer(call)));
		items = [pod('app')];
		await join();
		await clock.advance(5_000);
		expect(phases('app').at(-1)).toBe('Running');
	});
});

describe('a node on loopback', () => {
	test('serves logs over plain HTTP at its own address', async () => {
		const network = createLoopbackNetwork();
		items = [pod('app')];
		await join({network, ip: '10.240.0.1'});
		expect(JSON.parse(api.calls[0]?.body ?? '').status.daemonEndpoints).toEqual({kubeletEndpoint: {Port: 10_250}});
		await clock.advance(2_000);
		const at = await network.resolve('10.240.0.1', 10_250);
		const ask = async (path: string) => {
			const answer = await fetch(`http://${at?.host}:${at?.port}${path}`, {headers: {connection: 'close'}});
			return [answer.status, await answer.text()];
		};
		expect(await ask('/containerLogs/default/app/app')).toEqual([200, 'Kubia server starting...\n']);
		expect(await ask('/containerLogs/default/app/other')).toEqual([404, 'container "other" not found in pod "app"\n']);
		expect(await ask('/containerLogs/default/other/app')).toEqual([404, 'pod "other" does not exist\n']);
		expect(await ask('/containerLogs/%E0%A4%A/app/app')).toEqual([404, '404 page not found\n']);
		expect(await ask('/containerLogs/default/app/app?tailLines=x&limitBytes=x&sinceTime=x')).toEqual([200, '']);
	});

	test('leaves a client open that it was given', async () => {
		const client = createApiClient({server: api.server});
		await join({api: client, network: createLoopbackNetwork()});
		await node?.stop();
		node = undefined;
		expect(await client.send({path: '/api/v1/pods'})).toMatchObject({items: []});
		await client.close();
	});
});

test('a node that stops leaves no socket and no timer', async () => {
	items = [
		pod('app', {readinessProbe: {httpGet: {port: 8080}, periodSeconds: 1}}),
		pod('missing', {image: 'luksa/kubia:v9'}),
		pod('crashing', {image: 'crash'}),
	];
	await join();
	await clock.advance(20_000);
	await node?.stop();
	expect(clock.pendingTimers()).toBe(0);
	await expect(fetch(`http://${prefix}.2:8080/`)).rejects.toThrow();
	await api.close();
	await clock.advance(0);
	expect(process.getActiveResourcesInfo().filter(name => /TCP|TLS/.test(name))).toEqual([]);
});

const order = ['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled'];

async function join(options: Partial<NodeOptions> = {}): Promise<void> {
	node = await startNode({api: {server: api.server}, name: 'node-a', ip: '127.0.0.1', ips: createIpPool(prefix), clock, random: () => 0, ...options});
	await clock.advance(0);
}

/** An API server that accepts everything and whose watches stay open. */
function answer(call: Call): void {
	if (call.query.has('watch')) {
		call.response.writeHead(200).flushHeaders();
		watches.push(call);
	} else if (call.method === 'GET') {
		reply(call, {items, metadata: {resourceVersion: '5'}});
	} else if (isKnown && call.method === 'POST' && call.path === '/api/v1/nodes') {
		refuse(call, 409, 'AlreadyExists');
	} else {
		reply(call, {});
	}
}

function pod(name: string, container: object = {}): object {
	const conditions = [
		{type: 'PodScheduled', status: 'True', lastTransitionTime: '2026-11-21T01:00:00Z'},
		{type: 'example.com/gate', status: 'True', lastTransitionTime: '2026-11-21T01:00:00Z'},
	];
	return {
		metadata: {name, namespace: 'default', uid: `uid-${name}`, resourceVersion: '1', generation: 1},
		spec: {containers: [{name: 'app', image: 'luksa/kubia:v1', ...container}], restartPolicy: 'Always'},
		status: {phase: 'Pending', conditions},
	};
}

function statusCalls(name: string): readonly Call[] {
	return api.calls.filter(({path}) => path === `/api/v1/namespaces/default/pods/${name}/status`);
}

function phases(name: string): readonly string[] {
	return statusCalls(name).map(({body}) => JSON.parse(body).status.phase);
}
