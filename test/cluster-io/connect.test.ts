import {createServer as createHttp} from 'node:http';
import {type AddressInfo, createServer, connect as dial} from 'node:net';
import type {TLSSocket} from 'node:tls';
import {brotliCompressSync, createGzip, deflateSync, gzipSync} from 'node:zlib';
import {expect, test} from 'vitest';
import {proxyFromEnvironment} from '../../src/cluster/config/proxy.ts';
import {connect} from '../../src/cluster/connect.ts';
import {ClusterError} from '../../src/cluster/errors.ts';
import {answerJson, answerStatus, type Handler, startApiServer} from './harness/api-server.ts';
import {base64, pem, pemPath, tlsServer} from './harness/certificates.ts';
import {cleanup} from './harness/cleanup.ts';
import {connectTo, kubeconfigText, temporaryDirectory, writeFile} from './harness/kubeconfig.ts';
import {until} from './harness/scripted.ts';

const ok: Handler = (_request, response) => answerJson(response, {fine: true});

async function server(handler: Handler = ok, tls?: Parameters<typeof startApiServer>[1]) {
	const started = await startApiServer(handler, tls);
	cleanup(() => started.close());
	return started;
}

/** The error of a promise that must fail. */
async function failure(promise: Promise<unknown>): Promise<ClusterError> {
	const error = await promise.then(
		() => undefined,
		(reason: unknown) => reason,
	);
	if (!(error instanceof ClusterError)) throw new Error(`no ClusterError but ${error}`);
	return error;
}

const authority = {'certificate-authority-data': base64(pem('ca'))};

test('speaks plain HTTP to a server that does', async () => {
	const {url} = await server();
	const connection = await connectTo(url);
	expect(connection).toMatchObject({context: 'test', server: url, namespace: 'default', user: 'test-user'});
	expect(await connection.json({path: '/version'})).toEqual({fine: true});
});

test('takes the namespace of the context, and that of -n before it', async () => {
	const {url} = await server();
	expect((await connectTo(url, {context: {namespace: 'web'}})).namespace).toBe('web');
	expect((await connectTo(url, {context: {namespace: 'web'}}, {namespace: 'other'})).namespace).toBe('other');
});

test('keeps the path in front of a server that has one, and encodes the query', async () => {
	const api = await server();
	const connection = await connectTo(`${api.url}/k8s/clusters/c-1/`);
	await connection.json({path: '/api/v1/pods', query: {labelSelector: 'app in (a,b)', limit: undefined}});
	expect(api.requests[0]?.url).toBe('/k8s/clusters/c-1/api/v1/pods?labelSelector=app+in+%28a%2Cb%29');
});

test.each([
	['in the kubeconfig', authority],
	['in a file', {'certificate-authority': pemPath('ca')}],
])('trusts a server by the authority %s', async (_where, cluster) => {
	const {url} = await server(ok, tlsServer());
	expect(await (await connectTo(url, {cluster})).json({path: '/'})).toEqual({fine: true});
});

test('does not trust an unknown authority, and says what to check', async () => {
	const {url} = await server(ok, tlsServer());
	const error = await failure((await connectTo(url)).json({path: '/'}));
	expect(error).toMatchObject({kind: 'tls', message: `cannot reach the API server ${url} of context "test": its certificate is from an unknown authority`});
	expect(error.hint).toContain('certificate-authority');
});

test('trusts anybody with insecure-skip-tls-verify', async () => {
	const {url} = await server(ok, tlsServer('server-expired'));
	expect(await (await connectTo(url, {cluster: {'insecure-skip-tls-verify': true}})).json({path: '/'})).toEqual({fine: true});
});

test('says that the server’s certificate has expired', async () => {
	const {url} = await server(ok, tlsServer('server-expired'));
	const error = await failure((await connectTo(url, {cluster: authority})).json({path: '/'}));
	expect(error).toMatchObject({kind: 'tls', message: expect.stringContaining('its certificate has expired')});
});

