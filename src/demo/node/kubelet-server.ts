import {createServer as createHttpServer, type RequestListener} from 'node:http';
import {createServer as createHttpsServer} from 'node:https';
import type {AddressInfo} from 'node:net';
import type {Clock} from '../clock.ts';
import type {Network} from '../network.ts';
import {answerLogs} from './container-logs.ts';
import type {PodWorker} from './pod-worker.ts';

/** The kubelet's own server. */
export interface KubeletServerOptions {
	/** Default: 10250; 0 takes a free one. */
	readonly port?: number;
	/** For HTTPS, as a real API server asks. It checks no certificate unless it is told to, so any will do. Default: plain HTTP. */
	readonly tls?: {readonly key: string; readonly cert: string};
}

interface ServerPlace {
	readonly ip: string;
	readonly network: Network;
}

/** A server that listens. */
export interface KubeletServer {
	readonly port: number;
	readonly close: () => Promise<void>;
}

/** Answers `/containerLogs/NAMESPACE/POD/CONTAINER`, which is what the API server asks for `kubectl logs`. */
export async function startKubeletServer(
	{port = 10_250, tls, ip, network}: KubeletServerOptions & ServerPlace,
	find: (namespace: string, name: string) => PodWorker | undefined,
	clock: Clock,
): Promise<KubeletServer> {
	const answer: RequestListener = (request, response) => {
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
	};
	const server = tls === undefined ? createHttpServer(answer) : createHttpsServer({...tls}, answer);
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.once('listening', resolve);
		network.listen(server, ip, port);
	});
	return {
		// A network that maps addresses keeps the port that was asked for.
		port: port === 0 ? (server.address() as AddressInfo).port : port,
		close: () =>
			new Promise(resolve => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}
