import {createServer} from 'node:https';
import type {AddressInfo} from 'node:net';
import type {Clock} from '../clock.ts';
import {answerLogs} from './container-logs.ts';
import type {PodWorker} from './pod-worker.ts';

/** The kubelet's own HTTPS server. The API server checks no certificate unless it is told to, so any will do. */
export interface KubeletServerOptions {
	readonly host: string;
	/** 0 takes a free one. */
	readonly port: number;
	/** PEM. */
	readonly key: string;
	readonly cert: string;
}

/** A server that listens. */
export interface KubeletServer {
	readonly port: number;
	readonly close: () => Promise<void>;
}

/** Answers `/containerLogs/NAMESPACE/POD/CONTAINER`, which is what the API server asks for `kubectl logs`. */
export async function startKubeletServer(
	{host, port, key, cert}: KubeletServerOptions,
	find: (namespace: string, name: string) => PodWorker | undefined,
	clock: Clock,
): Promise<KubeletServer> {
	const server = createServer({key, cert}, (request, response) => {
		const url = new URL(request.url ?? '/', 'https://kubelet');
		const [, kind, namespace = '', pod = '', container = ''] = url.pathname.split('/').map(decodeURIComponent);
		const worker = kind === 'containerLogs' ? find(namespace, pod) : undefined;
		const slot = worker?.slots.find(({spec}) => spec.name === container);
		if (worker === undefined || slot === undefined) {
			response
				.writeHead(404, {'content-type': 'text/plain'})
				.end(kind === 'containerLogs' ? `pod "${pod}" or its container "${container}" not found\n` : '404 page not found\n');
		} else {
			answerLogs(response, url.searchParams, slot, pod, clock);
		}
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen({host, port}, resolve);
	});
	return {
		port: (server.address() as AddressInfo).port,
		close: () =>
			new Promise(resolve => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}
