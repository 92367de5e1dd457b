import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {hasArgo, startArgoController} from './argo-controller.ts';
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
	const {info, stop} = await startControlPlane({auditLog: true});
	const stops = [stop];
	// The newest first, and the control plane even when something on it fails to stop.
	const stopAll = async (): Promise<void> => {
		const stopNewest = stops.pop();
		await stopNewest?.().finally(stopAll);
	};
	try {
		for (const node of await Promise.all(suiteNodes.map(number => startTestNode(info, number)))) stops.push(() => node.stop());
		if (hasArgo()) stops.push((await startArgoController(info)).stop);
	} catch (error) {
		await stopAll();
		throw error;
	}
	return {info, stop: stopAll};
}

async function givenCluster(kubeconfig: string): Promise<RunningCluster> {
	const folder = await mkdtemp(join(tmpdir(), 'rollwatch-cluster-'));
	const kubectl = createKubectl('kubectl', {...process.env, KUBECONFIG: kubeconfig});
	const server = await mustKubectl(kubectl, ['config', 'view', '--minify', '-o', 'jsonpath={.clusters[0].cluster.server}']);
	return {info: {kubeconfig, server, folder, kubectlProgram: 'kubectl'}, stop: () => rm(folder, {recursive: true, force: true})};
}
