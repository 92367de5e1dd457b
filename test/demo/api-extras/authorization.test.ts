import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {User} from '../../../src/demo/api/api-call.ts';
import {type ApiUser, createAuthenticator, impersonationOf, refuseBrowsers} from '../../../src/demo/api/authentication.ts';
import {attributesOf, createAuthorizer, demandImpersonation} from '../../../src/demo/api/authorization.ts';
import {readRequestInfo} from '../../../src/demo/api/http/request-info.ts';
import {adminRules, editRules, editWithoutServiceProxyRules, viewRules} from '../../../src/demo/api/policies.ts';
import {reviewOf} from '../../../src/demo/api/self-reviews.ts';

const users: readonly ApiUser[] = [
	{name: 'root', groups: ['system:masters'], token: 'root-token'},
	{name: 'admin', token: 'admin-token', rules: adminRules},
	{name: 'viewer', token: 'viewer-token', rules: viewRules},
	{name: 'editor', token: 'editor-token', rules: editRules},
	{name: 'no-proxy', token: 'no-proxy-token', rules: editWithoutServiceProxyRules},
	{
		name: 'one',
		token: 'one-token',
		rules: [{verbs: ['get', 'list', 'watch'], apiGroups: ['apps'], resources: ['deployments'], resourceNames: ['kubia'], namespaces: ['web']}],
	},
	{name: 'proxied', token: 'proxied-token', rules: [{verbs: ['get'], apiGroups: [''], resources: ['services/proxy'], resourceNames: ['kubia:80']}]},
	{name: 'deputy', token: 'deputy-token', rules: [{verbs: ['impersonate'], apiGroups: [''], resources: ['users'], resourceNames: ['viewer']}]},
	{name: 'scaler', token: 'scaler-token', rules: [{verbs: ['patch'], apiGroups: ['*'], resources: ['*/scale']}]},
	{name: 'nobody', token: 'nobody-token'},
];
const authenticate = createAuthenticator(users);
const authorizer = createAuthorizer(users);

const as = (name: string): User => authenticate({authorization: `Bearer ${name}-token`});
const demand = (name: string, method: string, url: string) => {
	const {pathname, searchParams} = new URL(url, 'http://api');
	authorizer.demand(as(name), attributesOf(readRequestInfo(method, pathname, searchParams), searchParams));
};

describe('who asks', () => {
	test('is known by the token', () => {
		expect(as('viewer')).toEqual({name: 'viewer', groups: ['system:authenticated']});
		expect(authenticate({authorization: 'bearer   viewer-token '}).name).toBe('viewer');
	});

	test.for([undefined, '', 'Basic dmlld2VyOng=', 'Bearer', 'Bearer '])('is anybody without a token: %s', authorization => {
		expect(authenticate(authorization === undefined ? {} : {authorization})).toEqual({name: 'system:anonymous', groups: ['system:unauthenticated']});
	});

	test('is refused with a token that is nobody’s, whatever it is', () => {
		fc.assert(
			fc.property(fc.string({minLength: 1}), text => {
				fc.pre(text.trim() !== '' && !users.some(({token}) => token === text.trim()));
				expect(() => authenticate({authorization: `Bearer ${text}`})).toThrow(
					expect.objectContaining({code: 401, reason: 'Unauthorized', message: 'Unauthorized'}),
				);
			}),
		);
	});
});

describe('a browser', () => {
	test.for(['127.0.0.1:6443', 'localhost', 'localhost:80', '[::1]:6443', '127.9.8.7'])('is no client that says %s', host => {
		refuseBrowsers({host});
	});

	test.for([
		{host: 'evil.example:6443'},
		{host: '127.0.0.1.evil.example'},
		{host: '192.168.1.5:6443'},
		{host: 'localhost.evil.example:80'},
		{},
		{host: '127.0.0.1:80', origin: 'http://evil.example'},
		{host: '127.0.0.1:80', origin: 'null'},
		{host: '127.0.0.1:80', 'sec-fetch-site': 'cross-site'},
	])('is refused: %j', headers => {
		expect(() => refuseBrowsers(headers)).toThrow(expect.objectContaining({code: 403}));
	});
});

