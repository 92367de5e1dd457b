import {afterEach, beforeEach, expect} from 'vitest';
import {type ApiClient, ApiError, type ApiRequest} from '../../../src/demo/api-client.ts';
import {createEventRecorder} from '../../../src/demo/event-recorder.ts';
import {createLoopbackNetwork} from '../../../src/demo/network.ts';
import type {ApiPod} from '../../../src/demo/node/api-pod.ts';
import {createContainerEvents} from '../../../src/demo/node/container-events.ts';
import {createImageStore} from '../../../src/demo/node/image-store.ts';
import type {Delays, NodeContext} from '../../../src/demo/node/node-context.ts';
import type {PodStatus} from '../../../src/demo/node/pod-status.ts';
import {PodWorker} from '../../../src/demo/node/pod-worker.ts';
import {createManualClock, type ManualClock} from '../manual-clock.ts';

export interface RecordedEvent {
	readonly type: string;
	readonly reason: string;
	readonly message: string;
	count: number;
}

/** A node with time in the test's hands and an API server that only writes down what it is told. */
export interface TestNode {
	readonly clock: ManualClock;
	readonly node: NodeContext;
	readonly statuses: PodStatus[];
	readonly events: RecordedEvent[];
	readonly deleted: object[];
	/** Starts a pod as if it had just been bound. */
	readonly run: (pod: Omit<ApiPod, 'status'>, status?: PodStatus) => PodWorker;
	/** As `kubectl delete pod`. */
	readonly remove: (worker: PodWorker, graceSeconds?: number) => void;
	readonly stop: () => Promise<void>;
}

/** Each call is a node of its own on loopback addresses. */
export function createTestNode(delays: Partial<Delays> = {}): TestNode {
	const clock = createManualClock();
	const statuses: PodStatus[] = [];
	const events: RecordedEvent[] = [];
	const deleted: object[] = [];
	const named = new Map<string, RecordedEvent>();
	const life = new AbortController();
	const running: {worker: PodWorker; end: Promise<void>}[] = [];

	const send = async ({method, path, body}: ApiRequest): Promise<unknown> => {
		if (path.endsWith('/status')) statuses.push(applied(body as StatusPatch));
		else if (method === 'POST') recordNew(body as RecordedEvent & {metadata: {name: string}});
		else if (method === 'PATCH') Object.assign(named.get(path.slice(path.lastIndexOf('/') + 1)) ?? {}, body);
		else if (method === 'DELETE') deleted.push(body as object);
		else throw new ApiError(404, 'NotFound', `there is no ${path}`);
		return {};
	};
	const recordNew = ({metadata, type, reason, message, count}: RecordedEvent & {metadata: {name: string}}) => {
		const event = {type, reason, message, count};
		events.push(event);
		named.set(metadata.name, event);
	};
	const api: ApiClient = {
		send,
		async *stream() {
			yield* [];
		},
		close: async () => undefined,
	};
	const recorder = createContainerEvents(createEventRecorder(api, clock, {component: 'kubelet', host: 'node-1'}, life.signal));
	let lastHost = 1;
	const node: NodeContext = {
		api,
		clock,
		nodeName: 'node-1',
		nodeIp: '172.30.0.10',
		startedAt: clock.now(),
		delays: {sandboxMs: 500, pullMs: 80, createMs: 30, startMs: 50, teardownMs: 300, relistMs: 1_000, ...delays},
		events: recorder,
		images: createImageStore(clock, recorder, delays.pullMs ?? 80),
		ips: {allocate: () => `10.244.1.${++lastHost}`, release: () => undefined},
		network: createLoopbackNetwork(),
		podNetwork: {route: async (_client, ip) => ({kind: 'refused', ip})},
		random: () => 0.2,
	};
	return {
		clock,
		node,
		statuses,
		events,
		deleted,
		run(pod, status = {}) {
			const scheduled = {type: 'PodScheduled', status: 'True', lastProbeTime: null, lastTransitionTime: '2026-11-21T02:00:00Z'} as const;
			const worker = new PodWorker({...pod, metadata: {generation: 1, ...pod.metadata}, status: {phase: 'Pending', conditions: [scheduled], ...status}}, node);
			running.push({worker, end: worker.run()});
			return worker;
		},
		remove(worker, graceSeconds = 30) {
			const {metadata} = worker.pod;
			const deletionTimestamp = new Date(clock.now() + graceSeconds * 1_000).toISOString();
			worker.update({...worker.pod, metadata: {...metadata, generation: 2, deletionTimestamp, deletionGracePeriodSeconds: graceSeconds}});
		},
		async stop() {
			life.abort();
			for (const {worker} of running) worker.kill();
			await Promise.all(running.map(({end}) => end));
		},
	};
}

type StatusPatch = {readonly status: PodStatus & {readonly '$setElementOrder/conditions': readonly {readonly type: string}[]}};

/** What the API server makes of a strategic merge patch, as far as a kubelet's go. */
function applied({status}: StatusPatch): PodStatus {
	const {'$setElementOrder/conditions': order, conditions = [], ...rest} = status;
	const withoutNulls = conditions.map(condition =>
		Object.fromEntries(Object.entries(condition).filter(([name, value]) => value !== null || name === 'lastProbeTime')),
	);
	const sorted = order.flatMap(({type}) => withoutNulls.filter(condition => condition.type === type));
	return JSON.parse(JSON.stringify({...rest, conditions: sorted}));
}

/** A node for each test of the file, which must leave no timer behind. */
export function withTestNode(take: (node: TestNode) => void): void {
	let node: TestNode;
	beforeEach(() => {
		node = createTestNode();
		take(node);
	});
	afterEach(async () => {
		await node.stop();
		expect(node.clock.pendingTimers()).toBe(0);
	});
}
