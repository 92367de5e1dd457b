import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest';
import type {ApiObject} from '../../src/demo/api-object.ts';
import type {Deployment, Pod, ReplicaSet} from '../../src/demo/controllers/kinds.ts';
import {plain, plainText} from './embedded/plain.ts';
import {traceRollout} from './embedded/rollout-trace.ts';
import {startTwoClusters, type TwoClusters} from './embedded/two-clusters.ts';
import type {TestNamespace} from './harness/namespace.ts';
import {isOwnCluster} from './harness/suite-cluster.ts';

interface List<T> {
	readonly items: readonly T[];
}

let clusters: TwoClusters;
beforeAll(async () => {
	clusters = await startTwoClusters();
});
afterAll(() => clusters?.stop());

const soon = {timeout: 40_000, interval: 100};

function deployment(spec: object = {}, pod: object = {}, metadata: object = {}) {
	return {
		apiVersion: 'apps/v1',
		kind: 'Deployment',
		metadata: {name: 'web', ...metadata},
		spec: {
			replicas: 3,
			selector: {matchLabels: {app: 'web'}},
			template: {
				metadata: {labels: {app: 'web'}},
				spec: {terminationGracePeriodSeconds: 1, containers: [{name: 'app', image: 'luksa/kubia:v1', ports: [{name: 'http', containerPort: 8080}]}], ...pod},
			},
			...spec,
		},
	};
}

const complete = (namespace: TestNamespace, revision: number) =>
	vi.waitFor(async () => {
		const {metadata, spec, status = {}} = await namespace.get<Deployment>(['deploy/web']);
		const {updatedReplicas, availableReplicas, replicas, terminatingReplicas, observedGeneration} = status;
		expect(metadata.annotations?.['deployment.kubernetes.io/revision']).toBe(String(revision));
		const whole = {updatedReplicas: spec.replicas, availableReplicas: spec.replicas, replicas: spec.replicas, terminatingReplicas: 0};
		expect({updatedReplicas, availableReplicas, replicas, terminatingReplicas}).toEqual(whole);
		expect(observedGeneration).toBe(metadata.generation);
	}, soon);

async function eventsOf(namespace: TestNamespace, kind: string): Promise<readonly string[]> {
	type Said = ApiObject & {reason: string; message: string; type: string; count?: number; involvedObject: {kind: string}; source: {component?: string}};
	const {items} = await namespace.get<List<Said>>(['events']);
	const about = items.filter(({involvedObject}) => involvedObject.kind === kind);
	const texts = about.map(({source, type, reason, message}) => plainText(`${source.component} ${type} ${reason}: ${message}`, namespace.name));
	return texts.sort();
}

