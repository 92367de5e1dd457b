import {writeFileSync} from 'node:fs';
import {createServer, request} from 'node:https';
import {join} from 'node:path';
import {createAuthority, createServerCertificate} from './certificates.mjs';
import {monotonicMs} from './clock.mjs';
import {createOutlet, exchangeOf} from './exchange.mjs';
import {startFront} from './front.mjs';

/**
 * What stands between the client and the API server for a while. The hooks are asked at each answer, each list and each event, for as long as the fault is on.
 * @typedef {{status: number, headers?: import('node:http').OutgoingHttpHeaders, body: string}} Answer
 * @typedef {{bytes: Buffer[], end?: 'clean' | 'cut' | undefined}} Altered `end`: the answer is over with these bytes
 * @typedef {import('./exchange.mjs').Exchange} Exchange
 * @typedef {{
 *   answer?(exchange: Exchange): Answer | undefined,
 *   list?(exchange: Exchange, body: Buffer): Altered | undefined,
 *   event?(exchange: Exchange, line: Buffer): Altered | undefined,
 *   pace?(exchange: Exchange): {bytes: number, everyMs: number} | undefined,
 *   gzip?: 'always' | 'asked',
 * }} Hooks
 */

/** @param {number} code @param {string} reason @param {string} message */
export function statusObject(code, reason, message) {
	return {kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code};
}

/** How long the API server keeps a connection on which nothing is asked: Go's idle timeout there. */
const idleMs = 90_000;

