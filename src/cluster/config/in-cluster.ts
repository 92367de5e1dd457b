import {access, readFile} from 'node:fs/promises';
import {isIPv6} from 'node:net';
import {join} from 'node:path';
import type {Kubeconfig} from './kubeconfig.ts';

/** Where the kubelet mounts a pod's service account. */
const serviceAccount = '/var/run/secrets/kubernetes.io/serviceaccount';

async function textOfFile(path: string): Promise<string | undefined> {
	try {
		return (await readFile(path, 'utf8')).trim() || undefined;
	} catch {
		return undefined;
	}
}

async function exists(path: string): Promise<boolean> {
	try {
		await access(path);
		return true;
	} catch {
		return false;
	}
}

/**
 * The service account of the pod that we run in, as a kubeconfig; undefined outside of a cluster. The token stays a file: the kubelet renews it.
 * client-go: rest.InClusterConfig.
 */
export async function inClusterKubeconfig(env: Readonly<Record<string, string | undefined>>, directory = serviceAccount): Promise<Kubeconfig | undefined> {
	const host = env.KUBERNETES_SERVICE_HOST;
	const port = env.KUBERNETES_SERVICE_PORT;
	const tokenFile = join(directory, 'token');
	if (!host || !port || !(await exists(tokenFile))) return undefined;
	const name = 'in-cluster';
	const caFile = join(directory, 'ca.crt');
	const server = `https://${isIPv6(host) ? `[${host}]` : host}:${port}`;
	const nothing = {
		token: undefined,
		username: undefined,
		password: undefined,
		certFile: undefined,
		certData: undefined,
		keyFile: undefined,
		keyData: undefined,
	};
	return {
		currentContext: name,
		clusters: new Map([
			[
				name,
				{
					name,
					server,
					caFile: (await exists(caFile)) ? caFile : undefined,
					caData: undefined,
					skipTlsVerify: false,
					tlsServerName: undefined,
					proxyUrl: undefined,
				},
			],
		]),
		users: new Map([[name, {...nothing, name, raw: {}, tokenFile, exec: undefined, authProvider: undefined, as: undefined, asGroups: [], directory}]]),
		contexts: new Map([[name, {name, cluster: name, user: name, namespace: await textOfFile(join(directory, 'namespace'))}]]),
	};
}
