import type {JsonObject} from '../../domain/json.ts';
import {fieldOf} from '../../domain/json-kind.ts';
import type {ArgoRollout, Workload} from '../../domain/workload.ts';
import {objectPath} from '../api-paths.ts';
import type {ClusterConnection} from '../connect.ts';
import {ClusterError} from '../errors.ts';
import {collectionOf} from '../kinds/kind-source.ts';
import {parseArgoRollout} from '../parse/argo-rollout.ts';
import {isRawObject, objectOf} from '../parse/fields.ts';
import {parseWorkload} from '../parse/workload.ts';
import {withTemplateOf} from './template-join.ts';

type Reference = NonNullable<ArgoRollout['workloadRef']>;

/** Collections of what may hold a Rollout's template. argo-rollouts: cmd/undo/undo.go undoWorkloadRef. */
const holderPlurals: Readonly<Record<string, string>> = {
	Deployment: 'apis/apps/v1/namespaces/NAMESPACE/deployments',
	ReplicaSet: 'apis/apps/v1/namespaces/NAMESPACE/replicasets',
	PodTemplate: 'api/v1/namespaces/NAMESPACE/podtemplates',
};

/** The collection of the object that holds a template; undefined for a kind that Argo knows none of. */
export function holderCollection({kind}: Reference, namespace: string): string | undefined {
	const path = fieldOf(holderPlurals, kind);
	return path === undefined ? undefined : `/${path.replace('NAMESPACE', encodeURIComponent(namespace))}`;
}

/** What holds a template, read as a workload: a PodTemplate has it at another place, and no selector. */
export function parseHolder(raw: unknown): Workload | undefined {
	if (!isRawObject(raw)) return undefined;
	const spec = raw.spec === undefined ? {template: objectOf(raw.template)} : objectOf(raw.spec);
	return parseWorkload({...raw, spec}, () => '');
}

/** A Rollout as it is now: as it is stored, and what holds its template where that is another object. */
export type ReadRollout = {
	/** With its template, and its own resource version. */
	readonly rollout: ArgoRollout;
	readonly raw: JsonObject;
	readonly path: string;
	/** The object whose `/spec/template` it is: the Rollout itself, or another. */
	readonly template:
		| {readonly path: string; readonly raw: JsonObject; readonly resourceVersion: string; readonly uid: string; readonly generation: number}
		| undefined;
};

type Connection = Pick<ClusterConnection, 'json'>;

/** Reads a Rollout, and what holds its template. Throws ClusterError. */
export async function readRollout(connection: Connection, {namespace, name}: Pick<Workload, 'namespace' | 'name'>): Promise<ReadRollout> {
	const path = objectPath(collectionOf('ArgoRollout', namespace), name);
	const raw = await connection.json({path});
	const own = parseArgoRollout(raw);
	if (own === undefined || !isRawObject(raw)) throw new ClusterError('the API server sent no Rollout', {kind: 'garbage'});
	const {workloadRef} = own;
	if (workloadRef === undefined) return {rollout: own, raw, path, template: {path, raw, ...versionOf(own)}};
	const holder = await readHolder(connection, workloadRef, namespace);
	const rollout = {...withTemplateOf(own, holder?.workload), resourceVersion: own.resourceVersion};
	return {rollout, raw, path, template: holder && {path: holder.path, raw: holder.raw, ...versionOf(holder.workload)}};
}

const versionOf = ({resourceVersion, uid, generation}: Workload) => ({resourceVersion, uid, generation});

/** Undefined where it does not exist, or is of an unknown kind. */
async function readHolder(connection: Connection, reference: Reference, namespace: string) {
	const collection = holderCollection(reference, namespace);
	if (collection === undefined) return undefined;
	const path = objectPath(collection, reference.name);
	try {
		const raw = await connection.json({path});
		const workload = parseHolder(raw);
		return workload === undefined || !isRawObject(raw) ? undefined : {path, raw, workload};
	} catch (error) {
		if (error instanceof ClusterError && error.kind === 'not-found') return undefined;
		throw error;
	}
}
