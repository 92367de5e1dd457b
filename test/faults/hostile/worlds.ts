import {readdirSync} from 'node:fs';
import {parseAutoscaler} from '../../../src/cluster/parse/autoscaler.ts';
import {parseControllerRevision} from '../../../src/cluster/parse/controller-revision.ts';
import {parseDaemonSet} from '../../../src/cluster/parse/daemon-set.ts';
import {parseDisruptionBudget} from '../../../src/cluster/parse/disruption-budget.ts';
import {parseEndpointSlice} from '../../../src/cluster/parse/endpoint-slice.ts';
import {parseK8sEvent} from '../../../src/cluster/parse/k8s-event.ts';
import {parsePod} from '../../../src/cluster/parse/pod.ts';
import {parseReplicaSet} from '../../../src/cluster/parse/replica-set.ts';
import {parseRevisionedPod} from '../../../src/cluster/parse/revisioned-pod.ts';
import {parseService} from '../../../src/cluster/parse/service.ts';
import {parseStatefulSet} from '../../../src/cluster/parse/stateful-set.ts';
import {parseWorkload} from '../../../src/cluster/parse/workload.ts';
import {recordedSituation} from '../../recorded-situation.ts';
import {type Listed, listed, type World} from './listed.ts';
import {argo, release} from './progressive-worlds.ts';

type Named = {readonly metadata?: {readonly name?: string; readonly uid?: string; readonly labels?: object}};

const situations = new URL('../../fixtures/situations/', import.meta.url);

function beside(name: string, labels: object, pods: readonly object[]): readonly Listed[] {
	const metadata = {uid: `uid-${name}`, name, namespace: 'web', resourceVersion: '1', labels: {'kubernetes.io/service-name': name}};
	const endpoints = pods.map(pod => ({
		addresses: ['10.0.0.1'],
		conditions: {ready: true},
		targetRef: {kind: 'Pod', name: (pod as Named).metadata?.name, uid: (pod as Named).metadata?.uid},
	}));
	return [
		listed('services', [{metadata, spec: {selector: labels, ports: [{name: 'http', port: 80, targetPort: 8080}]}}], parseService),
		listed('endpointslices', [{metadata, addressType: 'IPv4', endpoints}], parseEndpointSlice),
		listed(
			'autoscalers',
			[{metadata, spec: {scaleTargetRef: {kind: 'Deployment', name}, minReplicas: 1, maxReplicas: 9}, status: {currentReplicas: 3, desiredReplicas: 4}}],
			parseAutoscaler,
		),
		listed(
			'disruptionbudgets',
			[{metadata, spec: {selector: {matchLabels: labels}}, status: {disruptionsAllowed: 0, currentHealthy: 1, desiredHealthy: 2, expectedPods: 3}}],
			parseDisruptionBudget,
		),
	];
}

function situation(file: string): World {
	const {at, deployments, replicaSets, pods, events} = recordedSituation(new URL(file, situations));
	return {
		kind: 'Deployment',
		name: 'shop',
		at,
		lists: [
			listed('workloads', deployments, parseWorkload),
			listed('revisions', replicaSets, parseReplicaSet),
			listed('pods', pods, parsePod),
			listed('events', events, parseK8sEvent),
			...beside('shop', {app: 'shop'}, pods),
		],
	};
}

/** A StatefulSet or DaemonSet in the middle of an update. */
function set(kind: 'StatefulSet' | 'DaemonSet'): World {
	const labels = {app: 'db'};
	const at = Date.parse('2026-11-21T14:00:00Z');
	const metadata = (name: string, more: object = {}) => ({
		uid: `uid-${name}`,
		name,
		namespace: 'web',
		resourceVersion: '1',
		creationTimestamp: '2026-11-21T13:00:00Z',
		...more,
	});
	const owner = {kind, name: 'db', uid: 'uid-db', controller: true};
	const template = (image: string) => ({metadata: {labels}, spec: {containers: [{name: 'db', image, env: [{name: 'A', value: 'b'}]}]}});
	const revision = (number: number, image: string) => ({
		metadata: metadata(`db-${number}`, {ownerReferences: [owner], labels}),
		revision: number,
		data: {spec: {template: template(image)}},
	});
	const pod = (name: string, hash: string) => ({
		metadata: metadata(name, {ownerReferences: [owner], labels: {...labels, 'controller-revision-hash': hash}}),
		spec: {nodeName: `node-${name}`, containers: [{name: 'db', image: 'db:1'}]},
		status: {phase: 'Running', containerStatuses: [{name: 'db', ready: true, state: {running: {}}}]},
	});
	const counts = {
		replicas: 3,
		currentReplicas: 2,
		updatedReplicas: 1,
		readyReplicas: 3,
		currentRevision: 'db-1',
		updateRevision: 'db-2',
		desiredNumberScheduled: 3,
		currentNumberScheduled: 3,
		updatedNumberScheduled: 1,
		numberReady: 3,
	};
	const workload = {
		metadata: metadata('db', {generation: 2}),
		spec: {
			replicas: 3,
			selector: {matchLabels: labels},
			template: template('db:2'),
			updateStrategy: {type: 'RollingUpdate', rollingUpdate: {partition: 1, maxUnavailable: 1}},
		},
		status: {observedGeneration: 2, ...counts},
	};
	const pods = [pod('db-0', 'db-1'), pod('db-1', 'db-1'), pod('db-2', 'db-2')];
	return {
		kind,
		name: 'db',
		at,
		lists: [
			kind === 'StatefulSet' ? listed('workloads', [workload], parseStatefulSet) : listed('workloads', [workload], parseDaemonSet),
			listed('revisions', [revision(1, 'db:1'), revision(2, 'db:2')], parseControllerRevision),
			listed('pods', pods, parseRevisionedPod),
			...beside('db', labels, pods),
		],
	};
}

/** Makers of real worlds: situations of a real cluster, sets, and releases as they were recorded. */
export function worldMakers(): readonly (() => World)[] {
	return [
		...readdirSync(situations)
			.filter(file => file.endsWith('.json'))
			.map(file => () => situation(file)),
		...Array.from({length: 8}, (_, index) => () => set(index % 2 === 0 ? 'StatefulSet' : 'DaemonSet')),
		...['argo-canary', 'argo-bluegreen', 'argo-workloadref', 'argo-degraded', 'argo-canary-nginx'].map(scenario => () => argo(scenario, 9000)),
		...['kruise-canary-ingress', 'kruise-bluegreen', 'kruise-partition'].map(scenario => () => release(scenario, 'KruiseRollout', 24_000)),
		...['vela-canary', 'vela-rollback'].map(scenario => () => release(scenario, 'Application', 20_000)),
	];
}
