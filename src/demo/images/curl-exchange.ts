import {type ClientRequest, request as httpRequest, type IncomingMessage} from 'node:http';
import {request as httpsRequest} from 'node:https';
import type {Route} from '../services/pod-network.ts';
import type {CurlCommand} from './curl-command.ts';
import type {Machine} from './image.ts';

/** One run of curl: what it wrote, and the facts that it was asked for. */
export interface CurlRun {
	/** Headers and the begin of the body, as `curl -i` prints them. */
	readonly output: Buffer;
	readonly status: number;
	readonly totalMs: number;
	readonly firstByteMs: number;
	/** Of the body, as far as it came. */
	readonly size: number;
	readonly ip: string;
	readonly exitCode: number;
	readonly message: string;
}

interface Draft {
	chunks: Buffer[];
	status: number;
	firstByteMs: number;
	size: number;
	ip: string;
	/** What the body should have been, where the server said so. */
	promised: number | undefined;
}

type Ending = readonly [exitCode: number, message: string];

const ok: Ending = [0, ''];

/** Sends one request over a connection of its own. It never throws; when the program ends it comes back at once. */
export async function runCurl(command: CurlCommand, machine: Machine): Promise<CurlRun> {
	const startedAt = performance.now();
	const elapsed = () => performance.now() - startedAt;
	const draft: Draft = {chunks: [], status: 0, firstByteMs: 0, size: 0, ip: '', promised: undefined};
	const {hostname, port, protocol} = command.url;
	const host = hostname.replace(/^\[|\]$/g, '');
	const number = Number(port) || (protocol === 'https:' ? 443 : 80);
	const route = await machine.route(host, number);
	const [exitCode, message] = await exchange({command, machine, draft, elapsed, host, port: number}, route);
	const {chunks, status, firstByteMs, size, ip} = draft;
	return {output: Buffer.concat(chunks).subarray(0, command.kept), status, totalMs: elapsed(), firstByteMs, size, ip, exitCode, message};
}

interface Exchange {
	readonly command: CurlCommand;
	readonly machine: Machine;
	readonly draft: Draft;
	readonly elapsed: () => number;
	readonly host: string;
	readonly port: number;
}

function exchange(context: Exchange, route: Route): Promise<Ending> {
	const {command, machine, draft, elapsed, host, port} = context;
	const failed = `Failed to connect to ${host} port ${port} after ${Math.round(elapsed())} ms: Could not connect to server`;
	if (route.kind === 'unknown-host') return Promise.resolve([6, `Could not resolve host: ${host}`]);
	if (route.kind === 'refused') return Promise.resolve([7, failed]);
	return new Promise(resolve => {
		const request = start(command, route.socket);
		const ended = machine.ended();
		const end = (ending: Ending) => {
			request.destroy();
			ended.removeEventListener('abort', stop);
			resolve(ending);
		};
		const stop = () => end([130, '']);
		ended.addEventListener('abort', stop);
		if (command.timeoutMs > 0) machine.after(command.timeoutMs, () => end([28, timeoutMessage(draft, elapsed())]));
		request.on('socket', socket => socket.once('connect', () => (draft.ip = route.ip)));
		request.on('error', error => end(endingOf(error, draft, failed)));
		request.on('response', response => receive(response, context, end));
		request.end();
	});
}

function start({url, method, headers, insecure}: CurlCommand, socket: {readonly host: string; readonly port: number}): ClientRequest {
	const options = {method, path: `${url.pathname}${url.search}`, headers: {host: url.host, ...headers}, agent: false, ...socket};
	return url.protocol === 'https:' ? httpsRequest({...options, servername: url.hostname, rejectUnauthorized: !insecure}) : httpRequest(options);
}

function receive(response: IncomingMessage, {command, draft, elapsed}: Exchange, end: (ending: Ending) => void): void {
	draft.status = response.statusCode ?? 0;
	draft.firstByteMs = elapsed();
	const length = response.headers['content-length'];
	draft.promised = length === undefined || command.method === 'HEAD' ? undefined : Number(length);
	const head = headOf(response);
	draft.chunks.push(head);
	response.on('data', (chunk: Buffer) => {
		draft.size += chunk.length;
		draft.chunks.push(chunk);
		// The pipe to `head` breaks, and curl with it.
		if (head.length + draft.size > command.kept) end([23, 'Failure writing output to destination']);
	});
	response.on('end', () => end(ok));
	response.on('error', error => end(endingOf(error, draft, '')));
}

function headOf({httpVersion, statusCode, statusMessage, rawHeaders}: IncomingMessage): Buffer {
	const fields = Array.from({length: rawHeaders.length / 2}, (_, index) => `${rawHeaders[2 * index]}: ${rawHeaders[2 * index + 1]}\r\n`);
	const line = `HTTP/${httpVersion} ${statusCode} ${statusMessage}`.trimEnd();
	return Buffer.from(`${line}\r\n${fields.join('')}\r\n`, 'latin1');
}

function timeoutMessage({status, size}: Draft, ms: number): string {
	return `Operation timed out after ${Math.round(ms)} milliseconds with ${status === 0 ? 0 : size} bytes received`;
}

/** curl's exit code and word for an error of Node's. */
function endingOf(error: NodeJS.ErrnoException, draft: Draft, failed: string): Ending {
	const {code = '', message} = error;
	if (code === 'ECONNREFUSED') return [7, failed];
	if (code.startsWith('HPE_')) return [1, 'Received HTTP/0.9 when not allowed'];
	if (draft.status !== 0) return brokenBody(draft);
	if (message === 'socket hang up') return [52, 'Empty reply from server'];
	if (code === 'ECONNRESET' || code === 'EPIPE') return [56, 'Recv failure: Connection reset by peer'];
	if (/CERT|SIGNATURE|SELF_SIGNED|ISSUER/.test(code)) return [60, `SSL certificate problem: ${message}`];
	return /SSL|TLS|EPROTO/.test(code) ? [35, 'TLS connect error'] : [7, failed];
}

function brokenBody({promised, size}: Draft): Ending {
	if (promised === undefined) return [18, 'transfer closed with outstanding read data remaining'];
	return [18, `transfer closed with ${promised - size} bytes remaining to read`];
}
