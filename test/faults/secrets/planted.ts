import type {answerJson} from '../../cluster-io/harness/api-server.ts';
import {deploymentJson, podJson, replicaSetJson, serviceJson, webPaths} from '../../cluster-io/harness/objects.ts';
import {type FakeApi, namedList, startFakeApi} from '../../e2e/fake-api.ts';
import {type Canary, canary} from './canaries.ts';

/** A cluster with secrets wherever people leave them, and all of these. */
export type Planted = {readonly api: FakeApi; readonly canaries: readonly Canary[]};

/** Secrets of the templates: in each revision another one. */
const places = ['env', 'url', 'bearer', 'argument', 'script', 'probe', 'annotation', 'applied', 'cause', 'volume'] as const;
type Secrets = Readonly<Record<(typeof places)[number], Canary>>;

function secretsOf(revision: number): Secrets {
	return Object.fromEntries(places.map(place => [place, canary(`${place} of revision ${revision}`)])) as Secrets;
}

function templateOf({env, url, bearer, argument, script, probe, annotation, applied, volume}: Secrets, revision: number) {
	return {
		metadata: {
			labels: {app: 'shop', 'pod-template-hash': `hash${revision}`},
			annotations: {'example.com/api-token': annotation.value, 'kubectl.kubernetes.io/last-applied-configuration': `{"data":{"x":"${applied.value}"}}`},
		},
		spec: {
			containers: [
				{
					name: 'app',
					image: `app:v${revision}`,
					command: ['sh', '-c', `PASSWORD=${script.value} exec run`],
					args: ['--token', argument.value],
					env: [
						{name: 'DB_PASSWORD', value: env.value},
						{name: 'DATABASE_URL', value: `postgres://web:${url.value}@db/web`},
						{name: 'API_KEY', valueFrom: {secretKeyRef: {name: 'shop-keys', key: 'api'}}},
					],
					readinessProbe: {
						httpGet: {path: `/?token=${probe.value}`, port: 80, httpHeaders: [{name: 'Authorization', value: `Bearer ${bearer.value}`}]},
					},
				},
			],
			volumes: [{name: 'v', csi: {driver: 'd', volumeAttributes: {password: volume.value}}}],
		},
	};
}

function annotationsOf({cause, applied}: Secrets, revision: number) {
	return {
		'deployment.kubernetes.io/revision': String(revision),
		'kubernetes.io/change-cause': `kubectl set env deploy/shop DB_PASSWORD=${cause.value}`,
		'kubectl.kubernetes.io/last-applied-configuration': `{"x":"${applied.value}"}`,
	};
}

/** Revision 2 of `deploy/shop` stands in the middle of its rollout: its pod crashes, and its log says a password. */
export async function startPlanted(routes: Readonly<Record<string, unknown>> = {}): Promise<Planted> {
	const revisions = [1, 2].map(secretsOf) as [Secrets, Secrets];
	const log = canary('log line');
	const own = {...templateOf(revisions[1], 2), metadata: {...templateOf(revisions[1], 2).metadata, labels: {app: 'shop'}}};
	const shop = deploymentJson('shop', {
		metadata: {creationTimestamp: '2026-01-01T00:00:00Z', annotations: annotationsOf(revisions[1], 2)},
		spec: {template: own},
		status: {updatedReplicas: 1, replicas: 3, readyReplicas: 2, availableReplicas: 2},
	});
	const sets = revisions.map((secrets, index) => {
		const set = replicaSetJson('shop', index + 1, `app:v${index + 1}`);
		const replicas = index === 0 ? 2 : 1;
		return {
			...set,
			metadata: {...set.metadata, annotations: annotationsOf(secrets, index + 1)},
			spec: {replicas, template: templateOf(secrets, index + 1)},
			status: {replicas},
		};
	});
	const owner = {kind: 'ReplicaSet', name: 'shop-hash2', uid: 'uid-shop-hash2', controller: true};
	const terminated = {exitCode: 1, reason: 'Error', finishedAt: '2026-01-01T00:01:00Z', startedAt: '2026-01-01T00:00:30Z'};
	const pod = podJson('shop-hash2-1', '10', {
		metadata: {labels: {app: 'shop'}, creationTimestamp: '2026-01-01T00:00:00Z', ownerReferences: [owner]},
		spec: templateOf(revisions[1], 2).spec,
		status: {
			phase: 'Running',
			containerStatuses: [
				{
					name: 'app',
					ready: false,
					restartCount: 3,
					image: 'app:v2',
					imageID: '',
					state: {waiting: {reason: 'CrashLoopBackOff', message: 'back-off'}},
					lastState: {terminated},
				},
			],
		},
	});
	const api = await startFakeApi({
		routes: {
			[`GET ${webPaths.deployments}`]: namedList([shop]),
			[`GET ${webPaths.deployments}/shop`]: shop,
			[`GET ${webPaths.replicasets}`]: sets,
			[`GET ${webPaths.pods}`]: [pod],
			[`GET ${webPaths.services}`]: [serviceJson('shop', {app: 'shop'})],
			[`GET ${webPaths.services}/shop`]: serviceJson('shop', {app: 'shop'}),
			[`GET ${webPaths.pods}/shop-hash2-1`]: pod,
			[`GET ${webPaths.pods}/shop-hash2-1/log`]: (_: unknown, response: Parameters<typeof answerJson>[0]) =>
				response.writeHead(200, {'content-type': 'text/plain'}).end(`starting\nfatal: cannot log in with password=${log.value}\n`),
			...routes,
		},
	});
	return {api, canaries: [...revisions.flatMap(secrets => Object.values(secrets)), log]};
}
