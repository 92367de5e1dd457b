import {expect, test} from 'vitest';
import {followService} from '../../src/cluster/follow-service.ts';
import {type StreamName, streamNames} from '../../src/domain/stream.ts';
import type {ClusterEvent} from '../../src/store/event.ts';
import {cleanup} from './harness/cleanup.ts';
import {connectTo} from './harness/kubeconfig.ts';
import {deploymentJson, webPaths as paths, podJson, replicaSetJson, serviceJson} from './harness/objects.ts';
import {startRestServer} from './harness/rest-server.ts';
import {until} from './harness/scripted.ts';

/** A Deployment whose pods have these labels, all of which it selects by. */
function deployment(name: string, labels: object, resourceVersion = '10') {
	const spec = {selector: {matchLabels: labels}, template: {metadata: {labels}, spec: {containers: [{name: 'app', image: 'app:v2'}]}}};
	return deploymentJson(name, {metadata: {resourceVersion}, spec});
}

const aboutPod = (name: string) => ({
	metadata: {uid: `uid-event-${name}`, name: `${name}.1`, resourceVersion: '5'},
	involvedObject: {kind: 'Pod', name, uid: `uid-${name}`},
	type: 'Normal',
});

async function follow(routes: Parameters<typeof startRestServer>[0] = {}) {
	const server = await startRestServer({
		[`GET ${paths.services}`]: [serviceJson('shop', {app: 'web'})],
		[`GET ${paths.deployments}`]: [deployment('old', {app: 'web'}), deployment('new', {app: 'web', version: 'v2'}), deployment('other', {app: 'mail'})],
		[`GET ${paths.replicasets}`]: [replicaSetJson('old', 1, 'app:v1')],
		[`GET ${paths.pods}`]: [podJson('old-hash1-aaaaa', '5')],
		[`GET ${paths.events}`]: [aboutPod('old-hash1-aaaaa'), aboutPod('other-hash1-aaaaa'), aboutPod('new-hash1-bbbbb')],
		[`GET ${paths.endpointslices}`]: [],
		...routes,
	});
	const connection = await connectTo(server.url, {}, {namespace: 'web'});
	const events: ClusterEvent[] = [];
	const stop = new AbortController();
	const ended = followService({connection, name: 'shop', emit: event => events.push(event), signal: stop.signal});
	cleanup(async () => {
		stop.abort();
		await ended;
	});
	const condition = (stream: StreamName) => events.findLast(event => event.type === 'stream-changed' && event.stream === stream);
	const isLive = (stream: StreamName) => {
		const last = condition(stream);
		return last?.type === 'stream-changed' && last.condition.kind === 'live';
	};
	const listed = (stream: StreamName) =>
		events.flatMap(event =>
			event.type === 'listed' && event.stream === stream ? [event.items.map(item => ('name' in item ? item.name : item.object.name))] : [],
		);
	const selectors = (path: string) => server.requests.filter(one => one.path === path && one.query.watch !== 'true').map(({query}) => query.labelSelector);
	return {
		server,
		events,
		stop,
		ended,
		listed,
		selectors,
		allLive: () => until(() => expect(streamNames.filter(name => !isLive(name))).toEqual([])),
	};
}

test('tells of the workloads whose pods the Service selects, and of what is theirs', async () => {
	const {server, listed, selectors, allLive} = await follow();
	await allLive();
	expect(listed('services')).toEqual([['shop']]);
	expect(listed('workloads')).toEqual([['old', 'new']]);
	expect(listed('pods')).toEqual([['old-hash1-aaaaa']]);
	expect(listed('events')).toEqual([['old-hash1-aaaaa', 'new-hash1-bbbbb']]);
	expect(server.requests.find(({path}) => path === paths.services)?.query).toMatchObject({fieldSelector: 'metadata.name=shop'});
	expect(selectors(paths.endpointslices)).toEqual(['kubernetes.io/service-name in (shop)']);
	// What `app=web` matches holds all that `app=web,version=v2` does.
	expect(selectors(paths.pods)).toEqual(['app=web']);
	expect(selectors(paths.replicasets)).toEqual(['app=web']);
});

test('watches pods by two selectors where neither covers the other', async () => {
	const {selectors, listed, allLive} = await follow({
		[`GET ${paths.deployments}`]: [deployment('old', {app: 'web', version: 'v1'}), deployment('new', {app: 'web', version: 'v2'})],
	});
	await allLive();
	expect(selectors(paths.pods).toSorted()).toEqual(['app=web,version=v1', 'app=web,version=v2']);
	// Both watches of this server tell the same pod.
	expect(listed('pods').at(-1)).toEqual(['old-hash1-aaaaa']);
});

test('keeps those that lose the Service, and takes in those that get it', async () => {
	const {server, listed, events, allLive} = await follow();
	await allLive();
	await until(() => expect(server.watched(paths.services).open).toBe(true));
	const moved = serviceJson('shop', {app: 'mail'});
	server.watched(paths.services).send({type: 'MODIFIED', object: {...moved, metadata: {...moved.metadata, resourceVersion: '11'}}});
	await until(() => expect(listed('workloads').at(-1)).toEqual(['old', 'new', 'other']));
	await until(() => expect(listed('events').at(-1)).toEqual(['old-hash1-aaaaa', 'other-hash1-aaaaa', 'new-hash1-bbbbb']));
	server.watched(paths.deployments).send({type: 'MODIFIED', object: deployment('old', {app: 'web'}, '20')});
	await until(() =>
		expect(events.some(event => event.type === 'changed' && event.stream === 'workloads' && event.changes.some(({kind}) => kind === 'observed'))).toBe(true),
	);
});

test('says nothing of a Deployment that the Service never selected', async () => {
	const {server, events, allLive} = await follow();
	await allLive();
	await until(() => expect(server.watched(paths.deployments).open).toBe(true));
	server
		.watched(paths.deployments)
		.send({type: 'MODIFIED', object: deployment('other', {app: 'mail'}, '20')}, {type: 'MODIFIED', object: deployment('new', {app: 'web'}, '21')});
	const told = () => events.flatMap(event => (event.type === 'changed' && event.stream === 'workloads' ? event.changes : []));
	await until(() => expect(told()).toMatchObject([{kind: 'observed', object: {name: 'new'}}]));
});

test('knows for sure that nothing stands behind a Service that selects nobody', async () => {
	const {listed, selectors, allLive} = await follow({[`GET ${paths.services}`]: [serviceJson('shop', {app: 'nobody'})]});
	await allLive();
	expect([listed('workloads'), listed('revisions'), listed('pods')]).toEqual([[[]], [[]], [[]]]);
	expect(selectors(paths.pods)).toEqual([]);
});

test('ends with the signal, all of it', async () => {
	const {server, stop, ended, allLive} = await follow();
	await allLive();
	stop.abort();
	await ended;
	await until(() => expect(Object.values(paths).filter(path => server.watched(path).open)).toEqual([]));
});
