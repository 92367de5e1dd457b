import {afterEach, describe, expect, test} from 'vitest';
import {systemClock} from '../../src/demo/clock.ts';
import {findImage, parseImageReference} from '../../src/demo/images/find-image.ts';
import {createLoopbackNetwork} from '../../src/demo/network.ts';
import {type ContainerProcess, startProcess} from '../../src/demo/node/container-process.ts';
import type {Route} from '../../src/demo/services/pod-network.ts';
import {answers} from '../sampler/curl-log/answers.ts';
import {commandOf, hasCurl, requestOf, runLoop, specOf} from '../sampler/curl-log/run-loop.ts';
import {freePort, rawServer, silentServer} from '../sampler/servers.ts';

const running: ContainerProcess[] = [];

afterEach(async () => {
	for (const program of running.splice(0)) {
		program.kill();
		await program.exited;
	}
});

/** Runs the image to its end. */
async function run(command: readonly string[], route?: (host: string, port: number) => Promise<Route>) {
	const lines: string[] = [];
	const image = findImage(parseImageReference('curlimages/curl:8.10.1') ?? {repository: '', tag: ''});
	if (image === undefined) throw new Error('no image');
	const own = {podName: 'c', podIp: '10.0.0.1', command, env: {}, clock: systemClock, network: createLoopbackNetwork()};
	const process = startProcess({...own, image, log: line => lines.push(line), ...(route && {route})});
	running.push(process);
	const {code} = await process.exited;
	return {lines, code};
}

const straight = async (host: string, port: number): Promise<Route> => ({kind: 'address', ip: host, socket: {host, port}});

/** Without what differs from run to run (times, how much of a body came before its pipe broke) and from curl to curl (its words for a failure). */
function steady(line = ''): string {
	const [, begin, status, size, ip, code] = /^(\d+ \S*) (\d{3}) \d+\.\d{6} \d+\.\d{6} (\d+) (ip=\S*) .*?(\d+)$/.exec(line) ?? [];
	expect(begin, line.slice(0, 200)).toBeDefined();
	return [begin, status, Number(size) > 20_000 ? 'many' : size, ip, code].join(' ');
}

describe.runIf(hasCurl)("prints what the loop prints on this machine's own sh and curl (skipped where there is no curl)", () => {
	test.each(Object.entries(answers))('%s', async (name, bytes) => {
		const server = await rawServer(socket => socket.end(bytes));
		const spec = specOf([requestOf(server.url)]);
		const [line] = await runLoop(spec);
		const ours = await run(commandOf(spec), straight);
		expect(ours.code).toBe(0);
		// Node's parser keeps an interim answer to itself; which bytes came then is the same.
		const words = (line: string | undefined) => (name === 'an interim answer before' ? steady(line).split(' ').slice(2) : steady(line));
		expect(words(ours.lines[0])).toEqual(words(line));
	});

	test('nobody listens', async () => {
		const spec = specOf([requestOf(`http://127.0.0.1:${await freePort()}/`)]);
		const [line] = await runLoop(spec);
		expect(steady((await run(commandOf(spec), straight)).lines[0])).toBe(steady(line));
	});

	test('nobody answers', async () => {
		const server = await silentServer();
		const spec = specOf([requestOf(server.url, {timeoutMs: 150})]);
		const [line] = await runLoop(spec);
		expect(steady((await run(commandOf(spec), straight)).lines[0])).toBe(steady(line));
	});
});

describe('the curl image', () => {
	test('says why a name or a port cannot be reached', async () => {
		const spec = specOf([requestOf('http://web.shop.svc:8080/')]);
		const unknown = await run(commandOf(spec), async () => ({kind: 'unknown-host'}));
		expect(unknown.lines).toEqual([expect.stringMatching(/^1 {2}000 \S+ \S+ 0 ip= Could not resolve host: web\.shop\.svc 6$/)]);
		const refused = await run(commandOf(spec), async () => ({kind: 'refused', ip: '10.96.0.7'}));
		expect(refused.lines).toEqual([expect.stringMatching(/ ip= Failed to connect to web\.shop\.svc port 8080 after \d+ ms: Could not connect to server 7$/)]);
	});

	test('runs nothing but the loop', async () => {
		expect(await run(['/bin/sh', '-c', 'curl http://127.0.0.1/'])).toEqual({lines: ['this image runs the loop of a curl pod only'], code: 127});
	});

	test('gives back its connection when it is killed', async () => {
		const server = await silentServer();
		const image = findImage({repository: 'curlimages/curl', tag: '8'});
		if (image === undefined) throw new Error('no image');
		const command = commandOf(specOf([requestOf(server.url)]));
		const own = {podName: 'c', podIp: '10.0.0.1', command, env: {}, clock: systemClock, network: createLoopbackNetwork()};
		const process = startProcess({...own, image, route: straight, log: () => undefined});
		await expect.poll(() => server.open()).toBe(1);
		process.kill();
		await process.exited;
		await expect.poll(() => server.open()).toBe(0);
	});
});
