import {expect, onTestFailed, onTestFinished} from 'vitest';
import {argoLogOf, argoPluginOf} from '../harness/argo-controller.ts';
import type {ClusterAccess} from '../harness/cluster-access.ts';
import {tailOf} from '../harness/component.ts';
import type {KubectlResult} from '../harness/kubectl.ts';
import {createNamespace, type TestNamespace} from '../harness/namespace.ts';
import {recordedObjects} from './argo-recordings.ts';
import {sentSince} from './comparable-request.ts';
import {type RecordedRequest, type RecordingProxy, startRecordingProxy} from './recording-proxy.ts';

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

/** A recording's Rollout on the real controller, in a namespace of its own, and a door to it that writes down what is sent. */
export interface ArgoSide {
	readonly namespace: TestNamespace;
	readonly proxy: RecordingProxy;
	/** Argo's own kubectl plugin, through the proxy. */
	readonly plugin: (...args: readonly string[]) => Promise<KubectlResult>;
	/** What was sent through the proxy to change something since the last time it was asked. */
	readonly sent: () => readonly RecordedRequest[];
	/** Somebody ships another image, as CI does. */
	readonly ship: (version: string) => Promise<void>;
	readonly rollout: () => Promise<RawRollout>;
	/** Waits until the status says so; fails with the last one that was seen. */
	readonly until: (what: string, holds: (rollout: RawRollout) => boolean) => Promise<RawRollout>;
	readonly untilHealthy: (version: string) => Promise<RawRollout>;
	/** Waits until it pauses at a step, counted from 0. */
	readonly untilPausedAt: (step: number) => Promise<RawRollout>;
}

export const rolloutName = 'canary-demo';
const kind = 'rollouts.argoproj.io';
export const imageOf = (version: string) => `barnett/canarydemo:${version}`;

/** Creates what a recording begins with and waits until its first version is healthy. It ends with the test; where that fails, the controller's last words are told. */
export async function openArgoSide(cluster: ClusterAccess, recording: string): Promise<ArgoSide> {
	const namespace = await createNamespace(cluster, recording);
	onTestFinished(() => namespace.delete());
	onTestFailed(() => void process.stderr.write(`The end of ${argoLogOf(cluster)}:\n${tailOf(argoLogOf(cluster))}\n`));
	const proxy = await startRecordingProxy(cluster, namespace.name);
	onTestFinished(() => proxy.stop());
	for (const {path, body} of recordedObjects(recording, namespace.name)) {
		await namespace.must(['create', '--raw', path, '-f', '-'], {input: JSON.stringify(body)});
	}
	const rollout = () => namespace.get<RawRollout>([kind, rolloutName]);
	const until: ArgoSide['until'] = async (what, holds) => {
		let seen: RawRollout | undefined;
		const look = async () => {
			seen = await rollout();
			return holds(seen) ? what : `not ${what}: ${JSON.stringify(seen.status)}`;
		};
		await expect.poll(look, {timeout: 40_000, interval: 100}).toBe(what);
		return seen as RawRollout;
	};
	await until('healthy at first', rollout => isObserved(rollout) && rollout.status?.phase === 'Healthy');
	const plugin = argoPluginOf(cluster);
	return {
		namespace,
		proxy,
		plugin: (...args) => plugin([...args, '-n', namespace.name], {kubeconfig: proxy.kubeconfig}),
		sent: sentSince(proxy),
		ship: async version => {
			const patch = [{op: 'replace', path: '/spec/template/spec/containers/0/image', value: imageOf(version)}];
			await namespace.must(['patch', kind, rolloutName, '--type=json', '-p', JSON.stringify(patch)]);
		},
		rollout,
		until,
		untilHealthy: version => until(`healthy with ${version}`, rollout => isObserved(rollout) && isHealthy(rollout) && runs(rollout, version)),
		untilPausedAt: step =>
			until(`paused at step ${step}`, rollout => isObserved(rollout) && rollout.status?.phase === 'Paused' && rollout.status.currentStepIndex === step),
	};
}

const isObserved = ({metadata, status}: RawRollout) => status?.observedGeneration === String(metadata.generation);
const isHealthy = ({status}: RawRollout) => status?.phase === 'Healthy';
const runs = ({spec}: RawRollout, version: string) => spec.template?.spec.containers[0]?.image === imageOf(version);
