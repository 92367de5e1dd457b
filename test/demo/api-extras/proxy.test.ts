import {once} from 'node:events';
import type {IncomingHttpHeaders} from 'node:http';
import {request} from 'node:http';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {rewriteLink, rewritePage} from '../../../src/demo/api/proxy/rewrite-links.ts';
import {type EmbeddedApi, embeddedApi, podAt, refusalOf} from './embedded-api.ts';

const place = '/api/v1/namespaces/default';

/** A Service `web` (80 → http, 81 → other) with the pods that are given as its ready endpoints. */
async function service(api: EmbeddedApi, ips: readonly string[]): Promise<void> {
	const ports = [
		{name: 'http', port: 80, targetPort: 8080},
		{name: 'other', port: 81, targetPort: 9090},
	];
	await api.create(`${place}/services`, {apiVersion: 'v1', kind: 'Service', metadata: {name: 'web'}, spec: {ports}});
	for (const [index, ip] of ips.entries()) await api.create(`${place}/pods`, podAt(`pod-${index}`, ip));
	const addresses = ips.map((ip, index) => ({ip, targetRef: {kind: 'Pod', namespace: 'default', name: `pod-${index}`}}));
	const subsets = addresses.length === 0 ? [] : [{addresses, ports: [{name: 'http', port: 8080}]}];
	await api.create(`${place}/endpoints`, {apiVersion: 'v1', kind: 'Endpoints', metadata: {name: 'web'}, subsets});
}

