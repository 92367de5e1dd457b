import type {Condition, Deployment, Node, Pod, PodSpec, ReplicaSet, Service} from '../../../src/demo/controllers/kinds.ts';

/** The time in all tests of pure rules. */
export const now = Date.parse('2026-11-21T02:00:00Z');

/** A time in the API's format, some seconds before `now`. */
export function ago(seconds: number): string {
	return `${new Date(now - seconds * 1_000).toISOString().slice(0, 19)}Z`;
}

interface DeploymentTraits {
	readonly spec?: Partial<Deployment['spec']>;
	readonly status?: Deployment['status'];
	readonly annotations?: Readonly<Record<string, string>>;
	readonly generation?: number;
}

/** `web`, 25 %/25 %, generation 1. */
export function aDeployment({spec, status = {}, annotations = {}, generation = 1}: DeploymentTraits = {}): Deployment {
	return {
		apiVersion: 'apps/v1',
		kind: 'Deployment',
		metadata: {name: 'web', namespace: 'ns', uid: 'd', resourceVersion: '1', generation, creationTimestamp: ago(600), annotations},
		spec: {
			replicas: 4,
			selector: {matchLabels: {app: 'web'}},
			template: {metadata: {labels: {app: 'web'}}, spec: {containers: [{name: 'app'}]}},
			strategy: {type: 'RollingUpdate', rollingUpdate: {maxSurge: '25%', maxUnavailable: '25%'}},
			revisionHistoryLimit: 10,
			progressDeadlineSeconds: 600,
			...spec,
		},
		status,
	};
}

/** By its size, and how many of its pods exist and are available; by default all. */
export function aReplicaSet(
	name: string,
	replicas: number,
	traits: {status?: ReplicaSet['status']; annotations?: Readonly<Record<string, string>>; createdAgo?: number; generation?: number} = {},
): ReplicaSet {
	const {status = {replicas, readyReplicas: replicas, availableReplicas: replicas}, annotations = {}, createdAgo = 100, generation = 1} = traits;
	return {
		apiVersion: 'apps/v1',
		kind: 'ReplicaSet',
		metadata: {name, namespace: 'ns', uid: name, resourceVersion: '1', generation, creationTimestamp: ago(createdAgo), annotations, labels: {app: 'web'}},
		spec: {replicas, selector: {matchLabels: {app: 'web'}}, template: {metadata: {labels: {app: 'web'}}, spec: {containers: [{name: 'app'}]}}},
		status: {observedGeneration: generation, terminatingReplicas: 0, ...status},
	};
}

interface PodTraits {
	readonly node?: string;
	readonly phase?: string;
	/** Seconds ago; absent: not ready. */
	readonly readyAgo?: number;
	readonly createdAgo?: number;
	readonly restarts?: number;
	readonly ip?: string;
	readonly deleted?: boolean;
	readonly labels?: Readonly<Record<string, string>>;
	readonly annotations?: Readonly<Record<string, string>>;
	readonly uid?: string;
	readonly spec?: Partial<PodSpec>;
}

/** A running pod on `node-1`. */
export function aPod(name: string, traits: PodTraits = {}): Pod {
	const {
		node = 'node-1',
		phase = 'Running',
		readyAgo,
		createdAgo = 60,
		restarts = 0,
		ip,
		deleted = false,
		labels = {app: 'web'},
		annotations = {},
		uid = name,
		spec,
	} = traits;
	const ready: Condition = {type: 'Ready', status: readyAgo === undefined ? 'False' : 'True', lastTransitionTime: ago(readyAgo ?? createdAgo)};
	return {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {
			name,
			namespace: 'ns',
			uid,
			resourceVersion: '1',
			creationTimestamp: ago(createdAgo),
			labels,
			annotations,
			...(deleted && {deletionTimestamp: ago(-30), deletionGracePeriodSeconds: 30}),
		},
		spec: {...(node !== '' && {nodeName: node}), containers: [{name: 'app', ports: [{name: 'http', containerPort: 8080}]}], ...spec},
		status: {phase, conditions: [ready], containerStatuses: [{name: 'app', restartCount: restarts}], ...(ip !== undefined && {podIP: ip, podIPs: [{ip}]})},
	};
}

/** `web`, 80 → `http`. */
export function aService(spec: Partial<Service['spec']> = {}): Service {
	return {
		apiVersion: 'v1',
		kind: 'Service',
		metadata: {name: 'web', namespace: 'ns', uid: 's', resourceVersion: '1', creationTimestamp: ago(600), labels: {team: 'a'}},
		spec: {
			clusterIP: '10.96.0.5',
			ipFamilies: ['IPv4'],
			selector: {app: 'web'},
			ports: [{name: 'web', port: 80, protocol: 'TCP', targetPort: 'http'}],
			...spec,
		},
	};
}

/** With room for 110 pods, 4 cores, 8 GiB. */
export function aNode(
	name: string,
	traits: {spec?: Node['spec']; labels?: Readonly<Record<string, string>>; allocatable?: Readonly<Record<string, string>>} = {},
): Node {
	const {spec = {}, labels = {}, allocatable = {cpu: '4', memory: '8Gi', pods: '110'}} = traits;
	return {apiVersion: 'v1', kind: 'Node', metadata: {name, uid: name, resourceVersion: '1', creationTimestamp: ago(900), labels}, spec, status: {allocatable}};
}