const hopByHop = ['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'upgrade', 'audit-id'];

/** The API server, with faults in front of it; own certificate authority, own tokens, loopback only. @param {import('./access.mjs').Access} access @param {string} folder */
export async function startProxy(access, folder) {
	const authority = await createAuthority('proxy');
	const server = createServer(await createServerCertificate(authority));
	await new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(undefined)));
	const front = await startFront(/** @type {import('node:net').AddressInfo} */ (server.address()).port);
	/** @type {Set<Hooks>} */
	const faults = new Set();
	/** @type {Exchange[]} */
	const exchanges = [];
	/** @type {Map<string, string>} who has which token */
	const tokens = new Map();
	/** @type {Map<Exchange, ReturnType<typeof createOutlet>>} */
	const watches = new Map();

	server.on('tlsClientError', () => {});
	server.on('request', (incoming, outgoing) => {
		const token = /^Bearer (.+)$/.exec(incoming.headers.authorization ?? '')?.[1] ?? '';
		const [client] = token.split('.');
		const exchange = exchangeOf(incoming, client ?? '', front.links.get(incoming.socket.remotePort ?? 0));
		exchanges.push(exchange);
		outgoing.on('close', () => {
			exchange.endedAt ??= monotonicMs();
			watches.delete(exchange);
		});
		outgoing.on('error', () => {});
		// Said by ourselves, Node does not add for how long: the API server does not either, and the client would heed it.
		outgoing.setHeader('connection', 'keep-alive');
		// As long as the API server does. Others are closed sooner, so that what is left over is seen soon.
		if (exchange.stream === 'heartbeat') outgoing.on('finish', () => setImmediate(() => incoming.socket.setTimeout(idleMs)));
		const answer =
			tokens.get(client ?? '') === token ? askFaults(exchange) : {status: 401, body: JSON.stringify(statusObject(401, 'Unauthorized', 'Unauthorized'))};
		if (answer === undefined) forward(incoming, outgoing, exchange);
		else {
			exchange.answer = String(answer.status);
			incoming.resume();
			outgoing.writeHead(answer.status, {'content-type': 'application/json', ...answer.headers});
			outgoing.end(answer.body);
		}
	});
	const askFaults = (/** @type {Exchange} */ exchange) => first(fault => fault.answer?.(exchange));
	/** @template T @param {(fault: Hooks) => T | undefined} ask @returns {T | undefined} */
	const first = ask => {
		for (const fault of faults) {
			const said = ask(fault);
			if (said !== undefined) return said;
		}
		return undefined;
	};
	/** @param {import('node:http').IncomingMessage} incoming @param {import('node:http').ServerResponse} outgoing @param {Exchange} exchange */
	const forward = (incoming, outgoing, exchange) => {
		const {authorization: _theirs, host: _host, 'accept-encoding': encodings = '', ...headers} = incoming.headers;
		const authorized = {...headers, ...(access.authorization !== undefined && {authorization: access.authorization})};
		const upstream = request(
			new URL(incoming.url ?? '/', access.server),
			{method: incoming.method ?? 'GET', agent: access.agent, headers: authorized},
			answer => {
				const kept = Object.fromEntries(Object.entries(answer.headers).filter(([name]) => !hopByHop.includes(name)));
				const outlet = createOutlet(outgoing, () => first(fault => fault.pace?.(exchange)));
				outlet.begin(
					answer.statusCode ?? 502,
					kept,
					[...faults].some(({gzip}) => gzip === 'always' || (gzip === 'asked' && encodings.includes('gzip'))),
				);
				exchange.answer = String(answer.statusCode);
				exchange.openedAt = monotonicMs();
				if (exchange.isWatch && answer.statusCode === 200) {
					watches.set(exchange, outlet);
					passEvents(answer, outlet, exchange);
				} else passList(answer, outlet, exchange);
			},
		);
		upstream.on('error', () => outgoing.destroy());
		outgoing.on('close', () => upstream.destroy());
		incoming.pipe(upstream);
	};
	/** @param {import('node:http').IncomingMessage} answer @param {ReturnType<typeof createOutlet>} outlet @param {Exchange} exchange */
	const passEvents = (answer, outlet, exchange) => {
		let rest = Buffer.alloc(0);
		answer.on('data', chunk => {
			rest = Buffer.concat([rest, chunk]);
			for (let end = rest.indexOf(10); end !== -1; end = rest.indexOf(10)) {
				const line = rest.subarray(0, end + 1);
				rest = rest.subarray(end + 1);
				const altered = first(fault => fault.event?.(exchange, line)) ?? {bytes: [line]};
				for (const bytes of altered.bytes) outlet.write(bytes);
				if (altered.end !== undefined) outlet.end(altered.end);
			}
		});
		answer.on('end', () => outlet.end('clean'));
		answer.on('error', () => outlet.end('cut'));
	};
	/** @param {import('node:http').IncomingMessage} answer @param {ReturnType<typeof createOutlet>} outlet @param {Exchange} exchange */
	const passList = (answer, outlet, exchange) => {
		/** @type {Buffer[]} */
		const chunks = [];
		answer.on('data', chunk => chunks.push(chunk));
		answer.on('end', () => {
			const body = Buffer.concat(chunks);
			const {bytes, end = 'clean'} = first(fault => fault.list?.(exchange, body)) ?? {bytes: [body]};
			for (const piece of bytes) outlet.write(piece);
			outlet.end(end);
		});
		answer.on('error', () => outlet.end('cut'));
	};
	const stranger = createServerCertificate(await createAuthority('stranger'));
	return {
		front,
		faults,
		exchanges,
		/** Watches that are open now. */
		watches,
		/** A kubeconfig for one of the clients, whom its token names. @param {string} client @param {string} namespace */
		kubeconfigFor(client, namespace) {
			const paths = {
				kubeconfig: join(folder, `kubeconfig-${client}`),
				tokenFile: join(folder, `token-${client}`),
				authority: join(folder, 'proxy-authority.pem'),
			};
			writeFileSync(paths.authority, authority.cert);
			this.renewToken(client);
			const cluster = {server: `https://127.0.0.1:${front.port}`, 'certificate-authority': paths.authority};
			const contexts = [{name: 'proxy', context: {cluster: 'proxy', user: client, namespace}}];
			const users = [{name: client, user: {tokenFile: paths.tokenFile}}];
			const config = {apiVersion: 'v1', kind: 'Config', clusters: [{name: 'proxy', cluster}], users, contexts, 'current-context': 'proxy'};
			writeFileSync(paths.kubeconfig, JSON.stringify(config), {mode: 0o600});
			return paths.kubeconfig;
		},
		clients: () => [...tokens.keys()],
		/** Connections that a client has with us: those that it once asked something on. @param {string} client */
		openOf(client) {
			const links = new Set(exchanges.flatMap(exchange => (exchange.client === client && exchange.link?.client.destroyed === false ? [exchange.link] : [])));
			return links.size;
		},
		/** Tokens are valid no longer. */
		expireTokens() {
			for (const client of tokens.keys()) tokens.set(client, 'expired');
		},
		/** @param {string} client */
		renewToken(client) {
			const token = `${client}.${Math.random().toString(36).slice(2)}`;
			tokens.set(client, token);
			writeFileSync(join(folder, `token-${client}`), `${token}\n`, {mode: 0o600});
		},
		/** What new connections are shown; those that are open stay. @param {'ours' | 'strange'} which */
		async present(which) {
			server.setSecureContext(which === 'ours' ? await createServerCertificate(authority) : await stranger);
		},
		async close() {
			await front.close();
			server.closeAllConnections();
			await new Promise(resolve => server.close(resolve));
			access.agent.destroy();
		},
	};
}

/** @typedef {Awaited<ReturnType<typeof startProxy>>} Proxy */
