import {readFileSync} from 'node:fs';
import {expect, test, vi} from 'vitest';
import {createCached} from '../../src/cluster/config/cached.ts';
import {createCredentials} from '../../src/cluster/config/credentials.ts';
import {parseKubeconfig} from '../../src/cluster/config/kubeconfig.ts';
import {answerJson, answerStatus, startApiServer} from './harness/api-server.ts';
import {base64, pem, tlsServer} from './harness/certificates.ts';
import {cleanup} from './harness/cleanup.ts';
import {connectTo, kubeconfigText, temporaryDirectory, writeFile} from './harness/kubeconfig.ts';

type Plugin = {readonly exec: object; runs(): number; printed(text: string): void};

/** A credential plugin: a real program that prints what the test says, and notes each run. */
function plugin(credential: unknown, more: object = {}, code = 0, stderr = ''): Plugin {
	const directory = temporaryDirectory();
	const output = writeFile('output', typeof credential === 'string' ? credential : JSON.stringify(credential), directory);
	const log = writeFile('log', '', directory);
	const script = writeFile(
		'plugin.cjs',
		`const fs = require('fs');
		fs.appendFileSync(${JSON.stringify(log)}, JSON.stringify({info: process.env.KUBERNETES_EXEC_INFO, extra: process.env.EXTRA, args: process.argv.slice(2)}) + '\\n');
		process.stderr.write(${JSON.stringify(stderr)});
		process.stdout.write(fs.readFileSync(${JSON.stringify(output)}, 'utf8'));
		process.exitCode = ${code};`,
		directory,
	);
	return {
		exec: {apiVersion: 'client.authentication.k8s.io/v1', command: process.execPath, args: [script, 'get-token'], interactiveMode: 'Never', ...more},
		runs: () => readFileSync(log, 'utf8').split('\n').length - 1,
		printed: text => writeFile('output', text, directory),
	};
}

function credential(status: object) {
	return {apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status};
}

function credentialsOf(user: object, now: () => number = Date.now) {
	const config = parseKubeconfig(kubeconfigText('https://api.test', {user}), '/dir/config');
	const cluster = config.clusters.get('test-cluster');
	if (cluster === undefined) throw new Error('no cluster');
	return createCredentials({user: config.users.get('test-user'), cluster, as: undefined, asGroups: [], env: {PATH: process.env.PATH}, now, uptime: now});
}

test('ends a plugin that still waits for a person, and whatever holds its pipes, when the connection is closed', async () => {
	const started = temporaryDirectory();
	const script = writeFile(
		'waiting.cjs',
		`require('child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 20000)'], {stdio: 'inherit'});
		require('fs').writeFileSync(${JSON.stringify(`${started}/started`)}, '');`,
	);
	const credentials = credentialsOf({exec: {apiVersion: 'client.authentication.k8s.io/v1', command: process.execPath, args: [script]}});
	const asked = credentials.headers().catch((error: Error) => error.message);
	await vi.waitFor(() => readFileSync(`${started}/started`), {timeout: 30_000});
	credentials.close();
	expect(await asked).toContain('did not end in time');
	await expect(credentials.headers()).rejects.toThrow('credential plugin');
});

test('asks a credential plugin once, and not again until its token expires', async () => {
	let now = Date.parse('2026-01-01T00:00:00Z');
	const given = plugin(credential({token: 'abc', expirationTimestamp: '2026-01-01T01:00:00Z'}));
	const credentials = credentialsOf({exec: given.exec}, () => now);
	expect(await Promise.all([credentials.headers(), credentials.headers(), credentials.certificate()])).toEqual([
		{authorization: 'Bearer abc'},
		{authorization: 'Bearer abc'},
		undefined,
	]);
	expect(given.runs()).toBe(1);
	now += 59 * 60_000;
	await credentials.headers();
	expect(given.runs()).toBe(1);
	now += 60_000;
	given.printed(JSON.stringify(credential({token: 'def'})));
	expect(await credentials.headers()).toEqual({authorization: 'Bearer def'});
	expect(given.runs()).toBe(2);
});

test('keeps a token without expiry until the API server refuses it', async () => {
	const given = plugin(credential({token: 'abc'}));
	const api = await startApiServer((request, response) => {
		if (request.headers.authorization === 'Bearer def') return answerJson(response, {fine: true});
		given.printed(JSON.stringify(credential({token: 'def'})));
		answerStatus(response, 401, 'Unauthorized', 'Unauthorized');
	});
	cleanup(() => api.close());
	const connection = await connectTo(api.url, {user: {exec: given.exec}});
	expect(await connection.json({path: '/'})).toEqual({fine: true});
	await connection.json({path: '/'});
	expect(given.runs()).toBe(2);
	expect(api.requests.map(({headers}) => headers.authorization)).toEqual(['Bearer abc', 'Bearer def', 'Bearer def']);
});

test('asks a plugin whose token is refused once for all streams, and again only after a rest', async () => {
	const given = plugin(credential({token: 'abc'}));
	const api = await startApiServer((_request, response) => answerStatus(response, 401, 'Unauthorized', 'Unauthorized'));
	cleanup(() => api.close());
	const connection = await connectTo(api.url, {user: {exec: given.exec}});
	const refused = () => expect(connection.json({path: '/'})).rejects.toMatchObject({kind: 'unauthorized'});
	await Promise.all(Array.from({length: 8}, refused));
	await Promise.all(Array.from({length: 8}, refused));
	expect(given.runs()).toBe(2);
	// The same token again is no reason to ask again.
	expect(api.requests).toHaveLength(16);
});

