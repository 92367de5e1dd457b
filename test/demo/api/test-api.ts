import {type ApiServerOptions, startApiServer} from '../../../src/demo/api/start-api-server.ts';
import {systemClock} from '../../../src/demo/clock.ts';
import {createLoopbackNetwork} from '../../../src/demo/network.ts';

/** What a test knows the shape of, since it knows what it asked for. */
// biome-ignore lint/suspicious/noExplicitAny: answers of every kind come through here
export type Answered = any;

/** An answer as a test reads it. */
export interface TestAnswer {
	readonly code: number;
	readonly body: Answered;
	readonly headers: Headers;
}

export interface TestApi {
	readonly url: string;
	readonly tlsUrl: string | undefined;
	/** Sends as an administrator. A body that is no text goes as JSON. */
	readonly send: (method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>) => Promise<TestAnswer>;
	/** A watch; `next` waits for its next event, undefined when it has ended. */
	readonly watch: (path: string) => Promise<TestWatch>;
	readonly close: () => Promise<void>;
}

export interface TestWatch {
	readonly next: () => Promise<{readonly type: string; readonly object: Answered} | undefined>;
	readonly stop: () => void;
}

/** The administrator's. */
export const token = 'administrator';

/** An API server for a test, with one user who may do everything. */
export async function startTestApi(options: Partial<ApiServerOptions> = {}): Promise<TestApi> {
	const users = [{name: 'admin', token, groups: ['system:masters']}];
	const server = await startApiServer({clock: systemClock, network: createLoopbackNetwork(), users, ...options});
	const authorization = `Bearer ${token}`;
	return {
		...server,
		async send(method, path, body, headers = {}) {
			const isText = typeof body === 'string' || body instanceof Uint8Array;
			const response = await fetch(server.url + path, {
				method,
				headers: {authorization, ...(body === undefined ? {} : {'content-type': 'application/json'}), ...headers},
				body: body === undefined ? null : isText ? (body as string) : JSON.stringify(body),
			});
			const text = await response.text();
			return {code: response.status, body: parsed(text), headers: response.headers};
		},
		async watch(path) {
			const stop = new AbortController();
			const response = await fetch(server.url + path, {headers: {authorization}, signal: stop.signal});
			if (response.status !== 200) throw new Error(`the watch was refused: ${await response.text()}`);
			// Taken at once: a body that nobody has begun to read is cancelled when its answer is collected as garbage.
			const events = linesOf((response.body as unknown as {values(): AsyncIterable<Uint8Array>}).values());
			return {next: async () => (await events.next()).value, stop: () => stop.abort()};
		},
	};
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

async function* linesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<Answered, undefined> {
	const decoder = new TextDecoder();
	let rest = '';
	for await (const chunk of body) {
		const parts = (rest + decoder.decode(chunk, {stream: true})).split('\n');
		rest = parts.pop() ?? '';
		for (const part of parts) yield JSON.parse(part);
	}
	return undefined;
}
