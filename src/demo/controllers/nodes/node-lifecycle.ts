import {sleep} from '../../clock.ts';
import {type Controller, type ControllerContext, involved} from '../context.ts';
import type {Node, Pod} from '../kinds.ts';
import {podPath} from '../paths.ts';
import {conditionOf} from '../pods.ts';
import {lifeSign, readyOf, silentConditions} from './node-health.ts';

interface Seen {
	readonly sign: string;
	readonly at: number;
}

/** Upstream's defaults: how often is looked, and after how long without a sign of life a node counts as lost. */
const periodMs = 5_000;
const graceMs = 50_000;

/** Notices nodes that have fallen silent, and says so on them and on their pods (kubernetes: pkg/controller/nodelifecycle). */
export function createNodeLifecycle(context: ControllerContext): Controller {
	const {api, clock, informers, signal} = context;
	const {nodes, pods, leases} = informers;
	const events = context.recorder('node-controller');
	const seen = new Map<string, Seen>();
	let lookedAt = clock.now();

	const look = async () => {
		const now = clock.now();
		// We slept ourselves (a laptop was closed): who was silent meanwhile had no chance to be heard.
		if (now - lookedAt > graceMs / 2) seen.clear();
		lookedAt = now;
		for (const node of nodes.all()) await check(node, now);
	};
	const check = async (node: Node, now: number) => {
		const {name} = node.metadata;
		const sign = lifeSign(node, leases.get(`kube-node-lease/${name}`));
		const known = seen.get(name);
		if (known?.sign !== sign) seen.set(name, {sign, at: now});
		else if (now > known.at + graceMs) await markLost(node, now);
	};
	const markLost = async (node: Node, now: number) => {
		const conditions = silentConditions(node, now);
		if (conditions.length === 0) return;
		const {name} = node.metadata;
		const wasReady = readyOf(node)?.status === 'True';
		await api.send({
			method: 'PATCH',
			path: `/api/v1/nodes/${name}/status`,
			body: {status: {conditions}},
			contentType: 'application/strategic-merge-patch+json',
		});
		if (!wasReady) return;
		events.record(involved(node), 'Normal', 'NodeNotReady', `Node ${name} status is now: NodeNotReady`);
		for (const pod of pods.with('node', name)) await markUnready(pod);
	};
	const markUnready = async (pod: Pod) => {
		const ready = conditionOf(pod, 'Ready');
		if (ready?.status !== 'True') return;
		const path = `${podPath(pod.metadata.namespace, pod.metadata.name)}/status`;
		const condition = {type: 'Ready', status: 'False', lastTransitionTime: new Date(clock.now()).toISOString()};
		await api.send({method: 'PATCH', path, body: {status: {conditions: [condition]}}, contentType: 'application/strategic-merge-patch+json'});
		events.record(involved(pod), 'Warning', 'NodeNotReady', 'Node is not ready');
	};
	const watchNodes = async () => {
		while (!signal.aborted) {
			await look().catch(() => undefined);
			await sleep(clock, periodMs, signal);
		}
	};

	nodes.onChange(({before, now}) => {
		if (now === undefined && before !== undefined) seen.delete(before.metadata.name);
	});
	let watching: Promise<void> = Promise.resolve();
	return {
		start() {
			watching = watchNodes();
		},
		stop: () => watching,
	};
}
