import {steeredDeployment} from '../domain/kinds/kruise/steered.ts';
import {deploymentOfApplication, unmadeDeployment} from '../domain/kinds/vela/steered.ts';
import type {KruiseRollout, Release} from '../domain/release.ts';
import type {Deployment} from '../domain/workload.ts';
import {objectPath} from './api-paths.ts';
import type {ClusterConnection} from './connect.ts';
import {ClusterError} from './errors.ts';
import {collectionOf} from './kinds/kind-source.ts';
import {parseApplication} from './parse/application.ts';
import {parseKruiseRollout} from './parse/kruise-rollout.ts';

type Connection = Pick<ClusterConnection, 'json'>;

/** Where the API has what steers a workload: a Rollout in the version by which it was read. */
export function releasePath(release: Pick<Release, 'kind' | 'namespace' | 'name'> & {readonly apiVersion?: string}): string {
	const {kind, namespace, name, apiVersion} = release;
	const collection = apiVersion === undefined ? collectionOf(kind, namespace) : `/apis/${apiVersion}/namespaces/${encodeURIComponent(namespace)}/rollouts`;
	return objectPath(collection, name);
}

function parsed<T>(value: T | undefined, kind: string): T {
	if (value === undefined) throw new ClusterError(`the API server sent no ${kind}`, {kind: 'garbage'});
	return value;
}

/** A Rollout as it is now. Throws ClusterError. */
export async function readRollout(connection: Connection, rollout: KruiseRollout): Promise<KruiseRollout> {
	return parsed(parseKruiseRollout(await connection.json({path: releasePath(rollout)})), 'Rollout');
}

/** What steers a workload as it is now. Throws ClusterError. */
export async function readRelease(connection: Connection, release: Release): Promise<Release> {
	if (release.kind === 'KruiseRollout') return readRollout(connection, release);
	const [answer, rollout] = await Promise.all([connection.json({path: releasePath(release)}), release.rollout && readRollout(connection, release.rollout)]);
	return {...parsed(parseApplication(answer), 'Application'), rollout};
}

/** A Deployment as it stands under what steers it; what stands in for one that an Application has not made yet. Throws ClusterError where there is none else. */
export function steeredBy(deployment: Deployment | undefined, release: Release): Deployment {
	if (release.kind === 'Application') return deploymentOfApplication(deployment ?? unmadeDeployment(release), release, undefined);
	return steeredDeployment(parsed(deployment, 'Deployment'), release, undefined);
}
