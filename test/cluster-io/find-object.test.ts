import {expect, test} from 'vitest';
import {checkNamespace, findTarget} from '../../src/cluster/find-object.ts';
import {nearest} from '../../src/domain/nearest.ts';
import {answerStatus} from './harness/api-server.ts';
import {connectTo} from './harness/kubeconfig.ts';
import {deploymentJson} from './harness/objects.ts';
import {startRestServer} from './harness/rest-server.ts';

const deployments = '/apis/apps/v1/namespaces/web/deployments';
const namespace = (name: string) => ({metadata: {uid: `uid-${name}`, name}});
const forbidden = (_request: unknown, response: Parameters<typeof answerStatus>[0]) => answerStatus(response, 403, 'Forbidden', 'namespaces is forbidden');

async function connection(routes: Parameters<typeof startRestServer>[0], inNamespace = 'web') {
	const server = await startRestServer(routes);
	return connectTo(server.url, {}, {namespace: inNamespace});
}

test('says that the namespace does not exist, and which one was probably meant', async () => {
	const routes = {'GET /api/v1/namespaces': [namespace('default'), namespace('web')]};
	await expect(checkNamespace(await connection(routes, 'wbe'))).rejects.toMatchObject({
		kind: 'not-found',
		message: 'there is no namespace "wbe" in context "test"',
		hint: 'did you mean "web"?',
	});
});

test('does not claim that a namespace is missing which may not be read', async () => {
	await expect(checkNamespace(await connection({'GET /api/v1/namespaces/web': forbidden}))).resolves.toBeUndefined();
});

test.each([
	['Deployment', deployments],
	['StatefulSet', '/apis/apps/v1/namespaces/web/statefulsets'],
	['DaemonSet', '/apis/apps/v1/namespaces/web/daemonsets'],
	['Service', '/api/v1/namespaces/web/services'],
] as const)('finds a %s, and says when there is none of that name', async (kind, collection) => {
	const other = kind === 'Deployment' ? 'StatefulSet' : 'Deployment';
	const routes = {
		[`GET ${collection}`]: [deploymentJson('kubia')],
		[`GET ${collection}/kubia`]: deploymentJson('kubia'),
		'GET /api/v1/namespaces/web': namespace('web'),
	};
	await expect(findTarget(await connection(routes), kind, 'kubia')).resolves.toBeUndefined();
	const word = kind.toLowerCase();
	await expect(findTarget(await connection(routes), kind, 'kubai')).rejects.toMatchObject({
		kind: 'not-found',
		message: `there is no ${word} "kubai" in namespace "web" of context "test"`,
		hint: 'did you mean "kubia"?',
	});
	await expect(findTarget(await connection(routes), other, 'kubia')).rejects.toMatchObject({kind: 'not-found'});
});

test('says that a Deployment does not exist, and which one was probably meant', async () => {
	const routes = {[`GET ${deployments}`]: [deploymentJson('kubia')], 'GET /api/v1/namespaces/web': namespace('web')};
	await expect(findTarget(await connection(routes), 'Deployment', 'kuiba')).rejects.toMatchObject({
		kind: 'not-found',
		message: 'there is no deployment "kuiba" in namespace "web" of context "test"',
		hint: 'did you mean "kubia"?',
	});
});

test('says that a Deployment does not exist where nothing may be listed', async () => {
	const routes = {[`GET ${deployments}`]: forbidden, 'GET /api/v1/namespaces/web': forbidden};
	await expect(findTarget(await connection(routes), 'Deployment', 'kubia')).rejects.toMatchObject({
		kind: 'not-found',
		hint: expect.stringContaining('choose a namespace with -n'),
	});
});

test.each([
	['kuiba', ['web', 'kubia'], 'kubia'],
	['kub', ['web', 'kubia'], 'kubia'],
	['Kubia', ['kubia'], 'kubia'],
	['payments', ['web', 'kubia'], undefined],
	['x', [], undefined],
] as const)('takes "%s" among %j as %s', (typed, names, meant) => {
	expect(nearest(typed, names)).toBe(meant);
});
