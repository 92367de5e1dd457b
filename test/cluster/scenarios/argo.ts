import {readFileSync} from 'node:fs';
import {expect, onTestFailed} from 'vitest';
import {argoLogOf} from '../harness/argo-controller.ts';
import type {ClusterAccess} from '../harness/cluster-access.ts';
import {tailOf} from '../harness/component.ts';
import {createNamespace, type TestNamespace} from '../harness/namespace.ts';

/** A request that Argo's own kubectl plugin sent, or that created the objects of a recording. */
export interface ArgoRequest {
	readonly method: string;
	readonly path: string;
	readonly contentType: string;
	readonly body: unknown;
}

type Recordings = Readonly<Record<string, readonly {readonly did: string; readonly requests: readonly ArgoRequest[]}[]>>;

/** The requests of the recordings of Argo Rollouts v1.9.0, one list for each; the status is left out of whole objects. */
const recordings: Recordings = JSON.parse(readFileSync(new URL('../../fixtures/progressive/argo-requests.json', import.meta.url), 'utf8'));

/** What a recorded step sent. The namespaces of recordings bear their names. */
export function recorded(recording: string, did: string): readonly ArgoRequest[] {
	const step = recordings[recording]?.find(step => step.did.startsWith(did));
	if (step === undefined) throw new Error(`the recording ${recording} has no step "${did}"`);
	return step.requests;
}

/** The parts of a Rollout that tests look at. */
export interface RawRollout {
	readonly metadata: {readonly name: string; readonly generation: number};
	readonly spec: {readonly paused?: boolean; readonly replicas: number; readonly template?: RawTemplate};
	readonly status?: {
		readonly phase?: string;
		readonly message?: string;
		readonly abort?: boolean;
		readonly currentStepIndex?: number;
		readonly currentPodHash?: string;
		readonly stableRS?: string;
		readonly updatedReplicas?: number;
		readonly observedGeneration?: string;
		readonly pauseConditions?: readonly {readonly reason: string}[];
	};
}

interface RawTemplate {
	readonly spec: {readonly containers: readonly {readonly name: string; readonly image: string}[]};
}

/** A recording's Rollout on the real controller, in a namespace of its own. */
export interface ArgoStage {
	readonly namespace: TestNamespace;
	/** Sends what a recorded step sent, by kubectl. */
	readonly send: (did: string) => Promise<void>;
	/** Somebody ships another image, as CI does. */
	readonly ship: (image: string) => Promise<void>;
	readonly rollout: () => Promise<RawRollout>;
	/** Waits until the status says so; fails with the last Rollout that was seen. */
	readonly until: (what: string, holds: (rollout: RawRollout) => boolean) => Promise<RawRollout>;
	readonly untilHealthy: (image: string) => Promise<RawRollout>;
	/** Waits for the step: which one it pauses at, counted from 0. */
	readonly untilPausedAt: (step: number) => Promise<RawRollout>;
}

export const rolloutName = 'canary-demo';
export const imageOf = (version: string) => `barnett/canarydemo:${version}`;

/** Creates what a recording begins with and waits until its first version is healthy. Where a test fails, the controller's last words are told. */
export async function openArgoStage(cluster: ClusterAccess, recording: string): Promise<ArgoStage> {
	const namespace = await createNamespace(cluster, recording);
	onTestFailed(() => void process.stderr.write(`The end of ${argoLogOf(cluster)}:\n${tailOf(argoLogOf(cluster))}\n`));
	const rollout = () => namespace.get<RawRollout>(['rollouts.argoproj.io', rolloutName]);
	const until: ArgoStage['until'] = async (what, holds) => {
		let seen: RawRollout | undefined;
		const look = async () => {
			seen = await rollout();
			return holds(seen) ? what : `not ${what}: ${JSON.stringify(seen.status)}`;
		};
		await expect.poll(look, {timeout: 40_000, interval: 100}).toBe(what);
		return seen as RawRollout;
	};
	const isSeen = ({metadata, status}: RawRollout) => status?.observedGeneration === String(metadata.generation);
	const send = async (did: string) => {
		for (const request of recorded(recording, did)) await sendByKubectl(namespace, recording, request);
	};
	for (const {did, requests} of recordings[recording] ?? []) if (requests[0]?.method === 'POST') await send(did);
	const stage: ArgoStage = {
		namespace,
		send,
		ship: async image => {
			const patch = [{op: 'replace', path: '/spec/template/spec/containers/0/image', value: image}];
			await namespace.must(['patch', 'rollouts.argoproj.io', rolloutName, '--type=json', '-p', JSON.stringify(patch)]);
		},
		rollout,
		until,
		untilHealthy: image =>
			until(
				`healthy with ${image}`,
				rollout => isSeen(rollout) && rollout.status?.phase === 'Healthy' && rollout.spec.template?.spec.containers[0]?.image === image,
			),
		untilPausedAt: step =>
			until(`paused at step ${step}`, rollout => isSeen(rollout) && rollout.status?.phase === 'Paused' && rollout.status.currentStepIndex === step),
	};
	await until('healthy at first', rollout => isSeen(rollout) && rollout.status?.phase === 'Healthy');
	return stage;
}

const patchTypes: Readonly<Record<string, string>> = {'application/merge-patch+json': 'merge', 'application/json-patch+json': 'json'};

async function sendByKubectl(namespace: TestNamespace, recording: string, {method, path, contentType, body}: ArgoRequest): Promise<void> {
	const inside = path.replace(`/namespaces/${recording}/`, `/namespaces/${namespace.name}/`);
	const input = JSON.stringify(body).replaceAll(`"namespace":"${recording}"`, `"namespace":"${namespace.name}"`);
	if (method === 'POST') {
		await namespace.must(['create', '--raw', inside, '-f', '-'], {input});
		return;
	}
	const type = patchTypes[contentType];
	const [, group = '', resource = '', name = '', subresource] = /^\/apis\/([^/]+)\/[^/]+\/namespaces\/[^/]+\/([^/]+)\/([^/]+)(?:\/(.+))?$/.exec(inside) ?? [];
	if (method !== 'PATCH' || type === undefined || group === '') throw new Error(`${method} ${path} can't be repeated: it was for one version of the object`);
	const where = subresource === undefined ? [] : [`--subresource=${subresource}`];
	await namespace.must(['patch', `${resource}.${group}`, name, ...where, `--type=${type}`, '-p', input]);
}
