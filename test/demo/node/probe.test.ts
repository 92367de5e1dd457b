import {createServer as createHttpServer, type RequestListener} from 'node:http';
import {type AddressInfo, createServer, type Server} from 'node:net';
import {afterEach, describe, expect, test} from 'vitest';
import {systemClock} from '../../../src/demo/clock.ts';
import {ownAddresses} from '../../../src/demo/network.ts';
import type {ContainerSpec, ProbeSpec} from '../../../src/demo/node/pod-spec.ts';
import {sendProbe} from '../../../src/demo/node/probe.ts';
import {createManualClock} from '../manual-clock.ts';

const servers: Server[] = [];

afterEach(async () => {
	await Promise.all(servers.splice(0).map(server => new Promise(resolve => server.close(resolve))));
});

describe('an HTTP probe', () => {
	test.each([
		[200, true],
		[204, true],
		[404, false],
		[500, false],
	])('takes %i as %s', async (status, ok) => {
		const port = await serve((_request, response) => response.writeHead(status).end());
		expect(await probe({httpGet: {port}})).toEqual(ok ? {kind: 'success'} : {kind: 'failure', message: `HTTP probe failed with statuscode: ${status}`});
	});

	test('asks as a kubelet does: by address, on a connection of its own, with the headers that it was given', async () => {
		const seen: unknown[] = [];
		const port = await serve(({url, headers}, response) => {
			seen.push([url, headers.host, headers['user-agent'], headers.connection, headers['x-key']]);
			response.end();
		});
		await probe({httpGet: {port, path: '/healthz?full=1', httpHeaders: [{name: 'X-Key', value: 'secret'}]}});
		expect(seen).toEqual([['/healthz?full=1', `127.0.0.1:${port}`, 'kube-probe/1.36', 'close', 'secret']]);
	});

	test('finds a port by its name', async () => {
		const port = await serve((_request, response) => response.end());
		expect(await probe({httpGet: {port: 'web'}}, [{name: 'web', containerPort: port}])).toEqual({kind: 'success'});
		expect(await probe({httpGet: {port: 'admin'}})).toEqual({kind: 'error', message: 'strconv.Atoi: parsing "admin": invalid syntax'});
	});

	test("says in Go's words that nobody listens", async () => {
		const port = await closedPort();
		const message = `Get "http://127.0.0.1:${port}/": dial tcp 127.0.0.1:${port}: connect: connection refused`;
		expect(await probe({httpGet: {port}})).toEqual({kind: 'failure', message});
	});

	test("says in Go's words that the answer broke off", async () => {
		const port = await serve(request => request.socket.destroy());
		expect(await probe({httpGet: {port}})).toEqual({kind: 'failure', message: `Get "http://127.0.0.1:${port}/": EOF`});
	});

	test('gives up after its timeout', async () => {
		let asked: () => void = () => undefined;
		const isAsked = new Promise<void>(resolve => (asked = resolve));
		const port = await serve(() => asked());
		const clock = createManualClock();
		const result = sendProbe({httpGet: {port}, timeoutSeconds: 3}, {...target([]), clock});
		await isAsked;
		await clock.advance(3_000);
		const message = `Get "http://127.0.0.1:${port}/": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`;
		expect(await result).toEqual({kind: 'failure', message});
	});
});

describe('a TCP probe', () => {
	test('is content with a connection', async () => {
		expect(await probe({tcpSocket: {port: await serve(() => undefined)}})).toEqual({kind: 'success'});
	});

	test('fails when nobody listens', async () => {
		const port = await closedPort();
		expect(await probe({tcpSocket: {port}})).toEqual({kind: 'failure', message: `dial tcp 127.0.0.1:${port}: connect: connection refused`});
	});
});

test('a probe that the programs here cannot answer counts as passed', async () => {
	expect(await probe({})).toEqual({kind: 'success'});
});

function probe(spec: ProbeSpec, ports: NonNullable<ContainerSpec['ports']> = []) {
	return sendProbe(spec, target(ports));
}

function target(ports: NonNullable<ContainerSpec['ports']>) {
	return {container: {name: 'app', image: 'app', ports}, podIp: '127.0.0.1', clock: systemClock, network: ownAddresses, process: undefined};
}

async function serve(handler: RequestListener): Promise<number> {
	const server = createHttpServer(handler);
	servers.push(server);
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	return (server.address() as AddressInfo).port;
}

async function closedPort(): Promise<number> {
	const server = createServer();
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const {port} = server.address() as AddressInfo;
	await new Promise(resolve => server.close(resolve));
	return port;
}
