import {createServer as createHttpServer, type RequestListener} from 'node:http';
import {createServer as createHttpsServer} from 'node:https';
import type {AddressInfo} from 'node:net';
import type {Clock} from '../clock.ts';
import type {Network} from '../network.ts';
import {answerLogs, type LogSource} from './container-logs.ts';
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

type FindPod = (namespace: string, name: string) => PodWorker | undefined;

/** Answers `/containerLogs/NAMESPACE/POD/CONTAINER`, which is what the API server asks for `kubectl logs`. */
export async function startKubeletServer(
	{port = 10_250, tls, ip, network}: KubeletServerOptions & ServerPlace,
	find: FindPod,
	clock: Clock,
): Promise<KubeletServer> {
	const answer: RequestListener = (request, response) => {
		const wanted = parseUrl(request.url);
		const source = wanted === undefined ? undefined : sourceOf(wanted.path, find, clock);
		if (wanted === undefined || typeof source === 'string' || source === undefined) {
			response.writeHead(404, {'content-type': 'text/plain'}).end(`${source ?? '404 page not found'}\n`);
		} else {
			answerLogs(response, wanted.options, source);
		}
	};
	const server = tls === undefined ? createHttpServer(answer) : createHttpsServer({...tls}, answer);
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.once('listening', resolve);
		network.listen(server, ip, port);
		// Where ports are opened only when somebody asks: this one is always asked sooner or later, and what fails is said at the start.
		void network.resolve(ip, port);
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

/** Undefined for what is no URL. */
function parseUrl(url = '/'): {readonly path: readonly string[]; readonly options: URLSearchParams} | undefined {
	try {
		const {pathname, searchParams} = new URL(url, 'http://kubelet');
		return {path: pathname.split('/').slice(1).map(decodeURIComponent), options: searchParams};
	} catch {
		return undefined;
	}
}

/** A text is the reason why there is none. */
function sourceOf([kind, namespace = '', name = '', container = '']: readonly string[], find: FindPod, clock: Clock): LogSource | string | undefined {
	if (kind !== 'containerLogs') return undefined;
	const worker = find(namespace, name);
	const slot = worker?.slots.find(({spec}) => spec.name === container);
	if (worker === undefined) return `pod "${name}" does not exist`;
	if (slot === undefined) return `container "${container}" not found in pod "${name}"`;
	const {initContainerStatuses = [], containerStatuses = []} = worker.status;
	const status = [...initContainerStatuses, ...containerStatuses].find(known => known.name === container);
	return {pod: name, slot, status, clock};
}
