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

const resources = (...plurals: readonly string[]) => ({kind: 'APIResourceList', resources: plurals.map(name => ({name}))});
const argo = '/apis/argoproj.io/v1alpha1';

test.each([
	['ArgoRollout', `${argo}/namespaces/web/rollouts`, {[`GET ${argo}`]: resources('rollouts', 'applications')}],
	[
		'KruiseRollout',
		'/apis/rollouts.kruise.io/v1alpha1/namespaces/web/rollouts',
		{
			'GET /apis': {groups: [{name: 'rollouts.kruise.io', versions: [{version: 'v1alpha1'}]}]},
			'GET /apis/rollouts.kruise.io/v1alpha1': resources('rollouts'),
		},
	],
	['Application', '/apis/core.oam.dev/v1beta1/namespaces/web/applications', {'GET /apis/core.oam.dev/v1beta1': resources('applications')}],
] as const)('finds a %s where the cluster has them, and says when there is none of that name', async (kind, collection, served) => {
	const routes = {
		...served,
		[`GET ${collection}`]: [deploymentJson('kubia')],
		[`GET ${collection}/kubia`]: deploymentJson('kubia'),
		'GET /api/v1/namespaces/web': namespace('web'),
	};
	await expect(findTarget(await connection(routes), kind, 'kubia')).resolves.toBeUndefined();
	await expect(findTarget(await connection(routes), kind, 'kubai')).rejects.toMatchObject({
		kind: 'not-found',
		message: `there is no ${kind === 'Application' ? 'application' : 'rollout'} "kubai" in namespace "web" of context "test"`,
		hint: 'did you mean "kubia"?',
	});
});

test.each([
	['ArgoRollout', 'this cluster has no Argo Rollouts (rollouts.argoproj.io is not served)'],
	['KruiseRollout', 'this cluster has no OpenKruise Rollouts (rollouts.rollouts.kruise.io is not served)'],
	['Application', 'this cluster has no KubeVela Applications (applications.core.oam.dev is not served)'],
] as const)('says that a cluster has no %s at all, and what it has', async (kind, message) => {
	// Argo CD shares the group of Argo Rollouts.
	const routes = {[`GET ${argo}`]: resources('applications'), 'GET /api/v1/namespaces/web': namespace('web')};
	await expect(findTarget(await connection(routes), kind, 'kubia')).rejects.toMatchObject({
		kind: 'not-found',
		message,
		hint: 'it has Deployments (deploy/NAME), StatefulSets (sts/NAME), DaemonSets (ds/NAME); or choose another --context',
	});
});

test('names what steers rollouts in place of what is not served', async () => {
	const routes = {'GET /apis/rollouts.kruise.io/v1beta1': resources('rollouts')};
	await expect(findTarget(await connection(routes), 'ArgoRollout', 'kubia')).rejects.toMatchObject({
		hint: expect.stringContaining('OpenKruise Rollouts (rollouts.kruise.io/NAME)'),
	});
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
