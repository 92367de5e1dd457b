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
	/** Requests so far, in words: `list 0`, `watch 100`, `check` for a list of nothing. */
	asked(): readonly string[];
	conditions(): readonly StreamCondition['kind'][];
	lastCondition(): StreamCondition | undefined;
};

const isCheck = ({query}: Received) => query.limit === '1';

function wordsOf(request: Received): string {
	const {path, query} = request;
	if (path === '/version') return 'pulse';
	if (isCheck(request)) return 'check';
	if (query.watch === 'true') return `watch ${query.resourceVersion}`;
	return query.continue === undefined ? `list ${query.resourceVersion ?? 'newest'}` : `list after ${query.continue}`;
}

export type Script = {
	readonly lists?: readonly Answer[];
	readonly watches?: readonly Answer[];
	/** To the question which version the server has. */
	readonly checks?: readonly Answer[];
	/** To the question whether the server is there. */
	readonly pulses?: readonly Answer[];
	readonly policy?: Partial<InformerPolicy>;
};

const farAhead: Answer = response => answerJson(response, listJson([], '100000'));
const version: Answer = response => answerJson(response, {gitVersion: 'v1.36.3'});

/** An informer of pods on a server that gives one answer of each kind after the other from the scripts; the last ones again and again. */
export async function followPods(script: Script): Promise<Followed> {
	const {lists = [emptyList], watches = [quietWatch], checks = [farAhead], pulses = [version]} = script;
	const given = new Map<readonly Answer[], number>();
	const answersTo = (request: Received) => {
		if (request.path === '/version') return pulses;
		if (request.query.watch === 'true') return watches;
		return isCheck(request) ? checks : lists;
	};
	const server = await startApiServer((request, response) => {
		const answers = answersTo(request);
		const count = given.get(answers) ?? 0;
		given.set(answers, count + 1);
		answers[Math.min(count, answers.length - 1)]?.(response, request);
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
		// Nobody asks whether the server is there, unless the test is about that.
		policy: {...time.policy, pulseAfterMs: Number.POSITIVE_INFINITY, ...script.policy},
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
	return vi.waitFor(assertion, {timeout: 30_000, interval: 2});
}
