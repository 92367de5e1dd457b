import {expect, test} from 'vitest';
import {followWorkload} from '../../src/cluster/follow-workload.ts';
import type {ClusterEvent} from '../../src/store/event.ts';
import {objectsAt, recorded} from '../store/progressive-replay.ts';
import {cleanup} from './harness/cleanup.ts';
import {connectTo} from './harness/kubeconfig.ts';
import {startRestServer} from './harness/rest-server.ts';

const name = 'canary-demo';

/** Follows the Rollout of a recording, as it was at `t`. `served`: the cluster knows Argo's kinds. */
async function follow(recording: string, t: number, served = true) {
	const core = `/api/v1/namespaces/${recording}`;
	const apps = `/apis/apps/v1/namespaces/${recording}`;
	const server = await startRestServer({
		...(served && {[`GET /apis/argoproj.io/v1alpha1/namespaces/${recording}/rollouts`]: objectsAt(recording, 'rollouts', t)}),
		[`GET ${apps}/deployments`]: objectsAt(recording, 'deployments', t),
		[`GET ${apps}/replicasets`]: objectsAt(recording, 'replicasets', t),
		[`GET ${core}/pods`]: objectsAt(recording, 'pods', t),
		[`GET ${core}/services`]: objectsAt(recording, 'services', t),
		[`GET ${core}/events`]: [],
	});
	const connection = await connectTo(server.url, {}, {namespace: recording});
	const events: ClusterEvent[] = [];
	const life = new AbortController();
	const ended = followWorkload({connection, kind: 'ArgoRollout', name, signal: life.signal, emit: event => events.push(event)});
	cleanup(async () => {
		life.abort();
		await ended;
	});
	return {server, events, services: `${core}/services`};
}

test('a cluster without Argo Rollouts is said to have none', async () => {
	const {events} = await follow('argo-canary', 5_000, false);
	await expect
		.poll(() => events.find(event => event.type === 'stream-changed' && event.stream === 'workloads' && event.condition.kind === 'lost'))
		.toMatchObject({
			condition: {reason: 'this cluster has no Argo Rollouts (rollouts.argoproj.io is not served)'},
		});
});

test('a Rollout without a template comes with that of the Deployment that it names, never without', async () => {
	const {events} = await follow('argo-workloadref', 4_500);
	const lists = () => events.flatMap(event => (event.type === 'listed' && event.stream === 'workloads' ? event.items : []));
	await expect.poll(() => lists().map(({template}) => template.images)).toEqual([['barnett/canarydemo:v1']]);
});

test('a selector that flips twenty times a second is told of twice a second', async () => {
	const {server, events, services} = await follow('argo-canary-nginx', 53_000);
	const lists = () => events.flatMap(event => (event.type === 'listed' && event.stream === 'services' ? [event.items] : []));
	await expect.poll(() => lists().map(items => items.map(one => one.name))).toEqual([['canary-demo-canary', 'canary-demo-stable']]);
	await expect.poll(() => server.watched(services).open).toBe(true);
	const flips = recorded('argo-canary-nginx', 'services').filter(({t, type}) => t > 53_000 && type === 'MODIFIED');
	server.watched(services).send(...flips.map(({type, object}) => ({type, object})));
	const last = flips.at(-1)?.object.metadata.resourceVersion;
	await expect
		.poll(() =>
			lists()
				.at(-1)
				?.some(({resourceVersion}) => resourceVersion === last),
		)
		.toBe(true);
	expect(flips.length).toBeGreaterThan(80);
	// All came at once: the first list, one when the pause was over, and perhaps one between.
	expect(lists().length).toBeLessThanOrEqual(4);
});
