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
	readonly stop: () => Promise<void>;
}

/** Above the numbers of other tests' nodes; the last one lets only those in who put up with it. */
const nodeNumbers = [14, 15, 16] as const;
const delays: Partial<Delays> = {sandboxMs: 20, pullMs: 10, createMs: 5, startMs: 5, teardownMs: 20, relistMs: 250};
const capacity = {pods: 250, cpu: '16', memory: '64Gi'};

/** A control plane of its own: policies and taints are the whole cluster's. */
export async function realSide(): Promise<Side> {
	const controlPlane = await startControlPlane();
	const {info, server, kubeconfig} = controlPlane;
	const nodes = await Promise.all(nodeNumbers.map(number => startTestNode(info, number, {delays, capacity})));
	const client = createApiClient({server, token: info.own?.token, ca: readFileSync(info.own?.certificateAuthority ?? '', 'utf8')});
	await taint(client);
	return {
		name: 'real',
		client,
		kubeconfig,
		async stop() {
			await client.close();
			await Promise.all(nodes.map(node => node.stop()));
			await controlPlane.stop();
		},
	};
}

/** The embedded cluster, with the same nodes. */
export async function embeddedSide(): Promise<Side> {
	const folder = await mkdtemp(join(tmpdir(), 'rollwatch-situations-'));
	const parts = await startEmbeddedParts();
	const {api, network} = parts;
	const nodes: RunningNode[] = await Promise.all(
		nodeNumbers.map(number =>
			startNode({api, network, delays, capacity, name: `node-${number}`, ip: `10.240.0.${number}`, ips: createIpPool(`10.244.${number}`)}),
		),
	);
	const client = createApiClient(api);
	await taint(client);
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
	return {
		name: 'embedded',
		client,
		kubeconfig,
		async stop() {
			await client.close();
			await Promise.all(nodes.map(node => node.stop()));
			await parts.stop();
			await rm(folder, {recursive: true, force: true});
		},
	};
}

async function taint(client: ApiClient): Promise<void> {
	await client.send({
		method: 'PATCH',
		path: `/api/v1/nodes/node-${nodeNumbers[2]}`,
		contentType: 'application/merge-patch+json',
		body: {spec: {taints: [{key: 'dedicated', value: 'db', effect: 'NoSchedule'}]}},
	});
}
