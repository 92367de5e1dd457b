import type {ClusterAccess} from './cluster-access.ts';
import {startTestNode} from './node.ts';

/** Vitest numbers the test files that run at the same time: two of them never have the same node. */
const number = 70 + Number(process.env.VITEST_POOL_ID);
const onlyFor = {key: 'rollwatch-test/own-node', effect: 'NoSchedule'} as const;

/** The node that only this test file uses, once it has joined. */
export const ownNodeName = `node-${number}`;

/**
 * What a pod's spec says to run there. Nothing else does: what the scheduler put there of another test would stay behind without its kubelet when the node
 * leaves.
 */
export const onOwnNode = {nodeSelector: {'kubernetes.io/hostname': ownNodeName}, tolerations: [{...onlyFor, operator: 'Exists'}]} as const;

/** Joins the suite's cluster with a node of one's own; the answer takes it away again. */
export async function joinOwnNode(cluster: ClusterAccess): Promise<() => Promise<void>> {
	const node = await startTestNode(cluster, number, {taints: [onlyFor]});
	return async () => {
		await node.stop();
		await cluster.kubectl(['delete', 'node', ownNodeName]);
	};
}
