import {request as httpRequest} from 'node:http';
import {request as httpsRequest} from 'node:https';
import type {Clock} from '../clock.ts';
import type {Network} from '../network.ts';
import {goNetworkError, refused, resolvePort} from './container-port.ts';
import type {ContainerSpec, HttpGet} from './pod-spec.ts';

/** Whom a kubelet asks, and with which time. */
export interface HttpTarget {
	readonly container: ContainerSpec;
	readonly podIp: string;
	readonly clock: Clock;
	readonly network: Network;
	/** Gives up early. */
	readonly signal?: AbortSignal;
}

/** The answer, or in Go's words why there is none; `error` is a request that could not even be made. */
export type HttpAnswer =
	| {readonly kind: 'answer'; readonly status: number; readonly body: string}
	| {readonly kind: 'failure' | 'error'; readonly message: string};

const bodyLimit = 10 * 1_024;

/** A GET as probes and hooks send it. It never throws. */
export async function httpGet(action: HttpGet, target: HttpTarget, purpose: 'probe' | 'lifecycle', timeoutMs: number): Promise<HttpAnswer> {
	const port = resolvePort(action.port, target.container);
	if (typeof port === 'string') return {kind: 'error', message: port};
	const host = action.host ?? target.podIp;
	const path = action.path === undefined || action.path === '' ? '/' : action.path.replace(/^\/?/, '/');
	const scheme = action.scheme === 'HTTPS' ? 'https' : 'http';
	const address = `${host}:${port}`;
	const failure = (what: string): HttpAnswer => ({kind: 'failure', message: `Get "${scheme}://${address}${path}": ${what}`});
	const at = await target.network.resolve(host, port);
	if (at === undefined) return failure(refused(address));
	const headers = {host: address, 'user-agent': `kube-${purpose}/1.36`, accept: '*/*', connection: 'close', ...headersOf(action)};
	return new Promise(resolve => {
		// No agent: a probe's connection is its own, as the kubelet's is.
		const options = {...at, path, headers, agent: false};
		const request = scheme === 'https' ? httpsRequest({...options, rejectUnauthorized: false}) : httpRequest(options);
		const abort = () => end(failure('context canceled'));
		const end = (answer: HttpAnswer) => {
			cancel();
			target.signal?.removeEventListener('abort', abort);
			resolve(answer);
			request.destroy();
		};
		const cancel = target.clock.schedule(timeoutMs, () => end(failure('context deadline exceeded (Client.Timeout exceeded while awaiting headers)')));
		request.on('response', response => {
			const {statusCode: status = 0} = response;
			let body = '';
			response.setEncoding('utf8').on('data', (chunk: string) => {
				if (body.length < bodyLimit) body += chunk;
			});
			response.on('end', () => end({kind: 'answer', status, body: body.slice(0, bodyLimit)}));
			response.on('error', error => end(failure(goNetworkError(error, address))));
		});
		request.on('error', error => end(failure(goNetworkError(error, address))));
		target.signal?.addEventListener('abort', abort);
		request.end();
	});
}

function headersOf({httpHeaders = []}: HttpGet): Record<string, string> {
	return Object.fromEntries(httpHeaders.map(({name, value}) => [name.toLowerCase(), value]));
}
