import {expect, test} from 'vitest';
import {followWorkload} from '../../src/cluster/follow-workload.ts';
import {type StreamName, streamNames} from '../../src/domain/stream.ts';
import type {ClusterEvent} from '../../src/store/event.ts';
import {answerStatus} from './harness/api-server.ts';
import {cleanup} from './harness/cleanup.ts';
import {connectTo} from './harness/kubeconfig.ts';
import {deploymentJson, webPaths as paths, podJson, replicaSetJson, serviceJson} from './harness/objects.ts';
import {startRestServer} from './harness/rest-server.ts';
import {until} from './harness/scripted.ts';

function eventJson(name: string, kind: string, message = 'x') {
	return {
		metadata: {uid: `uid-event-${name}-${message}`, name: `${name}.1`, resourceVersion: '5'},
		involvedObject: {kind, name, uid: `uid-${name}`},
		message,
		type: 'Normal',
	};
}

function sliceJson(service: string, addresses: readonly string[]) {
	return {
		metadata: {uid: `uid-slice-${service}`, name: `${service}-abcde`, resourceVersion: '5', labels: {'kubernetes.io/service-name': service}},
		addressType: 'IPv4',
		endpoints: addresses.map(address => ({addresses: [address], conditions: {ready: true}})),
	};
}

async function follow(routes: Parameters<typeof startRestServer>[0], name = 'kubia') {
	const server = await startRestServer({
		[`GET ${paths.deployments}`]: [deploymentJson('kubia')],
		[`GET ${paths.replicasets}`]: [replicaSetJson('kubia', 2, 'app:v2')],
		[`GET ${paths.pods}`]: [podJson('kubia-hash2-aaaaa', '5')],
		[`GET ${paths.events}`]: [],
		[`GET ${paths.services}`]: [],
		[`GET ${paths.endpointslices}`]: [],
		...routes,
	});
	const connection = await connectTo(server.url, {}, {namespace: 'web'});
	const events: ClusterEvent[] = [];
	const stop = new AbortController();
	const ended = followWorkload({connection, kind: 'Deployment', name, emit: event => events.push(event), signal: stop.signal});
	cleanup(async () => {
		stop.abort();
		await ended;
	});
	const conditions = (stream: StreamName) =>
		events.flatMap(event => (event.type === 'stream-changed' && event.stream === stream ? [event.condition.kind] : []));
	const listed = (stream: StreamName) =>
		events.flatMap(event =>
			event.type === 'listed' && event.stream === stream ? [event.items.map(item => ('name' in item ? item.name : item.object.name))] : [],
		);
	return {server, events, stop, ended, conditions, listed};
}

test('follows the workload by name, and what it owns by its selector', async () => {
	const {server, listed, conditions} = await follow({});
	await until(() => expect(streamNames.filter(stream => conditions(stream).at(-1) === 'live')).toHaveLength(6));
	expect(listed('workloads')).toEqual([['kubia']]);
	expect(listed('revisions')).toEqual([['kubia-hash2']]);
	expect(listed('pods')).toEqual([['kubia-hash2-aaaaa']]);
	const selectorOf = (path: string) => server.requests.find(request => request.path === path)?.query;
	expect(selectorOf(paths.deployments)).toMatchObject({fieldSelector: 'metadata.name=kubia'});
	expect(selectorOf(paths.replicasets)).toMatchObject({labelSelector: 'app=kubia'});
	expect(selectorOf(paths.pods)).toMatchObject({labelSelector: 'app=kubia'});
});

test('asks for what does not need the workload at the same time as for the workload', async () => {
	const {server} = await follow({[`GET ${paths.deployments}`]: () => {}});
	await until(() => expect(server.requests.map(({path}) => path)).toEqual(expect.arrayContaining([paths.deployments, paths.events, paths.services])));
	expect(server.requests.map(({path}) => path)).not.toContain(paths.pods);
});

test('says of what waits for the workload that it is syncing', async () => {
	const {conditions} = await follow({[`GET ${paths.deployments}`]: []});
	await until(() => expect(conditions('workloads')).toEqual(['syncing', 'live']));
	expect(conditions('pods')).toEqual(['syncing']);
	expect(conditions('endpointslices')).toEqual(['syncing']);
});

test('starts over with ReplicaSets and pods when the workload is made again under its name', async () => {
	const {server, conditions} = await follow({});
	await until(() => expect(conditions('pods').at(-1)).toBe('live'));
	await until(() => expect(server.watched(paths.deployments).open).toBe(true));
	const again = deploymentJson('kubia', {metadata: {uid: 'uid-again'}, spec: {selector: {matchLabels: {app: 'other'}}}});
	server.watched(paths.deployments).send({type: 'DELETED', object: deploymentJson('kubia')}, {type: 'ADDED', object: again});
	await until(() => expect(conditions('pods').slice(-2)).toEqual(['syncing', 'live']));
	await until(() =>
		expect(server.requests.filter(({path, query}) => path === paths.pods && query.watch !== 'true').map(({query}) => query.labelSelector)).toEqual([
			'app=kubia',
			'app=other',
		]),
	);
});

test('does not start over when the workload only changes', async () => {
	const {server, events, conditions} = await follow({});
	await until(() => expect(conditions('pods').at(-1)).toBe('live'));
	await until(() => expect(server.watched(paths.deployments).open).toBe(true));
	const before = conditions('pods');
	server.watched(paths.deployments).send({type: 'MODIFIED', object: deploymentJson('kubia', {metadata: {resourceVersion: '11'}})});
	await until(() => expect(events.some(event => event.type === 'changed' && event.stream === 'workloads')).toBe(true));
	expect(conditions('pods')).toEqual(before);
});

