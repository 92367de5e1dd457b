import {getEventListeners, setMaxListeners} from 'node:events';
import {takeInto} from '../../../src/cluster/follow/part.ts';
import {defaultPolicy, type InformerPolicy} from '../../../src/cluster/informer/policy.ts';
import type {StreamEvent} from '../../../src/cluster/informer/source.ts';
import {runInformer} from '../../../src/cluster/informer.ts';
import {parsePod} from '../../../src/cluster/parse/pod.ts';
import type {Pod} from '../../../src/domain/pod.ts';
import type {StreamCondition} from '../../../src/domain/stream.ts';
import {createTestTime, type TestTime} from '../harness/test-time.ts';
import {ModelServer} from './model-server.ts';

/** One followed stream as the screen would have it. */
export type Seen = {
	readonly path: string;
	readonly pods: Map<string, Pod>;
	readonly conditions: StreamCondition[];
	readonly versions: () => ReadonlyMap<string, string>;
};

export type Rig = {
	readonly server: ModelServer;
	readonly time: TestTime;
	readonly seen: readonly Seen[];
	/** Lets so much time pass, in small steps between which all that can happen does. */
	pass(ms: number, each?: () => void): Promise<void>;
	/** Ends all; gives what is left behind. */
	stop(): Promise<{timers: number; listeners: number; watches: number}>;
};

const stepMs = 250;

/** All that needs no time happens. */
async function settle(): Promise<void> {
	for (let turn = 0; turn < 4; turn += 1) await new Promise(resolve => setImmediate(resolve));
}

/** Several informers on one connection to a server in the memory, in time that only passes here. */
export async function createRig(streams: number, random: () => number = () => 0, policy: Partial<InformerPolicy> = {}): Promise<Rig> {
	const server = new ModelServer();
	const time = createTestTime();
	const stop = new AbortController();
	setMaxListeners(0, stop.signal);
	const seen = Array.from({length: streams}, (_, index): Seen => {
		const own: Seen = {
			path: `/api/v1/namespaces/ns${index}/pods`,
			pods: new Map(),
			conditions: [],
			versions: () => new Map([...own.pods.values()].map(pod => [pod.uid, pod.resourceVersion])),
		};
		return own;
	});
	const take = (own: Seen) => (event: StreamEvent<'pods'>) => {
		if (event.type === 'listed' || event.type === 'changed') takeInto(own.pods, event);
		else if (event.type === 'stream-changed') own.conditions.push(event.condition);
	};
	const running = seen.map(own =>
		runInformer({
			connection: server,
			stream: 'pods',
			path: own.path,
			parse: parsePod,
			emit: take(own),
			signal: stop.signal,
			policy: {...defaultPolicy, ...time.policy, random, ...policy},
		}),
	);
	await settle();
	return {
		server,
		time,
		seen,
		async pass(ms, each) {
			for (let left = ms; left > 0; left -= stepMs) {
				time.pass(Math.min(stepMs, left));
				await settle();
				each?.();
			}
		},
		async stop() {
			stop.abort();
			await Promise.all(running);
			await settle();
			return {timers: time.pending().length, listeners: getEventListeners(stop.signal, 'abort').length, watches: server.openWatches};
		},
	};
}
