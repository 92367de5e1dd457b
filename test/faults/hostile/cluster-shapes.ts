import type {Autoscaler} from '../../../src/domain/autoscaler.ts';
import type {Condition} from '../../../src/domain/condition.ts';
import type {DisruptionBudget} from '../../../src/domain/disruption-budget.ts';
import type {K8sEvent} from '../../../src/domain/k8s-event.ts';
import type {HttpRouteMatch, IngressPath, Listener, NodePlace} from '../../../src/domain/mix/route-facts.ts';
import type {ContainerSpec, ContainerState, ContainerStatus, Pod, Probe, Termination} from '../../../src/domain/pod.ts';
import type {ReplicaSet} from '../../../src/domain/replica-set.ts';
import type {EndpointSlice, Service} from '../../../src/domain/service.ts';
import type {Template} from '../../../src/domain/template.ts';
import {count, either, flag, list, literal, maybe, number, object, port, type Shape, shown, stored, text, textMap, time, variants} from './shape.ts';

export const condition: Shape<Condition> = object<Condition>({
	type: text,
	status: shown,
	reason: shown,
	message: shown,
	lastTransitionAt: maybe(time),
	lastUpdateAt: maybe(time),
});

export const template: Shape<Template> = object<Template>({raw: stored, images: list(shown), labels: textMap});

const terminated = {exitCode: number, signal: number, reason: shown, message: shown, startedAt: maybe(time), finishedAt: maybe(time)};
const state: Shape<ContainerState> = variants<ContainerState, 'kind'>('kind', {
	none: object<{kind: 'none'}>({kind: literal('none')}),
	waiting: object<Extract<ContainerState, {kind: 'waiting'}>>({kind: literal('waiting'), reason: shown, message: shown}),
	running: object<Extract<ContainerState, {kind: 'running'}>>({kind: literal('running'), startedAt: maybe(time)}),
	terminated: object<Extract<ContainerState, {kind: 'terminated'}>>({kind: literal('terminated'), ...terminated}),
});
const containerStatus = object<ContainerStatus>({
	name: shown,
	image: shown,
	ready: flag,
	started: maybe(flag),
	restartCount: count,
	state,
	lastTermination: maybe(object<Termination>(terminated)),
});
const probe = object<Probe>({
	text: shown,
	initialDelaySeconds: count,
	periodSeconds: count,
	timeoutSeconds: count,
	successThreshold: count,
	failureThreshold: count,
});
const container = object<ContainerSpec>({
	name: shown,
	image: shown,
	sidecar: flag,
	readinessProbe: maybe(probe),
	livenessProbe: maybe(probe),
	startupProbe: maybe(probe),
	memoryLimit: maybe(shown),
	ports: list(object<ContainerSpec['ports'][number]>({name: shown, port, protocol: shown})),
});

const named = {uid: text, name: text, resourceVersion: text};
/** What most objects keep of their metadata. */
export const metadata = {...named, namespace: text, createdAt: maybe(time), deletedAt: maybe(time)};

export const pod: Shape<Pod> = object<Pod>({
	...metadata,
	ownerUid: maybe(text),
	labels: textMap,
	deletionGraceSeconds: maybe(count),
	finalizers: list(shown),
	nodeName: maybe(shown),
	pinnedTo: maybe(text),
	ip: maybe(text),
	phase: shown,
	reason: shown,
	message: shown,
	conditions: list(condition),
	schedulingGates: list(shown),
	initContainers: list(container),
	containers: list(container),
	initContainerStatuses: list(containerStatus),
	containerStatuses: list(containerStatus),
});

export const replicaSet: Shape<ReplicaSet> = object<ReplicaSet>({
	...metadata,
	kind: literal('ReplicaSet', 'ControllerRevision'),
	ownerUid: maybe(text),
	annotations: textMap,
	revisionText: maybe(text),
	formerNumbers: maybe(list(number)),
	template,
	minReadySeconds: count,
	desired: count,
	current: count,
	ready: count,
	available: count,
	terminating: maybe(count),
	conditions: list(condition),
});

export const k8sEvent: Shape<K8sEvent> = object<K8sEvent>({
	uid: text,
	resourceVersion: text,
	type: shown,
	reason: shown,
	message: shown,
	count,
	firstAt: maybe(time),
	lastAt: maybe(time),
	source: shown,
	object: object<K8sEvent['object']>({kind: shown, name: shown, uid: text}),
});

export const service: Shape<Service> = object<Service>({
	...named,
	namespace: text,
	type: shown,
	clusterIp: maybe(text),
	sessionAffinity: shown,
	selector: textMap,
	ports: list(object<Service['ports'][number]>({name: shown, port, protocol: shown, targetPort: maybe(either(port, text)), nodePort: maybe(port)})),
});

export const endpointSlice: Shape<EndpointSlice> = object<EndpointSlice>({
	...named,
	serviceName: text,
	addressType: shown,
	endpoints: list(
		object<EndpointSlice['endpoints'][number]>({
			addresses: list(text),
			podUid: maybe(text),
			podName: maybe(text),
			ready: flag,
			serving: flag,
			terminating: flag,
		}),
	),
});

export const autoscaler: Shape<Autoscaler> = object<Autoscaler>({
	...named,
	kind: shown,
	workload: text,
	min: count,
	max: count,
	current: count,
	desired: count,
	lastScaleAt: maybe(time),
});

export const disruptionBudget: Shape<DisruptionBudget> = object<DisruptionBudget>({
	...named,
	selector: maybe(stored),
	allowed: count,
	healthy: count,
	neededHealthy: count,
	expected: count,
});

const headers = list(object<{readonly name: string; readonly value: string}>({name: shown, value: shown}));

export const ingressPaths: Shape<readonly IngressPath[]> = list(
	object<IngressPath>({
		ingress: text,
		host: shown,
		path: shown,
		tls: flag,
		service: text,
		addresses: list(shown),
		port: maybe(port),
		canary: maybe(
			object<NonNullable<IngressPath['canary']>>({
				weight: maybe(number),
				header: maybe(object<{readonly name: string; readonly value: string}>({name: shown, value: shown})),
			}),
		),
	}),
);

export const listeners: Shape<readonly Listener[]> = list(
	object<Listener>({gateway: text, name: text, host: shown, port, https: flag, addresses: list(shown)}),
);

export const httpRoute: Shape<readonly HttpRouteMatch[]> = list(
	object<HttpRouteMatch>({
		route: text,
		hosts: list(shown),
		path: shown,
		headers,
		backends: list(object<HttpRouteMatch['backends'][number]>({service: text, weight: count})),
		parents: list(object<HttpRouteMatch['parents'][number]>({gateway: text, listener: maybe(text)})),
	}),
);

export const nodePlaces: Shape<readonly NodePlace[]> = list(object<NodePlace>({node: text, address: shown, external: flag, ready: flag}));
