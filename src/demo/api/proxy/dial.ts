import {type ClientRequest, request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders} from 'node:http';
import {request as httpsRequest} from 'node:https';
import type {ApiState} from '../api-state.ts';
import type {ProxyTarget} from './proxy-target.ts';

/** What is asked of an address of the cluster. */
export interface Outgoing {
	readonly target: ProxyTarget;
	readonly method: string;
	/** With the query. */
	readonly path: string;
	readonly headers: OutgoingHttpHeaders;
}

/** A connection must be made within this time. apiserver: net.Dialer's default. */
const dialTimeoutMs = 30_000;

/** Opens a request to an address of the cluster; a new connection each time, because pods come and go. Throws where nobody listens. */
export async function dial({target, method, path, headers}: Outgoing, {network, clock, closing}: ApiState): Promise<ClientRequest> {
	const {ip, port, isTls} = target;
	const place = /^\d+$/.test(port) ? await network.resolve(ip, Number(port)) : undefined;
	if (place === undefined) throw refused(target);
	const options = {...place, method, path, headers, agent: false, signal: closing} as const;
	const outgoing = isTls ? httpsRequest({...options, rejectUnauthorized: false}) : httpRequest(options);
	const cancel = clock.schedule(dialTimeoutMs, () => outgoing.destroy(new Error(`dial tcp ${addressOf(target)}: i/o timeout`)));
	outgoing.once('socket', socket => socket.once('connect', cancel));
	outgoing.once('close', cancel);
	return outgoing;
}

/** The answer to a request; the caller has ended it, or sends its body. Rejects with an error in upstream's words. */
export function answerOf(outgoing: ClientRequest, target: ProxyTarget): Promise<IncomingMessage> {
	return new Promise((resolve, reject) => {
		outgoing.once('response', resolve);
		outgoing.on('error', error => reject(wordsOf(error, target)));
	});
}

function addressOf({ip, port}: ProxyTarget): string {
	return ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`;
}

function refused(target: ProxyTarget): Error {
	if (!/^\d+$/.test(target.port)) return new Error(`dial tcp: lookup tcp/${target.port}: unknown port`);
	return new Error(`dial tcp ${addressOf(target)}: connect: connection refused`);
}

/** Go's words for what the network says. */
function wordsOf(error: NodeJS.ErrnoException, target: ProxyTarget): Error {
	switch (error.code) {
		case 'ECONNREFUSED':
			return refused(target);
		case 'ECONNRESET':
			// Node says this also when the other side just closes.
			return error.message === 'socket hang up' ? new Error('EOF') : new Error(`read tcp ${addressOf(target)}: read: connection reset by peer`);
		default:
			return error;
	}
}
