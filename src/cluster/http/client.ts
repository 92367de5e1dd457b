import {ClusterError} from '../errors.ts';
import {createDeadline, type Deadline} from './deadline.ts';
import {decoded} from './decode.ts';
import {readText} from './read-body.ts';
import type {RawRequest, RawResponse, Send} from './sender.ts';
import {statusError} from './status-error.ts';
import {type Place, transportError} from './transport-error.ts';
import {warningTexts} from './warnings.ts';

export type ClusterRequest = {
	readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | undefined;
	/** From the API's root: `/api/v1/namespaces/…`, segments encoded. */
	readonly path: string;
	/** Entries without a value are left out; order is kept. */
	readonly query?: Readonly<Record<string, string | undefined>>;
	readonly contentType?: string | undefined;
	readonly body?: string | undefined;
	/** `last`: those of the request before, whatever has become of them; nobody waits for a plugin, and a 401 is an answer like any other. */
	readonly credentials?: 'last' | undefined;
	/**
	 * Asks for a compressed answer, as kubectl does. Of 5,000 pods (26.2 MB) 1.1 MB are left, for 60 ms of our CPU time and somewhat more of the server's: worth
	 * it on every network slower than about 1 Gbit/s, and an address on loopback may be the near end of a tunnel.
	 */
	readonly isLarge?: boolean | undefined;
	readonly signal?: AbortSignal | undefined;
	/** Until the answer is complete (`json`), or until it begins (`open`). Absent: the connection's own. */
	readonly timeoutMs?: number | undefined;
};

export type ClusterResponse = {
	readonly status: number;
	readonly contentType: string | undefined;
	/** Leaving a loop over it early closes the connection. */
	readonly body: AsyncIterable<Uint8Array>;
};

export type Client = {
	/** A successful answer, its body unread. Throws ClusterError for everything else. */
	open(request: ClusterRequest): Promise<ClusterResponse>;
	/** A successful answer's JSON. Throws ClusterError, `garbage` where it is no JSON. */
	json(request: ClusterRequest): Promise<unknown>;
	/** As `json`, with what the API server warns of beside it. */
	answer(request: ClusterRequest): Promise<{readonly value: unknown; readonly warnings: readonly string[]}>;
	/** The first `limit` bytes of a successful answer as text. Throws ClusterError. */
	text(request: ClusterRequest, limit: number): Promise<string>;
};

/** Takes the credentials of requests out of a text. */
type Hide = (text: string) => string;

const largestError = 64 * 1024;
/** As much as one object in a list may have; long lists are read in pages and cut up as they come. */
const largestAnswer = 32 * 1024 * 1024;

function pathWithQuery({path, query = {}}: ClusterRequest): string {
	const parameters = new URLSearchParams();
	for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.append(name, value);
	const text = parameters.toString();
	return text === '' ? path : `${path}?${text}`;
}

function rawRequest(request: ClusterRequest): RawRequest {
	const contentType = request.contentType === undefined ? {} : {'content-type': request.contentType};
	const {method = 'GET', credentials, body} = request;
	const compression = request.isLarge === true ? {'accept-encoding': 'gzip'} : {};
	return {method, path: pathWithQuery(request), headers: {accept: 'application/json, */*', ...contentType, ...compression}, body, credentials};
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function headerText(value: string | string[] | undefined): string | undefined {
	return Array.isArray(value) ? value[0] : value;
}

async function failureOf(response: RawResponse, hide: Hide): Promise<ClusterError> {
	const {text} = await readText(response.body, largestError);
	return statusError(parseJson(hide(text)), response.statusCode, headerText(response.headers['retry-after']));
}

async function* released(body: AsyncIterable<Uint8Array>, deadline: Deadline, place: Place): AsyncGenerator<Uint8Array> {
	try {
		yield* body;
	} catch (error) {
		throw asClusterError(error, deadline.signal, place);
	} finally {
		deadline.release();
	}
}

/** A plugin that thinks, or a proxy's connection that is still being made, does not listen to the signal; nobody shall wait with it. */
function untilAborted(sent: Promise<RawResponse>, signal: AbortSignal): Promise<RawResponse> {
	return new Promise((resolve, reject) => {
		const onAbort = () => {
			reject(signal.reason);
			sent.then(
				response => response.body.destroy(),
				() => undefined,
			);
		};
		if (signal.aborted) return onAbort();
		signal.addEventListener('abort', onAbort, {once: true});
		sent.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
	});
}

function asClusterError(error: unknown, signal: AbortSignal, place: Place): ClusterError {
	if (signal.reason instanceof ClusterError) return signal.reason;
	if (signal.aborted) return new ClusterError('stopped', {kind: 'aborted'});
	return transportError(error, place);
}

/** Requests with deadlines and errors in sentences, on top of `send`. */
export function createClient({send, hide}: {readonly send: Send; readonly hide: Hide}, place: Place, defaultTimeoutMs: number): Client {
	const lateAfter = (ms: number) => () =>
		new ClusterError(`the API server ${place.server} of context "${place.context}" did not answer within ${ms / 1000} s`, {
			kind: 'timeout',
			hint: 'is it overloaded, or the network slow? --request-timeout gives it longer',
		});

	async function start(request: ClusterRequest): Promise<{readonly response: RawResponse; readonly deadline: Deadline}> {
		const ms = request.timeoutMs ?? defaultTimeoutMs;
		const deadline = createDeadline(request.signal, ms, lateAfter(ms));
		try {
			const response = decoded(await untilAborted(send(rawRequest(request), deadline.signal), deadline.signal));
			if (response.statusCode < 200 || response.statusCode >= 300) throw await failureOf(response, hide);
			return {response, deadline};
		} catch (error) {
			deadline.release();
			throw error instanceof ClusterError ? error : asClusterError(error, deadline.signal, place);
		}
	}

	async function text(request: ClusterRequest, limit: number) {
		const {response, deadline} = await start(request);
		return {...(await readText(released(response.body, deadline, place), limit)), warnings: warningTexts(response.headers.warning).map(hide)};
	}

	async function answer(request: ClusterRequest) {
		const {text: body, truncated, warnings} = await text(request, largestAnswer);
		// The beginning of something endless is not worth the memory of reading it.
		const value = truncated ? undefined : parseJson(body);
		if (value === undefined) {
			throw new ClusterError(`${place.server} of context "${place.context}" does not answer like a Kubernetes API server`, {
				kind: 'garbage',
				hint: 'is `server:` in the kubeconfig right?',
			});
		}
		return {value, warnings};
	}

	return {
		async open(request) {
			const {response, deadline} = await start(request);
			deadline.stopTimer();
			return {status: response.statusCode, contentType: response.headers['content-type'], body: released(response.body, deadline, place)};
		},
		json: async request => (await answer(request)).value,
		answer,
		text: async (request, limit) => (await text(request, limit)).text,
	};
}