test('checks the certificate against tls-server-name', async () => {
	const {url} = await server(ok, tlsServer('server-other-name'));
	const error = await failure((await connectTo(url, {cluster: authority})).json({path: '/'}));
	expect(error).toMatchObject({kind: 'tls', message: expect.stringContaining('its certificate is for another name')});
	const named = await connectTo(url, {cluster: {...authority, 'tls-server-name': 'elsewhere.test'}});
	expect(await named.json({path: '/'})).toEqual({fine: true});
});

const whoIsIt: Handler = (_request, response) => {
	const {subject} = (response.socket as TLSSocket).getPeerCertificate();
	answerJson(response, {name: subject?.CN ?? null});
};

test.each([
	['in the kubeconfig', {'client-certificate-data': base64(pem('client')), 'client-key-data': base64(pem('client-key'))}],
	['in files', {'client-certificate': pemPath('client'), 'client-key': pemPath('client-key')}],
])('shows a client certificate %s', async (_where, user) => {
	const {url} = await server(whoIsIt, tlsServer());
	expect(await (await connectTo(url, {cluster: authority, user})).json({path: '/'})).toEqual({name: 'alice'});
});

test('says that the client certificate has expired when the server refuses it', async () => {
	const {url} = await server((_request, response) => answerStatus(response, 401, 'Unauthorized', 'Unauthorized'), tlsServer());
	const user = {'client-certificate-data': base64(pem('client-expired')), 'client-key-data': base64(pem('client-expired-key'))};
	const error = await failure((await connectTo(url, {cluster: authority, user})).json({path: '/'}));
	expect(error).toMatchObject({kind: 'unauthorized', status: 401, hint: 'renew the client certificate of the kubeconfig’s user'});
	expect(error.message).toMatch(/does not accept the credentials of context "test": the client certificate expired on Jan {2}1 .* 2021/);
});

test('says that a client certificate is no certificate', async () => {
	const {url} = await server(ok, tlsServer());
	const user = {'client-certificate-data': base64('nonsense'), 'client-key-data': base64('SECRET')};
	const error = await failure((await connectTo(url, {cluster: authority, user})).json({path: '/'}));
	expect(error.kind).toBe('config');
	expect(error.message).not.toContain('SECRET');
});

test.each([
	['token', {token: 'abc'}, 'Bearer abc'],
	['name and password', {username: 'eve', password: 'pa:ss'}, `Basic ${base64('eve:pa:ss')}`],
])('sends a %s', async (_what, user, authorization) => {
	const api = await server();
	await (await connectTo(api.url, {user})).json({path: '/'});
	expect(api.requests[0]?.headers.authorization).toBe(authorization);
});

test('acts as somebody else with --as and every --as-group', async () => {
	const api = await server();
	const connection = await connectTo(api.url, {user: {token: 'abc'}}, {as: 'bob', asGroups: ['dev', 'ops']});
	await connection.json({path: '/'});
	const raw = api.requests[0]?.rawHeaders ?? [];
	const groups = raw.filter((_value, index) => raw[index - 1]?.toLowerCase() === 'impersonate-group');
	expect(api.requests[0]?.headers).toMatchObject({authorization: 'Bearer abc', 'impersonate-user': 'bob'});
	expect(groups).toEqual(['dev', 'ops']);
	expect(connection.as).toBe('bob');
});

test('acts as whom the kubeconfig says, unless the command line says another', async () => {
	const api = await server();
	const user = {as: 'carol', 'as-groups': ['qa']};
	await (await connectTo(api.url, {user})).json({path: '/'});
	await (await connectTo(api.url, {user}, {as: 'bob'})).json({path: '/'});
	expect(api.requests.map(({headers}) => [headers['impersonate-user'], headers['impersonate-group']])).toEqual([
		['carol', 'qa'],
		['bob', undefined],
	]);
});

test('says who refuses the connection', async () => {
	const {url, close} = await startApiServer(ok);
	await close();
	const error = await failure((await connectTo(url)).json({path: '/'}));
	expect(error).toMatchObject({
		kind: 'unreachable',
		code: 'ECONNREFUSED',
		message: `cannot reach the API server ${url} of context "test": the connection was refused`,
	});
	expect(error.hint).not.toBe(undefined);
});