describe.runIf(isOwnCluster()).concurrent('beside the real controllers, on the same API server and nodes', () => {
	test('a Deployment is rolled out, undone and scaled to the same objects and events', async () => {
		const {ours, upstream} = await clusters.inBoth('roll', async namespace => {
			await namespace.apply(deployment({minReadySeconds: 1}, {}, {annotations: {'kubernetes.io/change-cause': 'first'}}));
			await complete(namespace, 1);
			await namespace.must(['set', 'image', 'deploy/web', 'app=luksa/kubia:v2']);
			await namespace.must(['annotate', '--overwrite', 'deploy/web', 'kubernetes.io/change-cause=second']);
			await complete(namespace, 2);
			await namespace.must(['rollout', 'undo', 'deploy/web']);
			await complete(namespace, 3);
			await namespace.must(['scale', 'deploy/web', '--replicas=5']);
			await complete(namespace, 3);
			const {items} = await namespace.get<List<ReplicaSet>>(['rs']);
			const byRevision = items.toSorted((left, right) => Number(revision(left)) - Number(revision(right)));
			const objects = {
				deployment: await namespace.get(['deploy/web']),
				replicaSets: byRevision,
				history: await namespace.must(['rollout', 'history', 'deploy/web']),
			};
			return {objects: plain(objects, namespace.name), events: await eventsOf(namespace, 'Deployment')};
		});
		expect(ours).toEqual(upstream);
	});

	test('a rollout that gets stuck, is scaled, undone, paused and resumed takes the same steps', async () => {
		const {ours, upstream} = await clusters.inBoth('steps', async (namespace, cluster) => {
			const trace = traceRollout(cluster, namespace.name);
			const until = (expected: object, reason: string, revision: number) =>
				vi.waitFor(() => {
					const {metadata, status = {}} = trace.deployment() ?? {};
					expect(status).toMatchObject({...expected, observedGeneration: metadata?.generation});
					expect(metadata?.annotations?.['deployment.kubernetes.io/revision']).toBe(`${revision}`);
					expect(status.conditions?.find(({type}) => type === 'Progressing')?.reason).toBe(reason);
				}, soon);
			const whole = (count: number) => ({replicas: count, updatedReplicas: count, availableReplicas: count, terminatingReplicas: 0});
			await namespace.apply(deployment({replicas: 4, progressDeadlineSeconds: 5}));
			await until(whole(4), 'NewReplicaSetAvailable', 1);
			await namespace.must(['set', 'image', 'deploy/web', 'app=luksa/kubia:nope']);
			await until({replicas: 5, updatedReplicas: 2, availableReplicas: 3, terminatingReplicas: 0}, 'ProgressDeadlineExceeded', 2);
			await namespace.must(['scale', 'deploy/web', '--replicas=8']);
			await until({replicas: 10, updatedReplicas: 4, availableReplicas: 6}, 'ReplicaSetUpdated', 2);
			await namespace.must(['rollout', 'undo', 'deploy/web']);
			await until(whole(8), 'NewReplicaSetAvailable', 3);
			await namespace.must(['rollout', 'pause', 'deploy/web']);
			await until(whole(8), 'DeploymentPaused', 3);
			await namespace.must(['set', 'image', 'deploy/web', 'app=luksa/kubia:v4']);
			await until({replicas: 8}, 'DeploymentPaused', 3);
			await namespace.must(['rollout', 'resume', 'deploy/web']);
			await until(whole(8), 'NewReplicaSetAvailable', 4);
			await trace.stop();
			return trace.steps;
		});
		expect(withoutCatchUps(ours)).toEqual(withoutCatchUps(upstream));
	});

	test('Recreate lets all old pods go before it makes new ones', async () => {
		const {ours, upstream} = await clusters.inBoth('recreate', async namespace => {
			await namespace.apply(deployment({strategy: {type: 'Recreate'}}));
			await complete(namespace, 1);
			await namespace.must(['set', 'image', 'deploy/web', 'app=luksa/kubia:v2']);
			await complete(namespace, 2);
			return {deployment: plain(await namespace.get(['deploy/web']), namespace.name), events: await eventsOf(namespace, 'Deployment')};
		});
		expect(ours).toEqual(upstream);
	});

	test('only as many old ReplicaSets are kept as the history may have', async () => {
		const {ours, upstream} = await clusters.inBoth('history', async namespace => {
			await namespace.apply(deployment({revisionHistoryLimit: 1, replicas: 1}));
			await complete(namespace, 1);
			for (const [index, version] of ['v2', 'v4', 'v1'].entries()) {
				await namespace.must(['set', 'image', 'deploy/web', `app=luksa/kubia:${version}`]);
				await complete(namespace, index + 2);
			}
			return vi.waitFor(async () => {
				const {items} = await namespace.get<List<ReplicaSet>>(['rs']);
				expect(items).toHaveLength(2);
				return items.map(revision).sort();
			}, soon);
		});
		expect(ours).toEqual(upstream);
		expect(ours).toEqual(['3', '4']);
	});

	test('a Service gets its slices and Endpoints, ready pods and others told apart', async () => {
		const {ours, upstream} = await clusters.inBoth('services', async namespace => {
			const ports = [
				{name: 'web', port: 80, targetPort: 'http'},
				{name: 'admin', port: 81, targetPort: 9000},
			];
			await namespace.apply(
				{apiVersion: 'v1', kind: 'Service', metadata: {name: 'web', labels: {team: 'a'}}, spec: {selector: {app: 'web'}, ports}},
				{apiVersion: 'v1', kind: 'Service', metadata: {name: 'headless'}, spec: {selector: {app: 'web'}, clusterIP: 'None', publishNotReadyAddresses: true}},
				{apiVersion: 'v1', kind: 'Service', metadata: {name: 'nobody'}, spec: {selector: {app: 'nobody'}, ports: [{port: 80}]}},
				{apiVersion: 'v1', kind: 'Service', metadata: {name: 'manual'}, spec: {ports: [{port: 80}]}},
				deployment({replicas: 2}),
			);
			await complete(namespace, 1);
			const objects = () =>
				vi.waitFor(async () => {
					const slices = await namespace.get<List<ApiObject & {endpoints: {conditions: {ready: boolean}}[] | null}>>(['endpointslices']);
					const endpoints = await namespace.get<List<ApiObject>>(['endpoints']);
					expect(slices.items.flatMap(({endpoints: all}) => all ?? []).filter(({conditions}) => conditions.ready)).toHaveLength(4);
					expect([slices.items.length, endpoints.items.length]).toEqual([3, 3]);
					const byName = slices.items.toSorted((left, right) => (left.metadata.generateName ?? '').localeCompare(right.metadata.generateName ?? ''));
					return [byName, endpoints.items].map(items => sortedDeep(plain(items, namespace.name)));
				}, soon);
			return unnamed(await objects());
		});
		expect(ours).toEqual(upstream);
	});

	test('pods that fit nowhere are told why, in the same words', async () => {
		const {ours, upstream} = await clusters.inBoth('schedule', async namespace => {
			const pod = (name: string, spec: object, requests: object = {}) => ({
				apiVersion: 'v1',
				kind: 'Pod',
				metadata: {name},
				spec: {containers: [{name: 'app', image: 'luksa/kubia:v1', resources: {requests}}], ...spec},
			});
			await namespace.apply(pod('too-large', {}, {cpu: '64', memory: '3Ti'}), pod('elsewhere', {nodeSelector: {disk: 'ssd'}}), pod('small', {}, {cpu: '10m'}));
			return vi.waitFor(async () => {
				const {items} = await namespace.get<List<Pod>>(['pods']);
				const conditions = items.map(({metadata: {name}, status}) => [name, status?.conditions?.filter(({type}) => type === 'PodScheduled')]);
				// One that is refused is told so again whenever a pod of another test has gone.
				const events = new Set((await eventsOf(namespace, 'Pod')).filter(text => /Schedul/.test(text)));
				expect(events).toHaveProperty('size', 3);
				return plain([conditions, [...events]], namespace.name);
			}, soon);
		});
		expect(ours).toEqual(upstream);
	});

	test('a quota that is used up fails the ReplicaSet and its Deployment; what is used of it is counted', async () => {
		const {ours, upstream} = await clusters.inBoth('quota', async namespace => {
			await namespace.apply({
				apiVersion: 'v1',
				kind: 'ResourceQuota',
				metadata: {name: 'few'},
				spec: {hard: {pods: '2', services: '5', 'count/deployments.apps': '1'}},
			});
			await vi.waitFor(async () => expect(await namespace.get(['resourcequota/few'])).toMatchObject({status: {used: {pods: '0'}}}), soon);
			await namespace.apply(deployment({replicas: 4}));
			const failed = await vi.waitFor(async () => {
				const {status} = await namespace.get<Deployment>(['deploy/web']);
				const condition = status?.conditions?.find(({type}) => type === 'ReplicaFailure');
				expect(condition).toBeDefined();
				expect(status?.availableReplicas).toBe(2);
				return condition;
			}, soon);
			await namespace.must(['scale', 'deploy/web', '--replicas=1']);
			const quota = await vi.waitFor(async () => {
				const object = await namespace.get<ApiObject>(['resourcequota/few']);
				expect(object.status).toMatchObject({used: {pods: '1'}});
				return object.status;
			}, soon);
			await vi.waitFor(async () => expect((await namespace.get<Deployment>(['deploy/web'])).status?.conditions).toHaveLength(2), soon);
			return plain({failed, quota}, namespace.name);
		});
		expect(ours).toEqual(upstream);
	});

	test.each(['background', 'foreground', 'orphan'])('deleting a Deployment in the %s leaves what it leaves upstream', async policy => {
		const {ours, upstream} = await clusters.inBoth('garbage', async namespace => {
			await namespace.apply(deployment({replicas: 2}));
			await complete(namespace, 1);
			await namespace.must(['delete', 'deploy/web', `--cascade=${policy}`]);
			const left = async () =>
				(await namespace.get<List<ApiObject>>(['deploy,rs,pods'])).items.map(
					({kind, metadata}) => `${kind} ${(metadata.ownerReferences ?? []).map(owner => owner.kind)}`,
				);
			const expected = policy === 'orphan' ? ['Pod ReplicaSet', 'Pod ReplicaSet', 'ReplicaSet '] : [];
			await vi.waitFor(async () => expect((await left()).sort()).toEqual(expected), soon);
			return left();
		});
		expect(ours).toEqual(upstream);
	});

	test('a Deployment adopts a ReplicaSet that fits, and lets go one whose labels no longer do', async () => {
		const {ours, upstream} = await clusters.inBoth('adopt', async namespace => {
			await namespace.apply(deployment({replicas: 1}));
			await complete(namespace, 1);
			await namespace.must(['delete', 'deploy/web', '--cascade=orphan']);
			await vi.waitFor(async () => expect((await namespace.get<List<ReplicaSet>>(['rs'])).items[0]?.metadata.ownerReferences).toBeUndefined(), soon);
			await namespace.apply(deployment({replicas: 2}));
			await complete(namespace, 1);
			const [adopted] = (await namespace.get<List<ReplicaSet>>(['rs'])).items;
			expect(adopted?.metadata.ownerReferences).toHaveLength(1);
			await namespace.must(['label', '--overwrite', `rs/${adopted?.metadata.name}`, 'app=other']);
			await vi.waitFor(async () => expect((await namespace.get<ReplicaSet>([`rs/${adopted?.metadata.name}`])).metadata.ownerReferences).toBeUndefined(), soon);
			return plain(adopted, namespace.name);
		});
		expect(ours).toEqual(upstream);
	});

	test('a namespace that is deleted goes with all that is in it', async () => {
		const {ours} = await clusters.inBoth('ending', async (namespace, cluster) => {
			await namespace.apply(deployment({replicas: 2}), {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'note'}});
			await complete(namespace, 1);
			await namespace.delete();
			await vi.waitFor(async () => expect((await cluster.kubectl(['get', 'namespace', namespace.name])).stderr).toContain('NotFound'), soon);
			return 'gone';
		});
		expect(ours).toBe('gone');
	});
});

function revision({metadata}: ReplicaSet): string | undefined {
	return metadata.annotations?.['deployment.kubernetes.io/revision'];
}

/** Lists whose order is chance. */
function sortedDeep(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sortedDeep).toSorted((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, sortedDeep(item)]));
}

/** Made-up names of slices. */
function unnamed(value: unknown): unknown {
	return JSON.parse(JSON.stringify(value).replaceAll(/"name":"(web|headless|nobody)-[a-z0-9]{5}"/g, '"name":"$1-SLICE"'));
}

/**
 * Without steps in which nothing but the observed generation moved: whether a pass writes it alone or together with the next thing depends on which of its
 * own writes the controller has heard of by then.
 */
function withoutCatchUps(steps: readonly string[]): readonly string[] {
	const rest = (step: string | undefined) => step?.replace(/ obs=\d+/, '');
	return steps.filter((step, index) => index === 0 || rest(step) !== rest(steps[index - 1]));
}
