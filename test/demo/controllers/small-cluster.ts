import {startApiServer} from '../../../src/demo/api/start-api-server.ts';
import {type ApiClient, createApiClient} from '../../../src/demo/api-client.ts';
import type {ApiObject} from '../../../src/demo/api-object.ts';
import {apiTime} from '../../../src/demo/clock.ts';
import type {Pod} from '../../../src/demo/controllers/kinds.ts';
import {startControllers} from '../../../src/demo/controllers/start-controllers.ts';
import {createLoopbackNetwork} from '../../../src/demo/network.ts';
import {createManualClock, type ManualClock} from '../manual-clock.ts';

/** API server and controllers of the embedded cluster on a clock of the test's; the test plays the nodes. */
export interface SmallCluster {
	readonly clock: ManualClock;
	readonly api: ApiClient;
	readonly create: (path: string, object: object) => Promise<void>;
	readonly get: <T = ApiObject>(path: string) => Promise<T>;
	readonly list: <T = ApiObject>(path: string) => Promise<readonly T[]>;
	readonly patch: (path: string, body: object) => Promise<void>;
	readonly remove: (path: string, body?: object) => Promise<void>;
	/** A node with a heartbeat of now. */
	readonly addNode: (name: string, allocatable?: Readonly<Record<string, string>>) => Promise<void>;
	/** Makes all pods that have a node run, and ready if the test says so; ends those that are being deleted. */
	readonly playKubelet: (isReady?: (pod: Pod) => boolean) => Promise<void>;
	/** Lets time and kubelet go on until something holds. */
	readonly until: (holds: () => Promise<boolean>, isReady?: (pod: Pod) => boolean) => Promise<void>;
	/** Ends both; throws where a timer is left behind. */
	readonly stop: () => Promise<void>;
}

const strategic = 'application/strategic-merge-patch+json';
const allPods = '/api/v1/pods';

/** Starts both, with these nodes. */
export async function startSmallCluster(...nodes: readonly string[]): Promise<SmallCluster> {
	const clock = createManualClock();
	const token = 'admin';
	const server = await startApiServer({clock, network: createLoopbackNetwork(), users: [{name: 'admin', token, groups: ['system:masters']}]});
	const config = {server: server.url, token};
	const api = createApiClient(config);
	const controllers = await startControllers({api: config, clock, random: () => 0});
	const list = async <T>(path: string) => ((await api.send({path})) as {items: readonly T[]}).items;
	const patch = async (path: string, body: object) => void (await api.send({method: 'PATCH', path, body, contentType: strategic}));
	const playKubelet = async (isReady: (pod: Pod) => boolean = () => true) => {
		let serial = 0;
		for (const pod of await list<Pod>(allPods)) {
			const {namespace, name, deletionTimestamp} = pod.metadata;
			const path = `/api/v1/namespaces/${namespace}/pods/${name}`;
			if (pod.spec.nodeName === undefined) continue;
			if (deletionTimestamp !== undefined) await api.send({method: 'DELETE', path, body: {gracePeriodSeconds: 0}});
			else await report(path, pod, isReady(pod), `10.1.0.${serial++}`);
		}
	};
	const report = async (path: string, {status}: Pod, isReady: boolean, ip: string) => {
		const known = status?.conditions?.find(({type}) => type === 'Ready');
		const ready = isReady ? 'True' : 'False';
		const condition = {type: 'Ready', status: ready, lastTransitionTime: apiTime(clock.now())};
		if (known?.status !== ready || status?.phase !== 'Running')
			await patch(`${path}/status`, {status: {phase: 'Running', podIP: ip, podIPs: [{ip}], conditions: [condition]}});
	};
	const cluster: SmallCluster = {
		clock,
		api,
		list,
		patch,
		playKubelet,
		create: async (path, body) => void (await api.send({method: 'POST', path, body})),
		get: async <T>(path: string) => (await api.send({path})) as T,
		remove: async (path, body) => void (await api.send({method: 'DELETE', path, body})),
		async addNode(name, allocatable = {cpu: '4', memory: '8Gi', pods: '110'}) {
			const now = apiTime(clock.now());
			const conditions = [{type: 'Ready', status: 'True', lastHeartbeatTime: now, lastTransitionTime: now, reason: 'KubeletReady', message: ''}];
			await api.send({method: 'POST', path: '/api/v1/nodes', body: {apiVersion: 'v1', kind: 'Node', metadata: {name}}});
			await patch(`/api/v1/nodes/${name}/status`, {status: {allocatable, conditions}});
		},
		async until(holds, isReady) {
			for (let step = 0; step < 200; step++) {
				await clock.advance(50);
				if (await holds()) return;
				await playKubelet(isReady);
			}
			throw new Error('still not so after ten seconds');
		},
		async stop() {
			await controllers.stop();
			await api.close();
			await server.close();
			if (clock.pendingTimers() > 0) throw new Error(`${clock.pendingTimers()} timers are left behind`);
		},
	};
	for (const name of nodes) await cluster.addNode(name);
	return cluster;
}