test('says that the host name is unknown', async () => {
	const error = await failure((await connectTo('https://no-such-host.invalid:6443')).json({path: '/'}));
	expect(error).toMatchObject({kind: 'unreachable', message: expect.stringMatching(/its host name (is unknown|cannot be resolved now)/)});
});

test('gives up on a server that takes the connection and says nothing', async () => {
	const {url} = await server(() => {});
	const error = await failure((await connectTo(url, {}, {requestTimeoutMs: 50})).json({path: '/'}));
	expect(error).toMatchObject({kind: 'timeout', message: `the API server ${url} of context "test" did not answer within 0.05 s`});
});

test('gives up on an answer that begins and never ends', async () => {
	const {url} = await server((_request, response) => response.writeHead(200).write('{"a":'));
	const error = await failure((await connectTo(url, {}, {requestTimeoutMs: 50})).json({path: '/'}));
	expect(error.kind).toBe('timeout');
});

test('stops waiting at once when told to, even for a connection that is never made', async () => {
	// 192.0.2.0/24 is set aside for documentation: nobody answers there.
	const connection = await connectTo('http://192.0.2.1:6443');
	const stop = new AbortController();
	const answered = failure(connection.json({path: '/', signal: stop.signal}));
	stop.abort();
	expect(['aborted', 'unreachable']).toContain((await answered).kind);
});

test.each([
	['no HTTP', 'SSH-2.0-OpenSSH_9.6\r\n', 'garbage', 'it does not answer in HTTP'],
	['HTML', 'HTTP/1.1 200 OK\r\ncontent-length: 13\r\n\r\n<html></html>', 'garbage', 'does not answer like a Kubernetes API server'],
	['nothing and hangs up', '', 'unreachable', 'the connection was broken off'],
	['half an answer', 'HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"a"', 'unreachable', 'the connection was broken off'],
] as const)('says so when the server answers %s', async (_what, answer, kind, words) => {
	const raw = createServer(socket => {
		socket.on('error', () => undefined);
		socket.once('data', () => socket.end(answer));
	});
	await new Promise<void>(resolve => raw.listen(0, '127.0.0.1', resolve));
	cleanup(() => new Promise<void>(resolve => raw.close(() => resolve())));
	const {port} = raw.address() as AddressInfo;
	const error = await failure((await connectTo(`http://127.0.0.1:${port}`)).json({path: '/'}));
	expect(error).toMatchObject({kind, message: expect.stringContaining(words)});
});

test('says that a server does not speak TLS', async () => {
	const {port} = await server();
	const error = await failure((await connectTo(`https://127.0.0.1:${port}`)).json({path: '/'}));
	expect(error).toMatchObject({kind: 'tls', message: expect.stringContaining('it does not speak TLS')});
});

test.each([
	[403, 'Forbidden', 'pods is forbidden: User "eve" cannot list resource "pods"', 'forbidden'],
	[404, 'NotFound', 'deployments.apps "web" not found', 'not-found'],
	[409, 'Conflict', 'the object has been modified', 'conflict'],
	[410, 'Expired', 'too old resource version', 'expired'],
	[422, 'Invalid', 'Deployment.apps "web" is invalid', 'invalid'],
	[500, 'InternalError', 'etcd is tired', 'server'],
] as const)('turns a %i into a sentence of the API server’s own', async (code, reason, message, kind) => {
	const {url} = await server((_request, response) => answerStatus(response, code, reason, message));
	expect(await failure((await connectTo(url)).json({path: '/'}))).toMatchObject({kind, status: code, reason, message});
});

test('keeps escape codes of an answer off the screen', async () => {
	const {url} = await server((_request, response) => answerStatus(response, 403, 'Forbidden', 'no\u001B[2J\u0007way'));
	expect((await failure((await connectTo(url)).json({path: '/'}))).message).toBe('no way');
});

test('reads no more than the start of an endless failure', async () => {
	const {url} = await server((_request, response) => {
		response.writeHead(502);
		const more = () => {
			if (!response.destroyed) response.write('x'.repeat(65_536), () => setImmediate(more));
		};
		more();
	});
	const error = await failure((await connectTo(url)).json({path: '/'}));
	expect(error).toMatchObject({kind: 'server', status: 502, message: 'the server answered 502 without a Kubernetes status'});
});

