import {describe, expect, test} from 'vitest';
import {listPods} from '../../src/cluster/list-for-confirm.ts';
import {parseService} from '../../src/cluster/parse/service.ts';
import {parseWorkload} from '../../src/cluster/parse/workload.ts';
import {sendCommand} from '../../src/cluster/rollout-actions.ts';
import {sendSelector} from '../../src/cluster/selector-action.ts';
import type {ServiceSelector} from '../../src/domain/service-selector.ts';
import {answerJson, answerStatus, type Received} from './harness/api-server.ts';
import {connectTo} from './harness/kubeconfig.ts';
import {deploymentJson, podJson, serviceJson} from './harness/objects.ts';
import {type RestServer, startRestServer} from './harness/rest-server.ts';

const deploymentPath = '/apis/apps/v1/namespaces/web/deployments/kubia';
const scalePath = `${deploymentPath}/scale`;
const servicePath = '/api/v1/namespaces/web/services/shop';

function seen<T>(object: T | undefined): T {
	if (object === undefined) throw new Error('the test’s own object');
	return object;
}

const changes = ({requests}: RestServer) =>
	requests
		.filter(({method}) => method !== 'GET')
		.map(({method, url, headers, body}) => ({method, url, contentType: headers['content-type'], body: JSON.parse(body)}));

describe('scaling', () => {
	const scaleJson = (replicas: number, resourceVersion = '10') => ({
		kind: 'Scale',
		apiVersion: 'autoscaling/v1',
		metadata: {name: 'kubia', namespace: 'web', uid: 'uid-kubia', resourceVersion},
		spec: replicas === 0 ? {} : {replicas},
		status: {replicas, selector: 'app=kubia'},
	});

	async function scale(replicas: number, {from = 3, routes = {}, dryRun = false}: {from?: number; routes?: object; dryRun?: boolean} = {}) {
		const server = await startRestServer({
			[`GET ${deploymentPath}`]: deploymentJson('kubia'),
			[`GET ${scalePath}`]: scaleJson(3),
			[`PUT ${scalePath}`]: scaleJson(replicas),
			...routes,
		});
		const connection = await connectTo(server.url, {}, {namespace: 'web'});
		const workload = seen(parseWorkload(deploymentJson('kubia')));
		return {server, result: await sendCommand({kind: 'scale', replicas, from}, {connection, workload, dryRun})};
	}

	test('reads the scale and writes it back with its version, as kubectl does with --current-replicas', async () => {
		const {server, result} = await scale(5);
		expect(server.asked()).toEqual([`GET ${deploymentPath}`, `GET ${scalePath}`, `PUT ${scalePath}`]);
		expect(changes(server)).toEqual([{method: 'PUT', url: scalePath, contentType: 'application/json', body: {...scaleJson(3), spec: {replicas: 5}}}]);
		expect(result).toMatchObject({kind: 'accepted', message: 'deployment.apps/kubia scaled', warnings: []});
	});

	test('to nothing leaves the number out, as the API’s type does', async () => {
		expect(changes((await scale(0)).server)[0]?.body.spec).toEqual({});
	});

	test('tries on the server without changing anything', async () => {
		const {server, result} = await scale(5, {dryRun: true});
		expect(changes(server)[0]?.url).toBe(`${scalePath}?dryRun=All`);
		expect(result).toMatchObject({kind: 'accepted', message: 'deployment.apps/kubia scaled (server dry run)'});
	});

	test('sends nothing when somebody else has scaled it meanwhile, and says so in kubectl’s words', async () => {
		const {server, result} = await scale(5, {from: 2});
		expect(changes(server)).toEqual([]);
		expect(result).toMatchObject({kind: 'conflicted', message: 'Expected replicas to be 2, was 3'});
	});

	test('tries again when only a controller wrote between reading and writing', async () => {
		let tries = 0;
		const put = (_request: Received, response: Parameters<typeof answerStatus>[0]) =>
			++tries < 3 ? answerStatus(response, 409, 'Conflict', 'the object has been modified') : answerJson(response, scaleJson(5));
		expect((await scale(5, {routes: {[`PUT ${scalePath}`]: put}})).result).toMatchObject({kind: 'accepted'});
		expect(tries).toBe(3);
	});

	test('gives up when the conflict stays', async () => {
		const put = (_request: Received, response: Parameters<typeof answerStatus>[0]) => answerStatus(response, 409, 'Conflict', 'the object has been modified');
		const {server, result} = await scale(5, {routes: {[`PUT ${scalePath}`]: put}});
		expect(result).toMatchObject({kind: 'conflicted'});
		expect(changes(server)).toHaveLength(5);
	});

	test('says who may not', async () => {
		const put = (_request: Received, response: Parameters<typeof answerStatus>[0]) =>
			answerStatus(response, 403, 'Forbidden', 'deployments.apps "kubia" is forbidden: User "v" cannot update resource "deployments/scale"');
		expect((await scale(5, {routes: {[`PUT ${scalePath}`]: put}})).result).toMatchObject({
			kind: 'refused',
			message: expect.stringContaining('deployments/scale'),
		});
	});

	test('is refused for a Deployment that was made anew', async () => {
		const {server, result} = await scale(5, {routes: {[`GET ${deploymentPath}`]: deploymentJson('kubia', {metadata: {uid: 'again'}})}});
		expect(result).toMatchObject({kind: 'conflicted', message: 'deployment "kubia" was deleted and made again meanwhile'});
		expect(changes(server)).toEqual([]);
	});
});

