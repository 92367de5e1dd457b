import {request as ask, type IncomingMessage, type ServerResponse} from 'node:http';
import type {SocketAddress} from '../network.ts';

/** Headers that belong to one connection and are not passed on (RFC 9110, 7.6.1). */
const ofConnection = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'];

/** Sends a request on and its answer back. What fails on the way is a 502, as of nginx. */
export function forwardRequest(incoming: IncomingMessage, response: ServerResponse, target: SocketAddress): void {
	const headers = {...incoming.headers, 'x-forwarded-for': incoming.socket.remoteAddress ?? '', 'x-forwarded-proto': 'http'};
	for (const name of ofConnection) delete headers[name as keyof typeof headers];
	const upstream = ask({...target, method: incoming.method, path: incoming.url, headers, agent: false}, answer => {
		const {statusCode = 502, headers: given} = answer;
		for (const name of ofConnection) delete given[name];
		response.writeHead(statusCode, given);
		answer.pipe(response);
	});
	upstream.on('error', () => {
		if (response.headersSent) response.destroy();
		else refuse(response, 502, 'Bad Gateway');
	});
	response.on('close', () => upstream.destroy());
	incoming.pipe(upstream);
}

/** An answer of the ingress itself. */
export function refuse(response: ServerResponse, status: number, text: string): void {
	response.writeHead(status, {'content-type': 'text/plain; charset=utf-8', server: 'nginx'});
	response.end(`${text}\n`);
}
