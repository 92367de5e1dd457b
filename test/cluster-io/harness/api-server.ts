import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import {createServer as createTlsServer, type ServerOptions} from 'node:https';
import type {AddressInfo, Socket} from 'node:net';

export type Received = {
	readonly method: string;
	readonly path: string;
	readonly query: Readonly<Record<string, string>>;
	readonly url: string;
	readonly headers: IncomingMessage['headers'];
	readonly rawHeaders: readonly string[];
	readonly body: string;
};
export type Handler = (request: Received, response: ServerResponse) => void;

export type ApiServer = {
	readonly url: string;
	readonly port: number;
	readonly requests: readonly Received[];
	/** Connections that are open now. */
	readonly sockets: ReadonlySet<Socket>;
	/** Breaks every open connection, as a network does. */
	cut(): void;
	/** Takes no new connections; resolves when the last one has ended. */
	stopListening(): Promise<void>;
	close(): Promise<void>;
};

async function bodyOf(request: IncomingMessage): Promise<string> {
	let text = '';
	for await (const chunk of request.setEncoding('utf8')) text += chunk;
	return text;
}

/** A real HTTP(S) server on loopback that answers as the test says, and remembers what it was asked. */
export async function startApiServer(handler: Handler, tls?: ServerOptions, port = 0): Promise<ApiServer> {
	const requests: Received[] = [];
	const sockets = new Set<Socket>();
	const listener = async (request: IncomingMessage, response: ServerResponse) => {
		const body = await bodyOf(request);
		const url = new URL(request.url ?? '/', 'http://server');
		const received: Received = {
			method: request.method ?? '',
			path: url.pathname,
			query: Object.fromEntries(url.searchParams),
			url: request.url ?? '',
			headers: request.headers,
			rawHeaders: request.rawHeaders,
			body,
		};
		requests.push(received);
		handler(received, response);
	};
	const server: Server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
	server.on('connection', socket => {
		sockets.add(socket);
		socket.on('error', () => undefined);
		socket.on('close', () => sockets.delete(socket));
	});
	await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve));
	const {port: ownPort} = server.address() as AddressInfo;
	const cut = () => {
		for (const socket of sockets) socket.destroy();
	};
	const stopListening = () => new Promise<void>(resolve => server.close(() => resolve()));
	return {
		url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${ownPort}`,
		port: ownPort,
		requests,
		sockets,
		cut,
		stopListening,
		async close() {
			cut();
			await stopListening();
		},
	};
}

export function answerJson(response: ServerResponse, body: unknown, status = 200, headers: Record<string, string> = {}): void {
	response.writeHead(status, {'content-type': 'application/json', ...headers}).end(JSON.stringify(body));
}

/** A failure as the API server words it. */
export function answerStatus(
	response: ServerResponse,
	code: number,
	reason: string,
	message: string,
	more: object = {},
	headers: Record<string, string> = {},
): void {
	answerJson(response, {kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message, ...more}, code, headers);
}

/** Begins a watch: headers at once, as the API server does. */
export function beginWatch(response: ServerResponse): void {
	response.writeHead(200, {'content-type': 'application/json'});
	response.flushHeaders();
}