describe('the proxy of a pod', () => {
	test('passes on method, path, query, body and answer, but not who asks', async () => {
		const api = await embeddedApi();
		await api.create(`${place}/pods`, podAt('one', '10.244.1.5'));
		let seen: {method: string | undefined; url: string | undefined; headers: IncomingHttpHeaders; body: string} | undefined;
		await api.listen('10.244.1.5', 8080, async (received, response) => {
			let body = '';
			for await (const chunk of received) body += chunk;
			seen = {method: received.method, url: received.url, headers: received.headers, body};
			response.writeHead(418, {'x-answer': 'yes', 'access-control-allow-origin': '*', 'content-type': 'text/plain'}).end('short and stout');
		});
		const answer = await api.ask(`${place}/pods/one:8080/proxy/a%20b/?q=%C3%A4&x`, {
			method: 'PUT',
			body: 'hello',
			headers: {'x-own': '1', 'impersonate-user': 'bob', 'impersonate-group': 'system:masters'},
		});
		expect({
			status: answer.status,
			text: await answer.text(),
			own: answer.headers.get('x-answer'),
			cors: answer.headers.get('access-control-allow-origin'),
		}).toEqual({
			status: 418,
			text: 'short and stout',
			own: 'yes',
			cors: null,
		});
		expect(seen).toMatchObject({
			method: 'PUT',
			url: '/a%20b/?q=%C3%A4&x',
			body: 'hello',
			headers: {'x-own': '1', 'x-forwarded-uri': `${place}/pods/one:8080/proxy/a%20b/`},
		});
		expect(Object.keys(seen?.headers ?? {}).filter(name => /authorization|impersonate/.test(name))).toEqual([]);
	});

	test('takes the first port that the pod declares, and leads a bare address to its slash', async () => {
		const api = await embeddedApi();
		await api.create(`${place}/pods`, podAt('one', '10.244.1.5'));
		await api.listen('10.244.1.5', 8080, (received, response) => response.end(received.url));
		expect(await (await api.ask(`${place}/pods/one/proxy/x`)).text()).toBe('/x');
		const bare = await api.ask(`${place}/pods/one/proxy?a=1`);
		expect([bare.status, bare.headers.get('location')]).toEqual([301, `${place}/pods/one/proxy/?a=1`]);
	});

	test('HEAD has no body', async () => {
		const api = await embeddedApi();
		await api.create(`${place}/pods`, podAt('one', '10.244.1.5'));
		await api.listen('10.244.1.5', 8080, (_, response) => response.setHeader('server', 'nginx/1.18.0').end('never seen'));
		const answer = await api.ask(`${place}/pods/one/proxy/`, {method: 'HEAD'});
		expect([answer.status, answer.headers.get('server'), await answer.text()]).toEqual([200, 'nginx/1.18.0', '']);
	});

	test('streams both ways, and tells the pod when the client has gone', async () => {
		const api = await embeddedApi();
		await api.create(`${place}/pods`, podAt('one', '10.244.1.5'));
		let tell = () => {};
		const gone = new Promise<void>(resolve => {
			tell = resolve;
		});
		await api.listen('10.244.1.5', 8080, (received, response) => {
			response.flushHeaders();
			received.pipe(response);
			response.on('close', tell);
		});
		const client = request(`${api.url}${place}/pods/one/proxy/`, {method: 'POST', headers: {authorization: 'Bearer admin'}});
		client.on('error', () => {});
		client.write('first');
		const [answer] = await once(client, 'response');
		expect(String((await once(answer, 'data'))[0])).toBe('first');
		client.write('second');
		expect(String((await once(answer, 'data'))[0])).toBe('second');
		answer.on('error', () => {});
		client.destroy();
		await gone;
	});

	test.for([
		['nobody', 404, 'NotFound', 'pods "nobody" not found'],
		['a:b:c:d', 400, 'BadRequest', 'invalid pod request "a:b:c:d"'],
		['ftp:one:80', 400, 'BadRequest', 'invalid pod request "ftp:one:80"'],
		['one:8081', 503, 'ServiceUnavailable', 'error trying to reach service: dial tcp 10.244.1.5:8081: connect: connection refused'],
		['one:web', 503, 'ServiceUnavailable', 'error trying to reach service: dial tcp: lookup tcp/web: unknown port'],
		['local', 400, 'BadRequest', 'address not allowed'],
		['pending', 400, 'BadRequest', 'address not allowed'],
		['broken:7000', 503, 'ServiceUnavailable', 'error trying to reach service: EOF'],
	] as const)('refuses %s', async ([id, code, reason, message]) => {
		const api = await embeddedApi();
		for (const [name, ip] of [
			['one', '10.244.1.5'],
			['local', '127.0.0.1'],
			['broken', '10.244.1.6'],
		] as const)
			await api.create(`${place}/pods`, podAt(name, ip));
		await api.create(`${place}/pods`, {...podAt('pending', ''), status: {phase: 'Pending'}});
		await api.listen('10.244.1.6', 7000, received => received.socket.end());
		expect(await refusalOf(await api.ask(`${place}/pods/${id}/proxy/`))).toEqual({code, reason, message});
	});

	test('leaves no time-out behind', async () => {
		const api = await embeddedApi();
		await api.create(`${place}/pods`, podAt('one', '10.244.1.5'));
		const before = api.clock.pendingTimers();
		await api.listen('10.244.1.5', 8080, (_, response) => response.end('ok'));
		await (await api.ask(`${place}/pods/one/proxy/`)).text();
		expect(api.clock.pendingTimers()).toBe(before);
	});
});

