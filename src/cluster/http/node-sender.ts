import {type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage} from 'node:http';
import {Agent as HttpsAgent, request as httpsRequest} from 'node:https';
import type {RawRequest, RawResponse, Sender} from './sender.ts';
import type {TlsOptions} from './tls-options.ts';

/** The kernel asks a silent peer after so long whether it is there, ten times each second if it must: then a connection is broken, and no longer half-open. */
const keepAliveMs = 10_000;

/** A kept connection that the server closed at the same moment as it was used again: nothing was done, so a reading request may be repeated. */
function isStale(request: ClientRequest, error: Error): boolean {
	return request.reusedSocket && 'code' in error && error.code === 'ECONNRESET' && request.method === 'GET';
}

/**
 * Straight connections, by Node's own HTTP client. undici's would do the same with 7 to 17 MB more memory and 15 ms more at the start (measured with
 * the six streams of a workload), so that is loaded only by those who need it. HTTP/1.1, one connection per stream: a slow one can't hold up another.
 */
export function createNodeSender(origin: string, tls: TlsOptions): Sender {
	const {protocol, hostname, port} = new URL(origin);
	const isTls = protocol === 'https:';
	const kept = {keepAlive: true, keepAliveMsecs: keepAliveMs};
	const agent = isTls ? new HttpsAgent({...kept, ...tls}) : new HttpAgent(kept);
	const start = isTls ? httpsRequest : httpRequest;
	const place = {agent, host: hostname.replace(/^\[|\]$/g, ''), port: port || (isTls ? 443 : 80)};

	function send({method, path, headers, body}: RawRequest, signal: AbortSignal): Promise<RawResponse> {
		return new Promise((resolve, reject) => {
			const length = body === undefined ? {} : {'content-length': String(Buffer.byteLength(body))};
			const request = start({...place, method, path, headers: {...headers, ...length}, signal});
			let isAnswered = false;
			request.once('response', (response: IncomingMessage) => {
				isAnswered = true;
				resolve({statusCode: response.statusCode ?? 0, headers: response.headers, body: response});
			});
			// `on`, since a connection can fail again after it was given up.
			request.on('error', error => {
				// The end of an answer is no reason to ask again: nobody would read the second one.
				if (!isAnswered && isStale(request, error) && !signal.aborted) send({method, path, headers, body}, signal).then(resolve, reject);
				else reject(error);
			});
			request.end(body);
		});
	}
	return {
		send,
		async close() {
			agent.destroy();
		},
	};
}