test('tells only the events of the workload, its ReplicaSets and its pods', async () => {
	const mine = [eventJson('kubia', 'Deployment'), eventJson('kubia-hash2', 'ReplicaSet'), eventJson('kubia-hash2-aaaaa', 'Pod')];
	const others = [
		...[
			eventJson('other', 'Deployment'),
			eventJson('kubia', 'Service'),
			eventJson('kubia-canary', 'Deployment'),
			eventJson('kubia-canary-hash9', 'ReplicaSet'),
			eventJson('kubia-canary-hash9-bbbbb', 'Pod'),
		],
		...[eventJson('other-hash-aaaaa', 'Pod', 'because of "kubia"'), eventJson('node-1', 'Node')],
	];
	const {server, events, listed} = await follow({[`GET ${paths.events}`]: [...others, ...mine]});
	await until(() => expect(listed('events')).toEqual([['kubia', 'kubia-hash2', 'kubia-hash2-aaaaa']]));
	await until(() => expect(server.watched(paths.events).open).toBe(true));
	server.watched(paths.events).send(...[...others, eventJson('kubia-hash3-ccccc', 'Pod', 'Readiness probe failed')].map(object => ({type: 'ADDED', object})));
	const changes = () => events.flatMap(event => (event.type === 'changed' && event.stream === 'events' ? event.changes : []));
	await until(() => expect(changes().flatMap(change => (change.kind === 'observed' ? [change.object.message] : []))).toEqual(['Readiness probe failed']));
});

test('goes on from the bookmark’s version although it throws events of others away', async () => {
	const {server} = await follow({});
	await until(() => expect(server.watched(paths.events).open).toBe(true));
	server.watched(paths.events).send({type: 'ADDED', object: eventJson('other', 'Pod')}, {type: 'BOOKMARK', object: {metadata: {resourceVersion: '777'}}});
	// Not a clean end: but the list after it asks for at least the bookmark's version.
	await until(() => expect(server.requests.filter(({path}) => path === paths.events)).toHaveLength(2));
	server.watched(paths.events).send({type: 'ERROR', object: {kind: 'Status', code: 410, reason: 'Expired'}});
	await until(() =>
		expect(server.requests.filter(({path, query}) => path === paths.events && query.watch !== 'true').map(({query}) => query.resourceVersion)).toEqual([
			'0',
			'777',
		]),
	);
});

test('tells the newest thousand events, of however many there are', async () => {
	const many = Array.from({length: 1_500}, (_, index) => ({
		...eventJson('kubia', 'Deployment', `m${index}`),
		lastTimestamp: new Date(1_700_000_000_000 + index * 1_000).toISOString(),
	}));
	const {events} = await follow({[`GET ${paths.events}`]: many});
	await until(() => expect(events.some(event => event.type === 'listed' && event.stream === 'events')).toBe(true));
	const messages = events.flatMap(event => (event.type === 'listed' && event.stream === 'events' ? event.items.map(({message}) => message) : []));
	expect(messages).toHaveLength(1_000);
	expect([messages[0], messages.at(-1)]).toEqual(['m500', 'm1499']);
});

test('follows the Services that select its pods, and their endpoints', async () => {
	const services = [serviceJson('kubia', {app: 'kubia'}), serviceJson('all', {}), serviceJson('other', {app: 'other'}), serviceJson('also', {app: 'kubia'})];
	const {server, listed} = await follow({[`GET ${paths.services}`]: services, [`GET ${paths.endpointslices}`]: [sliceJson('kubia', ['10.0.0.1'])]});
	await until(() => expect(listed('endpointslices')).toEqual([['kubia-abcde']]));
	expect(listed('services')).toEqual([['also', 'kubia']]);
	const asked = server.requests.find(({path}) => path === paths.endpointslices);
	expect(asked?.query.labelSelector).toBe('kubernetes.io/service-name in (also,kubia)');
});

test('notices a Service that begins to select its pods', async () => {
	const {server, listed, conditions} = await follow({[`GET ${paths.services}`]: [serviceJson('kubia', {app: 'other'})]});
	await until(() => expect(listed('services')).toEqual([[]]));
	await until(() => expect(conditions('endpointslices').at(-1)).toBe('live'));
	await until(() => expect(server.watched(paths.services).open).toBe(true));
	server.watched(paths.services).send({type: 'MODIFIED', object: serviceJson('kubia', {app: 'kubia'})});
	await until(() => expect(listed('services')).toEqual([[], ['kubia']]));
	await until(() => expect(server.requests.some(({path}) => path === paths.endpointslices)).toBe(true));
});

test('loses only the panel of a kind that may not be read', async () => {
	const {conditions} = await follow({
		[`GET ${paths.events}`]: (_request: unknown, response: Parameters<typeof answerStatus>[0]) =>
			answerStatus(response, 403, 'Forbidden', 'events is forbidden'),
	});
	await until(() => expect(conditions('events').at(-1)).toBe('forbidden'));
	await until(() =>
		expect((['workloads', 'revisions', 'pods', 'services', 'endpointslices'] as const).map(stream => conditions(stream).at(-1))).toEqual(Array(5).fill('live')),
	);
});

test('ends all of its streams when it is stopped', async () => {
	const {server, stop, ended, conditions} = await follow({});
	await until(() => expect(Object.values(paths).filter(path => server.watched(path).open)).toHaveLength(5));
	await until(() => expect(conditions('pods').at(-1)).toBe('live'));
	stop.abort();
	await ended;
	await until(() => expect(Object.values(paths).filter(path => server.watched(path).open)).toEqual([]));
});
