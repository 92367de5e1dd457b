import {Agent, type Dispatcher} from 'undici';

/** Where the API server is and how it knows us; all that the node needs to join. */
export interface ApiConfig {
	readonly server: string;
	readonly token?: string | undefined;
	readonly ca?: string | undefined;
	readonly cert?: string | undefined;
	readonly key?: string | undefined;
	readonly insecure?: boolean | undefined;
}

/** A request as the API knows it: JSON in, JSON out. */
export interface ApiRequest {
	readonly method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
	readonly path: string;
	readonly query?: Readonly<Record<string, string>>;
	readonly body?: unknown;
	readonly contentType?: 'application/json' | 'application/json-patch+json' | 'application/merge-patch+json' | 'application/strategic-merge-patch+json';
	readonly signal?: AbortSignal;
}

/** The one way in which the embedded cluster's parts speak to an API server, ours or a real one. */
export interface ApiClient {
	/** Throws ApiError for every answer that is no success, and whatever the network threw otherwise. */
	readonly send: (request: ApiRequest) => Promise<unknown>;
	/** A watch: each line of the answer, parsed, for as long as the server keeps it open. */
	readonly stream: (request: ApiRequest) => AsyncGenerator<unknown>;
	readonly close: () => Promise<void>;
}

/** The API server answered, and said no. */
export class ApiError extends Error {
	readonly status: number;
	readonly reason: string;
	/** The reasons in its details, such as `NamespaceTerminating`. */
	readonly causes: readonly string[];

	constructor(status: number, reason: string, message: string, causes: readonly string[] = []) {
		super(message);
		this.name = 'ApiError';
		this.status = status;
		this.reason = reason;
		this.causes = causes;
	}
}

/** Whether an error says that the object is not there (any more). */
export function isNotFound(error: unknown): boolean {
	return error instanceof ApiError && error.status === 404;
}

interface StatusAnswer {
	readonly reason?: string;
	readonly message?: string;
	readonly details?: {readonly causes?: readonly {readonly reason?: string}[]};
}

/** A server that has not answered by then hangs; asking again finds out. */
const patienceMs = 30_000;

/** Makes a client with its own connections; `close` gives them back. */
export function createApiClient(config: ApiConfig): ApiClient {
	const connect = {ca: config.ca, cert: config.cert, key: config.key, rejectUnauthorized: config.insecure !== true};
	// Few connections, so that a burst of status patches queues here and not in the API server's priority-and-fairness.
	const calls = new Agent({connect, connections: 16, headersTimeout: patienceMs, bodyTimeout: patienceMs});
	// How long a stream may be silent is its reader's business.
	const streams = new Agent({connect, headersTimeout: patienceMs, bodyTimeout: 0});
	const ask = async (dispatcher: Dispatcher, {method = 'GET', path, query, body, contentType, signal}: ApiRequest) => {
		const search = query === undefined ? '' : `?${new URLSearchParams(query).toString()}`;
		const response = await dispatcher.request({
			origin: config.server,
			path: path + search,
			method,
			headers: headersOf(config.token, body === undefined ? undefined : (contentType ?? 'application/json')),
			body: body === undefined ? null : JSON.stringify(body),
			signal: signal ?? null,
		});
		if (response.statusCode >= 400) throw apiErrorOf(response.statusCode, await response.body.text());
		return response;
	};
	return {
		async send(call) {
			const response = await ask(calls, call);
			return response.body.json();
		},
		async *stream(call) {
			const response = await ask(streams, call);
			yield* lines(response.body);
		},
		async close() {
			await Promise.all([calls.destroy(), streams.destroy()]);
		},
	};
}

function headersOf(token: string | undefined, contentType: string | undefined): Record<string, string> {
	const headers: Record<string, string> = {accept: 'application/json', 'user-agent': 'rollwatch-demo'};
	if (token !== undefined) headers.authorization = `Bearer ${token}`;
	if (contentType !== undefined) headers['content-type'] = contentType;
	return headers;
}

function apiErrorOf(status: number, text: string): ApiError {
	try {
		const {reason, message, details} = JSON.parse(text) as StatusAnswer;
		return new ApiError(
			status,
			reason ?? '',
			message ?? text,
			details?.causes?.map(cause => cause.reason ?? ''),
		);
	} catch {
		return new ApiError(status, '', text.trim());
	}
}

async function* lines(body: AsyncIterable<Uint8Array>): AsyncGenerator<unknown> {
	const decoder = new TextDecoder();
	let rest = '';
	for await (const chunk of body) {
		const parts = (rest + decoder.decode(chunk, {stream: true})).split('\n');
		rest = parts.pop() ?? '';
		for (const part of parts) if (part !== '') yield JSON.parse(part);
	}
}