describe('another selector', () => {
	async function select(selector: ServiceSelector, {routes = {}, dryRun = false}: {routes?: object; dryRun?: boolean} = {}) {
		const live = serviceJson('shop', {app: 'web', tier: 'front'});
		const server = await startRestServer({[`GET ${servicePath}`]: live, [`PATCH ${servicePath}`]: live, ...routes});
		const connection = await connectTo(server.url, {}, {namespace: 'web'});
		return {server, result: await sendSelector({kind: 'select', selector, resourceVersion: '10'}, {connection, service: seen(parseService(live)), dryRun})};
	}

	test('is one patch of what differs, for the version that was seen', async () => {
		const {server, result} = await select({app: 'web', version: 'v2'});
		expect(server.asked()).toEqual([`GET ${servicePath}`, `PATCH ${servicePath}?fieldManager=kubectl-set`]);
		expect(changes(server)).toEqual([
			{
				method: 'PATCH',
				url: `${servicePath}?fieldManager=kubectl-set`,
				contentType: 'application/strategic-merge-patch+json',
				body: {metadata: {resourceVersion: '10'}, spec: {selector: {version: 'v2', tier: null}}},
			},
		]);
		expect(result).toEqual({kind: 'accepted', message: 'service/shop selector updated', warnings: []});
	});

	test('is tried on the server', async () => {
		expect(changes((await select({app: 'x'}, {dryRun: true})).server)[0]?.url).toBe(`${servicePath}?dryRun=All&fieldManager=kubectl-set`);
	});

	test('conflicts when somebody else changed the Service meanwhile', async () => {
		const conflict = (_request: Received, response: Parameters<typeof answerStatus>[0]) =>
			answerStatus(response, 409, 'Conflict', 'the object has been modified');
		expect((await select({app: 'x'}, {routes: {[`PATCH ${servicePath}`]: conflict}})).result).toMatchObject({
			kind: 'conflicted',
			hint: expect.stringContaining('look again'),
		});
	});

	test('is refused for a Service that was made anew, or is gone', async () => {
		const again = serviceJson('shop', {app: 'web'});
		const made = await select({app: 'x'}, {routes: {[`GET ${servicePath}`]: {...again, metadata: {...again.metadata, uid: 'again'}}}});
		expect([made.result.kind, changes(made.server)]).toEqual(['conflicted', []]);
		const gone = await select({app: 'x'}, {routes: {[`GET ${servicePath}`]: undefined}});
		expect(gone.result).toMatchObject({kind: 'refused', hint: 'it was deleted meanwhile'});
	});
});

describe('what is read for a confirmation', () => {
	const signal = new AbortController().signal;

	test('pods by a selector, as they are now and not as a cache knows them', async () => {
		const server = await startRestServer({'GET /api/v1/namespaces/web/pods': [podJson('a', '5')]});
		const connection = await connectTo(server.url, {}, {namespace: 'web'});
		expect(await listPods(connection, 'app=web,version=v2', signal)).toMatchObject([{name: 'a'}]);
		expect(server.requests[0]?.query).toMatchObject({labelSelector: 'app=web,version=v2'});
		expect(server.requests[0]?.query).not.toHaveProperty('resourceVersion');
	});
});
