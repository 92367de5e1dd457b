import type {ServerResponse} from 'node:http';
import {describe, expect, test} from 'vitest';
import {readUpkeep} from '../../src/cluster/read-upkeep.ts';
import {answerStatus, type Received} from './harness/api-server.ts';
import {connectTo} from './harness/kubeconfig.ts';
import {deploymentJson} from './harness/objects.ts';
import {startRestServer} from './harness/rest-server.ts';

const path = '/apis/apps/v1/namespaces/web/deployments/kubia';
const applicationPath = '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/shop';
const tracked = {annotations: {'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:web/kubia'}};

async function upkeep(metadata: object, routes: object = {}) {
	const live = deploymentJson('kubia') as {metadata: object};
	const server = await startRestServer({[`GET ${path}`]: {...live, metadata: {...live.metadata, ...metadata}}, ...routes});
	const connection = await connectTo(server.url, {}, {namespace: 'web'});
	return {server, read: await readUpkeep(connection, path, new AbortController().signal)};
}

describe('who keeps an object', () => {
	test('is read from its managers’ names, not from who wrote its status, and from its owner', async () => {
		const {server, read} = await upkeep({
			managedFields: [
				{manager: 'house-operator', operation: 'Apply'},
				{manager: 'kubectl-edit', operation: 'Update'},
				{manager: 'kube-controller-manager', operation: 'Update', subresource: 'status'},
			],
			ownerReferences: [{kind: 'KubiaCluster', name: 'blue', uid: 'u', controller: true}],
		});
		expect(read).toMatchObject({
			uid: 'uid-kubia',
			managers: [
				{name: 'house-operator', applies: true},
				{name: 'kubectl-edit', applies: false},
			],
			controller: 'KubiaCluster blue',
			reconciling: undefined,
		});
		expect(server.asked()).toEqual([`GET ${path}`]);
	});

	test.each([
		['heals by itself', {syncPolicy: {automated: {selfHeal: true}}}, {kind: 'self-heals'}],
		['syncs by itself', {syncPolicy: {automated: {prune: true}}}, {kind: 'automatic'}],
		['is turned off', {syncPolicy: {automated: {enabled: false, selfHeal: true}}}, {kind: 'by-hand'}],
		['is synced by hand', {}, {kind: 'by-hand'}],
	])('an application of Argo CD that %s', async (_what, spec, reconciling) => {
		expect((await upkeep(tracked, {[`GET ${applicationPath}`]: {spec}})).read?.reconciling).toMatchObject(reconciling);
	});

	test('an application of another namespace is asked for there', async () => {
		const annotations = {'argocd.argoproj.io/tracking-id': 'team-a_shop:apps/Deployment:web/kubia'};
		const {server} = await upkeep({annotations});
		expect(server.asked()).toContain('GET /apis/argoproj.io/v1alpha1/namespaces/team-a/applications/shop');
	});

	test.each([
		['kustomize', 'kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations/apps', {interval: '10m0s'}, {kind: 'automatic', every: '10m0s'}],
		['helm', 'helm.toolkit.fluxcd.io/v2/namespaces/flux-system/helmreleases/apps', {interval: '5m', suspend: true}, {kind: 'suspended'}],
	])('what Flux’s %s controller makes of it', async (tool, end, spec, reconciling) => {
		const labels = {[`${tool}.toolkit.fluxcd.io/name`]: 'apps', [`${tool}.toolkit.fluxcd.io/namespace`]: 'flux-system'};
		expect((await upkeep({labels}, {[`GET /apis/${end}`]: {spec}})).read?.reconciling).toEqual(reconciling);
	});

	test('stays unknown without the right to read the application, and where the object itself can’t be read', async () => {
		const refuses = (_request: Received, response: ServerResponse) => answerStatus(response, 403, 'Forbidden', 'forbidden');
		expect((await upkeep(tracked, {[`GET ${applicationPath}`]: refuses})).read).toMatchObject({uid: 'uid-kubia', reconciling: undefined});
		expect((await upkeep({}, {[`GET ${path}`]: refuses})).read).toBeUndefined();
	});
});
