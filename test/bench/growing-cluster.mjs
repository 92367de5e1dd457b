/** @typedef {'pending' | 'scheduled' | 'creating' | 'ready' | 'terminating' | 'ended'} Stage */

const namespace = 'default';
const name = 'rolling';
const workloadUid = '11111111-1111-4111-8111-111111111111';
const hashes = ['5f5fdd5554', '86c85769b5'];
const setUids = ['22222222-2222-4222-8222-222222222222', '33333333-3333-4333-8333-333333333333'];
const createdAt = '2026-01-01T00:00:00Z';
/** The new pods are young: their ages tick each second. */
const rolledAt = `${new Date().toISOString().slice(0, 19)}Z`;
const stages = /** @type {const} */ (['pending', 'scheduled', 'creating', 'ready', 'terminating', 'ended']);
const meta = (/** @type {string} */ own, /** @type {string} */ uid, /** @type {object} */ more) => ({
	name: own,
	namespace,
	uid,
	creationTimestamp: createdAt,
	...more,
});

/** As an API server writes it: what nobody needs is a third of the bytes. @param {readonly string[]} fields */
function managed(fields) {
	const f = (/** @type {string} */ text) => ({[`f:${text}`]: {}});
	const list = Object.assign({}, ...fields.map(f));
	return ['kube-controller-manager', 'kubelet'].map(manager => ({
		manager,
		operation: 'Update',
		apiVersion: 'v1',
		time: createdAt,
		fieldsType: 'FieldsV1',
		fieldsV1: {
			'f:metadata': {'f:generateName': {}, 'f:labels': list, 'f:ownerReferences': {[`k:{"uid":"${setUids[0]}"}`]: {}}},
			'f:spec': {'f:containers': {'k:{"name":"rolling"}': {...list, 'f:resources': {}, 'f:readinessProbe': list, 'f:volumeMounts': {}}}, ...list},
			'f:status': {'f:conditions': {'k:{"type":"Ready"}': list, 'k:{"type":"Initialized"}': list}, 'f:containerStatuses': {}, 'f:podIPs': {}},
		},
	}));
}

const fields = managed([
	'.',
	'app',
	'image',
	'name',
	'imagePullPolicy',
	'terminationMessagePath',
	'dnsPolicy',
	'restartPolicy',
	'schedulerName',
	'status',
	'type',
	'lastProbeTime',
]);

/** @param {string} type @param {boolean} holds */
function condition(type, holds) {
	return {
		type,
		status: holds ? 'True' : 'False',
		lastProbeTime: null,
		lastTransitionTime: createdAt,
		...(holds ? {} : {reason: 'ContainersNotReady', message: 'containers with unready status: [rolling]'}),
	};
}

/** A pod of one of two ReplicaSets as it stands at a stage of its life. @param {number} number @param {number} side @param {Stage} stage @param {number} version */
export function podAt(number, side, stage, version) {
	const at = stages.indexOf(stage);
	const hash = hashes[side] ?? '';
	const image = `registry.example/load/tiny:v${side + 1}`;
	const isReady = stage === 'ready' || stage === 'terminating';
	const running = {
		name,
		ready: isReady,
		started: isReady,
		restartCount: 0,
		image,
		imageID: `${image}@sha256:${'0'.repeat(64)}`,
		containerID: `containerd://${number}`,
		state: isReady ? {running: {startedAt: createdAt}} : {waiting: {reason: 'ContainerCreating'}},
		lastState: {},
	};
	return {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: meta(`${name}-${hash}-${number.toString(36).padStart(5, 'x')}`, `44444444-4444-4444-8444-${String(number).padStart(12, '0')}`, {
			generateName: `${name}-${hash}-`,
			creationTimestamp: side === 0 ? createdAt : rolledAt,
			resourceVersion: String(version),
			labels: {app: name, 'pod-template-hash': hash},
			ownerReferences: [{apiVersion: 'apps/v1', kind: 'ReplicaSet', name: `${name}-${hash}`, uid: setUids[side], controller: true, blockOwnerDeletion: true}],
			...(at >= 4 ? {deletionTimestamp: createdAt, deletionGracePeriodSeconds: 30} : {}),
			managedFields: fields,
		}),
		spec: {
			volumes: [
				{
					name: `kube-api-access-${number.toString(36)}`,
					projected: {defaultMode: 420, sources: [{serviceAccountToken: {expirationSeconds: 3607, path: 'token'}}, {configMap: {name: 'kube-root-ca.crt'}}]},
				},
			],
			containers: [
				{
					name,
					image,
					ports: [{containerPort: 8080, protocol: 'TCP'}],
					resources: {limits: {memory: '64Mi'}},
					readinessProbe: {httpGet: {path: '/', port: 8080, scheme: 'HTTP'}, timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3},
					terminationMessagePath: '/dev/termination-log',
					imagePullPolicy: 'IfNotPresent',
				},
			],
			restartPolicy: 'Always',
			terminationGracePeriodSeconds: 30,
			dnsPolicy: 'ClusterFirst',
			serviceAccountName: 'default',
			...(at >= 1 ? {nodeName: `node-${number % 40}`} : {}),
			securityContext: {},
			schedulerName: 'default-scheduler',
			tolerations: [{key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300}],
		},
		status: {
			phase: isReady ? 'Running' : 'Pending',
			conditions:
				at === 0 ? [] : [condition('PodScheduled', true), condition('Initialized', true), condition('ContainersReady', isReady), condition('Ready', isReady)],
			...(at >= 2
				? {hostIP: '10.0.0.1', podIP: `10.${number % 200}.1.24`, podIPs: [{ip: `10.${number % 200}.1.24`}], startTime: createdAt, containerStatuses: [running]}
				: {}),
			qosClass: 'Burstable',
		},
	};
}

