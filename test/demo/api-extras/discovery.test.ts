import {expect, test} from 'vitest';
import {groupList} from '../../../src/demo/api/discovery.ts';
import {Registry} from '../../../src/demo/api/registry.ts';
import type {Resource} from '../../../src/demo/api/resource.ts';
import {builtInResources} from '../../../src/demo/api/resources.ts';
import {embeddedApi, refusalOf} from './embedded-api.ts';

const json = async (response: Response) => (await response.json()) as Record<string, unknown>;

test('says what it is, so that nobody takes it for a real one', async () => {
	const api = await embeddedApi();
	expect(await json(await api.ask('/version'))).toMatchObject({major: '1', minor: '36', gitVersion: expect.stringMatching(/^v1\.36\.3\+rollwatch/)});
});

test.for(['/healthz', '/livez', '/readyz', '/readyz/ping'])('is well: %s', async path => {
	const api = await embeddedApi();
	const answer = await api.ask(path, {headers: {authorization: ''}});
	expect([answer.status, await answer.text()]).toEqual([200, 'ok']);
});

test.for(['/api', '/apis'])('what is told kind by kind and what is told at once are the same: %s', async root => {
	const api = await embeddedApi();
	const accept = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json';
	type Discovered = {resource: string; verbs: string[]; subresources?: {subresource: string; verbs: string[]}[]};
	type Group = {metadata: {name?: string}; versions: {version: string; resources: Discovered[]}[]};
	const answer = await api.ask(root, {headers: {accept}});
	expect(answer.headers.get('content-type')).toBe('application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList');
	const {items} = (await answer.json()) as {items: Group[]};
	const lists = items.flatMap(({metadata: {name}, versions}) => versions.map(({version, resources}) => ({path: [root, name, version], resources})));
	expect(lists.length).toBeGreaterThan(0);
	for (const {path, resources} of lists) {
		const listed = (await json(await api.ask(path.filter(Boolean).join('/')))).resources as {name: string; verbs: string[]}[];
		const flat = resources.flatMap(({resource, verbs, subresources = []}) => [
			{name: resource, verbs},
			...subresources.map(({subresource, verbs: allowed}) => ({name: `${resource}/${subresource}`, verbs: allowed})),
		]);
		expect(listed.map(({name, verbs}) => ({name, verbs}))).toEqual(flat);
	}
});

test('each document of OpenAPI says of each kind that can be patched that its fields are checked', async () => {
	const api = await embeddedApi();
	const {paths} = (await json(await api.ask('/openapi/v3'))) as {paths: Record<string, {serverRelativeURL: string}>};
	type Operation = {parameters: {name: string; in: string}[]; 'x-kubernetes-group-version-kind': {group: string; kind: string}};
	const kinds: string[] = [];
	for (const {serverRelativeURL} of Object.values(paths)) {
		const document = (await json(await api.ask(serverRelativeURL))) as {paths: Record<string, {patch: Operation}>};
		for (const {patch} of Object.values(document.paths)) {
			expect(patch.parameters).toContainEqual(expect.objectContaining({name: 'fieldValidation', in: 'query'}));
			const {group, kind} = patch['x-kubernetes-group-version-kind'];
			kinds.push(`${kind}.${group}`);
		}
	}
	const patched = builtInResources.filter(({verbs}) => verbs.includes('patch')).map(({kind, group}) => `${kind}.${group}`);
	expect(kinds.sort()).toEqual(patched.sort());
});

test('versions come best first', () => {
	const [pod] = builtInResources;
	const versions = ['v1alpha1', 'v1', 'v2beta1', 'v10', 'nonsense', 'v2'];
	const registry = new Registry(versions.map(version => ({...pod, group: 'x.example', version, plural: 'things'}) as Resource));
	const [{versions: ordered}] = groupList(registry).groups as unknown as [{versions: {version: string}[]}];
	expect(ordered.map(({version}) => version)).toEqual(['v10', 'v2', 'v1', 'v2beta1', 'v1alpha1', 'nonsense']);
});

test('what is not there is not found, in the words that clients know', async () => {
	const api = await embeddedApi();
	for (const path of ['/nosuch', '/apis/nosuch', '/apis/nosuch/v1', '/api/v9', '/openapi/v3/apis/nosuch/v1', '/metrics']) {
		const answer = await api.ask(path);
		expect([path, answer.status, await answer.text()]).toEqual([path, 404, '404 page not found\n']);
	}
	expect(await refusalOf(await api.ask('/apis/apps/v9'))).toEqual({code: 404, reason: 'NotFound', message: 'the server could not find the requested resource'});
	expect(await refusalOf(await api.ask('/version', {method: 'POST'}))).toMatchObject({code: 405});
});

test('a table, a list of rights and discovery need a token; health and version do not', async () => {
	const api = await embeddedApi();
	const nobody = {headers: {authorization: ''}};
	expect((await api.ask('/version', nobody)).status).toBe(200);
	expect(await refusalOf(await api.ask('/apis', nobody))).toMatchObject({code: 403, message: 'forbidden: User "system:anonymous" cannot get path "/apis"'});
	expect(await refusalOf(await api.ask('/apis', {headers: {authorization: 'Bearer wrong'}}))).toEqual({
		code: 401,
		reason: 'Unauthorized',
		message: 'Unauthorized',
	});
	expect((await api.ask('/apis', {headers: {authorization: 'Bearer viewer'}})).status).toBe(200);
});

test('reviews answer by the same rules as requests, and are stored nowhere', async () => {
	const api = await embeddedApi();
	const ask = async (as: string, spec: object) => {
		const body = JSON.stringify({apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec});
		const headers = {authorization: `Bearer ${as}`, 'content-type': 'application/json'};
		return json(await api.ask('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {method: 'POST', body, headers}));
	};
	const resourceAttributes = {verb: 'delete', resource: 'pods', namespace: 'default'};
	expect(await ask('admin', {resourceAttributes})).toMatchObject({kind: 'SelfSubjectAccessReview', spec: {resourceAttributes}, status: {allowed: true}});
	expect(await ask('viewer', {resourceAttributes})).toMatchObject({status: {allowed: false}});
	expect(await refusalOf(await api.ask('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'))).toMatchObject({code: 405});
});
