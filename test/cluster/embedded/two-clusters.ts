import {readFileSync} from 'node:fs';
import {systemClock} from '../../../src/demo/clock.ts';
import {startControllers} from '../../../src/demo/controllers/start-controllers.ts';
import type {ClusterAccess} from '../harness/cluster-access.ts';
import {startControlPlane} from '../harness/control-plane.ts';
import {createNamespace, type TestNamespace} from '../harness/namespace.ts';
import {startTestNode} from '../harness/node.ts';
import {suiteCluster} from '../harness/suite-cluster.ts';

/** The same things, done in two clusters that differ in their controllers alone. */
export interface TwoClusters {
	/** Real API server and nodes of ours, with the controllers of the embedded cluster. */
	readonly ours: ClusterAccess;
	/** What `run` gives in a namespace of each cluster. */
	readonly inBoth: <T>(topic: string, run: (namespace: TestNamespace, cluster: ClusterAccess) => Promise<T>) => Promise<{ours: T; upstream: T}>;
	readonly stop: () => Promise<void>;
}

/** Above the numbers of the suite's nodes, whose addresses they would else share. */
const nodeNumbers = [7, 8];

/** Starts the one cluster; the other one is the suite's. */
export async function startTwoClusters(): Promise<TwoClusters> {
	const ours = await startControlPlane({controllers: false});
	const {server, own} = ours.info;
	const ca = readFileSync(own?.certificateAuthority ?? '', 'utf8');
	const controllers = await startControllers({api: {server, token: own?.token, ca}, clock: systemClock});
	const nodes = await Promise.all(nodeNumbers.map(number => startTestNode(ours.info, number)));
	const inOne = async <T>(cluster: ClusterAccess, topic: string, run: (namespace: TestNamespace, cluster: ClusterAccess) => Promise<T>) => {
		const namespace = await createNamespace(cluster, topic);
		try {
			return await run(namespace, cluster);
		} finally {
			await namespace.kubectl(['delete', 'namespace', namespace.name, '--wait=false']);
		}
	};
	return {
		ours,
		async inBoth(topic, run) {
			const [here, there] = await Promise.all([inOne(ours, topic, run), inOne(suiteCluster(), topic, run)]);
			return {ours: here, upstream: there};
		},
		async stop() {
			await controllers.stop();
			await Promise.all(nodes.map(node => node.stop()));
			await ours.stop();
		},
	};
}
