import type {TestProject} from 'vitest/node';
import {startCluster} from './cluster.ts';
import type {ClusterInfo} from './cluster-access.ts';

declare module 'vitest' {
	interface ProvidedContext {
		readonly cluster: ClusterInfo;
		readonly clusterStartMs: number;
	}
}

/** One cluster for the whole suite; each test makes a namespace of its own in it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
	const startedAt = performance.now();
	const {info, stop} = await startCluster();
	project.provide('cluster', info);
	project.provide('clusterStartMs', performance.now() - startedAt);
	return stop;
}
