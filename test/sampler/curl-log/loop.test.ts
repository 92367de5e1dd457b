import {describe, expect, it} from 'vitest';
import type {CurlRequest} from '../../../src/cluster/curl-pod/curl-arguments.ts';
import {readCurlLine} from '../../../src/sampler/curl-log/read-curl-line.ts';
import {createProbe} from '../../../src/sampler/probe.ts';
import {freePort, httpServer, rawServer, silentServer} from '../servers.ts';
import {answers, crlf} from './answers.ts';
import {hasCurl, requestOf, runLoop, specOf} from './run-loop.ts';

/** What the loop's one line says, without its times. */
async function asked(request: CurlRequest): Promise<unknown> {
	const lines = await runLoop(specOf([request]));
	expect(lines).toHaveLength(1);
	return untimed(readCurlLine(lines[0] ?? '')?.result);
}

/** The same through the direct route, which is the measure. */
async function asProbed({url, method, headers, timeoutMs}: CurlRequest): Promise<unknown> {
	const given = Object.fromEntries(headers.map(({name, value}) => [name, value]));
	const probe = createProbe({url, method, timeoutMs, headers: async () => given, bodyBytes: 8_000});
	const result = await probe.send(new AbortController().signal);
	await probe.close();
	return untimed(result);
}

/** Words of curl and of Node for the same failure differ, and so does where a long body is cut. */
function untimed(result: unknown): unknown {
	const {at: _at, latencyMs, detail: _detail, answer, ...rest} = result as {at?: number; latencyMs: number; detail?: string; answer?: AnswerLike};
	expect(latencyMs).toBeGreaterThanOrEqual(0);
	if (answer === undefined) return rest;
	const {firstByteMs: _first, body, ...kept} = answer;
	return {...rest, answer: {...kept, body: answer.truncated ? body.slice(0, 100) : body}};
}

type AnswerLike = {readonly body: string; readonly truncated: boolean; readonly firstByteMs?: number};

describe.runIf(hasCurl)("the loop on this machine's own sh and curl (skipped where there is no curl)", () => {
	it.each(Object.entries(answers))('reads what the direct route reads: %s', async (_name, bytes) => {
		const server = await rawServer(socket => socket.end(bytes));
		const request = requestOf(server.url);
		expect(await asked(request)).toEqual(await asProbed(request));
	});

	it('reads the answer to HEAD', async () => {
		const server = await rawServer(socket => socket.end(crlf('HTTP/1.1 200 OK', 'Server: nginx/1.25.1', 'Content-Length: 612', '', '')));
		const request = requestOf(server.url, {method: 'HEAD'});
		expect(await asked(request)).toEqual(await asProbed(request));
	});

	it('tells a refused connection, an unknown name and a time-out from one another', async () => {
		const silent = await silentServer();
		expect(await asked(requestOf(`http://127.0.0.1:${await freePort()}/`))).toEqual({kind: 'failure', reason: 'refused'});
		expect(await asked(requestOf('http://no-such-host.invalid/'))).toEqual({kind: 'failure', reason: 'dns'});
		expect(await asked(requestOf(silent.url, {timeoutMs: 200}))).toEqual({kind: 'failure', reason: 'timeout'});
		const plain = await httpServer((_request, response) => response.end());
		expect(await asked(requestOf(plain.url.replace('http:', 'https:')))).toEqual({kind: 'failure', reason: 'tls'});
	});

	it('takes what flowed until the time was up, and a bad status whose body hangs', async () => {
		const stream = await rawServer(socket => socket.write(crlf('HTTP/1.1 200 OK', 'Connection: close', '', 'v5 for ever')));
		expect(await asked(requestOf(stream.url, {timeoutMs: 300}))).toMatchObject({kind: 'answer', answer: {status: 200, body: 'v5 for ever', truncated: true}});
		const hangs = await rawServer(socket => socket.write(crlf('HTTP/1.1 502 Bad Gateway', 'Content-Length: 9', '', 'oh')));
		expect(await asked(requestOf(hangs.url, {timeoutMs: 300}))).toMatchObject({kind: 'answer', answer: {status: 502}});
		const short = await rawServer(socket => socket.write(crlf('HTTP/1.1 200 OK', 'Content-Length: 9', '', 'oh')));
		expect(await asked(requestOf(short.url, {timeoutMs: 300}))).toEqual({kind: 'failure', reason: 'timeout'});
	});

	it('sends every argument as it stands, whatever a shell or Kubernetes would make of it', async () => {
		const seen: unknown[] = [];
		const server = await httpServer((request, response) => {
			seen.push([request.url, request.headers['x-hostile'], request.headers['user-agent'], request.headers['x-empty'], request.headers.accept]);
			response.end();
		});
		const hostile = `$(touch /tmp/x) $(PATH) $$(PATH) $$ \`id\` ' " \\n ; & | * {a,b} [1-3] %{http_code} @/etc/passwd`;
		const headers = [
			{name: 'X-Hostile', value: hostile},
			{name: 'X-Empty', value: ''},
		];
		await asked(requestOf(`${server.url}p[1-2]{a,b}$(PATH)?q='\`id\`$HOME`, {headers}));
		expect(seen).toEqual([[`/p[1-2]{a,b}$(PATH)?q='\`id\`$HOME`, hostile, 'rollwatch', '', '*/*']]);
	});

	it('sends as many requests as it is told, numbered, each on a connection of its own', async () => {
		const server = await httpServer((_request, response) => response.end('ok'));
		const lines = await runLoop(specOf([requestOf(server.url)], {most: 5}));
		expect(lines.map(line => readCurlLine(line)?.number)).toEqual([1, 2, 3, 4, 5]);
		expect(server.connections()).toBe(5);
	});

	it('says which program the image lacks', async () => {
		const spec = specOf([requestOf('http://127.0.0.1:1/')]);
		const path = process.env.PATH;
		process.env.PATH = '/nonexistent';
		const lines = await runLoop(spec).finally(() => (process.env.PATH = path));
		expect(lines).toEqual(['missing curl']);
		expect(readCurlLine(lines[0] ?? '')).toBeUndefined();
	});
});
