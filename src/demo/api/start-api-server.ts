import {setMaxListeners} from 'node:events';
import {createServer, type RequestListener} from 'node:http';
import {createServer as createSecureServer} from 'node:https';
import type {AddressInfo, Server} from 'node:net';
import type {Clock} from '../clock.ts';
import type {Network} from '../network.ts';
import type {ApiState} from './api-state.ts';
import type {ApiUser} from './authentication.ts';
import {serveDefinitions} from './custom/serve-definitions.ts';
import {expireObjects} from './expire-objects.ts';
import {createHandler, type RequestRecord} from './http/handle-request.ts';
import {storeInitialObjects} from './initial-objects.ts';
import {kruiseAdmission} from './kruise/kruise-admission.ts';
import {otherPath} from './other-paths.ts';
import {podLogs} from './pod-logs.ts';
import {podProxy, serviceProxy} from './proxy/proxy.ts';
import {quotaAdmission} from './quota.ts';
import {Registry} from './registry.ts';
import {builtInResources} from './resources.ts';
import {reviewEndpoints} from './self-reviews.ts';
import {Storage} from './storage.ts';
import {finalizeNamespace} from './subresources/finalize-namespace.ts';
import {bindPod} from './subresources/pod-binding.ts';
import {evictPod} from './subresources/pod-eviction.ts';

export interface ApiServerOptions {
	readonly clock: Clock;
	/** How to reach pods and nodes, for proxies and logs. */
	readonly network: Network;
	/** Who may come in. */
	readonly users: readonly ApiUser[];
	/** PEM; kubectl sends its token over TLS only. Default: plain HTTP alone. */
	readonly tls?: {readonly key: string; readonly cert: string};
	/** 0…1, for names and jitter. */
	readonly random?: () => number;
	/** How many changes of a resource are remembered, for watches and pages that start in the past. Default 2048. */
	readonly watchWindow?: number;
	/** Hears of each request when it was answered. */
	readonly onRequest?: (record: RequestRecord) => void;
}

export interface ApiServer {
	readonly url: string;
	/** Only with `tls`. */
	readonly tlsUrl: string | undefined;
	/** Ends all watches and gives back ports and timers; what was stored is gone. */
	readonly close: () => Promise<void>;
}

/** Parts of objects that are not the object itself. */
const subresources = {
	'namespaces/finalize': finalizeNamespace,
	'pods/binding': bindPod,
	'pods/eviction': evictPod,
	'pods/log': podLogs,
	'pods/proxy': podProxy,
	'services/proxy': serviceProxy,
};

/** Starts an API server with nothing in it but the first namespaces. It listens on the loopback interface only, on free ports. */
export async function startApiServer(options: ApiServerOptions): Promise<ApiServer> {
	const life = new AbortController();
	// Every watch waits for it.
	setMaxListeners(0, life.signal);
	const state: ApiState = {
		clock: options.clock,
		random: options.random ?? Math.random,
		network: options.network,
		storage: new Storage(options.watchWindow ?? 2_048),
		registry: new Registry(builtInResources),
		admissions: [quotaAdmission, kruiseAdmission],
		closing: life.signal,
	};
	storeInitialObjects(state);
	serveDefinitions(state);
	for (const resource of builtInResources) if (resource.storedAs === undefined) expireObjects(resource, state);
	const handler = createHandler(state, {
		users: options.users,
		other: otherPath,
		subresources: {...subresources, ...reviewEndpoints(options.users)},
		onRequest: options.onRequest,
	});
	const plain = await listen(createServer(handler));
	const secure = options.tls === undefined ? undefined : await listen(createSecureServer({...options.tls}, handler as RequestListener));
	return {
		url: `http://127.0.0.1:${plain.port}`,
		tlsUrl: secure === undefined ? undefined : `https://127.0.0.1:${secure.port}`,
		async close() {
			life.abort();
			await Promise.all([plain.close(), secure?.close()]);
		},
	};
}

async function listen(
	server: Server & {readonly closeAllConnections: () => void; keepAliveTimeout: number},
): Promise<{port: number; close: () => Promise<void>}> {
	// Longer than clients keep idle connections, so that it is they who close them, and never under a request.
	server.keepAliveTimeout = 120_000;
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen({host: '127.0.0.1', port: 0}, resolve);
	});
	return {
		port: (server.address() as AddressInfo).port,
		close() {
			const closed = new Promise<void>(resolve => server.close(() => resolve()));
			server.closeAllConnections();
			return closed;
		},
	};
}
