import {once} from 'node:events';
import {connect} from 'node:net';
import {afterEach, describe, expect, test} from 'vitest';
import {systemClock} from '../../src/demo/clock.ts';
import {findImage, listImages, parseImageReference} from '../../src/demo/images/find-image.ts';
import type {Image} from '../../src/demo/images/image.ts';
import {type Network, ownAddresses} from '../../src/demo/network.ts';
import {type ContainerProcess, startProcess} from '../../src/demo/node/container-process.ts';
import {createManualClock} from './manual-clock.ts';

const host = `127.99.${process.pid % 250}.1`;
// Not everybody may listen on port 80.
const network: Network = {...ownAddresses, listen: (server, ip, port) => ownAddresses.listen(server, ip, port === 80 ? 8180 : port)};
const running: ContainerProcess[] = [];
let log: string[] = [];

afterEach(async () => {
	for (const program of running.splice(0)) {
		program.kill();
		await program.exited;
	}
	log = [];
});

describe('the programs of the scenarios', () => {
	test.each([
		['luksa/kubia:v1', 8080, '/', 'This is v1 running in pod app\n'],
		['luksa/kubia:v2', 8080, '/', 'This is v2 running in pod app\n'],
		['luksa/kubia:v4', 8080, '/', 'This is v4 running in pod app\n'],
		['harbor.example:5000/demo/testpage:0.8', 8080, '/', `I am: ${host}, the version is: 0.8\n`],
		['barnett/canarydemo:v2', 8080, '/version', 'Demo: V2\n'],
		['tiny:v2', 8080, '/', 'tiny v2\n'],
	])('%s answers on %i%s', async (image, port, path, body) => {
		start(image);
		expect(await (await ask(port, path)).text()).toBe(body);
	});

	test.each([
		['nginx', 'nginx/1.21.6', 'Welcome to nginx!'],
		['nginx:1.16.1', 'nginx/1.16.1', 'Welcome to nginx!'],
		['nginx:1.18.0', 'nginx/1.18.0', 'Welcome to nginx!'],
		['nginx:1.22', 'nginx/1.22.1', 'Welcome to nginx!'],
		['docker/getting-started', 'nginx/1.21.6', 'Getting Started'],
	])('%s is %s and shows %s', async (image, server, title) => {
		start(image);
		const answer = await ask(80, '/');
		expect(answer.headers.get('server')).toBe(server);
		expect(await answer.text()).toContain(`<title>${title}</title>`);
		const head = await ask(80, '/', 'HEAD');
		expect([head.status, head.headers.get('server'), await head.text()]).toEqual([200, server, '']);
	});

	test('kubia v3 answers four requests, whoever asks, and then fails for ever', async () => {
		start('luksa/kubia:v3');
		const answers: unknown[] = [];
		for (let request = 0; request < 6; request++) {
			const answer = await ask(8080, '/');
			answers.push([answer.status, await answer.text()]);
		}
		const good = [200, 'This is v3 running in pod app\n'];
		const bad = [500, 'Some internal error has occurred! This is pod app\n'];
		expect(answers).toEqual([good, good, good, good, bad, bad]);
		expect(log[1]).toMatch(/^Received request from 127\.\d+\.\d+\.\d+:\d+ node$/);
	});

	test('canarydemo knows one path only', async () => {
		start('barnett/canarydemo:v1');
		expect((await ask(8080, '/')).status).toBe(404);
	});
});

describe('a program and its signals', () => {
	test('nginx ends well when it is asked to', async () => {
		const program = start('nginx');
		program.terminate();
		expect(await program.exited).toMatchObject({code: 0});
		await expect(ask(80, '/')).rejects.toThrow();
	});

	test('a program that drains answers what is under way, takes nothing new and waits for no idle connection', async () => {
		const clock = createManualClock();
		const slow: Image = {
			sizeBytes: 1,
			program(machine) {
				machine.serve(8080, (_request, response) => machine.after(5_000, () => response.end('done')));
				machine.onTerminate(() => machine.drain(() => machine.exit(0)));
			},
		};
		const program = startProcess({image: slow, podName: 'app', podIp: host, command: [], env: {}, clock, network, log: () => undefined});
		running.push(program);
		await clock.advance(0);
		const idle = connect(8080, host);
		await once(idle, 'connect');
		const answer = fetch(`http://${host}:8080/`);
		await clock.advance(4_000);
		program.terminate();
		await once(idle, 'close');
		await expect(ask(8080, '/')).rejects.toThrow();
		await clock.advance(1_000);
		expect(await (await answer).text()).toBe('done');
		expect(await program.exited).toMatchObject({code: 0});
	});

	test('kubia listens to nobody, until it is killed', async () => {
		const program = start('luksa/kubia:v1');
		program.terminate();
		expect((await ask(8080, '/')).status).toBe(200);
		program.kill();
		expect(await program.exited).toMatchObject({code: 137});
	});

	test('a second program on the same port of a pod ends with an error', async () => {
		start('luksa/kubia:v1');
		await ask(8080, '/');
		expect(await start('luksa/kubia:v2').exited).toMatchObject({code: 1});
		expect(log.at(-1)).toMatch(/^cannot listen on port 8080: .*EADDRINUSE/);
	});
});