test('never puts a secret into an error', async () => {
	const secrets = ['TOKEN-1', 'PASSWORD-2'];
	const {port} = await server((_request, response) => answerStatus(response, 401, 'Unauthorized', 'Unauthorized'));
	const connection = await connectTo(`http://someone:PASSWORD-2@127.0.0.1:${port}`, {user: {token: 'TOKEN-1', password: 'PASSWORD-2', username: 'u'}});
	const error = await failure(connection.json({path: '/'}));
	for (const secret of secrets) expect(`${connection.server} ${error.message} ${error.hint} ${error.stack} ${error.cause}`).not.toContain(secret);
});

test('reads a token file again when the server no longer takes the old token', async () => {
	const directory = temporaryDirectory();
	const tokenFile = writeFile('token', 'old\n', directory);
	const api = await server((request, response) => {
		if (request.headers.authorization === 'Bearer new') ok(request, response);
		else {
			writeFile('token', 'new\n', directory);
			answerStatus(response, 401, 'Unauthorized', 'Unauthorized');
		}
	});
	const connection = await connectTo(api.url, {user: {tokenFile}});
	expect(await connection.json({path: '/'})).toEqual({fine: true});
	expect(api.requests.map(({headers}) => headers.authorization)).toEqual(['Bearer old', 'Bearer new']);
});

test('tries a refused credential again only where it has become another one, and not for ever', async () => {
	const directory = temporaryDirectory();
	let refusals = 0;
	const api = await server((_request, response) => {
		if (refusals === 1) writeFile('token', 'worse', directory);
		refusals += 1;
		answerStatus(response, 401, 'Unauthorized', 'Unauthorized');
	});
	const connection = await connectTo(api.url, {user: {tokenFile: writeFile('token', 'bad', directory)}});
	expect(await failure(connection.json({path: '/'}))).toMatchObject({kind: 'unauthorized'});
	expect(api.requests.map(({headers}) => headers.authorization)).toEqual(['Bearer bad']);
	expect(await failure(connection.json({path: '/'}))).toMatchObject({kind: 'unauthorized'});
	expect(api.requests.map(({headers}) => headers.authorization)).toEqual(['Bearer bad', 'Bearer bad', 'Bearer worse']);
});

test('reads the authority again when the server has a certificate of another one', async () => {
	const {url} = await server(ok, tlsServer());
	const directory = temporaryDirectory();
	const authorityFile = writeFile('ca.pem', pem('server-other-name').toString(), directory);
	const connection = await connectTo(url, {cluster: {'certificate-authority': authorityFile}});
	expect(await failure(connection.json({path: '/'}))).toMatchObject({kind: 'tls'});
	writeFile('ca.pem', pem('ca').toString(), directory);
	expect(await connection.json({path: '/'})).toEqual({fine: true});
});

test('takes another certificate of the same authority when the server comes back with one', async () => {
	const first = await startApiServer(ok, tlsServer());
	const connection = await connectTo(first.url, {cluster: {...authority, 'tls-server-name': 'elsewhere.test'}});
	expect(await failure(connection.json({path: '/'}))).toMatchObject({kind: 'tls'});
	await first.close();
	const second = await startApiServer(ok, tlsServer('server-other-name'), first.port);
	cleanup(() => second.close());
	expect(await connection.json({path: '/'})).toEqual({fine: true});
});

test.each([
	['gzip', gzipSync],
	['x-gzip', gzipSync],
	['deflate', deflateSync],
	['br', brotliCompressSync],
] as const)('reads an answer that comes in %s though nobody asked for it, and keeps the connection', async (encoding, compress) => {
	const api = await server((_request, response) =>
		response.writeHead(200, {'content-type': 'application/json', 'content-encoding': encoding}).end(compress(Buffer.from('{"fine": true}'))),
	);
	const connection = await connectTo(api.url);
	for (let round = 0; round < 3; round += 1) expect(await connection.json({path: '/'})).toEqual({fine: true});
	expect(api.sockets.size).toBe(1);
});

