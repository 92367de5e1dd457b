import {type ApiClient, ApiError} from '../api-client.ts';
import {apiTime, type Clock, sleep} from '../clock.ts';

/** How much fits on a node; the scheduler reads it, nobody enforces it. */
export interface Capacity {
	readonly cpu: string;
	readonly memory: string;
	readonly pods: number;
}

/** What keeps pods away from a node, unless they tolerate it. */
export interface NodeTaint {
	readonly key: string;
	readonly effect: string;
}

/** What the node says about itself. */
export interface NodeFacts {
	readonly name: string;
	readonly ip: string;
	readonly capacity: Capacity;
	/** Epoch milliseconds. */
	readonly startedAt: number;
	/** Where `kubectl logs` is answered; undefined if nowhere. */
	readonly kubeletPort: number | undefined;
	readonly taints: readonly NodeTaint[];
}

/** Tells the API that the node is here and takes pods, for as long as it takes to be heard. */
export async function registerNode(api: ApiClient, clock: Clock, facts: NodeFacts, signal: AbortSignal): Promise<void> {
	while (!signal.aborted) {
		try {
			await register(api, facts, apiTime(clock.now()), signal);
			return;
		} catch (error) {
			if (error instanceof ApiError && error.status < 429) throw error;
			await sleep(clock, 500, signal);
		}
	}
}

/** Tells again how the node is. */
export async function reportNode(api: ApiClient, clock: Clock, facts: NodeFacts, signal: AbortSignal): Promise<void> {
	const body = {status: nodeStatus(facts, apiTime(clock.now()))};
	await api.send({method: 'PATCH', path: `/api/v1/nodes/${facts.name}/status`, body, contentType: 'application/strategic-merge-patch+json', signal});
}

async function register(api: ApiClient, facts: NodeFacts, now: string, signal: AbortSignal): Promise<void> {
	const {name, taints} = facts;
	const status = nodeStatus(facts, now);
	const labels = {'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': process.arch === 'x64' ? 'amd64' : process.arch};
	try {
		await api.send({method: 'POST', path: '/api/v1/nodes', body: {apiVersion: 'v1', kind: 'Node', metadata: {name, labels}, status}, signal});
	} catch (error) {
		if (!(error instanceof ApiError) || error.status !== 409) throw error;
		await api.send({method: 'PATCH', path: `/api/v1/nodes/${name}/status`, body: {status}, contentType: 'application/merge-patch+json', signal});
	}
	// Admission taints a new node, and it is the node-lifecycle controller that would remove that; where it does not run, we do.
	await api.send({
		method: 'PATCH',
		path: `/api/v1/nodes/${name}`,
		body: {spec: {taints: taints.length === 0 ? null : taints}},
		contentType: 'application/merge-patch+json',
		signal,
	});
}

function nodeStatus({name, ip, capacity, kubeletPort, startedAt}: NodeFacts, now: string): object {
	const condition = (type: string, status: string, reason: string, message: string) => ({
		type,
		status,
		reason,
		message,
		lastHeartbeatTime: now,
		lastTransitionTime: apiTime(startedAt),
	});
	const resources = {cpu: capacity.cpu, memory: capacity.memory, pods: String(capacity.pods), 'ephemeral-storage': '100Gi'};
	return {
		capacity: resources,
		allocatable: resources,
		conditions: [
			condition('MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'),
			condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'),
			condition('PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'),
			condition('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'),
		],
		// No Hostname address: the API server would prefer it for logs, and there is no DNS for it.
		addresses: [{type: 'InternalIP', address: ip}],
		...(kubeletPort === undefined ? {} : {daemonEndpoints: {kubeletEndpoint: {Port: kubeletPort}}}),
		nodeInfo: {
			architecture: process.arch === 'x64' ? 'amd64' : process.arch,
			bootID: name,
			containerRuntimeVersion: 'rollwatch://1',
			kernelVersion: process.version,
			kubeProxyVersion: '',
			kubeletVersion: 'v1.36.3',
			machineID: name,
			operatingSystem: 'linux',
			osImage: 'rollwatch demo',
			systemUUID: name,
		},
	};
}
