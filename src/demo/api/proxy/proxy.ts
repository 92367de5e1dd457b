import type {IncomingMessage} from 'node:http';
import {posix} from 'node:path';
import {pipeline} from 'node:stream/promises';
import type {ApiCall} from '../api-call.ts';
import type {ApiState} from '../api-state.ts';
import type {Endpoint} from '../http/endpoints.ts';
import {answerOf, dial} from './dial.ts';
import {answerHeaders, requestHeaders} from './proxy-headers.ts';
import {type FindTarget, type ProxyTarget, podTarget, serviceTarget, unavailable} from './proxy-target.ts';
import {type ProxyPlace, rewriteLink, rewritePage} from './rewrite-links.ts';

/** A larger page is passed on with its links as they are. */
const largestPage = 8 * 1024 * 1024;

export const serviceProxy: Endpoint = proxyTo(serviceTarget);
export const podProxy: Endpoint = proxyTo(podTarget);

/** Passes a request on to a pod, and its answer back. apimachinery: util/proxy/upgradeaware.go, without upgrades. */
function proxyTo(find: FindTarget): Endpoint {
	return async (call, resource, state) => {
		const target = find(call, resource, state);
		const {info, method} = call;
		const search = searchOf(call.request);
		// A page must not be one path too high, or its relative links lead astray.
		if (info.rest === '' && (method === 'GET' || method === 'HEAD')) {
			call.response.writeHead(301, {location: `${info.path}/${search}`}).end();
			return undefined;
		}
		await pass(call, target, state, search);
		return undefined;
	};
}

function searchOf({url = ''}: IncomingMessage): string {
	const start = url.indexOf('?');
	return start < 0 ? '' : url.slice(start);
}

async function pass(call: ApiCall, target: ProxyTarget, state: ApiState, search: string): Promise<void> {
	const {request, response, info, method} = call;
	const prefix = info.rest === '' ? info.path : info.path.slice(0, -info.rest.length);
	const path = posix.normalize(info.rest || '/');
	const headers = requestHeaders(request.headers, request.socket.remoteAddress, posix.join(prefix, path));
	let answer: IncomingMessage;
	try {
		const outgoing = await dial({target, method, path: path + search, headers}, state);
		// Who no longer listens needs no answer: the pod is told so.
		response.once('close', () => outgoing.destroy());
		if (response.destroyed) outgoing.destroy();
		const answered = answerOf(outgoing, target);
		const hasBody = request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined;
		// The pod may answer, and close, before it has read all.
		if (hasBody) pipeline(request, outgoing).catch(() => {});
		else outgoing.end();
		answer = await answered;
	} catch (error) {
		if (response.destroyed) return;
		throw unavailable(`error trying to reach service: ${(error as Error).message}`);
	}
	const place = {prefix, host: `${target.ip}:${target.port}`, requestHost: request.headers.host ?? ''};
	await send(answer, call, place);
}

async function send(answer: IncomingMessage, {response, method}: ApiCall, place: ProxyPlace): Promise<void> {
	const headers = answerHeaders(answer.headers);
	const {location} = answer.headers;
	if (location !== undefined) headers.location = rewriteLink(location, place);
	try {
		const page = location === undefined && method !== 'HEAD' && isPage(answer) ? rewritePage(await textOf(answer), place) : undefined;
		if (page !== undefined) headers['content-length'] = page.length;
		response.writeHead(answer.statusCode ?? 502, answer.statusMessage, headers);
		response.flushHeaders();
		if (page === undefined) await pipeline(answer, response);
		else response.end(page, 'latin1');
	} catch {
		// One of both sides has gone in the middle; the other one must see that, not wait.
		answer.destroy();
		response.destroy();
	}
}

/** Whether there are links to rewrite, in a page that is not too large to be held. */
function isPage({headers}: IncomingMessage): boolean {
	const isHtml = /^text\/html\s*(;|$)/i.test(headers['content-type'] ?? '');
	return isHtml && headers['content-encoding'] === undefined && Number(headers['content-length'] ?? 0) <= largestPage;
}

/** Throws for a page that never ends. */
async function textOf(answer: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of answer) {
		size += (chunk as Buffer).length;
		if (size > largestPage) throw new Error('the page is too large');
		chunks.push(chunk as Buffer);
	}
	// Byte for byte: of what is no tag nothing may change, whatever its encoding.
	return Buffer.concat(chunks).toString('latin1');
}