describe('what may be asked', () => {
	test.for([
		['root', 'DELETE', '/api/v1/nodes/n'],
		['admin', 'DELETE', '/metrics'],
		['viewer', 'GET', '/apis/apps/v1/namespaces/web/deployments?watch=true'],
		['viewer', 'GET', '/api/v1/namespaces/web/pods/p/log'],
		['viewer', 'GET', '/apis'],
		['viewer', 'POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'],
		['editor', 'PATCH', '/apis/apps/v1/namespaces/web/deployments/d'],
		['editor', 'GET', '/api/v1/namespaces/web/services/s:80/proxy/a/b'],
		['editor', 'POST', '/apis/events.k8s.io/v1/namespaces/web/events'],
		['one', 'GET', '/apis/apps/v1/namespaces/web/deployments/kubia'],
		['one', 'GET', '/apis/apps/v1/namespaces/web/deployments?fieldSelector=metadata.name%3Dkubia&watch=1'],
		['proxied', 'GET', '/api/v1/namespaces/web/services/kubia:80/proxy/'],
		['proxied', 'HEAD', '/api/v1/namespaces/web/services/kubia:80/proxy/'],
		['scaler', 'PATCH', '/apis/apps/v1/namespaces/web/deployments/d/scale'],
		['nobody', 'GET', '/version'],
	] as const)('%s: %s %s', ([name, method, url]) => demand(name, method, url));

	test.for([
		[
			'viewer',
			'GET',
			'/api/v1/namespaces/web/secrets',
			'secrets is forbidden: User "viewer" cannot list resource "secrets" in API group "" in the namespace "web"',
		],
		['viewer', 'GET', '/api/v1/nodes', 'nodes is forbidden: User "viewer" cannot list resource "nodes" in API group "" at the cluster scope'],
		[
			'viewer',
			'PATCH',
			'/apis/apps/v1/namespaces/web/deployments/kubia',
			'deployments.apps "kubia" is forbidden: User "viewer" cannot patch resource "deployments" in API group "apps" in the namespace "web"',
		],
		[
			'no-proxy',
			'GET',
			'/api/v1/namespaces/web/services/kubia:80/proxy/x',
			'services "kubia:80" is forbidden: User "no-proxy" cannot get resource "services/proxy" in API group "" in the namespace "web"',
		],
		[
			'no-proxy',
			'POST',
			'/api/v1/namespaces/web/services/a/proxy/',
			'services "a" is forbidden: User "no-proxy" cannot create resource "services/proxy" in API group "" in the namespace "web"',
		],
		[
			'one',
			'GET',
			'/apis/apps/v1/namespaces/web/deployments',
			'deployments.apps is forbidden: User "one" cannot list resource "deployments" in API group "apps" in the namespace "web"',
		],
		[
			'one',
			'GET',
			'/apis/apps/v1/namespaces/dev/deployments/kubia',
			'deployments.apps "kubia" is forbidden: User "one" cannot get resource "deployments" in API group "apps" in the namespace "dev"',
		],
		[
			'one',
			'GET',
			'/apis/apps/v1/deployments?watch=true',
			'deployments.apps is forbidden: User "one" cannot watch resource "deployments" in API group "apps" at the cluster scope',
		],
		[
			'proxied',
			'GET',
			'/api/v1/namespaces/web/services/kubia/proxy/',
			'services "kubia" is forbidden: User "proxied" cannot get resource "services/proxy" in API group "" in the namespace "web"',
		],
		['nobody', 'GET', '/metrics', 'forbidden: User "nobody" cannot get path "/metrics"'],
		['nobody', 'GET', '/a<b>&', 'forbidden: User "nobody" cannot get path "/a%3Cb%3E&amp;"'],
	] as const)('not %s: %s %s', ([name, method, url, message]) => {
		expect(() => demand(name, method, url)).toThrow(expect.objectContaining({code: 403, reason: 'Forbidden', message}));
	});

	test('a refusal says what it is about', () => {
		expect(() => demand('nobody', 'GET', '/apis/apps/v1/namespaces/web/deployments/d')).toThrow(
			expect.objectContaining({details: {name: 'd', group: 'apps', kind: 'deployments'}}),
		);
	});
});

