import {setTimeout as sleep} from 'node:timers/promises';
import {ApiError, type ApiRequest} from '../../../src/demo/api-client.ts';
import type {Recorder, Recording} from '../differential/recorder.ts';
import type {Snapshot} from '../scenarios/watching.ts';
import type {Side} from './sides.ts';
import {app, deploymentOf, type Evidence, type RawObject, type Situation} from './situation.ts';
import {snapshotOf} from './snapshot.ts';

type Stuck = Snapshot['rollout']['stuck'];

/** What came of a situation on one side. */
export interface Outcome {
	readonly evidence: Evidence;
	/** What the program said of it: the first answer that had the expected finding, or the last one. */
	readonly stuck: Stuck;
	readonly afterMs: number;
}

/** How long a first version, or the evidence, may take on a busy machine. */
const patienceMs = 60_000;
const pollMs = 100;

const paths: Readonly<Record<string, string>> = {
	ConfigMap: '/api/v1/namespaces/NS/configmaps',
	Deployment: '/apis/apps/v1/namespaces/NS/deployments',
	HorizontalPodAutoscaler: '/apis/autoscaling/v2/namespaces/NS/horizontalpodautoscalers',
	LimitRange: '/api/v1/namespaces/NS/limitranges',
	PodDisruptionBudget: '/apis/policy/v1/namespaces/NS/poddisruptionbudgets',
	ResourceQuota: '/api/v1/namespaces/NS/resourcequotas',
	Secret: '/api/v1/namespaces/NS/secrets',
	ValidatingAdmissionPolicy: '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies',
	ValidatingAdmissionPolicyBinding: '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings',
};

/** Where the objects of a situation are. */
interface Place {
	readonly side: Side;
	readonly recording: Recording;
	readonly namespace: string;
}

/** Brings a situation about in a namespace of its own, and asks the program until it says what it should, or should have. */
export async function play(situation: Situation, side: Side, recorder: Recorder, isSaid: (stuck: Stuck) => boolean): Promise<Outcome> {
	const namespace = `situation-${situation.name}`;
	const place = {side, namespace, recording: recorder.open(namespace)};
	await arrange(situation, place);
	await change(situation, place);
	await place.recording.until(
		() => (situation.evidence(evidenceOf(place)) ? undefined : `no evidence of ${situation.name}`),
		situation.patienceMs ?? patienceMs,
	);
	const evidence = evidenceOf(place);
	const args = [`deploy/${app}`, '-n', namespace, '--kubeconfig', side.kubeconfig];
	const lastAt = evidence.now + (situation.withinMs ?? 2_000);
	for (;;) {
		const {rollout} = await snapshotOf(args, AbortSignal.timeout(patienceMs));
		const now = Date.now();
		if (isSaid(rollout.stuck) || now > lastAt) return {evidence: evidenceOf(place), stuck: rollout.stuck, afterMs: now - evidence.now};
		await sleep(pollMs);
	}
}

async function arrange({name, before = {}, objects = [], between = [], refused, namespaceLabels}: Situation, place: Place): Promise<void> {
	const metadata = {name: place.namespace, labels: {situation: name, ...namespaceLabels}};
	await place.side.client.send({method: 'POST', path: '/api/v1/namespaces', body: {apiVersion: 'v1', kind: 'Namespace', metadata}});
	for (const object of [...objects, deploymentOf(before)]) await create(object, place);
	await place.recording.until(() => (isComplete(evidenceOf(place).deployment) ? undefined : 'the first version is not complete'), patienceMs);
	for (const object of between) await create(object, place);
	if (refused !== undefined) await untilRefused(refused, place);
}

async function untilRefused(pod: object, {side, namespace}: Place): Promise<void> {
	const request: ApiRequest = {method: 'POST', path: `/api/v1/namespaces/${namespace}/pods`, query: {dryRun: 'All'}, body: pod};
	const end = Date.now() + patienceMs;
	while (Date.now() < end) {
		const isRefused = await side.client.send(request).then(
			() => false,
			error => error instanceof ApiError,
		);
		if (isRefused) return;
		await sleep(pollMs);
	}
}

async function change({before = {}, change, after, losesNode}: Situation, place: Place): Promise<void> {
	const moment = (when: (evidence: Evidence) => boolean) =>
		place.recording.until(() => (when(evidenceOf(place)) ? undefined : 'the moment for what comes then has not come'), patienceMs);
	await patch((deploymentOf(before, change) as {spec: object}).spec, place);
	if (after !== undefined) {
		await moment(after.when);
		await patch(after.spec, place);
	}
	if (losesNode !== undefined) {
		await moment(losesNode);
		await place.side.loseNode();
	}
}

async function patch(spec: object, {side, namespace}: Place): Promise<void> {
	const request: ApiRequest = {
		method: 'PATCH',
		path: `/apis/apps/v1/namespaces/${namespace}/deployments/${app}`,
		contentType: 'application/merge-patch+json',
		body: {spec},
	};
	await side.client.send(request);
}

async function create(object: object, {side, namespace}: Place): Promise<void> {
	const {kind} = object as {kind: string};
	await side.client.send({method: 'POST', path: (paths[kind] ?? '').replace('NS', namespace), body: object});
}

function evidenceOf({recording: {state}}: Place): Evidence {
	const all = state as unknown as Readonly<Record<string, ReadonlyMap<string, RawObject>>>;
	const list = (kind: string) => [...(all[kind]?.values() ?? [])];
	return {
		deployment: all.deployments?.get(app),
		replicaSets: list('replicasets'),
		pods: list('pods'),
		events: list('events'),
		now: Date.now(),
	};
}

function isComplete(deployment: RawObject | undefined): boolean {
	if (deployment?.status === undefined) return false;
	const {spec, status, metadata} = deployment;
	const {observedGeneration = 0, updatedReplicas = 0, availableReplicas = 0} = status;
	return observedGeneration >= metadata.generation && updatedReplicas === spec.replicas && availableReplicas === spec.replicas;
}