/** @param {number} side @param {number} replicas @param {number} ready @param {number} version */
function replicaSet(side, replicas, ready, version) {
	return {
		metadata: meta(`${name}-${hashes[side]}`, setUids[side] ?? '', {
			resourceVersion: String(version),
			generation: 1,
			labels: {app: name, 'pod-template-hash': hashes[side]},
			annotations: {'deployment.kubernetes.io/revision': String(side + 1)},
			ownerReferences: [{kind: 'Deployment', name, uid: workloadUid, controller: true}],
		}),
		spec: {replicas, template: template(side, {'pod-template-hash': hashes[side]})},
		status: {replicas, readyReplicas: ready, availableReplicas: ready, observedGeneration: 1},
	};
}

/** @param {number} side @param {object} [labels] */
function template(side, labels = {}) {
	return {metadata: {labels: {app: name, ...labels}}, spec: {containers: [{name, image: `registry.example/load/tiny:v${side + 1}`}]}};
}

/** @param {number} replicas @param {number} updated @param {number} version */
function deployment(replicas, updated, version) {
	return {
		metadata: meta(name, workloadUid, {resourceVersion: String(version), generation: 2, annotations: {'deployment.kubernetes.io/revision': '2'}}),
		spec: {
			replicas,
			selector: {matchLabels: {app: name}},
			strategy: {type: 'RollingUpdate', rollingUpdate: {maxSurge: '25%', maxUnavailable: '25%'}},
			template: template(1),
		},
		status: {
			replicas,
			updatedReplicas: updated,
			readyReplicas: replicas - 1,
			availableReplicas: replicas - 1,
			observedGeneration: 2,
			conditions: [condition('Available', true)],
		},
	};
}

const service = {
	metadata: meta(name, '66666666-6666-4666-8666-666666666666', {resourceVersion: '4'}),
	spec: {type: 'ClusterIP', clusterIP: '10.96.0.10', selector: {app: name}, ports: [{port: 80, protocol: 'TCP', targetPort: 8080}]},
};

const endpointsPerSlice = 100;

/** @param {string} own @param {readonly {number: number, side: number, stage: Stage}[]} pods @param {number} version */
function endpointSlice(own, pods, version) {
	return {
		metadata: meta(`${name}-${own}`, `77777777-7777-4777-8777-${own.padStart(12, '0')}`, {
			resourceVersion: String(version),
			labels: {'kubernetes.io/service-name': name, 'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io'},
			managedFields: fields.slice(1),
		}),
		addressType: 'IPv4',
		endpoints: pods.map(({number, side, stage}) => {
			const {metadata} = podAt(number, side, stage, 1);
			const conditions = {ready: stage === 'ready', serving: stage === 'ready' || stage === 'terminating', terminating: stage === 'terminating'};
			const targetRef = {kind: 'Pod', namespace, name: metadata.name, uid: metadata.uid};
			return {addresses: [`10.${number % 200}.1.24`], conditions, nodeName: `node-${number % 40}`, targetRef};
		}),
		ports: [{name: '', port: 8080, protocol: 'TCP'}],
	};
}

/** Half of them are of the new version: all rules look at those, and nobody may look at the others. @param {number} number */
const standing = number => ({number, side: number % 2, stage: /** @type {Stage} */ ('ready')});

