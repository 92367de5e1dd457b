import type {IncomingMessage, RequestListener, ServerResponse} from 'node:http';
import type {Answer, ApiCall, User} from '../api-call.ts';
import type {ApiState} from '../api-state.ts';
import {type ApiUser, createAuthenticator, impersonationOf, refuseBrowsers} from '../authentication.ts';
import {type Authorizer, attributesOf, createAuthorizer, demandImpersonation} from '../authorization.ts';
import {badRequest, noSuchPath} from '../status-error.ts';
import {eventForm, inForm, objectFormOf} from '../table.ts';
import {endpointOf, type Subresources} from './endpoints.ts';
import {readBody} from './read-body.ts';
import {readRequestInfo} from './request-info.ts';
import {refusal, writeAnswer} from './write-answer.ts';

/** One request, when it was answered; a watch, when it ended. */
export interface RequestRecord {
	readonly method: string;
	readonly path: string;
	readonly query: URLSearchParams;
	/** '' when it was refused before anybody looked. */
	readonly user: string;
	readonly code: number;
	readonly ms: number;
	readonly contentType: string;
	readonly body: string;
}

/** What the handler needs besides the state. */
export interface HandlerOptions {
	readonly users: readonly ApiUser[];
	/** Paths that are no resources: discovery, OpenAPI, health. Undefined: not found. */
	readonly other: (call: ApiCall, state: ApiState, authorizer: Authorizer) => Answer | undefined;
	readonly subresources: Subresources;
	readonly onRequest: ((record: RequestRecord) => void) | undefined;
}

/** The server's way with a request: who asks → what for → may they → what answers → how it is shown. Whatever goes wrong becomes a Status. */
export function createHandler(state: ApiState, options: HandlerOptions): RequestListener {
	const authenticate = createAuthenticator(options.users);
	const authorizer = createAuthorizer(options.users);
	const identify = (request: IncomingMessage): User => {
		refuseBrowsers(request.headers);
		const user = authenticate(request.headers);
		const impersonation = impersonationOf(request.headers);
		if (impersonation === undefined) return user;
		demandImpersonation(authorizer, user, impersonation);
		return impersonation.user;
	};
	const answer = async (call: ApiCall): Promise<Answer | undefined> => {
		authorizer.demand(call.user, attributesOf(call.info, call.query));
		const form = call.info.isResource ? objectFormOf(call.request.headers.accept, call.query) : undefined;
		const found = await answerCall(call, state, options, authorizer);
		if (form === undefined || found?.content === undefined || found.code >= 300) return found;
		return {...found, body: inForm(form, found.content, state.clock.now())};
	};
	return (request, response) => {
		const startedAt = state.clock.now();
		const progress: Progress = {user: '', body: '', warnings: []};
		record(request, response, progress, startedAt, state, options);
		respond(request, response, progress, identify, answer, state).catch(error => {
			writeAnswer(response, refusal(error));
			// What is left of a body that was refused is not read.
			if (!request.complete) request.resume();
		});
	};
}

interface Progress {
	user: string;
	body: string;
	readonly warnings: string[];
}

async function respond(
	request: IncomingMessage,
	response: ServerResponse,
	progress: Progress,
	identify: (request: IncomingMessage) => User,
	answer: (call: ApiCall) => Promise<Answer | undefined>,
	state: ApiState,
): Promise<void> {
	const user = identify(request);
	progress.user = user.name;
	const call = callOf(request, response, user, progress, state);
	const answered = await answer(call);
	if (answered !== undefined) writeAnswer(response, {...answered, headers: {...answered.headers, ...warningHeader(progress.warnings)}});
}

function callOf(request: IncomingMessage, response: ServerResponse, user: User, progress: Progress, {clock}: ApiState): ApiCall {
	const method = request.method ?? 'GET';
	const [path = '', ...search] = (request.url ?? '/').split('?');
	const query = new URLSearchParams(search.join('?'));
	let body: Promise<Buffer> | undefined;
	return {
		method,
		info: readRequestInfo(method, path, query),
		query,
		user,
		request,
		response,
		eventForm(resource) {
			const form = objectFormOf(request.headers.accept, query);
			return form === undefined ? undefined : eventForm(form, resource, clock.now);
		},
		warn: text => progress.warnings.push(text),
		readBody() {
			body ??= readBody(request).then(bytes => {
				progress.body = bytes.toString('utf8');
				return bytes;
			});
			return body;
		},
	};
}

async function answerCall(call: ApiCall, state: ApiState, {other, subresources}: HandlerOptions, authorizer: Authorizer): Promise<Answer | undefined> {
	const {info} = call;
	if (!info.isResource) {
		const answer = other(call, state, authorizer);
		if (answer === undefined) throw noSuchPath();
		return answer;
	}
	if (!state.registry.all().some(({group, version}) => group === info.group && version === info.version)) return notFoundPage;
	checkNames(info.name, info.namespace);
	const resource = state.registry.find(info.group, info.version, info.resource);
	const endpoint = endpointOf(call, resource, subresources);
	if (resource?.warning !== undefined) call.warn(resource.warning);
	return resource === undefined ? undefined : endpoint(call, resource, state);
}

/** Where no group is served, nobody speaks JSON either. */
const notFoundPage: Answer = {code: 404, body: () => '404 page not found\n', headers: {'content-type': 'text/plain; charset=utf-8'}};

/** A name that would lead elsewhere as a path is nobody's. apimachinery: api/validation/path/name.go. */
function checkNames(...names: readonly string[]): void {
	for (const name of names) {
		if (name === '.' || name === '..') throw badRequest(`Name parameter invalid: "${name}": may not be '${name}'`);
		const wrong = ['/', '%'].find(part => name.includes(part));
		if (wrong !== undefined) throw badRequest(`Name parameter invalid: "${name}": may not contain '${wrong}'`);
	}
}

/** Warnings travel in a header of their own (RFC 7234), which takes plain text only. */
function warningHeader(warnings: readonly string[]): Readonly<Record<string, string>> {
	if (warnings.length === 0) return {};
	const quoted = warnings.map(text => `299 - "${text.replaceAll(/[^\x20-\x7e]/g, '?').replaceAll(/["\\]/g, '\\$&')}"`);
	return {warning: quoted.join(', ')};
}

function record(
	request: IncomingMessage,
	response: ServerResponse,
	progress: Progress,
	startedAt: number,
	{clock}: ApiState,
	{onRequest}: HandlerOptions,
): void {
	if (onRequest === undefined) return;
	response.once('close', () => {
		const [path = '', ...search] = (request.url ?? '/').split('?');
		onRequest({
			method: request.method ?? '',
			path,
			query: new URLSearchParams(search.join('?')),
			user: progress.user,
			code: response.statusCode,
			ms: clock.now() - startedAt,
			contentType: request.headers['content-type'] ?? '',
			body: progress.body,
		});
	});
}
