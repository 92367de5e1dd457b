import fc from 'fast-check';
import {expect, test} from 'vitest';
import {chooseBackends} from '../../../src/demo/ingress/choose-backend.ts';
import type {IngressObject} from '../../../src/demo/ingress/ingress-object.ts';

interface Rule {
	readonly host?: string;
	readonly path?: string;
	readonly pathType?: string;
	readonly service: string;
}

function ingress(rules: readonly Rule[], annotations: Readonly<Record<string, string>> = {}, namespace = 'web'): IngressObject {
	const metadata = {name: 'one', namespace, uid: JSON.stringify([rules, annotations]), resourceVersion: '1', creationTimestamp: '', annotations};
	return {
		apiVersion: 'networking.k8s.io/v1',
		kind: 'Ingress',
		metadata,
		spec: {
			rules: rules.map(({host, path = '/', pathType = 'Prefix', service}) => ({
				...(host === undefined ? {} : {host}),
				http: {paths: [{path, pathType, backend: {service: {name: service, port: {number: 80}}}}]},
			})),
		},
	};
}

const canary = (weight: string, more: Readonly<Record<string, string>> = {}) => ({
	'nginx.ingress.kubernetes.io/canary': 'true',
	'nginx.ingress.kubernetes.io/canary-weight': weight,
	...more,
});

function chosen(ingresses: readonly IngressObject[], url: string, headers: Readonly<Record<string, string>> = {}, chance = 0.5): string | undefined {
	const {hostname, pathname} = new URL(url);
	return chooseBackends(ingresses, {host: hostname, path: pathname, headers}, chance)[0]?.service.name;
}

test.each([
	[
		'the host of the request',
		[
			{host: 'a.example', service: 'a'},
			{host: 'b.example', service: 'b'},
		],
		'http://b.example/',
		'b',
	],
	['any host where none is said', [{service: 'any'}], 'http://what.example/', 'any'],
	['a host before none', [{service: 'any'}, {host: 'a.example', service: 'a'}], 'http://a.example/', 'a'],
	[
		'a host before a pattern',
		[
			{host: '*.example', service: 'any'},
			{host: 'a.example', service: 'a'},
		],
		'http://a.example/',
		'a',
	],
	['one label for a star', [{host: '*.example', service: 'any'}], 'http://a.b.example/', undefined],
	[
		'the longest path',
		[
			{path: '/', service: 'all'},
			{path: '/shop', service: 'shop'},
		],
		'http://a.example/shop/cart',
		'shop',
	],
	['whole parts of a path', [{path: '/shop', service: 'shop'}], 'http://a.example/shopping', undefined],
	[
		'an exact path before a prefix',
		[
			{path: '/shop', service: 'prefix'},
			{path: '/shop', pathType: 'Exact', service: 'exact'},
		],
		'http://a.example/shop',
		'exact',
	],
	['nothing below an exact path', [{path: '/shop', pathType: 'Exact', service: 'exact'}], 'http://a.example/shop/cart', undefined],
	['nobody for a host that none serves', [{host: 'a.example', service: 'a'}], 'http://b.example/', undefined],
])('%s decides', (_why, rules: readonly Rule[], url, service) => {
	expect(chosen([ingress(rules)], url)).toBe(service);
});

test('an Ingress of another class is somebody else’s', () => {
	expect(chosen([ingress([{service: 'a'}], {'kubernetes.io/ingress.class': 'traefik'})], 'http://a.example/')).toBeUndefined();
});

test('a canary takes its weight of the requests for the same host and path, and nothing of others', () => {
	const main = ingress([{host: 'a.example', path: '/version', service: 'stable'}]);
	fc.assert(
		fc.property(fc.integer({min: 0, max: 100}), fc.integer({min: 0, max: 99}), (weight, percentile) => {
			// Within the percentile: on its edge 0.29 × 100 is less than 29.
			const chance = (percentile + 0.5) / 100;
			const both = [ingress([{host: 'a.example', path: '/version', service: 'canary'}], canary(String(weight))), main];
			expect(chosen(both, 'http://a.example/version', {}, chance)).toBe(percentile < weight ? 'canary' : 'stable');
			const elsewhere = [ingress([{host: 'b.example', path: '/version', service: 'canary'}], canary('100')), main];
			expect(chosen(elsewhere, 'http://a.example/version', {}, chance)).toBe('stable');
		}),
	);
});

test('a canary without what it is a canary of serves nobody', () => {
	expect(chosen([ingress([{service: 'canary'}], canary('100'))], 'http://a.example/')).toBeUndefined();
});

test('a header decides before the weight', () => {
	const header = canary('0', {'nginx.ingress.kubernetes.io/canary-by-header': 'X-Canary'});
	const both = [ingress([{service: 'stable'}]), ingress([{service: 'canary'}], header)];
	expect(chosen(both, 'http://a.example/', {'x-canary': 'always'})).toBe('canary');
	expect(chosen(both, 'http://a.example/', {})).toBe('stable');
	const all = [ingress([{service: 'stable'}]), ingress([{service: 'canary'}], {...header, ...canary('100')})];
	expect(chosen(all, 'http://a.example/', {'x-canary': 'never'})).toBe('stable');
	const valued = [ingress([{service: 'stable'}]), ingress([{service: 'canary'}], {...header, 'nginx.ingress.kubernetes.io/canary-by-header-value': 'beta'})];
	expect(chosen(valued, 'http://a.example/', {'x-canary': 'beta'})).toBe('canary');
	expect(chosen(valued, 'http://a.example/', {'x-canary': 'always'})).toBe('stable');
});
