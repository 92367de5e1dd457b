import {afterEach, expect, test} from 'vitest';
import type {ApiObject} from '../../src/demo/api-object.ts';
import {type Performance, play} from '../../src/demo/play.ts';
import type {Seen} from '../../src/demo/scenarios/scenario.ts';
import {sets} from '../../src/demo/scenarios/sets.ts';

let performance: Performance | undefined;
afterEach(async () => {
	await performance?.stop();
	performance = undefined;
});

const db = '/apis/apps/v1/namespaces/data/statefulsets/db';

test('the canary stops at the partition, and goes on to the end when that is lowered', async () => {
	const hints: string[] = [];
	performance = await play(sets, 20, hint => hints.push(hint));
	const {client} = performance.cluster;
	const versions = async () => {
		const {items} = (await client.send({path: '/api/v1/namespaces/data/pods', query: {labelSelector: 'app=db'}})) as {
			items: readonly (ApiObject & {spec: {containers: readonly {image: string}[]}})[];
		};
		return items.map(({metadata, spec}) => `${metadata.name} ${spec.containers[0]?.image.split(':')[1]}`).sort();
	};
	await expect.poll(() => hints.at(-1), {timeout: 30_000}).toMatch(/^From db-3 on/);
	expect(await versions()).toEqual(['db-0 v1', 'db-1 v1', 'db-2 v1', 'db-3 v2', 'db-4 v2']);
	const body = {spec: {updateStrategy: {rollingUpdate: {partition: 0}}}};
	await client.send({method: 'PATCH', path: db, contentType: 'application/strategic-merge-patch+json', body});
	await expect.poll(() => hints.at(-1), {timeout: 30_000}).toMatch(/^All pods run v2/);
	expect(await versions()).toEqual(['db-0 v2', 'db-1 v2', 'db-2 v2', 'db-3 v2', 'db-4 v2']);
	const agents = async () => ((await client.send({path: '/apis/apps/v1/namespaces/data/daemonsets/agent'})) as ApiObject).status;
	await expect.poll(agents).toMatchObject({desiredNumberScheduled: 3, updatedNumberScheduled: 3, numberAvailable: 3});
}, 90_000);

test('there is a word for whatever a person makes of the set, which fits 80 columns', () => {
	for (const version of ['v1', 'v2', 'mine']) {
		for (const type of ['RollingUpdate', 'OnDelete']) {
			for (const [partition, updated, replicas] of [0, 3, 5, 1_000].flatMap(one => [0, 2, 5].flatMap(other => [0, 5, 999].map(count => [one, other, count])))) {
				const {hint} = sets.next(seen({version, type, partition, updated, replicas}));
				expect(hint).toMatch(/[.?]$/);
				expect(` ${hint}`.length, hint).toBeLessThanOrEqual(79);
			}
		}
	}
});

function seen({version, type, partition, updated, replicas}: Record<string, string | number | undefined>): Seen {
	const set = {
		apiVersion: 'apps/v1',
		kind: 'StatefulSet',
		metadata: {name: 'db', uid: 'u', resourceVersion: '1', creationTimestamp: '', generation: 1},
		spec: {replicas, updateStrategy: {type, rollingUpdate: {partition}}, template: {spec: {containers: [{image: `luksa/kubia:${version}`}]}}},
		status: {updatedReplicas: updated, availableReplicas: replicas, observedGeneration: 1},
	};
	const watched = {name: 'web', image: 'nginx', phase: 'complete', replicas: 1, available: 1} as const;
	return {watched, deployments: new Map(), objects: new Map([['StatefulSet/db', set]]), selector: {}, acts: new Set()};
}
