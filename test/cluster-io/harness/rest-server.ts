import type {ServerResponse} from 'node:http';
import {type ApiServer, answerJson, answerStatus, beginWatch, type Received, startApiServer} from './api-server.ts';
import {cleanup} from './cleanup.ts';
import {listJson} from './objects.ts';

type Answer = unknown | ((request: Received, response: ServerResponse) => void);

/** A collection that is watched for as long as the test runs. */
export type Watched = {send(...events: readonly object[]): void; readonly open: boolean};

export type RestServer = ApiServer & {
	/** The open watch of a collection. */
	watched(path: string): Watched;
	/** Method, path and query of the requests, watches left out. */
	asked(): readonly string[];
};

/**
 * A small API server: `routes` are answers by `METHOD /path` (a collection's list, an object, or a function); what is not there is not found, what
 * is a collection can be watched.
 */
export async function startRestServer(routes: Readonly<Record<string, Answer>>): Promise<RestServer> {
	const watches = new Map<string, ServerResponse>();
	const handle = (request: Received, response: ServerResponse) => {
		if (request.query.watch === 'true') {
			watches.set(request.path, response);
			response.on('close', () => watches.get(request.path) === response && watches.delete(request.path));
			return beginWatch(response);
		}
		const answer = routes[`${request.method} ${request.path}`];
		if (typeof answer === 'function') return answer(request, response);
		if (answer === undefined) return answerStatus(response, 404, 'NotFound', `${request.path} not found`);
		answerJson(response, Array.isArray(answer) ? listJson(answer) : answer);
	};
	const server = await startApiServer(handle);
	cleanup(() => server.close());
	return {
		...server,
		watched: path => ({
			send(...events) {
				for (const event of events) watches.get(path)?.write(`${JSON.stringify(event)}\n`);
			},
			get open() {
				return watches.has(path);
			},
		}),
		asked: () =>
			server.requests.filter(({query}) => query.watch !== 'true').map(({method, url}) => `${method} ${decodeURIComponent(url.replaceAll('+', ' '))}`),
	};
}
