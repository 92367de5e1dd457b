import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';

/** A request as it came in, its answer still to be given. */
export interface Call {
	readonly method: string;
	readonly path: string;
	readonly query: URLSearchParams;
	readonly headers: IncomingMessage['headers'];
	readonly body: string;
	readonly response: ServerResponse;
}

/** A real HTTP server that answers as the test says, call by call. */
export interface ScriptedApi {
	readonly server: string;
	readonly calls: readonly Call[];
	/** The next call, once it is there. */
	readonly next: () => Promise<Call>;
	readonly close: () => Promise<void>;
}

/** Listens on loopback; the same port can be given again to come back after a close. */
export async function startScriptedApi(port = 0, onCall?: (call: Call) => void): Promise<ScriptedApi> {
	const calls: Call[] = [];
	const waiting: ((call: Call) => void)[] = [];
	let taken = 0;
	const server = createServer(async (request, response) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk);
		const {pathname: path, searchParams: query} = new URL(request.url ?? '/', 'http://api');
		const call = {method: request.method ?? '', path, query, headers: request.headers, body: Buffer.concat(chunks).toString(), response};
		calls.push(call);
		onCall?.(call);
		const taker = waiting.shift();
		if (taker === undefined) return;
		taken++;
		taker(call);
	});
	await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve));
	return {
		server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		calls,
		next() {
			const call = calls[taken];
			if (call === undefined) return new Promise(resolve => waiting.push(resolve));
			taken++;
			return Promise.resolve(call);
		},
		close: () =>
			new Promise(resolve => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

/** Answers with JSON. */
export function reply({response}: Call, body: unknown, status = 200): void {
	response.writeHead(status, {'content-type': 'application/json'}).end(JSON.stringify(body));
}

/** Answers with an error as the API server words it. */
export function refuse(call: Call, status: number, reason: string): void {
	reply(call, {kind: 'Status', status: 'Failure', code: status, reason, message: `${reason} it is`}, status);
}
