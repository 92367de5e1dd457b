import {type ControlPlane, startControlPlane} from '../harness/control-plane.ts';
import {createDefinitions, publishedDefinitions} from '../harness/definitions.ts';
import {isOwnCluster} from '../harness/suite-cluster.ts';

const files = ['kruise-rollouts', 'kruise-batchreleases', 'vela-applications', 'vela-applicationrevisions'];

/** Whether OpenKruise's and KubeVela's published definitions are at hand, and a control plane of our own to create them on. */
export function hasReleaseDefinitions(): boolean {
	if (!isOwnCluster()) return false;
	if (publishedDefinitions(...files) !== undefined) return true;
	process.stdout.write('The tests of OpenKruise and KubeVela are skipped: their published definitions are not in ../shared/crds.\n');
	return false;
}

/** A real API server with these definitions, on which nobody but the player of a recording writes. */
export async function startReleaseCluster(): Promise<ControlPlane> {
	const cluster = await startControlPlane({controllers: false});
	await createDefinitions(cluster, publishedDefinitions(...files) ?? []);
	return cluster;
}
