import {apiVersionOf, kindWords, type WorkloadKind} from '../../domain/kinds/kind-words.ts';
import type {ClusterConnection} from '../connect.ts';
import {ClusterError} from '../errors.ts';
import {isRawObject, objectsOf} from '../parse/fields.ts';

/** Kinds that every cluster has. */
const always: ReadonlySet<string> = new Set(['apps']);

/** Whether the cluster has this kind of workload: one small request where it comes from a CustomResourceDefinition, none else. What can't be found out is taken to be there. */
export async function isServed(connection: Pick<ClusterConnection, 'json'>, kind: WorkloadKind, signal: AbortSignal): Promise<boolean> {
	const {group, plural} = kindWords[kind];
	if (always.has(group)) return true;
	try {
		const list = await connection.json({path: `/apis/${apiVersionOf(kind)}`, signal});
		return objectsOf(isRawObject(list) ? list.resources : undefined).some(({name}) => name === plural);
	} catch (error) {
		return !(error instanceof ClusterError && error.kind === 'not-found');
	}
}
