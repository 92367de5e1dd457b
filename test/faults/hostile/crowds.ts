import {parseK8sEvent} from '../../../src/cluster/parse/k8s-event.ts';
import {parsePod} from '../../../src/cluster/parse/pod.ts';
import {parseReplicaSet} from '../../../src/cluster/parse/replica-set.ts';
import {parseWorkload} from '../../../src/cluster/parse/workload.ts';
import {listed, type World} from './listed.ts';

const created = '2026-11-21T14:00:00Z';
const labels = {app: 'shop'};
const owned = (kind: string, name: string, uid: string) => ({ownerReferences: [{kind, name, uid, controller: true}]});
const metadata = (name: string, more: object = {}) => ({
	uid: `uid-${name}`,
	name,
	namespace: 'web',
	resourceVersion: '1',
	generation: 1,
	creationTimestamp: created,
	...more,
});
const template = (image: string) => ({metadata: {labels}, spec: {containers: [{name: 'app', image}]}});

function manyTexts(count: number, length: number): Readonly<Record<string, string>> {
	return Object.fromEntries(Array.from({length: count}, (_, index) => [`key-${index}`, 'x'.repeat(length)]));
}

export type Crowd = {
	readonly containers?: number;
	readonly labels?: number;
	readonly annotationBytes?: number;
	readonly replicaSets?: number;
	readonly events?: number;
};

/** A Deployment with more of something than anybody ever saw. */
export function crowdedWorld(crowd: Crowd): World {
	const annotations = {
		...(crowd.annotationBytes === undefined ? {} : manyTexts(2, crowd.annotationBytes)),
		'deployment.kubernetes.io/revision': '2',
		'kubernetes.io/change-cause': 'y'.repeat(crowd.annotationBytes ?? 1),
	};
	const own = {...labels, ...manyTexts(crowd.labels ?? 0, 60)};
	const deployment = {
		metadata: metadata('shop', {labels: own, annotations}),
		spec: {replicas: 3, selector: {matchLabels: labels}, template: {...template('app:v2'), metadata: {labels: own, annotations}}},
		status: {observedGeneration: 1, replicas: 3, updatedReplicas: 1, readyReplicas: 2, availableReplicas: 2, unavailableReplicas: 1},
	};
	const sets = Array.from({length: crowd.replicaSets ?? 2}, (_, index) => ({
		metadata: metadata(`shop-${index}`, {...owned('Deployment', 'shop', 'uid-shop'), annotations: {'deployment.kubernetes.io/revision': String(index + 1)}}),
		spec: {replicas: index < 2 ? 2 : 0, template: index === 0 ? deployment.spec.template : template(`app:v${index}`)},
		status: {replicas: index < 2 ? 2 : 0},
	}));
	const names = Array.from({length: crowd.containers ?? 1}, (_, index) => `container-${index}`);
	const pods = Array.from({length: 3}, (_, index) => ({
		metadata: metadata(`shop-0-${index}`, {...owned('ReplicaSet', 'shop-0', 'uid-shop-0'), labels: own}),
		spec: {containers: names.map(name => ({name, image: 'app:v2', readinessProbe: {httpGet: {path: '/', port: 80}}}))},
		status: {
			phase: 'Running',
			containerStatuses: names.map(name => ({name, ready: false, restartCount: 2, state: {waiting: {reason: 'CrashLoopBackOff', message: 'back-off'}}})),
		},
	}));
	const events = Array.from({length: crowd.events ?? 2}, (_, index) => ({
		metadata: metadata(`event-${index}`),
		involvedObject: {kind: 'Pod', name: `shop-0-${index % 3}`, uid: `uid-shop-0-${index % 3}`},
		type: 'Warning',
		reason: `Reason${index % 50}`,
		message: `message ${index}`,
		lastTimestamp: created,
	}));
	return {
		kind: 'Deployment',
		name: 'shop',
		at: Date.parse(created) + 60_000,
		lists: [
			listed('workloads', [deployment], parseWorkload),
			listed('revisions', sets, parseReplicaSet),
			listed('pods', pods, parsePod),
			listed('events', events, parseK8sEvent),
		],
	};
}
