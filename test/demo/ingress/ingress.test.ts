import {request} from 'node:http';
import {afterEach, expect, test} from 'vitest';
import {findRoutes} from '../../../src/cluster/find-routes.ts';
import type {IngressObject} from '../../../src/demo/ingress/ingress-object.ts';
import {create} from '../../../src/demo/scenarios/changes.ts';
import {deployment, service} from '../../../src/demo/scenarios/manifests.ts';
import {type RunningCluster, startCluster} from '../../../src/demo/start-cluster.ts';
import type {Service} from '../../../src/domain/service.ts';

let cluster: RunningCluster | undefined;
afterEach(() => cluster?.stop());

const container = {ports: [{containerPort: 8080}], readinessProbe: {tcpSocket: {port: 8080}, periodSeconds: 1}};
const side = (version: string) =>
	[
		deployment({name: `demo-${version}`, labels: {app: 'demo', version}, replicas: 1, image: `barnett/canarydemo:${version}`, container}),
		service(`demo-${version}`, {app: 'demo', version}, {port: 80, targetPort: 8080}),
	] as const;

function ingress(name: string, backend: string, annotations: Readonly<Record<string, string>> = {}): object {
	const path = {path: '/version', pathType: 'Prefix', backend: {service: {name: backend, port: {number: 80}}}};
	return {
		apiVersion: 'networking.k8s.io/v1',
		kind: 'Ingress',
		metadata: {name, annotations},
		spec: {ingressClassName: 'nginx', rules: [{host: 'canary-demo.com', http: {paths: [path]}}]},
	};
}

async function ask(place: {host: string; port: number} | undefined, path: string, headers: Readonly<Record<string, string>>): Promise<string> {
	if (place === undefined) return 'no door';
	return new Promise((resolve, reject) => {
		const sent = request({...place, path, headers, agent: false}, answer => {
			let text = '';
			answer.on('data', chunk => {
				text += String(chunk);
			});
			answer.on('end', () => resolve(`${answer.statusCode} ${text.trim()}`));
		});
		sent.on('error', reject);
		sent.end();
	});
}

test('requests come in by host and path, a canary takes its part, and the door is found by what the Ingress says', async () => {
	const made = await startCluster({nodes: {count: 1, podsPerNode: 20}});
	cluster = made;
	const {client} = made;
	expect(made.ingress.address()).toBeUndefined();
	await create('demo', ...side('v1'), ...side('v2'), ingress('demo', 'demo-v1'))(client);
	const host = {host: 'canary-demo.com'};
	const get = (path: string, headers: Readonly<Record<string, string>> = host) => ask(made.ingress.address(), path, headers);
	await expect.poll(() => get('/version')).toBe('200 Demo: V1');
	expect(await get('/version', {host: 'canary-demo.com:8080'})).toBe('200 Demo: V1');
	expect(await get('/version', {host: 'other.example'})).toMatch(/^404 default backend/);
	expect(await get('/')).toMatch(/^404 default backend/);
	const canary = {
		'nginx.ingress.kubernetes.io/canary': 'true',
		'nginx.ingress.kubernetes.io/canary-weight': '0',
		'nginx.ingress.kubernetes.io/canary-by-header': 'x-canary',
	};
	await create('demo', ingress('demo-canary', 'demo-v2', canary))(client);
	await expect.poll(() => get('/version', {...host, 'x-canary': 'always'})).toBe('200 Demo: V2');
	expect(await get('/version')).toBe('200 Demo: V1');
	const path = '/apis/networking.k8s.io/v1/namespaces/demo/ingresses/demo-canary';
	const body = {metadata: {annotations: {'nginx.ingress.kubernetes.io/canary-weight': '100'}}};
	await client.send({method: 'PATCH', path, body, contentType: 'application/merge-patch+json'});
	await expect.poll(() => get('/version')).toBe('200 Demo: V2');

	const [found] = await findRoutes({
		connection: {namespace: 'demo', json: ({path: asked, query}) => client.send({path: asked, query: query as Record<string, string>})},
		services: [{name: 'demo-v1', ports: []} as unknown as Service],
		pods: [],
	}).then(routes => routes.filter(({title}) => title === 'Ingress demo'));
	const port = made.ingress.address()?.port;
	expect(found).toMatchObject({
		target: `http://canary-demo.com:${port}/version`,
		extras: {connectTo: [{host: '127.0.0.1', port}]},
		declaredWeights: [
			{service: 'demo-v1', weight: 0},
			{service: 'demo-v2', weight: 1},
		],
	});
	await client.send({method: 'DELETE', path: '/apis/apps/v1/namespaces/demo/deployments/demo-v2'});
	// A canary that nobody answers for takes no part.
	await expect.poll(() => get('/version')).toBe('200 Demo: V1');
	await client.send({method: 'DELETE', path: '/apis/apps/v1/namespaces/demo/deployments/demo-v1'});
	await expect.poll(() => get('/version')).toMatch(/^503/);
	const told = (await client.send({path: '/apis/networking.k8s.io/v1/namespaces/demo/ingresses/demo'})) as IngressObject;
	expect(told.status?.loadBalancer?.ingress).toEqual([{ip: '127.0.0.1', ports: [{port, protocol: 'TCP'}]}]);
});
