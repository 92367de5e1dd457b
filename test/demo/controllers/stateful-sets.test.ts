import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import type {ApiObject} from '../../../src/demo/api-object.ts';
import type {ControllerRevision} from '../../../src/demo/controllers/history/controller-revision.ts';
import type {Pod} from '../../../src/demo/controllers/kinds.ts';
import type {StatefulSet, StatefulSetStatus} from '../../../src/demo/controllers/stateful-set/stateful-set.ts';
import {type SmallCluster, startSmallCluster} from './small-cluster.ts';

let cluster: SmallCluster;
beforeEach(async () => {
	cluster = await startSmallCluster('node-1');
});
afterEach(() => cluster.stop());

const apps = '/apis/apps/v1/namespaces/default';
const core = '/api/v1/namespaces/default';
const db = `${apps}/statefulsets/db`;

function aStatefulSet(spec: object = {}) {
	const template = {metadata: {labels: {app: 'db'}}, spec: {containers: [{name: 'app', image: 'a:1'}]}};
	return {
		apiVersion: 'apps/v1',
		kind: 'StatefulSet',
		metadata: {name: 'db'},
		spec: {replicas: 3, serviceName: 'db', selector: {matchLabels: {app: 'db'}}, template, ...spec},
	};
}

const set = () => cluster.get<StatefulSet>(db);
const pods = () => cluster.list<Pod & {spec: {containers: readonly {image: string}[]}}>(`${core}/pods`);
const images = async () => (await pods()).map(({metadata, spec}) => `${metadata.name} ${spec.containers[0]?.image}`).sort();
const setImage = (image: string) => cluster.patch(db, {spec: {template: {spec: {containers: [{name: 'app', image}]}}}});
const revisions = async () => (await cluster.list<ControllerRevision>(`${apps}/controllerrevisions`)).toSorted((left, right) => left.revision - right.revision);
const rests = (status: Partial<StatefulSetStatus>) => async () => {
	const {metadata, status: now} = await set();
	return (
		now?.observedGeneration === metadata.generation &&
		Object.entries({readyReplicas: 3, ...status}).every(([key, value]) => now?.[key as keyof StatefulSetStatus] === value)
	);
};
/** What the set was told about itself, in order. */
const events = async () =>
	(await cluster.list<ApiObject & {message: string; involvedObject: {kind: string}}>(`${core}/events`))
		.filter(({involvedObject}) => involvedObject.kind === 'StatefulSet')
		.map(({message}) => message);

