import {afterAll, beforeAll, expect, test} from 'vitest';
import {startTestApi, type TestApi} from './test-api.ts';

let api: TestApi;
beforeAll(async () => {
	api = await startTestApi();
});
afterAll(() => api.close());

const configMaps = '/api/v1/namespaces/default/configmaps';

test('an object is created, read, listed, updated, patched and deleted, and a watch tells it all', async () => {
	const {body: before} = await api.send('GET', configMaps);
	const watch = await api.watch(`${configMaps}?watch=1&resourceVersion=${before.metadata.resourceVersion}`);
	const created = await api.send('POST', configMaps, {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'a'}, data: {x: '1'}});
	expect(created).toMatchObject({code: 201, body: {kind: 'ConfigMap', metadata: {name: 'a', namespace: 'default'}, data: {x: '1'}}});
	expect(await api.send('GET', `${configMaps}/a`)).toMatchObject({code: 200, body: created.body});
	const updated = await api.send('PUT', `${configMaps}/a`, {...created.body, data: {x: '2'}});
	expect(updated).toMatchObject({code: 200, body: {data: {x: '2'}}});
	const stale = await api.send('PUT', `${configMaps}/a`, {...created.body, data: {x: '3'}});
	expect(stale).toMatchObject({
		code: 409,
		body: {
			reason: 'Conflict',
			message: 'Operation cannot be fulfilled on configmaps "a": the object has been modified; please apply your changes to the latest version and try again',
		},
	});
	const merge = {'content-type': 'application/merge-patch+json'};
	const patched = await api.send('PATCH', `${configMaps}/a`, {data: {x: null, y: '1'}}, merge);
	expect(patched.body.data).toEqual({y: '1'});
	const same = await api.send('PATCH', `${configMaps}/a`, {data: {y: '1'}}, merge);
	expect(same.body.metadata.resourceVersion).toBe(patched.body.metadata.resourceVersion);
	const listed = await api.send('GET', '/api/v1/configmaps');
	expect(listed.body).toMatchObject({kind: 'ConfigMapList', apiVersion: 'v1', items: [{metadata: {name: 'a'}}]});
	expect(listed.body.items[0].kind).toBeUndefined();
	expect(await api.send('DELETE', `${configMaps}/a`)).toMatchObject({code: 200, body: {kind: 'Status', status: 'Success'}});
	expect(await api.send('GET', `${configMaps}/a`)).toMatchObject({code: 404, body: {message: 'configmaps "a" not found'}});
	expect(await watch.next()).toEqual({type: 'ADDED', object: created.body});
	expect(await watch.next()).toEqual({type: 'MODIFIED', object: updated.body});
	expect(await watch.next()).toEqual({type: 'MODIFIED', object: patched.body});
	const gone = await watch.next();
	expect(gone).toMatchObject({type: 'DELETED', object: {data: {y: '1'}}});
	expect(Number(gone?.object.metadata.resourceVersion)).toBeGreaterThan(Number(patched.body.metadata.resourceVersion));
	watch.stop();
});
