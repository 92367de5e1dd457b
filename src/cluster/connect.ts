import {chooseContext} from './config/choose-context.ts';
import {createCredentials} from './config/credentials.ts';
import {type Environment, loadKubeconfig} from './config/load-kubeconfig.ts';
import {proxyFromEnvironment} from './config/proxy.ts';
import {type Client, createClient} from './http/client.ts';
import {createTransport, type Route} from './http/transport.ts';

export type ConnectOptions = {
	readonly kubeconfig?: string | undefined;
	readonly context?: string | undefined;
	readonly namespace?: string | undefined;
	readonly as?: string | undefined;
	readonly asGroups?: readonly string[] | undefined;
	/** For single requests; a stream's own silence is the informer's matter. */
	readonly requestTimeoutMs?: number | undefined;
	readonly env: Environment;
};

/** A cluster, as one context of a kubeconfig sees it. Nothing is sent before the first request. */
export type ClusterConnection = Client & {
	readonly context: string;
	/** URL, without credentials. */
	readonly server: string;
	readonly namespace: string;
	/** Name of the user in the kubeconfig. */
	readonly user: string | undefined;
	/** Who acts, where that is somebody else (`--as`). */
	readonly as: string | undefined;
	/** Scheme, host and port; and the path in front of every API path, where the server has one. */
	readonly origin: string;
	readonly pathPrefix: string;
	/** What a request of undici's to this server needs: fresh headers at each call. Throws ClusterError `config`. */
	route(): Promise<Route>;
	/** Ends all connections, running streams included. */
	close(): Promise<void>;
};

/** Longer than any sound API server needs for an answer, short enough to be told that it hangs. */
const defaultTimeoutMs = 15_000;

function withoutPassword(text: string): string {
	const url = new URL(text);
	url.username = '';
	url.password = '';
	return url.href.replace(/\/$/, '');
}

/**
 * Reads the kubeconfig and prepares the connection, as kubectl does with the same flags. Throws ClusterError `config` where the kubeconfig is
 * missing, unreadable or does not have what is asked for.
 */
export async function connect(options: ConnectOptions): Promise<ClusterConnection> {
	const {env} = options;
	const {context, cluster, user} = chooseContext(await loadKubeconfig(options.kubeconfig, env), options.context);
	const asGroups = options.asGroups ?? [];
	const credentials = createCredentials({user, cluster, as: options.as, asGroups, env, now: Date.now, uptime: () => performance.now()});
	const proxy = cluster.proxyUrl ?? proxyFromEnvironment(cluster.server, env);
	const {origin, pathname} = new URL(cluster.server);
	const server = withoutPassword(cluster.server);
	const via = proxy !== undefined && URL.canParse(proxy) ? ` (through the proxy ${withoutPassword(proxy)})` : '';
	const place = {context: context.name, server: `${server}${via}`};
	const pathPrefix = pathname.replace(/\/$/, '');
	const transport = createTransport({cluster, credentials, proxy, origin, pathPrefix, place});
	return {
		...createClient(transport, place, options.requestTimeoutMs ?? defaultTimeoutMs),
		context: context.name,
		server,
		namespace: options.namespace ?? context.namespace ?? 'default',
		user: user?.name,
		as: options.as ?? user?.as,
		origin,
		pathPrefix,
		route: transport.route,
		close() {
			credentials.close();
			return transport.close();
		},
	};
}