test('asks a plugin that failed not for each who waits, but again after some seconds', async () => {
	let now = 0;
	let runs = 0;
	const plugged = createCached(
		async () => {
			runs += 1;
			if (runs === 1) throw new Error('not logged in');
			return 'token';
		},
		() => Number.POSITIVE_INFINITY,
		() => now,
		4_000,
	);
	await expect(plugged.get()).rejects.toThrow('not logged in');
	now = 3_999;
	await expect(plugged.get()).rejects.toThrow('not logged in');
	now = -3_600_000;
	expect(await plugged.get()).toBe('token');
	expect(runs).toBe(2);
});

test('tells the plugin what it is asked for, without a terminal', async () => {
	const directory = temporaryDirectory();
	const seen = `${directory}/seen`;
	const script = writeFile(
		'plugin.cjs',
		`require('fs').writeFileSync(${JSON.stringify(seen)}, process.env.KUBERNETES_EXEC_INFO + process.env.EXTRA + process.stdin.isTTY);
		process.stdout.write(JSON.stringify({status: {token: 'abc'}}));`,
		directory,
	);
	const exec = {
		apiVersion: 'client.authentication.k8s.io/v1beta1',
		command: process.execPath,
		args: [script],
		env: [{name: 'EXTRA', value: 'more'}],
		provideClusterInfo: true,
	};
	await credentialsOf({exec}).headers();
	expect(readFileSync(seen, 'utf8')).toBe(
		'{"apiVersion":"client.authentication.k8s.io/v1beta1","kind":"ExecCredential","spec":{"cluster":{"server":"https://api.test","insecure-skip-tls-verify":false},"interactive":false}}moreundefined',
	);
});

test('shows the client certificate that a plugin gives, and the next one on new connections', async () => {
	const given = plugin(credential({clientCertificateData: pem('client'), clientKeyData: pem('client-key')}));
	const api = await startApiServer((_request, response) => {
		const socket = response.socket as import('node:tls').TLSSocket;
		answerJson(response, {name: socket.getPeerCertificate().subject?.CN});
	}, tlsServer());
	cleanup(() => api.close());
	const connection = await connectTo(api.url, {cluster: {'certificate-authority-data': base64(pem('ca'))}, user: {exec: given.exec}});
	expect(await connection.json({path: '/'})).toEqual({name: 'alice'});
});

test.each([
	[
		'is not installed',
		{command: 'no-such-plugin', installHint: 'install it from example.test'},
		'the credential plugin "no-such-plugin" of user "test-user" is not installed (no such command)',
		'install it from example.test',
	],
] as const)('says that a plugin %s', async (_what, exec, message, hint) => {
	await expect(credentialsOf({exec}).headers()).rejects.toMatchObject({kind: 'config', message, hint});
});

test('says what a failing plugin complained about, and nothing of what it printed', async () => {
	const given = plugin('SECRET', {}, 3, 'line one\nsession has expired\u001B[31m, log in\n');
	const error = await credentialsOf({exec: given.exec})
		.headers()
		.catch((reason: unknown) => reason);
	expect(error).toMatchObject({kind: 'config', message: expect.stringMatching(/failed with exit code 3: line one session has expired, log in$/)});
	expect(String(error)).not.toContain('SECRET');
});

test.each(['not json SECRET', '{"status":{}}', '[]', 'null'])('says that a plugin printed no credential: %s', async output => {
	const error = await credentialsOf({exec: plugin(output).exec})
		.headers()
		.catch((reason: unknown) => reason);
	expect(error).toMatchObject({kind: 'config', message: expect.stringContaining('printed no credential')});
	expect(String(error)).not.toContain('SECRET');
});

test('reads a token file again after a minute', async () => {
	let now = 0;
	const directory = temporaryDirectory();
	const credentials = credentialsOf({tokenFile: writeFile('token', 'old\n', directory)}, () => now);
	expect(await credentials.headers()).toEqual({authorization: 'Bearer old'});
	writeFile('token', 'new\n', directory);
	expect(await credentials.headers()).toEqual({authorization: 'Bearer old'});
	now += 60_000;
	expect(await credentials.headers()).toEqual({authorization: 'Bearer new'});
});

test('says which file of the user cannot be read', async () => {
	await expect(credentialsOf({tokenFile: 'gone'}).headers()).rejects.toMatchObject({
		kind: 'config',
		message: 'cannot read /dir/gone, which user "test-user" of the kubeconfig names',
	});
});

test('speaks for users of the old oidc provider', async () => {
	const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
	const token = `${part({alg: 'none'})}.${part({exp: 4_000_000_000})}.x`;
	const user = {'auth-provider': {name: 'oidc', config: {'id-token': token, 'client-id': 'c', 'idp-issuer-url': 'https://issuer.test'}}};
	expect(await credentialsOf(user).headers()).toEqual({authorization: `Bearer ${token}`});
});

test('makes a value once for all who wait, and again when the making failed', async () => {
	let made = 0;
	const cached = createCached(
		async () => {
			made += 1;
			if (made === 1) throw new Error('first');
			return made;
		},
		() => Number.POSITIVE_INFINITY,
		() => 0,
	);
	await expect(Promise.allSettled([cached.get(), cached.get()])).resolves.toMatchObject([{status: 'rejected'}, {status: 'rejected'}]);
	expect(await Promise.all([cached.get(), cached.get()])).toEqual([2, 2]);
	cached.forget();
	expect(await cached.get()).toBe(3);
});
