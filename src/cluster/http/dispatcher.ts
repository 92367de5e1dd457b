import {Agent, type Dispatcher, ProxyAgent, Socks5ProxyAgent} from 'undici';
import {ClusterError} from '../errors.ts';
import type {Sender} from './sender.ts';
import type {TlsOptions} from './tls-options.ts';

const connectTimeoutMs = 10_000;

// Watches are silent for a minute at a time and requests carry their own deadline, so the library's timers stay off.
const noTimers = {headersTimeout: 0, bodyTimeout: 0};

function proxyUrl(text: string): URL {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (url !== undefined && ['http:', 'https:', 'socks5:', 'socks5h:', 'socks:'].includes(url.protocol)) return url;
	throw new ClusterError('the proxy is no http, https or socks5 URL', {kind: 'config', hint: 'mend `proxy-url` in the kubeconfig, or HTTPS_PROXY'});
}

/** undici's connections to the API server, through the proxy where there is one. Throws ClusterError `config` on a useless proxy. */
export function createDispatcher(tlsOptions: TlsOptions, proxy: string | undefined): Dispatcher {
	const tls = {...tlsOptions, timeout: connectTimeoutMs};
	if (proxy === undefined) return new Agent({...noTimers, connect: tls});
	const url = proxyUrl(proxy);
	if (!url.protocol.startsWith('socks')) return new ProxyAgent({...noTimers, uri: url.href, requestTls: tls});
	// The library knows the scheme socks5 only; resolving names at the proxy (socks5h) is what it does in any case. Its types forget `requestTls`.
	const options = {...noTimers, requestTls: tls};
	return new Socks5ProxyAgent(url.href.replace(/^socks\w*:/, 'socks5:'), options);
}

/** Requests through a proxy. */
export function createDispatcherSender(origin: string, dispatcher: Dispatcher): Sender {
	return {
		async send({method, path, headers, body}, signal) {
			return dispatcher.request({origin, method: method as Dispatcher.HttpMethod, path, headers, body: body ?? null, signal});
		},
		close: () => dispatcher.destroy(),
	};
}
