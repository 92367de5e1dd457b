import {readFileSync, writeFileSync} from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type ApiClient, createApiClient} from '../../../src/demo/api-client.ts';
import {createIpPool} from '../../../src/demo/node/ip-pool.ts';
import type {Delays} from '../../../src/demo/node/node-context.ts';
import {type RunningNode, startNode} from '../../../src/demo/node/start-node.ts';
import {startEmbeddedParts} from '../embedded/parts.ts';
import {startControlPlane} from '../harness/control-plane.ts';
import {startTestNode} from '../harness/node.ts';

/** One of the two clusters that situations are brought about in, with the kubeconfig that the program gets. */
export interface Side {
	readonly name: 'real' | 'embedded';
	readonly client: ApiClient;
	readonly kubeconfig: string;
	/** Stops the last node without a word, as when a machine loses power. */
	readonly loseNode: () => Promise<void>;
	readonly stop: () => Promise<void>;
}

/** By how much a node's number is above the first one's, and what keeps pods off it that do not ask for it. */
const taints = [
	[2, 'dedicated'],
	[3, 'lonely'],
] as const;
const delays: Partial<Delays> = {sandboxMs: 20, pullMs: 10, createMs: 5, startMs: 5, teardownMs: 20, relistMs: 250};
const capacity = {pods: 250, cpu: '16', memory: '64Gi'};

/** A control plane of its own: policies and taints are the whole cluster's. Nodes of tests that run side by side need numbers of their own. */
export async function realSide(firstNode: number): Promise<Side> {
	const nodeNumbers = numbersFrom(firstNode);
	const controlPlane = await startControlPlane({nodeLifecycle: true});
	const {info, server, kubeconfig} = controlPlane;
	const nodes = await Promise.all(nodeNumbers.map(number => startTestNode(info, number, {delays, capacity})));
	const client = createApiClient({server, token: info.own?.token, ca: readFileSync(info.own?.certificateAuthority ?? '', 'utf8')});
	await taint(client, firstNode);
	return {name: 'real', kubeconfig, ...onNodes(client, nodes, () => controlPlane.stop())};
}

/** The embedded cluster, with the same nodes. */
export async function embeddedSide(firstNode: number): Promise<Side> {
	const nodeNumbers = numbersFrom(firstNode);
	const folder = await mkdtemp(join(tmpdir(), 'rollwatch-situations-'));
	const parts = await startEmbeddedParts();
	const {api, network} = parts;
	const nodes: RunningNode[] = await Promise.all(
		nodeNumbers.map(number =>
			startNode({api, network, delays, capacity, name: `node-${number}`, ip: `10.240.0.${number}`, ips: createIpPool(`10.244.${number}`)}),
		),
	);
	const client = createApiClient(api);
	await taint(client, firstNode);
	const kubeconfig = join(folder, 'kubeconfig');
	const config = {
		apiVersion: 'v1',
		kind: 'Config',
		'current-context': 'embedded',
		clusters: [{name: 'embedded', cluster: {server: api.server}}],
		users: [{name: 'admin', user: {token: api.token}}],
		contexts: [{name: 'embedded', context: {cluster: 'embedded', user: 'admin'}}],
	};
	writeFileSync(kubeconfig, JSON.stringify(config), {mode: 0o600});
	const stopRest = async () => {
		await parts.stop();
		await rm(folder, {recursive: true, force: true});
	};
	return {name: 'embedded', kubeconfig, ...onNodes(client, nodes, stopRest)};
}

/** What is the same of both. `stopRest`: what is left when client and nodes have stopped. */
function onNodes(client: ApiClient, nodes: readonly Pick<RunningNode, 'stop'>[], stopRest: () => Promise<unknown>): Pick<Side, 'client' | 'loseNode' | 'stop'> {
	return {
		client,
		loseNode: async () => nodes.at(-1)?.stop(),
		async stop() {
			await client.close();
			await Promise.all(nodes.map(node => node.stop()));
			await stopRest();
		},
	};
}

/** Nobody is put on these nodes who does not ask for it. */
async function taint(client: ApiClient, firstNode: number): Promise<void> {
	for (const [above, key] of taints) {
		await client.send({
			method: 'PATCH',
			path: `/api/v1/nodes/node-${firstNode + above}`,
			contentType: 'application/merge-patch+json',
			body: {spec: {taints: [{key, effect: 'NoSchedule'}]}},
		});
	}
}

function numbersFrom(first: number): readonly number[] {
	return [0, 1, 2, 3].map(above => first + above);
}