describe('the proxy of a Service', () => {
	test('asks any of its ready endpoints, anew for each request', async () => {
		let next = 0;
		const api = await embeddedApi(() => next);
		await service(api, ['10.244.1.5', '10.244.1.6', '10.244.1.7']);
		for (const ip of ['10.244.1.5', '10.244.1.6', '10.244.1.7']) await api.listen(ip, 8080, (_, response) => response.end(ip));
		const seen: string[] = [];
		for (next of [0, 0.5, 0.99]) seen.push(await (await api.ask(`${place}/services/web:http/proxy/`)).text());
		expect(seen).toEqual(['10.244.1.5', '10.244.1.6', '10.244.1.7']);
		expect((await api.ask(`${place}/services/web:80/proxy/`)).status).toBe(200);
	});

	test('asks no address that is no pod’s', async () => {
		const api = await embeddedApi();
		await service(api, ['10.244.1.5', '10.244.1.6']);
		await api.listen('10.244.1.6', 8080, (_, response) => response.end('second'));
		await api.ask(`${place}/pods/pod-0?gracePeriodSeconds=0`, {method: 'DELETE'});
		expect(await (await api.ask(`${place}/services/web:80/proxy/`)).text()).toBe('second');
	});

	test.for([
		['nobody', 404, 'services "nobody" not found'],
		['web:99', 503, 'no service port 99 found for service "web"'],
		['web', 503, 'no endpoints available for service "web"'],
		['web:81', 503, 'no endpoints available for service "web:81"'],
		['web:nonsense', 503, 'no endpoints available for service "web:nonsense"'],
		['web:http', 503, 'error trying to reach service: dial tcp 10.244.1.5:8080: connect: connection refused'],
	] as const)('refuses %s', async ([id, code, message]) => {
		const api = await embeddedApi();
		await service(api, ['10.244.1.5']);
		expect(await refusalOf(await api.ask(`${place}/services/${id}/proxy/`))).toMatchObject({code, message});
	});

	test('says so when there is no endpoint at all', async () => {
		const api = await embeddedApi();
		await service(api, []);
		expect(await refusalOf(await api.ask(`${place}/services/web:80/proxy/`))).toMatchObject({code: 503, message: 'no endpoints available for service "web"'});
	});

	test('is asked by who may: a viewer may not', async () => {
		const api = await embeddedApi();
		await service(api, ['10.244.1.5']);
		const answer = await api.ask(`${place}/services/web:80/proxy/`, {headers: {authorization: 'Bearer viewer'}});
		expect(await refusalOf(answer)).toMatchObject({code: 403, message: expect.stringContaining('cannot get resource "services/proxy"')});
	});
});

describe('links of a page lead through the proxy', () => {
	const from = {prefix: '/api/v1/namespaces/web/services/a/proxy', host: '10.244.1.5:8080', requestHost: '127.0.0.1:6443'};

	test.for([
		['/x/y?z#w', `${from.prefix}/x/y?z#w`],
		['/x/', `${from.prefix}/x/`],
		['x/y', 'x/y'],
		['#top', '#top'],
		['http://10.244.1.5:8080/x', `${from.prefix}/x`],
		['http://127.0.0.1:6443/x', `http://127.0.0.1:6443${from.prefix}/x`],
		['http://nginx.org/x', 'http://nginx.org/x'],
		['//nginx.org/x', '//nginx.org/x'],
		['mailto:a@b', 'mailto:a@b'],
		[`${from.prefix}/x`, `${from.prefix}/x`],
	] as const)('%s', ([link, rewritten]) => {
		expect(rewriteLink(link, from)).toBe(rewritten);
	});

	test('only where links are', () => {
		const page =
			'<!DOCTYPE html>\n<A HREF=/x class=\'b"c\'>/x</A><!-- <a href="/x"> --><script>"<a href=\'/x\'>"</script><img src="/y"/><p title="/x">1 < 2</p>';
		expect(rewritePage(page, from)).toBe(
			`<!DOCTYPE html>\n<a href="${from.prefix}/x" class="b&#34;c">/x</A><!-- <a href="/x"> --><script>"<a href='/x'>"</script><img src="${from.prefix}/y"/><p title="/x">1 < 2</p>`,
		);
	});

	test('a page without tags stays as it is', () => {
		fc.assert(
			fc.property(
				fc.string().filter(text => !text.includes('<')),
				text => rewritePage(text, from) === text,
			),
		);
	});

	test('no page throws', () => {
		const piece = fc.constantFrom('<', '>', 'a', ' href=', '"', "'", '/', '<!--', '-->', '<script>', '</script>', '=', 'é');
		fc.assert(fc.property(fc.array(piece, {maxLength: 60}), pieces => void rewritePage(pieces.join(''), from)));
	});
});
