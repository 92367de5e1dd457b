import {onTestFinished} from 'vitest';
import {until} from '../../../src/app/first-sight.ts';
import type {Safety} from '../../../src/app/safety.ts';
import {type Session, startSession} from '../../../src/app/session.ts';
import {parseArguments} from '../../../src/cli/parse-arguments.ts';
import type {ClusterConnection} from '../../../src/cluster/connect.ts';
import {openGuard} from '../../../src/domain/guard.ts';
import {deploymentJson, podJson, replicaSetJson, serviceJson, webPaths} from '../../cluster-io/harness/objects.ts';
import {type RestServer, startRestServer} from '../../cluster-io/harness/rest-server.ts';

type Routes = Parameters<typeof startRestServer>[0];

/** A namespace `web` with Deployment and Service kubia, that takes every write. */
export function kubiaServer(routes: Routes = {}, live: object = deploymentJson('kubia')): Promise<RestServer> {
	const service = serviceJson('kubia', {app: 'kubia'});
	const scale = {kind: 'Scale', apiVersion: 'autoscaling/v1', metadata: {name: 'kubia', namespace: 'web', resourceVersion: '10'}, spec: {replicas: 3}};
	const deployment = `${webPaths.deployments}/kubia`;
	return startRestServer({
		[`GET ${webPaths.deployments}`]: [live],
		[`GET ${deployment}`]: live,
		[`PATCH ${deployment}`]: live,
		[`GET ${deployment}/scale`]: scale,
		[`PUT ${deployment}/scale`]: scale,
		[`GET ${webPaths.replicasets}`]: [replicaSetJson('kubia', 1, 'app:v1'), replicaSetJson('kubia', 2, 'app:v2')],
		[`GET ${webPaths.pods}`]: [podJson('kubia-hash2-aaaaa', '5', {metadata: {labels: {app: 'kubia'}}})],
		[`DELETE ${webPaths.pods}/kubia-hash2-aaaaa`]: {kind: 'Status', status: 'Success'},
		[`POST ${webPaths.pods}`]: podJson('rollwatch-curl-x', '6'),
		[`GET ${webPaths.events}`]: [],
		[`GET ${webPaths.services}`]: [service],
		[`GET ${webPaths.services}/kubia`]: service,
		[`PATCH ${webPaths.services}/kubia`]: service,
		[`GET ${webPaths.endpointslices}`]: [],
		...routes,
	});
}

export type SessionWish = {
	readonly kind?: 'Deployment' | 'Service';
	/** Default: kubia. */
	readonly name?: string;
	readonly args?: readonly string[];
	readonly safety?: Partial<Safety>;
};

/** A session, once what it watches was seen; it ends with the test. */
export async function sessionOn(
	connection: ClusterConnection,
	{kind = 'Deployment', name = 'kubia', args = [], safety = {}}: SessionWish = {},
): Promise<Session> {
	const parsed = parseArguments([`${kind === 'Service' ? 'svc' : 'deploy'}/${name}`, '--plain', ...args], '0', {
		env: {},
		stdoutIsTerminal: false,
		stdinIsTerminal: false,
	});
	if (parsed.kind !== 'run') throw new Error(JSON.stringify(parsed));
	const stop = new AbortController();
	const session = startSession({
		connection,
		watched: {kind, name},
		options: parsed.options,
		rule: {kind: 'auto'},
		safety: {guard: openGuard, audit: undefined, ...safety},
		env: {},
		now: Date.now,
		confirmCurlPod: async () => true,
		signal: stop.signal,
	});
	onTestFinished(async () => {
		stop.abort();
		await session.followed;
	});
	const isSeen = () => (session.store.snapshot().workloads.size > 0 && session.store.snapshot().services.size > 0) || undefined;
	await until(session.store, isSeen, AbortSignal.timeout(10_000));
	return session;
}
