import type {Endpoint, EndpointSlice, Service} from '../../src/domain/service.ts';
import type {Deployment, Workload} from '../../src/domain/workload.ts';
import type {Event} from '../../src/store/event.ts';
import {reduce} from '../../src/store/reduce.ts';
import {initialState, type State} from '../../src/store/state.ts';
import {pod, replicaSet, start, template, workload} from '../domain/cluster-objects.ts';

/** Two Deployments behind one Service: `web-old` with two pods of v1, `web-new` with one of v2, as events and as the state that they make. */
export const target = {context: 'eu', server: 'https://cluster', namespace: 'prod', kind: 'Service', name: 'shop'} as const;
export const now = start + 60_000;

export const service: Service = {
	uid: 's',
	name: 'shop',
	namespace: 'prod',
	resourceVersion: '7',
	type: 'NodePort',
	clusterIp: '10.96.0.9',
	sessionAffinity: 'None',
	selector: {app: 'web'},
	ports: [{name: '', port: 80, protocol: 'TCP', targetPort: 8080, nodePort: 31180}],
};

function side(name: string, labels: Record<string, string>, image: string, desired: number, change: Partial<Deployment>): Workload {
	const replicas = {desired, current: desired, updated: desired, ready: desired, available: desired, unavailable: 0, terminating: 0};
	return workload({uid: name, name, template: {...template(image), labels}, replicas, specReplicas: desired, ...change});
}

export const oldSide = (change: Partial<Deployment> = {}) => side('web-old', {app: 'web'}, 'app:v1', 2, change);
export const newSide = (change: Partial<Deployment> = {}) => side('web-new', {app: 'web', version: 'v2'}, 'app:v2', 1, change);

export function endpoint(podUid: string, change: Partial<Endpoint> = {}): Endpoint {
	return {addresses: [`10.1.0.${podUid.length}`], podUid, podName: podUid, ready: true, serving: true, terminating: false, ...change};
}

export function slice(...endpoints: readonly Endpoint[]): EndpointSlice {
	const resourceVersion = JSON.stringify(endpoints);
	return {uid: 'e', name: 'shop-x', resourceVersion, serviceName: 'shop', addressType: 'IPv4', endpoints};
}

export const listed = {
	services: (...items: readonly Service[]): Event => ({type: 'listed', stream: 'services', items, at: now}),
	workloads: (...items: readonly Workload[]): Event => ({type: 'listed', stream: 'workloads', items, at: now}),
	endpoints: (...endpoints: readonly Endpoint[]): Event => ({type: 'listed', stream: 'endpointslices', items: [slice(...endpoints)], at: now}),
};

const oldLabels = {app: 'web'};
const newLabels = {app: 'web', version: 'v2'};
export const oldPods = ['a', 'b'].map(letter => pod(`web-old-h1-${letter}`, 'web-old-h1', true, {labels: oldLabels}));
export const newPods = [pod('web-new-h2-c', 'web-new-h2', true, {labels: newLabels})];

const objects: readonly Event[] = [
	listed.services(service),
	listed.workloads(oldSide(), newSide()),
	{
		type: 'listed',
		stream: 'revisions',
		items: [
			replicaSet('web-old-h1', 1, 'app:v1', {ownerUid: 'web-old', desired: 2, current: 2, ready: 2, available: 2}),
			replicaSet('web-new-h2', 1, 'app:v2', {ownerUid: 'web-new', desired: 1, current: 1, ready: 1, available: 1}),
		],
		at: now,
	},
	{type: 'listed', stream: 'pods', items: [...oldPods, ...newPods], at: now},
	{type: 'listed', stream: 'events', items: [], at: now},
	listed.endpoints(...[...oldPods, ...newPods].map(({uid}) => endpoint(uid))),
	...(['services', 'workloads', 'revisions', 'pods', 'events', 'endpointslices'] as const).map(
		(stream): Event => ({type: 'stream-changed', stream, condition: {kind: 'live', since: now}}),
	),
];

/** The state after all was listed, and these events. */
export function stateAfter(...events: readonly Event[]): State {
	return [...objects, ...events].reduce(reduce, initialState(target, now, 60));
}
