import {Client, type Dispatcher, H2CClient, ProxyAgent} from 'undici';
import {type Connecting, createConnector, tlsOf} from './connector.ts';

/** Where requests go out. Who takes a dispatcher has it alone until giving it back, and says whether its connection can be trusted by the next one. */
export type Outlet = {
	/** `host`: the Host header, where the request has one of its own. */
	readonly take: (host: string | undefined) => Dispatcher;
	readonly give: (dispatcher: Dispatcher, sound: boolean) => void;
	readonly close: () => Promise<void>;
};

export type OutletOptions = {readonly origin: URL; readonly connecting: Connecting; readonly keepAlive: boolean; readonly timeoutMs: number};

/** Somebody else's dispatcher, which stays its owner's to close. */
export function givenOutlet(dispatcher: Dispatcher): Outlet {
	return {take: () => dispatcher, give: () => {}, close: async () => {}};
}

/** Own connections, as many at once as are taken. */
export function openOutlet(options: OutletOptions): Outlet {
	const {connecting, keepAlive} = options;
	const make = connecting.proxy === undefined ? direct(options) : throughProxy(options, connecting.proxy);
	const free: Dispatcher[] = [];
	const all = new Set<Dispatcher>();
	// HTTP/2 has no way to say that a connection ends with its first answer.
	const isKept = keepAlive || connecting.http2 !== true;
	const open = (host: string | undefined) => {
		const dispatcher = make(host);
		all.add(dispatcher);
		return dispatcher;
	};
	return {
		take: host => free.pop() ?? open(host),
		give(dispatcher, sound) {
			if (!all.has(dispatcher)) return;
			if (sound && isKept) return void free.push(dispatcher);
			all.delete(dispatcher);
			// Also frees a connection that is still being made to an address that never answers.
			void dispatcher.destroy();
		},
		async close() {
			const opened = [...all];
			all.clear();
			free.length = 0;
			await Promise.all(opened.map(dispatcher => dispatcher.destroy()));
		},
	};
}

function direct({origin, connecting, keepAlive, timeoutMs}: OutletOptions): () => Dispatcher {
	const connect = createConnector(origin, connecting, timeoutMs);
	const {http2 = false} = connecting;
	if (http2 && origin.protocol === 'http:') return () => new H2CClient(origin.origin, {connect, pipelining: 1});
	// A client has one connection at most; without pipelining it makes a new one for each request. It costs a third less than an agent's pool.
	return () => new Client(origin.origin, {pipelining: keepAlive ? 1 : 0, connect, allowH2: http2});
}

function nameIn(host: string | undefined): string | undefined {
	return host === undefined ? undefined : host.replace(/:\d*$/, '');
}

/** http targets are asked of the proxy itself, as curl does; https goes through a tunnel. */
function throughProxy({origin, connecting, timeoutMs}: OutletOptions, uri: string): (host: string | undefined) => Dispatcher {
	const secure = origin.protocol === 'https:';
	const tls = tlsOf(origin, connecting);
	const requestTls = (host: string | undefined) => ({...tls, timeout: timeoutMs, servername: connecting.serverName ?? nameIn(host) ?? origin.hostname});
	return host => new ProxyAgent({uri, proxyTunnel: secure, proxyTls: {timeout: timeoutMs}, ...(secure ? {requestTls: requestTls(host)} : {})});
}