describe('busybox', () => {
	test.each([
		[['sh', '-c', 'echo "hello there"; exit 3'], 3, ['hello there']],
		[['true'], 0, []],
		[['false'], 1, []],
		[['wget', 'http://web'], 127, ['sh: wget: not found']],
		[['sh', '-c', 'false && echo no || echo yes; true'], 0, ['yes']],
		[['sh', '-c', 'touch /tmp/a; cat /tmp/a && rm /tmp/a; cat /tmp/a'], 1, ["cat: can't open '/tmp/a': No such file or directory"]],
	])('runs %j and ends with %i', async (command, code, lines) => {
		expect(await start('busybox', command).exited).toMatchObject({code});
		expect(log).toEqual(lines);
	});

	test('repeats a loop for ever, and knows its environment', async () => {
		const clock = createManualClock();
		start('busybox', ['sh', '-c', 'while true; do echo "$WHO is here"; sleep 10; done'], clock, {WHO: 'kubia'});
		await clock.advance(25_000);
		expect(log).toEqual(['kubia is here', 'kubia is here', 'kubia is here']);
	});

	test('sleeps as long as it is told', async () => {
		const clock = createManualClock();
		const program = start('busybox', ['sh', '-c', 'sleep 60 && exit 1'], clock);
		await clock.advance(60_000);
		expect(await program.exited).toEqual({code: 1, at: program.startedAt + 60_000});
	});
});

test('the list of images names each with what it does, and all of them can be pulled', () => {
	const images = listImages();
	expect(images.map(({name}) => name)).toContain('luksa/kubia');
	for (const {name, tags, summary} of images) {
		expect(summary).not.toBe('');
		for (const tag of tags) expect(findImage({repository: name, tag}), `${name}:${tag}`).toBeDefined();
	}
});

describe('image names', () => {
	test.each([
		['nginx', 'docker.io/library/nginx', 'latest'],
		['luksa/kubia:v1', 'docker.io/luksa/kubia', 'v1'],
		['localhost/kubia', 'localhost/kubia', 'latest'],
		['registry:5000/a/b:1.0', 'registry:5000/a/b', '1.0'],
		['ghcr.io/x/y', 'ghcr.io/x/y', 'latest'],
	])('%s is %s with tag %s', (name, repository, tag) => {
		expect(parseImageReference(name)).toEqual({repository, tag});
	});

	test.each(['', 'Nginx', 'nginx:', 'a b', 'nginx:-x', '/nginx'])('%j is no image name', name => {
		expect(parseImageReference(name)).toBeUndefined();
	});

	test.each(['luksa/kubia:v9', 'nginx:0.1', 'mysql', 'testpage:constructor'])('%s cannot be pulled', name => {
		expect(findImage(parseImageReference(name) ?? {repository: '', tag: ''})).toBeUndefined();
	});
});

function start(name: string, command: readonly string[] = [], clock = systemClock, env: Readonly<Record<string, string>> = {}): ContainerProcess {
	const image = findImage(parseImageReference(name) ?? {repository: '', tag: ''});
	if (image === undefined) throw new Error(`no image ${name}`);
	const program = startProcess({image, podName: 'app', podIp: host, command, env, clock, network, log: line => log.push(line)});
	running.push(program);
	return program;
}

function ask(port: number, path: string, method = 'GET'): Promise<Response> {
	return fetch(`http://${host}:${port === 80 ? 8180 : port}${path}`, {method, headers: {connection: 'close'}});
}
