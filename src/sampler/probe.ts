import type {Dispatcher} from 'undici';
import {type CookieJar, cookieHeader, withCookies} from '../domain/mix/cookie-jar.ts';
import type {Answer, ProbeResult} from '../domain/sample.ts';
import type {Connecting} from './connector.ts';
import {exchange, type Limits, type Request} from './exchange.ts';
import {failureOf, proxyFailureOf} from './failure-of.ts';
import {givenOutlet, openOutlet} from './outlet.ts';
import {proxyStatus} from './proxy-status.ts';

export type ProbeOptions = {
	/** Credentials in it go out as `Authorization: Basic`, as with curl. */
	readonly url: string;
	/** Asked in turn instead of the URL's own path; each begins with a slash. */
	readonly paths?: readonly string[];
	/** What of the path the application does not see: the API server's proxy takes it away. */
	readonly pathPrefix?: string;
	readonly method?: 'GET' | 'HEAD';
	/** Asked before each request, since credentials expire; nothing else that identifies anybody is ever sent. Any header, Host too. */
	readonly headers?: () => Promise<Readonly<Record<string, string>>>;
	/** Sends through this one (the API server's, with its certificates) instead of own connections; stays its owner's to close. */
	readonly dispatcher?: Dispatcher;
	/** The API server's proxy is asked, so its own failures are to be told apart from the application's. */
	readonly viaProxy?: boolean;
	/** Use one connection for many requests, which pins one pod. Default false; through the API server's proxy always true, as it chooses for each request. */
	readonly keepAlive?: boolean;
	/** How own connections are made. */
	readonly connecting?: Connecting;
	/** Send back the cookies that answers set. */
	readonly cookies?: boolean;
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

function basicAuthorization(url: URL): Readonly<Record<string, string>> {
	if (url.username === '' && url.password === '') return {};
	const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
	return {authorization: `Basic ${Buffer.from(credentials).toString('base64')}`};
}

/** Lower-case names, so that a header of the user's replaces ours whatever its spelling. */
function lowerCased(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** The cookies of one target, as long as its probe lives. */
function createCookies(
	url: URL,
	pathPrefix: string,
	clock: () => number,
): {readonly header: (path: string) => string | undefined; readonly keep: (path: string, set: readonly string[]) => void} {
	let jar: CookieJar = [];
	const request = (path: string) => ({path: path.slice(pathPrefix.length) || '/', secure: url.protocol === 'https:', at: clock()});
	return {
		header: path => cookieHeader(jar, request(path)),
		keep(path, set) {
			jar = withCookies(jar, set, request(path));
		},
	};
}

/** Makes the requests: the paths in turn, each with the headers of the moment. */
function createRequests(options: ProbeOptions, url: URL, closes: boolean): () => Promise<Request> {
	const {method = 'GET', headers = async () => ({}), paths = [], pathPrefix = '', clock = Date.now} = options;
	const own = {accept: '*/*', 'user-agent': 'rollwatch', ...basicAuthorization(url)};
	const cookies = options.cookies === true ? createCookies(url, pathPrefix, clock) : undefined;
	let turn = 0;
	const nextPath = () => (paths.length === 0 ? url.pathname + url.search : `${pathPrefix}${paths[turn++ % paths.length]}`);
	return async () => {
		const path = nextPath();
		const given: Readonly<Record<string, string>> = {...own, ...lowerCased(await headers())};
		const cookie = [given.cookie, cookies?.header(path)].filter(text => text !== undefined).join('; ');
		const onCookies = cookies === undefined ? undefined : (set: readonly string[]) => cookies.keep(path, set);
		return {origin: url.origin, path, method, closes, headers: cookie === '' ? given : {...given, cookie}, onCookies};
	};
}

/**
 * A probe of one URL. Redirects are answers and are not followed; a status of 400 and above is an answer too. With `https` the server name of the
 * handshake is the Host header's where one is given, as an ingress expects. Several requests may be under way at once. Throws a TypeError for what
 * is no URL, and what OpenSSL says of authorities that are none.
 */
export function createProbe(options: ProbeOptions): Probe {
	const {method = 'GET', viaProxy = false, connecting = {}, timeoutMs = 5000, bodyBytes = 64 * 1024, clock = Date.now} = options;
	const url = new URL(options.url);
	const keepAlive = viaProxy || (options.keepAlive ?? false);
	const outlet = options.dispatcher === undefined ? openOutlet({origin: url, connecting, keepAlive, timeoutMs}) : givenOutlet(options.dispatcher);
	const nextRequest = createRequests(options, url, !keepAlive);
	const limits: Limits = {timeoutMs, bodyBytes};

	async function ask(signal: AbortSignal): Promise<Answer> {
		const request = await nextRequest();
		const dispatcher = outlet.take(request.headers.host);
		let sound = false;
		try {
			const answer = await exchange(dispatcher, request, limits, signal);
			sound = !answer.truncated;
			return answer;
		} finally {
			outlet.give(dispatcher, sound);
		}
	}

	return {
		async send(signal) {
			const at = clock();
			const startedMs = performance.now();
			const elapsed = () => performance.now() - startedMs;
			try {
				const answer = await ask(signal);
				const latencyMs = answer.firstByteMs ?? elapsed();
				const refused = viaProxy ? proxyStatus(answer, method) : undefined;
				return refused === undefined ? {kind: 'answer', at, latencyMs, answer} : {kind: 'failure', at, latencyMs, ...refused};
			} catch (error) {
				return {kind: 'failure', at, latencyMs: elapsed(), ...(viaProxy ? proxyFailureOf(error) : failureOf(error))};
			}
		},
		close: outlet.close,
	};
}
