import {type ApiClient, type ApiConfig, createApiClient} from '../api-client.ts';
import {type Clock, systemClock} from '../clock.ts';
import {createEventRecorder} from '../event-recorder.ts';
import {follow} from '../follow.ts';
import {type Network, ownAddresses} from '../network.ts';
import {createPodNetwork} from '../services/pod-network.ts';
import {type ServiceDirectory, startServiceDirectory} from '../services/service-directory.ts';
import {shareJson} from '../share-json.ts';
import {type ApiPod, parsePod} from './api-pod.ts';
import {createContainerEvents} from './container-events.ts';
import {createImageStore} from './image-store.ts';
import {createIpPool, type IpPool} from './ip-pool.ts';
import {type KubeletServerOptions, startKubeletServer} from './kubelet-server.ts';
import type {Delays, NodeContext} from './node-context.ts';
import {keepNodeAlive} from './node-heartbeat.ts';
import {type Capacity, type NodeTaint, registerNode} from './node-object.ts';
import {PodWorker} from './pod-worker.ts';

/** How a node joins a cluster. */
export interface NodeOptions {
	/** A client that is given is shared, and stays open when the node stops. */
	readonly api: ApiConfig | ApiClient;
	readonly name: string;
	/** The node's own address, `hostIP` of its pods. */
	readonly ip: string;
	/** Where pods get their addresses from. Default: 10.244.1.2 … 10.244.1.254. */
	readonly ips?: IpPool;
	/** Where the addresses of pods and of the node lead. Default: they are the machine's own. */
	readonly network?: Network;
	/** What pods find Services by, given where nodes share it. Default: one of its own, once a pod connects anywhere. */
	readonly services?: ServiceDirectory;
	readonly capacity?: Partial<Capacity>;
	/** What it keeps pods away by (kubelet: --register-with-taints). Default: nothing. */
	readonly taints?: readonly NodeTaint[];
	readonly delays?: Partial<Delays>;
	/** The kubelet's server, for `kubectl logs`. Default: plain HTTP on port 10250 of the node, or none where addresses are the machine's own. */
	readonly kubeletServer?: KubeletServerOptions;
	readonly clock?: Clock;
	/** 0…1, for jitter. */
	readonly random?: () => number;
}

/** A node that runs. */
export interface RunningNode {
	readonly name: string;
	/** Ends all programs and gives back every socket and timer. The API keeps the node and its pods, as when a machine loses power. */
	readonly stop: () => Promise<void>;
}

const defaultDelays: Delays = {sandboxMs: 300, pullMs: 150, createMs: 40, startMs: 40, teardownMs: 250, relistMs: 1_000};
const defaultCapacity: Capacity = {cpu: '4', memory: '8Gi', pods: 110};

/** Joins the cluster. Comes back when the API knows the node and the scheduler may use it. */
export async function startNode(options: NodeOptions): Promise<RunningNode> {
	const {name, ip, clock = systemClock, network = ownAddresses, random = Math.random} = options;
	const api = 'send' in options.api ? options.api : createApiClient(options.api);
	const startedAt = clock.now();
	const life = new AbortController();
	const delays = {...defaultDelays, ...options.delays};
	const events = createContainerEvents(createEventRecorder(api, clock, {component: 'kubelet', host: name}, life.signal));
	const images = createImageStore(clock, events, delays.pullMs);
	const ips = options.ips ?? createIpPool('10.244.1');
	let services: ServiceDirectory | undefined;
	const directory = () => {
		services ??= options.services ?? startServiceDirectory({api, clock});
		return services;
	};
	const podNetwork = createPodNetwork({network, directory, clock, random});
	const pods = createPods({api, clock, nodeName: name, nodeIp: ip, startedAt, delays, events, images, ips, network, podNetwork, random});
	const kubeletServer = options.kubeletServer ?? (network === ownAddresses ? undefined : {});
	const server = kubeletServer === undefined ? undefined : await startKubeletServer({...kubeletServer, ip, network}, pods.find, clock);
	let living: Promise<unknown> = Promise.resolve();
	const stop = async () => {
		life.abort();
		await living;
		await pods.stop();
		if (services !== options.services) await services?.stop();
		await server?.close();
		if (api !== options.api) await api.close();
	};
	const facts = {name, ip, capacity: {...defaultCapacity, ...options.capacity}, startedAt, kubeletPort: server?.port, taints: options.taints ?? []};
	try {
		await registerNode(api, clock, facts, life.signal);
	} catch (error) {
		await stop();
		throw error;
	}
	const query = {fieldSelector: `spec.nodeName=${name}`};
	const following = follow({api, clock, signal: life.signal, path: '/api/v1/pods', query, onList: pods.replace, onChange: pods.change});
	living = Promise.all([following, keepNodeAlive({api, clock, facts, signal: life.signal})]);
	return {name, stop};
}

interface Pods {
	readonly replace: (objects: readonly unknown[]) => void;
	readonly change: (type: 'ADDED' | 'MODIFIED' | 'DELETED', object: unknown) => void;
	readonly find: (namespace: string, name: string) => PodWorker | undefined;
	readonly stop: () => Promise<void>;
}

/** The node's pods, one worker each. */
function createPods(node: NodeContext): Pods {
	const workers = new Map<string, {worker: PodWorker; running: Promise<void>}>();
	const start = (pod: ApiPod) => {
		const {uid} = pod.metadata;
		const worker = new PodWorker(pod, node);
		const running = worker.run().then(() => {
			workers.delete(uid);
			node.events.forget(uid);
			node.images.forget(uid);
		});
		workers.set(uid, {worker, running});
	};
	const observe = (seen: ApiPod) => {
		const known = workers.get(seen.metadata.uid);
		const pod = shareJson(seen, known?.worker.pod);
		if (known === undefined) start(pod);
		else known.worker.update(pod);
	};
	return {
		replace(objects) {
			const pods = objects.flatMap(object => parsePod(object) ?? []);
			const uids = new Set(pods.map(pod => pod.metadata.uid));
			for (const [uid, {worker}] of workers) if (!uids.has(uid)) worker.kill();
			for (const pod of pods) observe(pod);
		},
		change(type, object) {
			const pod = parsePod(object);
			if (pod === undefined) return;
			if (type === 'DELETED') workers.get(pod.metadata.uid)?.worker.kill();
			else observe(pod);
		},
		find: (namespace, name) => [...workers.values()].find(({worker: {pod}}) => pod.metadata.name === name && pod.metadata.namespace === namespace)?.worker,
		async stop() {
			for (const {worker} of workers.values()) worker.kill();
			await Promise.all([...workers.values()].map(({running}) => running));
		},
	};
}
