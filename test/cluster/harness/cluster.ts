import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {ClusterInfo} from './cluster-access.ts';
import {startControlPlane} from './control-plane.ts';
import {createKubectl, mustKubectl} from './kubectl.ts';
import {startTestNode, suiteNodes} from './node.ts';

/** The cluster of a whole run, with what it takes to give it back. */
export interface RunningCluster {
	readonly info: ClusterInfo;
	stop(): Promise<void>;
}

/** The cluster that `run.mjs` decided on: somebody's, or a control plane of our own with our node. */
export async function startCluster(): Promise<RunningCluster> {
	const given = process.env.ROLLWATCH_TEST_KUBECONFIG;
	return given === undefined ? startOwnCluster() : givenCluster(given);
}

async function startOwnCluster(): Promise<RunningCluster> {
	const controlPlane = await startControlPlane({auditLog: true});
	const {info} = controlPlane;
	try {
		const nodes = await Promise.all(suiteNodes.map(number => startTestNode(info, number)));
		const stopNodes = () => Promise.all(nodes.map(node => node.stop()));
		return {
			info,
			stop: () =>
				stopNodes()
					.finally(controlPlane.stop)
					.then(() => undefined),
		};
	} catch (error) {
		await controlPlane.stop();
		throw error;
	}
}

async function givenCluster(kubeconfig: string): Promise<RunningCluster> {
	const folder = await mkdtemp(join(tmpdir(), 'rollwatch-cluster-'));
	const kubectl = createKubectl('kubectl', {...process.env, KUBECONFIG: kubeconfig});
	const server = await mustKubectl(kubectl, ['config', 'view', '--minify', '-o', 'jsonpath={.clusters[0].cluster.server}']);
	return {info: {kubeconfig, server, folder, kubectlProgram: 'kubectl'}, stop: () => rm(folder, {recursive: true, force: true})};
}