describe('acting as another', () => {
	const become = (name: string, headers: Record<string, string>) => {
		const impersonation = impersonationOf(headers);
		if (impersonation === undefined) return as(name);
		demandImpersonation(authorizer, as(name), impersonation);
		return impersonation.user;
	};

	test('needs the right to, for the user and each group', () => {
		expect(become('root', {'impersonate-user': 'viewer', 'impersonate-group': 'a, b'})).toEqual({name: 'viewer', groups: ['a', 'b', 'system:authenticated']});
		expect(become('deputy', {'impersonate-user': 'viewer'}).name).toBe('viewer');
		expect(() => become('deputy', {'impersonate-user': 'root'})).toThrow(
			'users "root" is forbidden: User "deputy" cannot impersonate resource "users" in API group "" at the cluster scope',
		);
		expect(() => become('deputy', {'impersonate-user': 'viewer', 'impersonate-group': 'system:masters'})).toThrow('cannot impersonate resource "groups"');
	});

	test('gives the other’s rights and takes one’s own', () => {
		const viewer = become('root', {'impersonate-user': 'viewer'});
		const asked = {isResource: true, verb: 'list', path: '', group: '', resource: 'pods', subresource: '', namespace: 'web', name: ''};
		expect(authorizer.allows(viewer, asked)).toBe(true);
		expect(authorizer.allows(viewer, {...asked, verb: 'delete'})).toBe(false);
	});

	test('service accounts have groups of their own', () => {
		expect(become('root', {'impersonate-user': 'system:serviceaccount:web:default'}).groups).toEqual([
			'system:serviceaccounts',
			'system:serviceaccounts:web',
			'system:authenticated',
		]);
	});

	test('groups alone are nobody', () => {
		expect(() => become('root', {'impersonate-group': 'a'})).toThrow('without impersonating a user');
	});
});

describe('what users ask about themselves', () => {
	const access = (name: string, spec: object) => reviewOf('SelfSubjectAccessReview', {spec} as never, as(name), authorizer);

	test('whether they may do something', () => {
		const resourceAttributes = {verb: 'patch', group: 'apps', resource: 'deployments', namespace: 'web'};
		expect(access('editor', {resourceAttributes})).toMatchObject({status: {allowed: true}});
		expect(access('viewer', {resourceAttributes})).toMatchObject({status: {allowed: false}});
		expect(access('viewer', {nonResourceAttributes: {verb: 'get', path: '/healthz'}})).toMatchObject({status: {allowed: true}});
		expect(access('editor', {resourceAttributes: {verb: '*', group: '*', resource: '*'}})).toMatchObject({status: {allowed: false}});
		expect(access('admin', {resourceAttributes: {verb: '*', group: '*', resource: '*'}})).toMatchObject({status: {allowed: true}});
		expect(() => access('admin', {})).toThrow(expect.objectContaining({code: 422}));
	});

	test('all that they may do in a namespace', () => {
		const rules = (namespace: string) => reviewOf('SelfSubjectRulesReview', {spec: {namespace}}, as('one'), authorizer).status as {resourceRules: object[]};
		expect(rules('web').resourceRules).toContainEqual({
			verbs: ['get', 'list', 'watch'],
			apiGroups: ['apps'],
			resources: ['deployments'],
			resourceNames: ['kubia'],
		});
		expect(rules('dev').resourceRules).not.toContainEqual(expect.objectContaining({apiGroups: ['apps']}));
		expect(() => rules('')).toThrow('no namespace on request');
	});

	test('who they are', () => {
		expect(reviewOf('SelfSubjectReview', {}, as('root'), authorizer).status).toEqual({
			userInfo: {username: 'root', groups: ['system:masters', 'system:authenticated']},
		});
	});
});
