import {isIPv6} from 'node:net';
import {checkServerIdentity, createSecureContext, type SecureContext} from 'node:tls';
import {buildConnector} from 'undici';
import {type ConnectTo, connectAddress} from '../domain/mix/connect-to.ts';

/** How connections are made, apart from what the URL says. */
export type Connecting = {
	/** Accept any certificate. */
	readonly insecure?: boolean;
	/** PEM; instead of the system's authorities. */
	readonly authority?: string | undefined;
	/** Server name of the handshake; absent: the Host header's, else the URL's. */
	readonly serverName?: string | undefined;
	readonly connectTo?: readonly ConnectTo[];
	/** HTTP/2 by ALPN over TLS, with prior knowledge (h2c) without. */
	readonly http2?: boolean;
	/** URL of a proxy. */
	readonly proxy?: string | undefined;
};

/** What TLS connections of one target have in common. */
export type Tls = {readonly secureContext?: SecureContext; readonly rejectUnauthorized?: boolean};

/** One context for all connections: reading authorities costs milliseconds each time. Throws what OpenSSL says of useless authorities. */
export function tlsOf(origin: URL, {insecure = false, authority}: Connecting): Tls {
	if (origin.protocol !== 'https:') return {};
	return {secureContext: createSecureContext(authority === undefined ? {} : {ca: authority}), ...(insecure ? {rejectUnauthorized: false} : {})};
}

function withoutBrackets(host: string): string {
	const bare = host.replace(/^\[|\]$/g, '');
	return isIPv6(bare) ? bare : host;
}

/** Makes undici's connections to one origin: to the address that is wanted, with the server name that is wanted. */
export function createConnector(origin: URL, connecting: Connecting, timeoutMs: number): buildConnector.connector {
	const {connectTo = [], http2 = false, serverName} = connecting;
	const urlHost = withoutBrackets(origin.hostname);
	const {host: connectHost, port} = connectAddress(connectTo, urlHost, Number(origin.port) || (origin.protocol === 'https:' ? 443 : 80));
	// Its types forget `useH2c`.
	const protocol = {allowH2: http2, useH2c: http2};
	const connect = buildConnector({
		...tlsOf(origin, connecting),
		...protocol,
		timeout: timeoutMs,
		// Without a name in the handshake the certificate is that of the URL's address, not of the one that is connected to.
		checkServerIdentity: (name, certificate) => checkServerIdentity(name === connectHost ? urlHost : name, certificate),
	});
	return (options, callback) => {
		const name = serverName ?? options.servername;
		connect({...options, hostname: connectHost, port: String(port), ...(name === undefined ? {} : {servername: name})}, callback);
	};
}
