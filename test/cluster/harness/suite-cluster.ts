import {inject} from 'vitest';
import './global-setup.ts';
import {type ClusterAccess, createClusterAccess} from './cluster-access.ts';
import {hasPodNetwork} from './node.ts';

/** The suite's cluster, from any test file. */
export function suiteCluster(): ClusterAccess {
	return createClusterAccess(inject('cluster'));
}

/** Whether the API server can reach pods by their addresses; without it the proxy tests have nothing to ask. */
export function podsAreReachable(): boolean {
	return hasPodNetwork() || process.env.ROLLWATCH_TEST_KUBECONFIG !== undefined;
}

/** Whether the control plane is ours: with an audit log, no foreign load, and addresses that a test may bind. */
export function isOwnCluster(): boolean {
	return inject('cluster').own !== undefined;
}
