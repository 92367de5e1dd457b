import type {IncomingMessage, ServerResponse} from 'node:http';
import {pipeline} from 'node:stream/promises';
import type {ApiState} from './api-state.ts';
import type {Endpoint} from './http/endpoints.ts';
import {type JsonObject, numberAt, objectAt, objectsAt, textAt} from './json.ts';
import {answerOf, dial} from './proxy/dial.ts';
import {type ProxyTarget, resourceOf, stored} from './proxy/proxy-target.ts';
import type {Resource} from './resource.ts';
import {badRequest, type Cause, invalid, StatusError} from './status-error.ts';

/** The kubelet's error is passed on up to here. apiserver: registry/generic/rest/response_checker.go. */
const longestError = 50_000;

/** `kubectl logs`: asks the kubelet of the pod's node and passes on what it says, for as long as it says something. */
export const podLogs: Endpoint = async ({info, query, response}, resource, state) => {
	const options = logOptions(query, info.name);
	const pod = stored(state, resource, info.namespace, info.name);
	const container = containerOf(pod, query.get('container') ?? '');
	const node = textAt(pod, 'spec', 'nodeName');
	if (node === '') {
		// Nobody has the pod yet, so nobody has a log.
		response.writeHead(204).end();
		return undefined;
	}
	const path = `/containerLogs/${info.namespace}/${info.name}/${container}${options === '' ? '' : `?${options}`}`;
	const answer = await ask(kubeletOf(node, resource, state), path, response, state);
	if (response.destroyed) return undefined;
	if (!isSuccess(answer)) throw await kubeletError(answer, info.name);
	response.writeHead(200, {'content-type': 'text/plain', 'cache-control': 'no-cache, private'});
	response.flushHeaders();
	// Whichever side goes, the other one sees it: pipeline destroys both.
	await pipeline(answer, response).catch(() => {});
	return undefined;
};

async function ask(target: ProxyTarget, path: string, response: ServerResponse, state: ApiState): Promise<IncomingMessage> {
	const host = `${target.ip}:${target.port}`;
	try {
		const outgoing = await dial({target, method: 'GET', path, headers: {host}}, state);
		response.once('close', () => outgoing.destroy());
		if (response.destroyed) outgoing.destroy();
		const answered = answerOf(outgoing, target);
		outgoing.end();
		return await answered;
	} catch (error) {
		throw new StatusError(500, '', `Get ${JSON.stringify(`http://${host}${path}`)}: ${(error as Error).message}`);
	}
}

function isSuccess({statusCode = 500}: IncomingMessage): boolean {
	return statusCode >= 200 && statusCode <= 206;
}

async function kubeletError(answer: IncomingMessage, name: string): Promise<StatusError> {
	let text = '';
	for await (const chunk of answer) if (text.length < longestError) text += chunk;
	if (answer.statusCode === 400) return badRequest(text);
	const details = {name, kind: 'pods/log'};
	if (answer.statusCode === 404) return new StatusError(404, 'NotFound', `the server could not find the requested resource ( pods/log ${name})`, details);
	return new StatusError(500, 'InternalError', `Internal error occurred: ${text}`, {causes: [{reason: '', message: text}]});
}

/** The kubelet's own options. Throws StatusError 400 and 422. kubernetes: ValidatePodLogOptions, LogLocation. */
function logOptions(query: URLSearchParams, name: string): string {
	const options = new URLSearchParams();
	for (const flag of ['follow', 'previous', 'timestamps']) if (isTrue(query.get(flag))) options.set(flag, 'true');
	const causes: readonly Cause[] = counts.flatMap(([field, least, why]) => {
		const value = countAt(query, field);
		if (value === undefined) return [];
		options.set(field, String(value));
		return value < least ? [{reason: 'FieldValueInvalid', message: `Invalid value: ${value}: ${why}`, field}] : [];
	});
	const sinceTime = sinceTimeOf(query);
	if (sinceTime !== '') options.set('sinceTime', sinceTime);
	const isBoth = sinceTime !== '' && options.has('sinceSeconds');
	const all = isBoth ? [...causes, {reason: 'FieldValueForbidden', message: bothSinces, field: ''}] : causes;
	if (all.length > 0) throw invalid({group: '', kind: 'PodLogOptions'}, name, all);
	return options.toString();
}

const bothSinces = 'Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified';

function sinceTimeOf(query: URLSearchParams): string {
	const text = query.get('sinceTime') ?? '';
	if (text !== '' && Number.isNaN(Date.parse(text))) throw badRequest(`parsing time ${JSON.stringify(text)}: cannot parse it`);
	return text;
}

const counts = [
	['tailLines', 0, 'must be greater than or equal to 0'],
	['limitBytes', 1, 'must be greater than 0'],
	['sinceSeconds', 1, 'must be greater than 0'],
] as const;

function isTrue(text: string | null): boolean {
	return text !== null && text !== '0' && text.toLowerCase() !== 'false';
}

function countAt(query: URLSearchParams, name: string): number | undefined {
	const text = query.get(name) ?? '';
	if (text === '') return undefined;
	if (!/^[+-]?\d{1,18}$/.test(text)) throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
	return Number(text);
}

/** kubernetes: registry/core/pod/strategy.go validateContainer. */
function containerOf(pod: JsonObject, wanted: string): string {
	const name = textAt(pod, 'metadata', 'name');
	const containers = objectsAt(pod, 'spec', 'containers');
	const names = [...objectsAt(pod, 'spec', 'initContainers'), ...containers, ...objectsAt(pod, 'spec', 'ephemeralContainers')].map(each =>
		textAt(each, 'name'),
	);
	if (wanted !== '') {
		if (!names.includes(wanted)) throw badRequest(`container ${wanted} is not valid for pod ${name}`);
		return wanted;
	}
	if (containers.length === 1) return textAt(containers[0], 'name');
	const choice = containers.length === 0 ? '' : `, choose one of: [${names.join(' ')}]`;
	throw badRequest(`a container name must be specified for pod ${name}${choice}`);
}

function kubeletOf(name: string, asked: Resource, state: ApiState): ProxyTarget {
	const node = stored(state, resourceOf(state, 'nodes'), '', name, asked);
	const address = objectsAt(node, 'status', 'addresses').find(({type}) => type === 'InternalIP');
	if (address === undefined) throw new StatusError(500, '', 'no preferred addresses found; known addresses: []');
	const port = numberAt(objectAt(node, 'status', 'daemonEndpoints', 'kubeletEndpoint'), 'Port') ?? 10_250;
	return {isTls: false, ip: textAt(address, 'address'), port: String(port)};
}