/** @param {number} number @param {number} side @param {string} reason */
function k8sEvent(number, side, reason) {
	const pod = podAt(number, side, 'pending', 1).metadata;
	return {
		metadata: meta(`${pod.name}.${reason}`, `55555555-${reason}-${pod.uid}`, {resourceVersion: '1', managedFields: fields.slice(1)}),
		involvedObject: {kind: 'Pod', namespace, name: pod.name, uid: pod.uid, apiVersion: 'v1', fieldPath: `spec.containers{${name}}`},
		reason,
		message: `${reason} container ${name} with image registry.example/load/tiny:v${side + 1}`,
		source: {component: 'kubelet', host: 'node-1'},
		firstTimestamp: createdAt,
		lastTimestamp: createdAt,
		count: 1,
		type: 'Normal',
	};
}

/** What happens to a pod that comes and goes again, as watch events by collection. */
const life = /** @type {const} */ ([
	['pods', 'pending', 'ADDED'],
	['pods', 'scheduled', 'MODIFIED'],
	['events', 'Scheduled', 'ADDED'],
	['pods', 'creating', 'MODIFIED'],
	['events', 'Pulled', 'ADDED'],
	['events', 'Started', 'ADDED'],
	['pods', 'ready', 'MODIFIED'],
	['endpointslices', '', 'MODIFIED'],
	['replicasets', '', 'MODIFIED'],
	['deployments', '', 'MODIFIED'],
	['pods', 'terminating', 'MODIFIED'],
	['endpointslices', '', 'MODIFIED'],
	['events', 'Killing', 'ADDED'],
	['pods', 'ended', 'MODIFIED'],
	['pods', 'ended', 'DELETED'],
	['replicasets', '', 'MODIFIED'],
]);

/** @param {number} pods */
function slicesOf(pods) {
	const all = Array.from({length: pods}, (_, number) => standing(number));
	const starts = Array.from({length: Math.ceil(pods / endpointsPerSlice)}, (_, index) => index * endpointsPerSlice);
	return starts.map(start => endpointSlice(String(start), all.slice(start, start + endpointsPerSlice), 6));
}

/** @param {{number: number, step: number}} turn */
function liveEndpoint({number, step}) {
	const stage = life.slice(0, step + 1).findLast(([kind]) => kind === 'pods')?.[1] ?? 'pending';
	return {number, side: 1, stage: /** @type {Stage} */ (stage)};
}

/** So many pods are on their way at a time. */
const atOnce = 10;

/**
 * A Deployment of which `pods` pods stand by while others come and go, as the API server's JSON: the lists, and an endless row of watch events, which are
 * the same whatever stands by.
 * @param {number} pods
 */
export function createGrowth(pods) {
	let version = pods + 10;
	let next = pods;
	const turns = /** @type {{number: number, step: number}[]} */ ([]);
	const objectOf = (/** @type {typeof life[number]} */ [kind, stage], /** @type {number} */ number) => {
		if (kind === 'pods') return podAt(number, 1, /** @type {Stage} */ (stage), version);
		if (kind === 'events') return k8sEvent(number, 1, stage);
		if (kind === 'endpointslices') return endpointSlice('live', turns.map(liveEndpoint), version);
		return kind === 'replicasets'
			? replicaSet(1, newPods + atOnce, newPods + (number % atOnce), version)
			: deployment(pods, newPods + (number % atOnce), version);
	};
	const newPods = Math.floor(pods / 2);
	return {
		/** The answer to a list. @param {string} collection */
		list(collection) {
			const items = {
				deployments: () => [deployment(pods, newPods, 1)],
				replicasets: () => [replicaSet(0, pods - newPods, pods - newPods, 2), replicaSet(1, newPods, newPods, 3)],
				pods: () => Array.from({length: pods}, (_, number) => podAt(number, standing(number).side, 'ready', number + 10)),
				services: () => [service],
				endpointslices: () => [endpointSlice('live', [], 5), ...slicesOf(pods)],
			}[collection];
			return JSON.stringify({kind: 'List', apiVersion: 'v1', metadata: {resourceVersion: String(version)}, items: items?.() ?? []});
		},
		/** The next event: its collection and its line. */
		next() {
			if (turns.length < atOnce) turns.push({number: next++, step: 0});
			const {number, step: at} = turns.shift() ?? {number: 0, step: 0};
			const step = life[at] ?? life[0];
			version += 1;
			if (at + 1 < life.length) turns.push({number, step: at + 1});
			return {collection: step[0], line: `${JSON.stringify({type: step[2], object: {apiVersion: 'v1', ...objectOf(step, number)}})}\n`};
		},
	};
}
