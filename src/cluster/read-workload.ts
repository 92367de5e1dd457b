import type {JsonObject} from '../domain/json.ts';
import {kindWords, type WorkloadKind} from '../domain/kinds/kind-words.ts';
import type {ReplicaSet} from '../domain/replica-set.ts';
import type {Workload} from '../domain/workload.ts';
import {objectPath} from './api-paths.ts';
import {readRollout} from './argo/read-rollout.ts';
import type {ClusterConnection} from './connect.ts';
import {ClusterError} from './errors.ts';
import {collectionOf, kindSources, revisionsOf} from './kinds/kind-source.ts';
import {isRawObject, objectOf, objectsOf} from './parse/fields.ts';
import {readRelease, steeredBy} from './read-release.ts';

type Connection = Pick<ClusterConnection, 'json'>;
type Place = Pick<Workload, 'kind' | 'namespace' | 'name' | 'release'>;

/** Where the API has the workload. */
export const workloadPath = ({kind, namespace, name}: Place): string => objectPath(collectionOf(kind, namespace), name);

/** What the API server answered as a workload. Throws ClusterError `garbage` where it is none. */
export function asWorkload(answer: unknown, kind: WorkloadKind): Workload {
	const workload = kindSources[kind].parse(answer);
	if (workload === undefined) throw new ClusterError(`the API server sent no ${kindWords[kind].kind}`, {kind: 'garbage'});
	return workload;
}

/** The workload as it is now, with what steers it where something does. Throws ClusterError. */
export async function readWorkload(connection: Connection, place: Place): Promise<Workload> {
	if (place.kind === 'ArgoRollout') return (await readRollout(connection, place)).rollout;
	if (place.release === undefined) return asWorkload(await connection.json({path: workloadPath(place)}), place.kind);
	const [answer, release] = await Promise.all([readSteered(connection, place), readRelease(connection, place.release)]);
	const workload = answer === undefined ? undefined : asWorkload(answer, place.kind);
	return workload === undefined || workload.kind === 'Deployment' ? steeredBy(workload, release) : workload;
}

/** An Application can be acted on before it has made its Deployment. */
async function readSteered(connection: Connection, place: Place): Promise<unknown> {
	try {
		return await connection.json({path: workloadPath(place)});
	} catch (error) {
		if (place.release?.kind === 'Application' && error instanceof ClusterError && error.kind === 'not-found') return undefined;
		throw error;
	}
}

/** What numbers a workload's templates, and what an undo to one of them sends: the data of ControllerRevisions as it is stored, by `uid`. */
export type ReadRevisions = {readonly replicaSets: readonly ReplicaSet[]; readonly data: ReadonlyMap<string, JsonObject>};

export const noRevisions: ReadRevisions = {replicaSets: [], data: new Map()};

/** All that numbers its templates by the selector, in one piece, as kubectl asks for them: there are few, revisionHistoryLimit sees to that. Throws ClusterError. */
export async function readRevisions(connection: Connection, {kind, namespace, selectorQuery}: Workload): Promise<ReadRevisions> {
	const list = await connection.json({path: revisionsOf(kind, namespace), query: {labelSelector: selectorQuery}});
	const read = objectsOf(isRawObject(list) ? list.items : undefined).flatMap(item => {
		const replicaSet = kindSources[kind].revisions.parse(item);
		return replicaSet === undefined ? [] : [{replicaSet, data: objectOf(item.data)}];
	});
	return {replicaSets: read.map(({replicaSet}) => replicaSet), data: new Map(read.map(({replicaSet, data}) => [replicaSet.uid, data]))};
}
