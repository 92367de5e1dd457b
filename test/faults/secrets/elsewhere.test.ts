import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {pathToFileURL} from 'node:url';
import {describe, expect, test} from 'vitest';
import {startApiServer} from '../../cluster-io/harness/api-server.ts';
import {cleanup} from '../../cluster-io/harness/cleanup.ts';
import {kubeconfigText, writeFile} from '../../cluster-io/harness/kubeconfig.ts';
import {canary} from './canaries.ts';
import {startPlanted} from './planted.ts';
import {expectNone, writtenBy} from './run-watched.ts';

const patienceMs = 60_000;

describe('what is sent to be measured, and what is answered', {timeout: patienceMs}, () => {
	test.each([
		['json', ['--once', '-o', 'json', '--samples', '3']],
		['text', ['--once', '--samples', '3']],
		['plain', ['--plain', '--timeout', '3s']],
	])('is in no line of %s', async (_, args) => {
		const secrets = ['query', 'user info', 'header', 'cookie', 'body', 'answer’s header'].map(canary);
		const [query, userInfo, header, cookie, body, answered] = secrets.map(({value}) => value);
		const target = await startApiServer((request, response) => {
			const headers = {'set-cookie': `session=${cookie}`, 'x-api-token': answered ?? '', server: 'app/1.2', authorization: request.headers.authorization ?? ''};
			const failed = {...headers, location: `/login?token=${query}`};
			response.writeHead(request.url === '/' ? 200 : 500, failed).end(`This is v2. password=${body} ${JSON.stringify(request.headers)}`);
		});
		cleanup(() => target.close());
		const {api, canaries} = await startPlanted();
		const url = `${target.url.replace('//', `//someone:${userInfo}@`)}/?token=${query}`;
		const all = [...args, '--curl', url, '-H', `Authorization: Bearer ${header}`, '--cookies', '--interval', '200ms'];
		const written = await writtenBy(['deploy/shop', ...all], {KUBECONFIG: api.kubeconfig});
		expect(target.requests.some(({headers}) => headers.authorization === `Bearer ${header}`)).toBe(true);
		expectNone(written, [...secrets, ...canaries]);
	});

	test('is in no complaint about it', async () => {
		const secrets = ['user info', 'query'].map(canary);
		const [userInfo, query] = secrets.map(({value}) => value);
		const {api} = await startPlanted();
		for (const target of [
			`ftp://someone:${userInfo}@host/?token=${query}`,
			`http://someone:${userInfo}@:x/?token=${query}`,
			`http://someone:${userInfo}@127.0.0.1:9/?token=${query}`,
		]) {
			expectNone(await writtenBy(['deploy/shop', '--once', '--samples', '1', '--curl', target], {KUBECONFIG: api.kubeconfig}), secrets);
		}
	});
});

describe('credentials of a proxy', {timeout: patienceMs}, () => {
	const proxy = () =>
		new Promise<string>(resolve => {
			// It refuses every tunnel, and repeats what it was sent.
			const server = createServer().on('connect', ({headers}, socket) => {
				socket.end(`HTTP/1.1 407 ${headers['proxy-authorization'] ?? ''}\r\n\r\n`);
			});
			server.listen(0, '127.0.0.1', () => resolve(`127.0.0.1:${(server.address() as AddressInfo).port}`));
			cleanup(() => void server.close());
		});

	test.each(['that refuses', 'that is not there', 'that is none'])('%s are in nothing that is written', async which => {
		const secrets = [canary('proxy’s password'), canary('server’s password')];
		const [password, serverPassword] = secrets.map(({value}) => value);
		const place = {'that refuses': await proxy(), 'that is not there': '127.0.0.1:1', 'that is none': 'no host:x'}[which] ?? '';
		const KUBECONFIG = writeFile('config', kubeconfigText(`https://someone:${serverPassword}@cluster.example:6443`, {context: {namespace: 'web'}}));
		const written = await writtenBy(['deploy/shop', '--once'], {KUBECONFIG, HTTPS_PROXY: `http://someone:${password}@${place}`});
		expect(written).toMatch(/error: /);
		expectNone(written, secrets);
	});
});

describe('a kubeconfig that cannot be read', {timeout: patienceMs}, () => {
	test.each([
		['is no YAML', (secret: string) => `users:\n- name: a\n  user:\n    token: ${secret}\n   bad: [\n`],
		['has a tab', (secret: string) => `users:\n- name: a\n  user:\n    token: ${secret}\n\t- x\n`],
		['has a key twice', (secret: string) => `users:\n- name: a\n  user: {token: ${secret}, token: ${secret}}\n`],
		['is only a token', (secret: string) => secret],
		['has a list for a user', (secret: string) => kubeconfigText('https://127.0.0.1:1', {user: [secret]})],
		['has a server that is none', (secret: string) => kubeconfigText(`https://someone:${secret}@`)],
	])('because it %s is not quoted', async (_, textOf) => {
		const secret = canary('kubeconfig');
		const written = await writtenBy(['deploy/shop', '--once'], {KUBECONFIG: writeFile('config', textOf(secret.value))});
		expect(written).toMatch(/error: /);
		expectNone(written, [secret]);
	});
});

/** A preloaded script that does this once the program has its own handler of what nobody caught. */
function onceRunning(source: string): string {
	return `const timer = setInterval(() => {
		if (process.listenerCount('uncaughtException') === 0) return;
		clearInterval(timer);
		${source};
	}, 20);`;
}

describe('a fault of our own', {timeout: patienceMs}, () => {
	test.each([
		['an error nobody caught', (secret: string) => `throw new Error('sent Authorization: Bearer ${secret} to https://someone:${secret}@host')`],
		['JSON that is none', (secret: string) => `JSON.parse('{"token":"${secret}", x')`],
		['a promise nobody waits for', (secret: string) => `void Promise.reject(new Error('token=${secret}'))`],
	])('%s tells no secret', async (_, sourceOf) => {
		const secret = canary('message of an error');
		const preload = pathToFileURL(writeFile('fault.mjs', onceRunning(sourceOf(secret.value)))).href;
		const {api} = await startPlanted();
		const written = await writtenBy(['deploy/shop', '--plain'], {KUBECONFIG: api.kubeconfig, NODE_OPTIONS: `--import ${preload}`});
		expect(written).toMatch(/rollwatch itself failed/);
		expectNone(written, [secret]);
	});
});
