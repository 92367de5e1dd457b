import type {ServerResponse} from 'node:http';
import {vi} from 'vitest';
import type {InformerPolicy} from '../../../src/cluster/informer/policy.ts';
import type {StreamEvent} from '../../../src/cluster/informer/source.ts';
import {runInformer} from '../../../src/cluster/informer.ts';
import {parsePod} from '../../../src/cluster/parse/pod.ts';
import type {StreamCondition} from '../../../src/domain/stream.ts';
import {type ApiServer, answerJson, beginWatch, type Received, startApiServer} from './api-server.ts';
import {cleanup} from './cleanup.ts';
import {connectTo} from './kubeconfig.ts';
import {listJson} from './objects.ts';
import {createTestTime, type TestTime} from './test-time.ts';

export type Answer = (response: ServerResponse, request: Received) => void;

/** Opens and stays silent. */
export const quietWatch: Answer = beginWatch;

export const emptyList: Answer = response => answerJson(response, listJson([]));

/** A watch that sends these events, and ends if asked to. */
export function watchOf(events: readonly object[], ending: 'end' | 'stay' = 'stay'): Answer {
	return response => {
		beginWatch(response);
		for (const event of events) response.write(`${JSON.stringify(event)}\n`);
		if (ending === 'end') response.end();
	};
}

export type Followed = {
	readonly server: ApiServer;
	readonly time: TestTime;
	readonly events: readonly StreamEvent<'pods'>[];
	readonly stop: AbortController;
	/** Resolves when the informer has ended. */
	readonly ended: Promise<void>;
	/** Requests so far, in words: `list 0`, `watch 100`. */
	asked(): readonly string[];
	conditions(): readonly StreamCondition['kind'][];
	lastCondition(): StreamCondition | undefined;
};

function wordsOf({query}: Received): string {
	if (query.watch === 'true') return `watch ${query.resourceVersion}`;
	return query.continue === undefined ? `list ${query.resourceVersion ?? 'newest'}` : `list after ${query.continue}`;
}

/** An informer of pods on a server that gives one list and one watch after the other from the scripts; the last ones again and again. */
export async function followPods(script: {lists?: readonly Answer[]; watches?: readonly Answer[]; policy?: Partial<InformerPolicy>}): Promise<Followed> {
	const {lists = [emptyList], watches = [quietWatch]} = script;
	let listed = 0;
	let watched = 0;
	const server = await startApiServer((request, response) => {
		if (request.query.watch === 'true') watches[Math.min(watched++, watches.length - 1)]?.(response, request);
		else lists[Math.min(listed++, lists.length - 1)]?.(response, request);
	});
	cleanup(() => server.close());
	const connection = await connectTo(server.url);
	const time = createTestTime();
	const events: StreamEvent<'pods'>[] = [];
	const stop = new AbortController();
	const ended = runInformer({
		connection,
		stream: 'pods',
		path: '/api/v1/namespaces/web/pods',
		labelSelector: 'app=web',
		parse: parsePod,
		emit: event => events.push(event),
		signal: stop.signal,
		policy: {...time.policy, ...script.policy},
	});
	cleanup(async () => {
		stop.abort();
		await ended;
	});
	const conditions = () => events.flatMap(event => (event.type === 'stream-changed' ? [event.condition] : []));
	return {
		server,
		time,
		events,
		stop,
		ended,
		asked: () => server.requests.map(wordsOf),
		conditions: () => conditions().map(({kind}) => kind),
		lastCondition: () => conditions().at(-1),
	};
}

/** Waits until the assertion holds. */
export function until(assertion: () => void): Promise<void> {
	return vi.waitFor(assertion, {timeout: 5_000, interval: 2});
}
