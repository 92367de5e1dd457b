import {Buffer} from 'node:buffer';
import {readFile} from 'node:fs/promises';
import {createSecureContext} from 'node:tls';
import {Agent, type Dispatcher, ProxyAgent, Socks5ProxyAgent} from 'undici';
import type {ClientCertificate} from '../config/credentials.ts';
import type {KubeCluster} from '../config/kubeconfig.ts';
import {ClusterError} from '../errors.ts';

const connectTimeoutMs = 10_000;

// Watches are silent for a minute at a time and requests carry their own deadline, so the library's timers stay off.
const noTimers = {headersTimeout: 0, bodyTimeout: 0};

/** The authority that signs the server's certificate; undefined: the system's. Throws ClusterError `config`. */
export async function certificateAuthority({name, caFile, caData}: KubeCluster): Promise<Buffer | undefined> {
	if (caData !== undefined) return Buffer.from(caData, 'base64');
	if (caFile === undefined) return undefined;
	try {
		return await readFile(caFile);
	} catch (error) {
		throw new ClusterError(`cannot read ${caFile}, the certificate authority of cluster "${name}"`, {
			kind: 'config',
			hint: 'mend the path in the kubeconfig',
			cause: error,
		});
	}
}

function proxyUrl(text: string, cluster: KubeCluster): URL {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (url !== undefined && ['http:', 'https:', 'socks5:', 'socks5h:', 'socks:'].includes(url.protocol)) return url;
	throw new ClusterError(`the proxy of cluster "${cluster.name}" is no http, https or socks5 URL`, {
		kind: 'config',
		hint: 'mend `proxy-url` in the kubeconfig',
	});
}

/**
 * What carries our requests: connections with the kubeconfig's TLS material, kept open between requests, through its proxy where there is one.
 * HTTP/1.1, one connection per stream: a slow stream can't hold up another. Throws ClusterError `config` on useless TLS material.
 */
export function createDispatcher(
	cluster: KubeCluster,
	authority: Buffer | undefined,
	certificate: ClientCertificate | undefined,
	proxy: string | undefined,
): Dispatcher {
	const tls = {
		// One context for all connections: making it (reading certificates and keys) costs milliseconds and memory each time.
		...(cluster.server.startsWith('https:') ? {secureContext: createSecureContext({ca: authority, cert: certificate?.cert, key: certificate?.key})} : {}),
		...(cluster.tlsServerName === undefined ? {} : {servername: cluster.tlsServerName}),
		...(cluster.skipTlsVerify ? {rejectUnauthorized: false} : {}),
		timeout: connectTimeoutMs,
	};
	if (proxy === undefined) return new Agent({...noTimers, connect: tls});
	const url = proxyUrl(proxy, cluster);
	if (!url.protocol.startsWith('socks')) return new ProxyAgent({...noTimers, uri: url.href, requestTls: tls});
	// The library knows the scheme socks5 only; resolving names at the proxy (socks5h) is what it does in any case. Its types forget `requestTls`.
	const options = {...noTimers, requestTls: tls};
	return new Socks5ProxyAgent(url.href.replace(/^socks\w*:/, 'socks5:'), options);
}
