import {expect, onTestFailed, onTestFinished} from 'vitest';
import type {KubectlResult} from '../harness/kubectl.ts';
import {createNamespace, type TestNamespace} from '../harness/namespace.ts';
import type {ArgoCluster} from './argo-clusters.ts';
import {rolloutName} from './argo-deeds.ts';
import {recordedObjects} from './argo-recordings.ts';
import {healthyWith, imageOf, type RawRollout, type Standing} from './argo-standing.ts';
import {sentSince} from './comparable-request.ts';
import {type RecordedRequest, type RecordingProxy, startRecordingProxy} from './recording-proxy.ts';

/** A recording's Rollout on a controller, in a namespace of its own, and a door to it that writes down what is sent. */
export interface ArgoSide {
	readonly namespace: TestNamespace;
	readonly proxy: RecordingProxy;
	/** Argo's own kubectl plugin, through the proxy. */
	readonly plugin: (...args: readonly string[]) => Promise<KubectlResult>;
	/** What was sent through the proxy to change something since the last time it was asked. */
	readonly sent: () => readonly RecordedRequest[];
	/** Somebody ships another image, as CI does. Held back: its pods are not ready before `release` lets them. */
	readonly ship: (version: string, isHeldBack?: boolean) => Promise<void>;
	/** Lets the pods be ready that there are now. */
	readonly release: () => Promise<void>;
	/** Waits until it stands so and the controller has nothing more to do; fails with the last status that was seen. What is done before each look may bring it about. */
	readonly until: (standing: Pick<Standing, 'what' | 'holds'>, before?: () => Promise<void>) => Promise<RawRollout>;
}

const kind = 'rollouts.argoproj.io';
const gate = 'rollwatch.test/released';

/** Creates what a recording begins with and waits until its first version is healthy. It ends with the test; where that fails, the controller's last words are told. */
export async function openArgoSide(cluster: ArgoCluster, recording: string): Promise<ArgoSide> {
	const namespace = await createNamespace(cluster, recording);
	onTestFinished(() => namespace.delete());
	onTestFailed(() => void process.stderr.write(`${cluster.lastWords()}\n`));
	const proxy = await startRecordingProxy(cluster, namespace.name);
	onTestFinished(() => proxy.stop());
	for (const {path, body} of recordedObjects(recording, namespace.name)) {
		await namespace.must(['create', '--raw', path, '-f', '-'], {input: JSON.stringify(body)});
	}
	const side: ArgoSide = {
		namespace,
		proxy,
		plugin: (...args) => cluster.plugin([...args, '-n', namespace.name], {kubeconfig: proxy.kubeconfig}),
		sent: sentSince(proxy),
		ship: (version, isHeldBack = false) => ship(namespace, version, isHeldBack),
		release: () => release(namespace),
		async until({what, holds}, before) {
			let seen: RawRollout | undefined;
			const look = async () => {
				await before?.();
				seen = await readRollout(namespace);
				if (!holds(seen)) return `not ${what}: ${JSON.stringify(seen.status)}`;
				return cluster.isSettled(seen) ? what : `${what}, with the controller still at work on it`;
			};
			await expect.poll(look, {timeout: 40_000, interval: 100}).toBe(what);
			return seen as RawRollout;
		},
	};
	await side.until(healthyWith('v1'));
	return side;
}

/** With the template and the generation of the Deployment that it takes them from, if it does. */
async function readRollout(namespace: TestNamespace): Promise<RawRollout> {
	const rollout = await namespace.get<RawRollout>([kind, rolloutName]);
	const {workloadRef} = rollout.spec;
	if (workloadRef === undefined) return rollout;
	const {metadata, spec} = await namespace.get<RawRollout>([workloadRef.kind, workloadRef.name]);
	return {...rollout, spec: {...rollout.spec, template: spec.template}, workloadGeneration: metadata.generation};
}

async function ship(namespace: TestNamespace, version: string, isHeldBack: boolean): Promise<void> {
	const {spec} = await namespace.get<RawRollout>([kind, rolloutName]);
	const holder = spec.workloadRef === undefined ? [kind, rolloutName] : [spec.workloadRef.kind, spec.workloadRef.name];
	const patch = [
		{op: 'replace', path: '/spec/template/spec/containers/0/image', value: imageOf(version)},
		...(isHeldBack ? [{op: 'add', path: '/spec/template/spec/readinessGates', value: [{conditionType: gate}]}] : []),
	];
	await namespace.must(['patch', ...holder, '--type=json', '-p', JSON.stringify(patch)]);
}

interface RawPod {
	readonly metadata: {readonly name: string};
	readonly spec: {readonly readinessGates?: unknown};
	readonly status?: {readonly conditions?: readonly {readonly type: string}[]};
}

async function release(namespace: TestNamespace): Promise<void> {
	const {items} = await namespace.get<{readonly items: readonly RawPod[]}>(['pods']);
	const held = items.filter(({spec, status}) => spec.readinessGates !== undefined && !status?.conditions?.some(({type}) => type === gate));
	const patch = JSON.stringify({status: {conditions: [{type: gate, status: 'True'}]}});
	// A pod that has ended meanwhile needs none.
	await Promise.all(held.map(({metadata}) => namespace.kubectl(['patch', 'pod', metadata.name, '--subresource=status', '-p', patch])));
}
