import {Client, type Dispatcher} from 'undici';
import type {ProbeResult} from '../domain/sample.ts';
import {exchange, type Limits} from './exchange.ts';
import {failureOf, proxyFailureOf} from './failure-of.ts';
import {proxyStatus} from './proxy-status.ts';

export type ProbeOptions = {
	/** Credentials in it go out as `Authorization: Basic`, as with curl. */
	readonly url: string;
	readonly method?: 'GET' | 'HEAD';
	/** Asked before each request, since credentials expire; nothing else that identifies anybody is ever sent. Any header, Host too. */
	readonly headers?: () => Promise<Readonly<Record<string, string>>>;
	/** Sends through this one (the API server's, with its certificates) instead of own connections; stays its owner's to close. */
	readonly dispatcher?: Dispatcher;
	/** The API server's proxy is asked, so its own failures are to be told apart from the application's. */
	readonly viaProxy?: boolean;
	/** Use one connection for many requests, which pins one pod. Default false; through the API server's proxy always true, as it chooses for each request. */
	readonly keepAlive?: boolean;
	/** For the whole request, in ms. Default 5000. */
	readonly timeoutMs?: number;
	/** Bytes of the body that are read. Default 64 KiB. */
	readonly bodyBytes?: number;
	/** Epoch ms. Default `Date.now`. */
	readonly clock?: () => number;
};

/** One kind of request, sent as often as `send` is called; it never throws, since a failure is a result. */
export type Probe = {
	readonly send: (signal: AbortSignal) => Promise<ProbeResult>;
	readonly close: () => Promise<void>;
};

/** Where requests go out. `failed`: what the connection did last is not to be trusted by the next one. */
type Outlet = {readonly dispatcher: () => Dispatcher; readonly failed: () => void; readonly close: () => Promise<void>};

function ownConnections(origin: string, keepAlive: boolean, timeoutMs: number): Outlet {
	let client: Client | undefined;
	const drop = async () => {
		const dropped = client;
		client = undefined;
		await dropped?.destroy();
	};
	return {
		// A client has one connection at most; without pipelining it makes a new one for each request. It costs a third less than an agent's pool.
		dispatcher: () => {
			client ??= new Client(origin, {pipelining: keepAlive ? 1 : 0, connect: {timeout: timeoutMs}});
			return client;
		},
		// Also frees a connection that is still being made to an address that never answers.
		failed: () => void drop(),
		close: drop,
	};
}

function givenDispatcher(dispatcher: Dispatcher): Outlet {
	return {dispatcher: () => dispatcher, failed: () => {}, close: async () => {}};
}

function basicAuthorization(url: URL): Readonly<Record<string, string>> {
	if (url.username === '' && url.password === '') return {};
	const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
	return {authorization: `Basic ${Buffer.from(credentials).toString('base64')}`};
}

/** Lower-case names, so that a header of the user's replaces ours whatever its spelling. */
function lowerCased(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/**
 * A probe of one URL. Redirects are answers and are not followed; a status of 400 and above is an answer too. With `https` the server name of the
 * handshake is the Host header's where one is given, as an ingress expects. Throws a TypeError for what is no URL.
 */
export function createProbe(options: ProbeOptions): Probe {
	const {method = 'GET', headers = async () => ({}), viaProxy = false, timeoutMs = 5000, bodyBytes = 64 * 1024, clock = Date.now} = options;
	const url = new URL(options.url);
	const keepAlive = viaProxy || (options.keepAlive ?? false);
	const outlet = options.dispatcher === undefined ? ownConnections(url.origin, keepAlive, timeoutMs) : givenDispatcher(options.dispatcher);
	const own = {accept: '*/*', 'user-agent': 'rollwatch', ...basicAuthorization(url)};
	const limits: Limits = {timeoutMs, bodyBytes};

	async function ask(signal: AbortSignal): Promise<Omit<Extract<ProbeResult, {kind: 'answer'}>, 'at' | 'latencyMs'>> {
		const request = {origin: url.origin, path: url.pathname + url.search, method, closes: !keepAlive, headers: {...own, ...lowerCased(await headers())}};
		return {kind: 'answer', answer: await exchange(outlet.dispatcher(), request, limits, signal)};
	}

	return {
		async send(signal) {
			const at = clock();
			const startedMs = performance.now();
			const elapsed = () => performance.now() - startedMs;
			try {
				const result = await ask(signal);
				if (result.answer.truncated) outlet.failed();
				const refused = viaProxy ? proxyStatus(result.answer, method) : undefined;
				return refused === undefined
					? {...result, at, latencyMs: result.answer.firstByteMs ?? elapsed()}
					: {kind: 'failure', at, latencyMs: elapsed(), ...refused};
			} catch (error) {
				outlet.failed();
				return {kind: 'failure', at, latencyMs: elapsed(), ...(viaProxy ? proxyFailureOf(error) : failureOf(error))};
			}
		},
		close: outlet.close,
	};
}