test('reads a failure that comes compressed', async () => {
	const status = JSON.stringify({kind: 'Status', status: 'Failure', code: 404, message: 'no such thing'});
	const api = await server((_request, response) => response.writeHead(404, {'content-encoding': 'gzip'}).end(gzipSync(status)));
	expect(await failure((await connectTo(api.url)).json({path: '/'}))).toMatchObject({kind: 'not-found', message: 'no such thing'});
});

test('gives on what has come of a compressed stream at once, and ends it with its reader', async () => {
	const api = await server((_request, response) => {
		response.writeHead(200, {'content-type': 'application/json', 'content-encoding': 'gzip'});
		const gzip = createGzip();
		gzip.pipe(response);
		gzip.write('{"type":"BOOKMARK"}');
		gzip.flush();
	});
	const {body} = await (await connectTo(api.url)).open({path: '/'});
	for await (const chunk of body) {
		expect(Buffer.from(chunk).toString()).toBe('{"type":"BOOKMARK"}');
		break;
	}
	await until(() => expect(api.sockets.size).toBe(0));
});

test.each([
	['that is no gzip', {'content-encoding': 'gzip'}, 'its compressed answer is broken'],
	['in an unknown encoding', {'content-encoding': 'pigeon'}, 'the server answered in an encoding that nobody asked for'],
] as const)('says so of an answer %s', async (_what, headers, message) => {
	const api = await server((_request, response) => response.writeHead(200, headers).end('{"fine": true}'));
	const error = await failure((await connectTo(api.url)).json({path: '/'}));
	expect(error).toMatchObject({kind: 'garbage', message: expect.stringContaining(message)});
});

test('goes through an HTTP proxy that the kubeconfig names', async () => {
	const {url, port} = await server(ok, tlsServer());
	const asked: string[] = [];
	const tunnel = createHttp();
	tunnel.on('connect', (request, socket) => {
		asked.push(request.url ?? '');
		const target = dial(port, '127.0.0.1', () => {
			socket.write('HTTP/1.1 200 OK\r\n\r\n');
			target.pipe(socket).pipe(target);
		});
		for (const end of [socket, target]) end.on('error', () => undefined);
		cleanup(() => void socket.destroy());
	});
	await new Promise<void>(resolve => tunnel.listen(0, '127.0.0.1', resolve));
	cleanup(() => new Promise<void>(resolve => tunnel.close(() => resolve())));
	const proxyUrl = `http://127.0.0.1:${(tunnel.address() as AddressInfo).port}`;
	const connection = await connectTo(url, {cluster: {...authority, 'proxy-url': proxyUrl}});
	expect(await connection.json({path: '/'})).toEqual({fine: true});
	expect(asked).toEqual([`127.0.0.1:${port}`]);
});

