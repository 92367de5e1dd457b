import type {Autoscaler} from '../../src/domain/autoscaler.ts';
import type {Condition} from '../../src/domain/condition.ts';
import type {DisruptionBudget} from '../../src/domain/disruption-budget.ts';
import type {JsonObject} from '../../src/domain/json.ts';
import type {K8sEvent} from '../../src/domain/k8s-event.ts';
import type {ContainerSpec, ContainerState, ContainerStatus, Pod, Probe, Termination} from '../../src/domain/pod.ts';
import type {ReplicaSet} from '../../src/domain/replica-set.ts';
import type {Service} from '../../src/domain/service.ts';
import type {Template} from '../../src/domain/template.ts';
import type {Deployment} from '../../src/domain/workload.ts';

/** Objects of a small cluster: Deployment `web` with uid `d`, its ReplicaSets and pods. Times are epoch ms from `start` on. */
export const start = Date.UTC(2026, 10, 21, 14, 0, 0);

export function template(image: string, more: JsonObject = {}): Template {
	const raw = {metadata: {labels: {app: 'web'}}, spec: {containers: [{name: 'app', image}]}, ...more};
	return {raw, images: [image], labels: {app: 'web'}};
}

export function withHash(plain: Template, hash: string): Template {
	return {...plain, raw: {...plain.raw, metadata: {...(plain.raw.metadata as JsonObject), labels: {app: 'web', 'pod-template-hash': hash}}}};
}

export function workload(change: Partial<Deployment> = {}): Deployment {
	const replicas = {desired: 3, current: 3, updated: 3, ready: 3, available: 3, unavailable: 0, terminating: 0};
	return {
		kind: 'Deployment',
		uid: 'd',
		name: 'web',
		namespace: 'prod',
		resourceVersion: '1',
		createdAt: start,
		deletedAt: undefined,
		labels: {},
		annotations: {},
		generation: 1,
		observedGeneration: 1,
		paused: false,
		revisionText: '1',
		selector: {matchLabels: {app: 'web'}},
		selectorQuery: 'app=web',
		template: template('app:v1'),
		strategy: {type: 'RollingUpdate', maxSurge: 1, maxUnavailable: 0},
		minReadySeconds: 0,
		progressDeadlineSeconds: 600,
		specReplicas: 3,
		conditions: [],
		...change,
		replicas: {...replicas, ...change.replicas},
	};
}

/** ReplicaSet of a revision; the letters of the name are its uid, too. */
export function replicaSet(name: string, revision: number | undefined, image: string, change: Partial<ReplicaSet> = {}): ReplicaSet {
	const annotations = {...(revision === undefined ? {} : {'deployment.kubernetes.io/revision': `${revision}`}), ...change.annotations};
	return {
		kind: 'ReplicaSet',
		uid: name,
		name,
		namespace: 'prod',
		resourceVersion: '1',
		createdAt: start + (revision ?? 0) * 60_000,
		deletedAt: undefined,
		ownerUid: 'd',
		template: withHash(template(image), name),
		minReadySeconds: 0,
		desired: 0,
		current: 0,
		ready: 0,
		available: 0,
		terminating: 0,
		conditions: [],
		revisionText: annotations['deployment.kubernetes.io/revision'],
		...change,
		annotations,
	};
}

export function condition(type: string, status: string, more: Partial<Condition> = {}): Condition {
	return {type, status, reason: '', message: '', lastTransitionAt: undefined, lastUpdateAt: undefined, ...more};
}

export const running: ContainerState = {kind: 'running', startedAt: start};

export function waitingFor(reason: string, message = ''): ContainerState {
	return {kind: 'waiting', reason, message};
}

export function termination(change: Partial<Termination> = {}): Termination {
	return {exitCode: 1, signal: 0, reason: 'Error', message: '', startedAt: start, finishedAt: start + 1000, ...change};
}

export function ended(change: Partial<Termination> = {}): ContainerState {
	return {kind: 'terminated', ...termination(change)};
}

export function status(state: ContainerState, change: Partial<ContainerStatus> = {}): ContainerStatus {
	return {name: 'app', image: 'app:v1', ready: false, started: undefined, restartCount: 0, state, lastTermination: undefined, ...change};
}

/** A probe with the API's defaults. */
export function probe(text: string, change: Partial<Probe> = {}): Probe {
	return {text, initialDelaySeconds: 0, periodSeconds: 10, timeoutSeconds: 1, successThreshold: 1, failureThreshold: 3, ...change};
}

/** Container `app` without a probe. */
export function containerSpec(change: Partial<ContainerSpec> = {}): ContainerSpec {
	return {
		name: 'app',
		image: 'app:v1',
		sidecar: false,
		readinessProbe: undefined,
		livenessProbe: undefined,
		startupProbe: undefined,
		memoryLimit: undefined,
		ports: [],
		...change,
	};
}

/** A running pod of ReplicaSet `owner`, ready or not. */
export function pod(name: string, owner: string | undefined, isReady: boolean, change: Partial<Pod> = {}): Pod {
	return {
		uid: name,
		name,
		namespace: 'prod',
		resourceVersion: '1',
		createdAt: start,
		deletedAt: undefined,
		deletionGraceSeconds: undefined,
		finalizers: [],
		ownerUid: owner,
		labels: {app: 'web'},
		nodeName: 'node-1',
		ip: '10.1.0.1',
		phase: 'Running',
		reason: '',
		message: '',
		conditions: [condition('Ready', isReady ? 'True' : 'False', {lastTransitionAt: start})],
		schedulingGates: [],
		initContainers: [],
		containers: [containerSpec({readinessProbe: probe('GET :8080/')})],
		initContainerStatuses: [],
		containerStatuses: [status(running, {ready: isReady})],
		...change,
	};
}

export function k8sEvent(reason: string, message: string, change: Partial<K8sEvent> = {}): K8sEvent {
	return {
		uid: `${reason} ${message}`,
		resourceVersion: '1',
		type: 'Normal',
		reason,
		message,
		count: 1,
		firstAt: start,
		lastAt: start,
		source: 'kubelet',
		object: {kind: 'Pod', name: 'web-b-1', uid: 'web-b-1'},
		...change,
	};
}

/** The Service that selects the workload's pods. */
export function service(change: Partial<Service> = {}): Service {
	return {
		uid: 's',
		name: 'web',
		namespace: 'prod',
		resourceVersion: '1',
		type: 'ClusterIP',
		clusterIp: '10.96.0.9',
		sessionAffinity: 'None',
		selector: {app: 'web'},
		ports: [],
		...change,
	};
}

/** Keeps `web` between 2 and 9 pods. */
export function autoscaler(change: Partial<Autoscaler> = {}): Autoscaler {
	return {
		uid: 'h',
		name: 'hpa',
		resourceVersion: '1',
		kind: 'Deployment',
		workload: 'web',
		min: 2,
		max: 9,
		current: 3,
		desired: 3,
		lastScaleAt: undefined,
		...change,
	};
}

/** Lets none of the pods of `web` be evicted, ever. */
export function disruptionBudget(change: Partial<DisruptionBudget> = {}): DisruptionBudget {
	const selector = {matchLabels: {app: 'web'}};
	return {uid: 'p', name: 'pdb', resourceVersion: '1', selector, allowed: 0, healthy: 3, neededHealthy: 3, expected: 3, ...change};
}