describe('a StatefulSet on the embedded API server', () => {
	test('makes its pods one after the other, each with its name, host name and place', async () => {
		await cluster.create(`${apps}/statefulsets`, aStatefulSet());
		await cluster.until(async () => {
			const ready = (await pods()).map(({status}) => status?.phase === 'Running');
			// Only the newest may still be waiting.
			expect(ready.slice(0, -1)).not.toContain(false);
			return rests({})();
		});
		expect(await events()).toEqual([0, 1, 2].map(ordinal => `Create Pod db-${ordinal} in StatefulSet db successful`));
		const [revision] = await revisions();
		const first = (await pods())[0];
		expect(first).toMatchObject({
			metadata: {
				name: 'db-0',
				labels: {
					app: 'db',
					'apps.kubernetes.io/pod-index': '0',
					'statefulset.kubernetes.io/pod-name': 'db-0',
					'controller-revision-hash': revision?.metadata.name,
				},
			},
			spec: {hostname: 'db-0', subdomain: 'db'},
		});
		expect((await set()).status).toEqual({
			observedGeneration: 1,
			replicas: 3,
			readyReplicas: 3,
			availableReplicas: 3,
			currentReplicas: 3,
			updatedReplicas: 3,
			currentRevision: revision?.metadata.name,
			updateRevision: revision?.metadata.name,
			collisionCount: 0,
		});
	});

	test('is updated from the highest ordinal down to the partition, and then to the end', async () => {
		await cluster.create(`${apps}/statefulsets`, aStatefulSet());
		await cluster.until(rests({}));
		await cluster.patch(db, {spec: {updateStrategy: {rollingUpdate: {partition: 2}}}});
		await setImage('a:2');
		await cluster.until(rests({updatedReplicas: 1, currentReplicas: 2}));
		expect(await images()).toEqual(['db-0 a:1', 'db-1 a:1', 'db-2 a:2']);
		const names = (await revisions()).map(({metadata}) => metadata.name);
		expect((await set()).status).toMatchObject({currentRevision: names[0], updateRevision: names[1]});
		await cluster.patch(db, {spec: {updateStrategy: {rollingUpdate: {partition: 0}}}});
		await cluster.until(rests({updatedReplicas: 3, currentReplicas: 3}));
		expect(await images()).toEqual(['db-0 a:2', 'db-1 a:2', 'db-2 a:2']);
		expect((await events()).filter(message => message.startsWith('Delete'))).toEqual(
			[2, 1, 0].map(ordinal => `Delete Pod db-${ordinal} in StatefulSet db successful`),
		);
		expect((await set()).status).toMatchObject({currentRevision: names[1], updateRevision: names[1]});
	});

	test('that goes back to an old template gives its revision the highest number', async () => {
		await cluster.create(`${apps}/statefulsets`, aStatefulSet({replicas: 1}));
		await cluster.until(rests({readyReplicas: 1}));
		const [first] = await revisions();
		await setImage('a:2');
		await cluster.until(rests({readyReplicas: 1, updatedReplicas: 1}));
		await setImage('a:1');
		await cluster.until(async () => (await revisions()).at(-1)?.metadata.name === first?.metadata.name);
		expect((await revisions()).map(({revision}) => revision)).toEqual([2, 3]);
		await cluster.until(async () => (await images()).includes('db-0 a:1'));
	});

	test('gets stuck on a bad template: the pods below the broken one stay as they are', async () => {
		await cluster.create(`${apps}/statefulsets`, aStatefulSet());
		await cluster.until(rests({}));
		await setImage('bad');
		const works = (pod: Pod) => (pod.spec.containers[0] as {image?: string}).image !== 'bad';
		await cluster.until(rests({readyReplicas: 2, updatedReplicas: 1}), works);
		expect(await images()).toEqual(['db-0 a:1', 'db-1 a:1', 'db-2 bad']);
	});

	test('with OnDelete waits until somebody deletes a pod', async () => {
		await cluster.create(`${apps}/statefulsets`, aStatefulSet({updateStrategy: {type: 'OnDelete'}}));
		await cluster.until(rests({}));
		await setImage('a:2');
		await cluster.until(async () => (await revisions()).length === 2 && (await rests({})()));
		expect(await images()).toEqual(['db-0 a:1', 'db-1 a:1', 'db-2 a:1']);
		await cluster.remove(`${core}/pods/db-1`);
		await cluster.until(async () => (await images()).includes('db-1 a:2') && (await rests({})()));
		expect((await set()).status).toMatchObject({updatedReplicas: 1, currentReplicas: 2});
	});

	test('in parallel makes and removes all at once, and still updates one at a time', async () => {
		await cluster.create(`${apps}/statefulsets`, aStatefulSet({podManagementPolicy: 'Parallel'}));
		await cluster.until(
			async () => (await pods()).length === 3,
			() => false,
		);
		await cluster.until(rests({}));
		await setImage('a:2');
		await cluster.until(async () => {
			expect((await set()).status?.readyReplicas ?? 0).toBeGreaterThanOrEqual(2);
			return rests({updatedReplicas: 3})();
		});
		await cluster.patch(db, {spec: {replicas: 0}});
		await cluster.until(async () => (await pods()).length === 0);
	});

	test('shrinks from the highest ordinal, and begins where its ordinals begin', async () => {
		await cluster.create(`${apps}/statefulsets`, aStatefulSet({ordinals: {start: 5}}));
		await cluster.until(rests({}));
		expect((await pods()).map(({metadata}) => metadata.name)).toEqual(['db-5', 'db-6', 'db-7']);
		await cluster.patch(db, {spec: {replicas: 1}});
		await cluster.until(async () => (await images()).join() === 'db-5 a:1');
		expect((await events()).filter(message => message.startsWith('Delete'))).toEqual(
			[7, 6].map(ordinal => `Delete Pod db-${ordinal} in StatefulSet db successful`),
		);
	});

	test('keeps only as much history as it may, and goes with all that it owns', async () => {
		await cluster.create(`${apps}/statefulsets`, aStatefulSet({replicas: 1, revisionHistoryLimit: 1}));
		await cluster.until(rests({readyReplicas: 1}));
		for (const image of ['a:2', 'a:3', 'a:4']) {
			await setImage(image);
			await cluster.until(async () => (await images()).join() === `db-0 ${image}` && (await rests({readyReplicas: 1})()));
		}
		await cluster.until(async () => (await revisions()).length === 2);
		expect((await revisions()).map(({revision}) => revision)).toEqual([3, 4]);
		await cluster.remove(db);
		await cluster.until(async () => (await revisions()).length + (await pods()).length === 0);
	});

	test('runs what claims volumes with volumes of the pods', async () => {
		const template = {metadata: {labels: {app: 'db'}}, spec: {containers: [{name: 'app', image: 'a:1', volumeMounts: [{name: 'data', mountPath: '/data'}]}]}};
		const claim = {metadata: {name: 'data'}, spec: {accessModes: ['ReadWriteOnce'], resources: {requests: {storage: '1Gi'}}}};
		await cluster.create(`${apps}/statefulsets`, aStatefulSet({replicas: 1, template, volumeClaimTemplates: [claim]}));
		await cluster.until(rests({readyReplicas: 1}));
	});
});
