import {chmodSync} from 'node:fs';
import {createServer, type Server, type Socket} from 'node:net';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {answerJson, answerStatus, startApiServer} from '../cluster-io/harness/api-server.ts';
import {base64, pem, tlsServer} from '../cluster-io/harness/certificates.ts';
import {cleanup} from '../cluster-io/harness/cleanup.ts';
import {kubeconfigText, temporaryDirectory, writeFile} from '../cluster-io/harness/kubeconfig.ts';
import {startFakeApi} from './fake-api.ts';
import {type RunResult, runProgram} from './program.ts';
import {openRollwatch} from './terminal.ts';

const watch = ['deploy/shop'];

/** Without a terminal: a sentence, perhaps a hint, nothing else; and no stack of ours. */
function expectSentence({stdout, stderr, code, signal}: RunResult, expected: {code: number; says: RegExp}): void {
	expect({stdout, code, signal}).toEqual({stdout: '', code: expected.code, signal: null});
	expect(stderr).toMatch(expected.says);
	const lines = stderr.trimEnd().split('\n');
	expect(lines[0]).toMatch(/^error: \S/);
	expect(lines.length).toBeLessThanOrEqual(2);
	expect(stderr).not.toMatch(/^\s+at |Error:|undefined|\[object/m);
}

const withConfig = (text: string) => ({KUBECONFIG: writeFile('config', text)});

describe('what is wrong with the command line is said in a sentence, with exit code 2', () => {
	test.for([
		[['deploy/shop', '--version-from', 'body:('], /--version-from.*\(/],
		[['deploy/shop', '--version-from', 'nonsense'], /--version-from.*nonsense/],
		[['deploy/shop', '--curl', 'svc/'], /--curl/],
		[['deploy/shop', '--curl', 'ftp://host/'], /--curl.*ftp/],
		[['cronjob/shop', '--once'], /cronjob/i],
		[['node/shop', '--once'], /node/i],
		[['deploy/'], /name/i],
		[['deploy/shop', '--no-such-flag'], /--no-such-flag/],
		[['deploy/shop', '--interval', 'soon'], /interval.*soon|soon.*interval/i],
		[['deploy/shop', '--once', '-o', 'yaml'], /yaml/],
		[['status'], /workload|name/i],
	] as const)('%j', async ([args, says]) => {
		const {kubeconfig} = await startFakeApi();
		expectSentence(await runProgram(args, {env: {KUBECONFIG: kubeconfig}}), {code: 2, says});
	});
});

describe('a target that does not exist next to one that does', () => {
	test('ends the program, whose thread for the other has begun', async () => {
		const {kubeconfig} = await startFakeApi();
		const args = ['deploy/shop', '--once', '--curl', 'http://127.0.0.1:9/', '--curl', 'svc/nowhere'];
		expectSentence(await runProgram(args, {env: {KUBECONFIG: kubeconfig}}), {code: 6, says: /nowhere/});
	});
});

describe('what is wrong with the kubeconfig is said in a sentence that names the file', () => {
	test('it is missing', async () => {
		const missing = join(temporaryDirectory(), 'nowhere');
		for (const way of [
			{args: watch, env: {KUBECONFIG: missing}},
			{args: [...watch, '--kubeconfig', missing], env: {}},
		]) {
			expectSentence(await runProgram(way.args, {env: way.env}), {code: 7, says: /nowhere/});
		}
	});

	test('there is none at all', async () => {
		const env = {HOME: temporaryDirectory(), KUBECONFIG: undefined, KUBERNETES_SERVICE_HOST: undefined};
		expectSentence(await runProgram(watch, {env}), {code: 7, says: /kubeconfig/i});
	});

	test.skipIf(process.getuid?.() === 0)('it can’t be read', async () => {
		const {KUBECONFIG} = withConfig(kubeconfigText('http://127.0.0.1:1'));
		chmodSync(KUBECONFIG, 0o000);
		expectSentence(await runProgram(watch, {env: {KUBECONFIG}}), {code: 7, says: /permission|may not be read|EACCES/i});
	});

	test('it is a folder', async () => {
		const KUBECONFIG = temporaryDirectory();
		expectSentence(await runProgram(watch, {env: {KUBECONFIG}}), {code: 7, says: new RegExp(KUBECONFIG)});
	});

	test('it is half written', async () => {
		const whole = kubeconfigText('http://127.0.0.1:1');
		const env = withConfig(whole.slice(0, whole.length / 2));
		expectSentence(await runProgram(watch, {env}), {code: 7, says: new RegExp(env.KUBECONFIG)});
	});

	test('the context asked for is not in it, and those that are get named', async () => {
		const env = withConfig(kubeconfigText('http://127.0.0.1:1'));
		const result = await runProgram([...watch, '--context', 'elsewhere'], {env});
		expectSentence(result, {code: 7, says: /"?elsewhere"?/});
		expect(result.stderr).toMatch(/\btest\b/);
	});
});

describe('what is wrong with the server is said in a sentence that names it and the context, with exit code 7', () => {
	test('nothing listens', async () => {
		const {url, close} = await startApiServer(() => undefined);
		await close();
		expectSentence(await runProgram(watch, {env: withConfig(kubeconfigText(url))}), {code: 7, says: new RegExp(`${url}.*refused`)});
	});

	test('its name is unknown', async () => {
		const env = withConfig(kubeconfigText('https://no-such-host.invalid:6443'));
		expectSentence(await runProgram(watch, {env}), {code: 7, says: /no-such-host\.invalid/});
	});

	test('it takes the connection and says nothing', async () => {
		const url = await listen(() => undefined);
		const env = withConfig(kubeconfigText(url));
		expectSentence(await runProgram([...watch, '--request-timeout', '1s'], {env}), {code: 7, says: new RegExp(`${url}.*"test"|"test".*${url}`)});
		const late = await runProgram([...watch, '--once', '--timeout', '1s'], {env});
		expect({code: late.code, stdout: late.stdout}).toEqual({code: 3, stdout: ''});
		expect(late.stderr).toMatch(/timed out/);
	});

	test('it is no API server but a page', async () => {
		const {url} = await serve((_, response) => response.writeHead(200, {'content-type': 'text/html'}).end('<html><body>It works!</body></html>'));
		expectSentence(await runProgram(watch, {env: withConfig(kubeconfigText(url))}), {code: 7, says: new RegExp(url)});
	});

	test('it answers noise', async () => {
		const url = await listen(socket => socket.end(Buffer.from([0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x1b, 0x5b, 0x33, 0x31, 0x6d])));
		const result = await runProgram(watch, {env: withConfig(kubeconfigText(url))});
		expectSentence(result, {code: 7, says: new RegExp(url)});
		expect(result.stderr).not.toContain('\u001B');
	});

	test('it breaks off in the middle of an answer', async () => {
		const url = await listen(socket => {
			socket.once('data', () => {
				socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{"kind":"Depl');
				socket.end();
			});
		});
		expectSentence(await runProgram([...watch, '--once'], {env: withConfig(kubeconfigText(url))}), {code: 7, says: new RegExp(url)});
	});

	test('its certificate has expired', async () => {
		const {url} = await serve((_, response) => answerJson(response, {}), tlsServer('server-expired'));
		const env = withConfig(kubeconfigText(url, {cluster: {'certificate-authority-data': base64(pem('ca'))}}));
		expectSentence(await runProgram(watch, {env}), {code: 7, says: /certificate.*expired/});
	});

	test('its certificate is signed by nobody we know', async () => {
		const {url} = await serve((_, response) => answerJson(response, {}), tlsServer());
		expectSentence(await runProgram(watch, {env: withConfig(kubeconfigText(url))}), {code: 7, says: /certificate/});
	});

	test('the client certificate has expired', async () => {
		const {url} = await serve((_, response) => answerStatus(response, 401, 'Unauthorized', 'Unauthorized'), tlsServer());
		const user = {'client-certificate-data': base64(pem('client-expired')), 'client-key-data': base64(pem('client-expired-key'))};
		const env = withConfig(kubeconfigText(url, {cluster: {'certificate-authority-data': base64(pem('ca'))}, user}));
		expectSentence(await runProgram(watch, {env}), {code: 7, says: /client certificate expired/});
	});

	test('it knows nobody by our token', async () => {
		const {url} = await serve((_, response) => answerStatus(response, 401, 'Unauthorized', 'Unauthorized'));
		const result = await runProgram(watch, {env: withConfig(kubeconfigText(url, {user: {token: 'secret-token'}}))});
		expectSentence(result, {code: 7, says: /credentials|logged in|unauthorized/i});
		expect(result.stderr).not.toContain('secret-token');
	});
});

test('in a terminal too a failure at the start leaves a sentence and no other screen behind', async () => {
	const {url, close} = await startApiServer(() => undefined);
	await close();
	const screen = openRollwatch(watch, {env: withConfig(kubeconfigText(url))});
	expect(await screen.exited).toMatchObject({exitCode: 7});
	expect(screen.isAlternate()).toBe(false);
	expect(screen.isCursorHidden()).toBe(false);
	expect(screen.text()).toMatch(/^error: .*refused/);
});

describe('what is not there ends with exit code 6', () => {
	test('a Deployment: the sentence names it, where it was looked for, and what is like it', async () => {
		const api = await startFakeApi();
		for (const args of [['deploy/shpo'], ['deploy/shpo', '--once'], ['status', 'deploy/shpo']]) {
			const result = await api.run(args);
			expectSentence(result, {code: 6, says: /"?shpo"?.*web.*test/});
			expect(result.stderr).toMatch(/\bshop\b/);
		}
	});
});

describe('a flag of the cluster means the same before and after the command', () => {
	test.for([
		['-n', 'web', 'status', 'deploy/shop'],
		['status', 'deploy/shop', '-n', 'web'],
	])('%j', async args => {
		const api = await startFakeApi();
		const elsewhere = writeFile('config', kubeconfigText(api.server.url, {context: {namespace: 'default'}}));
		const {code, stdout} = await runProgram(args, {env: {KUBECONFIG: elsewhere}});
		expect({code, stdout}).toEqual({code: 0, stdout: 'deployment "shop" successfully rolled out\n'});
	});
});

async function serve(...args: Parameters<typeof startApiServer>) {
	const server = await startApiServer(...args);
	cleanup(() => server.close());
	return server;
}

/** A bare TCP server, for what no HTTP server would say. */
async function listen(onConnection: (socket: Socket) => void): Promise<string> {
	const sockets = new Set<Socket>();
	const server: Server = createServer(socket => {
		sockets.add(socket.on('error', () => undefined));
		onConnection(socket);
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	cleanup(() => {
		for (const socket of sockets) socket.destroy();
		server.close();
	});
	const address = server.address();
	return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}
