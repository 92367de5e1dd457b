import {Buffer} from 'node:buffer';
import {readFile} from 'node:fs/promises';
import {createSecureContext, type SecureContext} from 'node:tls';
import type {ClientCertificate} from '../config/credentials.ts';
import type {KubeCluster} from '../config/kubeconfig.ts';
import {ClusterError} from '../errors.ts';

/** How connections to the API server are secured; empty for one that speaks plain HTTP. */
export type TlsOptions = {readonly secureContext?: SecureContext; readonly servername?: string; readonly rejectUnauthorized?: boolean};

/** The authority that signs the server's certificate; undefined: the system's. Throws ClusterError `config`. */
export async function certificateAuthority({name, caFile, caData}: KubeCluster): Promise<Buffer | undefined> {
	if (caData !== undefined) return Buffer.from(caData, 'base64');
	if (caFile === undefined) return undefined;
	try {
		return await readFile(caFile);
	} catch (error) {
		const message = `cannot read ${caFile}, the certificate authority of cluster "${name}"`;
		throw new ClusterError(message, {kind: 'config', hint: 'mend the path in the kubeconfig', cause: error});
	}
}

/** One context for all connections: making it (reading certificates and keys) costs milliseconds and memory each time. Throws on useless certificates. */
export function tlsOptions(cluster: KubeCluster, authority: Buffer | undefined, certificate: ClientCertificate | undefined): TlsOptions {
	if (!cluster.server.startsWith('https:')) return {};
	return {
		secureContext: createSecureContext({ca: authority, cert: certificate?.cert, key: certificate?.key}),
		...(cluster.tlsServerName === undefined ? {} : {servername: cluster.tlsServerName}),
		...(cluster.skipTlsVerify ? {rejectUnauthorized: false} : {}),
	};
}
