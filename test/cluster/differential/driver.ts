import type {ApiClient, ApiRequest} from '../../../src/demo/api-client.ts';
import {newReplicaSetOf} from './model.ts';
import {annotated, type Deployment, desiredKey, hashKey, historyKey, type Kind, maxKey, type Pod, type ReplicaSet, revisionKey} from './objects.ts';
import type {Recording} from './recorder.ts';
import {isGated, podsOf, replicaSetsOf} from './settled.ts';

/** The condition that a scenario's pods wait for: the test makes them ready, one by one. */
export const gate = 'rollwatch.example/gate';

/** One thing that a person does to a Deployment, with the requests that kubectl sends for it. */
export type Action =
	| {readonly do: 'set-image'; readonly image: string}
	| {readonly do: 'scale'; readonly replicas: number}
	| {readonly do: 'pause'}
	| {readonly do: 'resume'}
	/** 0: the second-highest revision. */
	| {readonly do: 'undo'; readonly revision: number}
	| {readonly do: 'patch'; readonly patch: object};

/** Does things in one namespace and comes back when the recording has seen them. */
export interface Driver {
	/** False: kubectl would have refused, so nothing was sent. */
	readonly act: (name: string, action: Action) => Promise<boolean>;
	readonly create: (path: string, object: object) => Promise<void>;
	/** Opens the gates of so many pods of the present template; tells how many there were. */
	readonly open: (name: string, count: number) => Promise<number>;
	readonly remove: (name: string) => Promise<void>;
}

/** A driver for a namespace that exists. */
export function createDriver(client: ApiClient, recording: Recording, namespace: string): Driver {
	const deploymentPath = (name: string) => `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`;
	const deploymentOf = (name: string) => {
		const deployment = recording.state.deployments.get(name);
		if (deployment === undefined) throw new Error(`no Deployment ${name} in ${namespace}`);
		return deployment;
	};
	const send = async (kind: Kind, request: ApiRequest) => {
		const {metadata} = (await client.send(request)) as Deployment;
		const version = Number(metadata.resourceVersion);
		await recording.until(() => (recording.versionOf(kind, metadata.name) >= version ? undefined : `${kind} ${metadata.name} at ${version} is not seen`));
	};
	/** A quota counts what there is before it refuses anything. */
	const counted = async (path: string) => {
		const list = (await client.send({path})) as {items: readonly {status?: {used?: object}}[]};
		if (list.items.every(({status}) => status?.used !== undefined)) return;
		await new Promise(resolve => setTimeout(resolve, 100));
		await counted(path);
	};
	const openGate = (pod: Pod) =>
		send('pods', {
			method: 'PATCH',
			path: `/api/v1/namespaces/${namespace}/pods/${pod.metadata.name}/status`,
			contentType: 'application/strategic-merge-patch+json',
			body: {status: {conditions: [{type: gate, status: 'True', lastTransitionTime: pod.metadata.creationTimestamp}]}},
		});
	return {
		async act(name, action) {
			const deployment = deploymentOf(name);
			const patch = patchOf(action, deployment, replicaSetsOf(recording.state, deployment));
			if (patch === undefined) return false;
			await afterItsSecond(replicaSetsOf(recording.state, deployment));
			const contentType = Array.isArray(patch) ? 'application/json-patch+json' : 'application/strategic-merge-patch+json';
			await send('deployments', {method: 'PATCH', path: deploymentPath(name), contentType, body: patch});
			return true;
		},
		async create(path, object) {
			const request: ApiRequest = {method: 'POST', path: path.replace('NAMESPACE', namespace), body: object};
			if (path.endsWith('/deployments')) await send('deployments', request);
			else await client.send(request);
			if (path.endsWith('/resourcequotas')) await counted(request.path);
		},
		async open(name, count) {
			const deployment = deploymentOf(name);
			const current = newReplicaSetOf({deployment, replicaSets: replicaSetsOf(recording.state, deployment)});
			const pods = current === undefined ? [] : podsOf(recording.state, current).filter(isGated).slice(0, count);
			await Promise.all(pods.map(openGate));
			return pods.length;
		},
		async remove(name) {
			await client.send({method: 'DELETE', path: deploymentPath(name), query: {propagationPolicy: 'Background'}});
			await recording.until(({pods, replicasets}) =>
				pods.size + replicasets.size === 0 ? undefined : `${pods.size} pods, ${replicasets.size} ReplicaSets are left`,
			);
		},
	};
}

/** The API tells times in whole seconds, and ReplicaSets of the same one are ordered by their hash: each gets a second of its own. */
async function afterItsSecond(replicaSets: readonly ReplicaSet[]): Promise<void> {
	const newest = Math.max(0, ...replicaSets.map(({metadata}) => Date.parse(metadata.creationTimestamp)));
	const leftMs = newest + 1_000 - Date.now();
	if (leftMs > 0) await new Promise(resolve => setTimeout(resolve, leftMs));
}

function patchOf(action: Action, deployment: Deployment, replicaSets: readonly ReplicaSet[]): object | undefined {
	const isPaused = deployment.spec.paused === true;
	switch (action.do) {
		case 'set-image': {
			const containers = deployment.spec.template.spec.containers.map(({name}) => ({name, image: action.image}));
			return {spec: {template: {spec: {'$setElementOrder/containers': containers.map(({name}) => ({name})), containers}}}};
		}
		case 'scale':
			return {spec: {replicas: action.replicas}};
		case 'pause':
			return isPaused ? undefined : {spec: {paused: true}};
		case 'resume':
			return isPaused ? {spec: {paused: null}} : undefined;
		case 'undo':
			return isPaused ? undefined : undoPatch(action.revision, deployment, replicaSets);
		case 'patch':
			return action.patch;
	}
}

const keptByUndo = [revisionKey, historyKey, desiredKey, maxKey, 'kubectl.kubernetes.io/last-applied-configuration', 'deprecated.deployment.rollback.to'];

/** kubectl: rollback.go. */
function undoPatch(revision: number, deployment: Deployment, replicaSets: readonly ReplicaSet[]): object | undefined {
	const byRevision = replicaSets.toSorted((left, right) => annotated(right, revisionKey) - annotated(left, revisionKey));
	const target = revision === 0 ? byRevision[1] : byRevision.find(replicaSet => annotated(replicaSet, revisionKey) === revision);
	if (target === undefined || target === newReplicaSetOf({deployment, replicaSets})) return undefined;
	const {metadata, spec} = target.spec.template;
	const {[hashKey]: _hash, ...labels} = metadata.labels ?? {};
	const kept = Object.entries(deployment.metadata.annotations ?? {}).filter(([key]) => keptByUndo.includes(key));
	const restored = Object.entries(target.metadata.annotations ?? {}).filter(([key]) => !keptByUndo.includes(key));
	return [
		{op: 'replace', path: '/spec/template', value: {metadata: {...metadata, labels}, spec}},
		{op: 'replace', path: '/metadata/annotations', value: Object.fromEntries([...kept, ...restored])},
	];
}
