import type {ReplicaSet} from '../domain/replica-set.ts';
import type {Workload} from '../domain/workload.ts';
import {apiPaths, objectPath} from './api-paths.ts';
import type {ClusterConnection} from './connect.ts';
import {ClusterError} from './errors.ts';
import {isRawObject, objectsOf} from './parse/fields.ts';
import {parseReplicaSet} from './parse/replica-set.ts';
import {parseWorkload} from './parse/workload.ts';

type Connection = Pick<ClusterConnection, 'json'>;
type Place = Pick<Workload, 'namespace' | 'name'>;

/** Where the API has the Deployment. */
export const workloadPath = ({namespace, name}: Place): string => objectPath(apiPaths.deployments(namespace), name);

/** What the API server answered as a Deployment. Throws ClusterError `garbage` where it is none. */
export function asWorkload(answer: unknown): Workload {
	const workload = parseWorkload(answer);
	if (workload === undefined) throw new ClusterError('the API server sent no Deployment', {kind: 'garbage'});
	return workload;
}

/** The Deployment as it is now. Throws ClusterError. */
export async function readWorkload(connection: Connection, place: Place): Promise<Workload> {
	return asWorkload(await connection.json({path: workloadPath(place)}));
}

/** All ReplicaSets by the selector, in one piece, as kubectl asks for them: there are few, revisionHistoryLimit sees to that. Throws ClusterError. */
export async function readReplicaSets(connection: Connection, {namespace, selectorQuery}: Workload): Promise<readonly ReplicaSet[]> {
	const list = await connection.json({path: apiPaths.replicasets(namespace), query: {labelSelector: selectorQuery}});
	return objectsOf(isRawObject(list) ? list.items : undefined).flatMap(item => parseReplicaSet(item) ?? []);
}
