import {readFile} from 'node:fs/promises';
import {startApiServer} from '../../../src/demo/api/start-api-server.ts';
import {type ApiClient, type ApiConfig, createApiClient} from '../../../src/demo/api-client.ts';
import {systemClock} from '../../../src/demo/clock.ts';
import {startControllers} from '../../../src/demo/controllers/start-controllers.ts';
import {createLoopbackNetwork} from '../../../src/demo/network.ts';
import {createIpPool} from '../../../src/demo/node/ip-pool.ts';
import type {Delays} from '../../../src/demo/node/node-context.ts';
import {startNode} from '../../../src/demo/node/start-node.ts';
import type {ClusterInfo} from '../harness/cluster-access.ts';
import {startTestNode} from '../harness/node.ts';

/** One of the two sides. Both are driven and watched by the very same requests. */
export interface ClusterUnderTest extends ApiClient {
	readonly side: 'real' | 'embedded';
}

/** The nodes of both sides; their names and addresses stand in the recorded objects. */
export const differentialNodes = [11, 12] as const;

/** Work that takes no time here: what is compared is the order of things. */
export const quick: Delays = {sandboxMs: 20, pullMs: 10, createMs: 5, startMs: 5, teardownMs: 20, relistMs: 250};

/** As many pods as a node has addresses for. */
export const manyPods = {pods: 250};

/** The suite's control plane, with nodes for these tests alone. */
export async function realCluster(info: ClusterInfo): Promise<ClusterUnderTest> {
	const nodes = await Promise.all(differentialNodes.map(number => startTestNode(info, number, {delays: quick, capacity: manyPods})));
	const client = createApiClient({server: info.server, token: info.own?.token, ca: await certificate(info)});
	return {
		...client,
		side: 'real',
		async close() {
			await client.close();
			await Promise.all(nodes.map(node => node.stop()));
		},
	};
}

/** The embedded cluster, with the same nodes: the same program, the same names, the same speed. */
export async function embeddedCluster(): Promise<ClusterUnderTest> {
	const network = createLoopbackNetwork();
	const clock = systemClock;
	const token = 'differential';
	const server = await startApiServer({clock, network, users: [{name: 'admin', groups: ['system:masters'], token}]});
	const api = {server: server.url, token};
	const controllers = await startControllers({api, clock});
	const nodes = await Promise.all(
		differentialNodes.map(number =>
			startNode({
				api,
				network,
				name: `node-${number}`,
				ip: `10.240.0.${number}`,
				ips: createIpPool(`10.244.${number}`),
				delays: quick,
				capacity: manyPods,
			}),
		),
	);
	const client = createApiClient(api);
	return {
		...client,
		side: 'embedded',
		async close() {
			await client.close();
			await Promise.all(nodes.map(node => node.stop()));
			await controllers.stop();
			await server.close();
		},
	};
}

async function certificate({own}: ClusterInfo): Promise<ApiConfig['ca']> {
	return own === undefined ? undefined : readFile(own.certificateAuthority, 'utf8');
}
