import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {parseSampleTarget, routeOf} from '../../src/domain/sample-target.ts';

describe('parseSampleTarget', () => {
	it.each([
		['http://10.0.0.5:31180', {kind: 'url', url: 'http://10.0.0.5:31180/', label: 'http://10.0.0.5:31180/'}],
		['https://shop.example/version?x=1#top', {kind: 'url', url: 'https://shop.example/version?x=1', label: 'https://shop.example/version?x=1'}],
		['http://me:secret@shop.example/', {kind: 'url', url: 'http://me:secret@shop.example/', label: 'http://shop.example/'}],
		[
			'https://shop.example/?a=1&access_token=s3cret&sig=x%26y&key',
			{
				kind: 'url',
				url: 'https://shop.example/?a=1&access_token=s3cret&sig=x%26y&key',
				label: 'https://shop.example/?a=1&access_token=…&sig=…&key',
			},
		],
		['svc/kubia/?token=s3cret', {kind: 'service', name: 'kubia', port: undefined, path: '/?token=s3cret', label: 'svc/kubia/?token=…'}],
		['svc/kubia', {kind: 'service', name: 'kubia', port: undefined, path: '/', label: 'svc/kubia'}],
		['svc/kubia:80', {kind: 'service', name: 'kubia', port: '80', path: '/', label: 'svc/kubia:80'}],
		['svc/kubia:web-port/', {kind: 'service', name: 'kubia', port: 'web-port', path: '/', label: 'svc/kubia:web-port'}],
		['svc/kubia/version?full=1', {kind: 'service', name: 'kubia', port: undefined, path: '/version?full=1', label: 'svc/kubia/version?full=1'}],
		['service/kubia:8080/a:b/c/', {kind: 'service', name: 'kubia', port: '8080', path: '/a:b/c/', label: 'svc/kubia:8080/a:b/c/'}],
		['pods', {kind: 'pods', via: 'proxy', port: undefined, path: '/', label: 'pods'}],
		['pods:8080/version?x=1', {kind: 'pods', via: 'proxy', port: '8080', path: '/version?x=1', label: 'pods:8080/version?x=1'}],
		['pods/', {kind: 'pods', via: 'proxy', port: undefined, path: '/', label: 'pods'}],
		['pod-ips:web', {kind: 'pods', via: 'address', port: 'web', path: '/', label: 'pod-ips:web'}],
		['pod-ips/healthz', {kind: 'pods', via: 'address', port: undefined, path: '/healthz', label: 'pod-ips/healthz'}],
	])('reads %s', (text, target) => {
		expect(parseSampleTarget(text)).toEqual(target);
	});

	const forms = 'Expected http://…, https://…, svc/NAME[:PORT][/PATH], pods[:PORT][/PATH] or pod-ips[:PORT][/PATH] as the target of --curl';
	const port = 'Expected svc/NAME:PORT with a port of the Service, by number (1–65535) or name';
	it.each([
		['', `${forms}, got ""`],
		['kubia', `${forms}, got "kubia"`],
		['localhost:8080', `${forms}, got "localhost:8080"`],
		['deploy/kubia', `${forms}, got "deploy/kubia"`],
		['ftp://x/', `${forms}, got "ftp://x/"`],
		['http://', 'Expected a valid URL such as http://10.0.0.5:8080/, got "http://"'],
		['http://a:99999/', 'Expected a valid URL such as http://10.0.0.5:8080/, got "http://a:99999/"'],
		['svc/', 'Expected svc/NAME with the name of a Service, got "svc/"'],
		['svc/Kubia', 'Expected svc/NAME with the name of a Service, got "svc/Kubia"'],
		['svc/../secrets', 'Expected svc/NAME with the name of a Service, got "svc/../secrets"'],
		['svc/kubia:', `${port}, got "svc/kubia:"`],
		['svc/kubia:0', `${port}, got "svc/kubia:0"`],
		['svc/kubia:65536', `${port}, got "svc/kubia:65536"`],
		['svc/kubia:web_port', `${port}, got "svc/kubia:web_port"`],
		['svc/kubia:http:80', `${port}, got "svc/kubia:http:80"`],
		['http://me:secret@shop.example:x/', 'Expected a valid URL such as http://10.0.0.5:8080/, got "http://…@shop.example:x/"'],
		['pods:0', 'Expected pods:PORT or pod-ips:PORT with a port of the container, by number (1–65535) or name, got "pods:0"'],
		['pod-ips:a:b', 'Expected pods:PORT or pod-ips:PORT with a port of the container, by number (1–65535) or name, got "pod-ips:a:b"'],
		['me:s3cret@shop.example', `${forms}, got "…@shop.example"`],
		['svc/me:s3cret@shop', `${port}, got "svc/…@shop"`],
		['htp://me:s3cret@shop/?token=s3cret', `${forms}, got "htp://…@shop/?token=…"`],
		['podsy', `${forms}, got "podsy"`],
		['pod/kubia-1', `${forms}, got "pod/kubia-1"`],
		['svc/kubia/a b', 'Expected a path of printable characters without spaces (percent-encode others), got "svc/kubia/a b"'],
		['svc/kubia/\u001b[2J', 'Expected a path of printable characters without spaces (percent-encode others), got "svc/kubia/"'],
	])('refuses %j in one sentence', (text, error) => {
		expect(parseSampleTarget(text)).toEqual({error});
	});

	it('reads or refuses any text, and never lets control characters or a password through', () => {
		fc.assert(
			fc.property(fc.constantFrom('svc/a', 'http://', 'http://u:secret@', 'https://a/', ''), fc.string({unit: 'binary', maxLength: 30}), (begin, end) => {
				const target = parseSampleTarget(begin + end);
				const shown = 'error' in target ? target.error : target.label;
				expect(shown).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
				expect(shown).not.toContain('u:secret@');
			}),
		);
	});
});

describe('routeOf', () => {
	it.each([
		['http://a/', false, 'url'],
		['svc/a', false, 'service-proxy'],
		['pods', false, 'pod-proxy'],
		['pod-ips', false, 'pod-address'],
		['http://a/', true, 'in-cluster'],
		['svc/a', true, 'in-cluster'],
		// Single pods are asked one by one from here: what a pod inside would add is the way of a Service.
		['pods', true, 'pod-proxy'],
		['pod-ips', true, 'pod-address'],
	] as const)('of %s, from the cluster: %s, is %s', (text, fromCluster, route) => {
		const target = parseSampleTarget(text);
		if ('error' in target) throw new Error(target.error);
		expect(routeOf(target, fromCluster)).toBe(route);
	});
});