test('goes through a SOCKS proxy that the kubeconfig names', async () => {
	const api = await server(ok, tlsServer());
	const asked: string[] = [];
	const proxy = createServer(socket => {
		socket.on('error', () => undefined);
		// Greeting, then CONNECT (version, command, 0, address type 1, four bytes, port): RFC 1928.
		socket.once('data', () => {
			socket.write(Buffer.from([5, 0]));
			socket.once('data', request => {
				asked.push(`${request.subarray(4, 8).join('.')}:${request.readUInt16BE(8)}`);
				const target = dial(api.port, '127.0.0.1', () => {
					socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
					target.pipe(socket).pipe(target);
				});
				target.on('error', () => undefined);
			});
		});
		cleanup(() => void socket.destroy());
	});
	await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
	cleanup(() => new Promise<void>(resolve => proxy.close(() => resolve())));
	const proxyUrl = `socks5://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
	const connection = await connectTo(api.url, {cluster: {...authority, 'proxy-url': proxyUrl}});
	expect(await connection.json({path: '/'})).toEqual({fine: true});
	expect(asked).toEqual([`127.0.0.1:${api.port}`]);
});

test('says that a proxy is none', async () => {
	const connection = await connectTo('https://10.0.0.1:6443', {cluster: {'proxy-url': 'ftp://proxy'}});
	expect(await failure(connection.json({path: '/'}))).toMatchObject({kind: 'config', message: 'the proxy is no http, https or socks5 URL'});
});

test.each([
	['https://10.1.2.3:6443', {HTTPS_PROXY: 'http://proxy:3128'}, 'http://proxy:3128'],
	['https://10.1.2.3:6443', {https_proxy: 'proxy:3128'}, 'http://proxy:3128'],
	['https://10.1.2.3:6443', {HTTP_PROXY: 'http://proxy:3128'}, undefined],
	['http://10.1.2.3:6443', {HTTP_PROXY: 'http://proxy:3128'}, 'http://proxy:3128'],
	['https://127.0.0.1:6443', {HTTPS_PROXY: 'http://proxy:3128'}, undefined],
	['https://localhost:6443', {HTTPS_PROXY: 'http://proxy:3128'}, undefined],
	['https://10.1.2.3:6443', {HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: 'x.test, 10.0.0.0/8'}, undefined],
	['https://[fd00::5]:6443', {HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: 'fd00::/8'}, undefined],
	['https://api.corp.test', {HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: 'corp.test'}, undefined],
	['https://api.corp.test', {HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: '.corp.test:443'}, undefined],
	['https://api.corp.test', {HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: 'api.corp.test:6443'}, 'http://proxy:3128'],
	['https://corp.test', {HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: '.corp.test'}, 'http://proxy:3128'],
	['https://api.test', {HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: '*'}, undefined],
])('reaches %s with %j through %s, as Go does', (url, env, proxy) => {
	expect(proxyFromEnvironment(url, env)).toBe(proxy);
});

test('names the proxy when it cannot be reached, without its password', async () => {
	const {close, port} = await startApiServer(ok);
	await close();
	const connection = await connectTo('https://10.0.0.1:6443', {cluster: {'proxy-url': `http://me:SECRET@127.0.0.1:${port}`}});
	const error = await failure(connection.json({path: '/'}));
	expect(error.message).toContain(`(through the proxy http://127.0.0.1:${port})`);
	expect(error.message).not.toContain('SECRET');
});

test('repeats a reading request on a kept connection that the server was just closing', async () => {
	const used = new WeakSet<object>();
	const api = await server((request, response) => {
		const socket = response.socket ?? {};
		// The second request on a connection is met with a reset.
		if (used.has(socket)) return response.socket?.resetAndDestroy();
		used.add(socket);
		ok(request, response);
	});
	const connection = await connectTo(api.url);
	expect(await connection.json({path: '/'})).toEqual({fine: true});
	expect(await connection.json({path: '/'})).toEqual({fine: true});
	expect(await failure(connection.json({method: 'PATCH', path: '/', body: '{}'}))).toMatchObject({kind: 'unreachable'});
	expect(api.requests.map(({method}) => method)).toEqual(['GET', 'GET', 'GET', 'PATCH']);
});

test('shows a renewed client certificate on new connections', async () => {
	const directory = temporaryDirectory();
	for (const name of ['client', 'client-key'] as const) writeFile(name, pem(name), directory);
	const serials: string[] = [];
	const api = await server((request, response) => {
		const {serialNumber} = (response.socket as TLSSocket).getPeerCertificate();
		serials.push(serialNumber);
		if (serialNumber !== serials[0]) return ok(request, response);
		for (const name of ['client', 'client-key'] as const) writeFile(name, pem(name.replace('client', 'client-expired')), directory);
		answerStatus(response, 401, 'Unauthorized', 'Unauthorized');
	}, tlsServer());
	const user = {'client-certificate': `${directory}/client`, 'client-key': `${directory}/client-key`};
	expect(await (await connectTo(api.url, {cluster: authority, user})).json({path: '/'})).toEqual({fine: true});
	expect(new Set(serials).size).toBe(2);
});

test('closes its connections, running streams included', async () => {
	const api = await server((_request, response) => response.writeHead(200).write('x'));
	const connection = await connectTo(api.url);
	const {body} = await connection.open({path: '/'});
	const reading = failure(
		(async () => {
			for await (const _chunk of body);
		})(),
	);
	await connection.close();
	await reading;
	await until(() => expect(api.sockets.size).toBe(0));
});

test('sends nothing before it is asked to', async () => {
	const api = await server();
	await connect({kubeconfig: writeFile('config', kubeconfigText(api.url)), env: {}});
	expect(api.sockets.size).toBe(0);
});
