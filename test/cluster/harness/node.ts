import {readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {createLoopbackNetwork} from '../../../src/demo/network.ts';
import {createIpPool} from '../../../src/demo/node/ip-pool.ts';
import {type NodeOptions, type RunningNode, startNode} from '../../../src/demo/node/start-node.ts';
import type {ClusterInfo} from './cluster-access.ts';
import {controlPlaneUser} from './control-plane-files.ts';

/** The suite's own nodes; a test that starts another one takes a higher number. */
export const suiteNodes = [1, 2] as const;

const loopback = createLoopbackNetwork();

/** Joins `node-N` to a control plane of ours. Its pods get addresses 10.244.N.x, so each number may run once at a time. */
export function startTestNode(
	{server, own}: ClusterInfo,
	number: number,
	options: Pick<NodeOptions, 'delays' | 'capacity' | 'taints'> = {},
): Promise<RunningNode> {
	if (own === undefined) throw new Error('our node joins only a control plane of our own');
	const {tokens, certificateAuthority} = own;
	const cert = readFileSync(certificateAuthority, 'utf8');
	const key = readFileSync(join(dirname(certificateAuthority), 'apiserver.key'), 'utf8');
	// Where no namespace is permitted, pods run and are probed on loopback; only the API server can't reach them.
	const place = hasPodNetwork() ? {ip: `10.240.0.${number}`} : {ip: '127.0.0.1', network: loopback};
	return startNode({
		...place,
		...options,
		api: {server, token: tokens[controlPlaneUser], ca: cert},
		name: `node-${number}`,
		ips: createIpPool(`10.244.${number}`),
		// The API server verifies no kubelet unless told to, so its own certificate does.
		kubeletServer: {port: 0, tls: {key, cert}},
	});
}

/** Whether pod addresses can be bound, that is, whether `run.mjs` could make a network namespace. */
export function hasPodNetwork(): boolean {
	return process.env.ROLLWATCH_TEST_POD_NETWORK !== undefined;
}
