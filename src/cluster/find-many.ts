import type {WorkloadKind} from '../domain/kinds/kind-words.ts';
import {kindsOf, type WorkloadName, type WorkloadSelection} from '../domain/workload-selection.ts';
import type {ClusterConnection} from './connect.ts';
import {checkNamespace, findTarget} from './find-object.ts';
import {checkServed} from './kinds/is-served.ts';
import {collectionOf} from './kinds/kind-source.ts';

/** What the first lists brought: the kinds that could be listed, and what was found. */
type FirstLists = {readonly listed: readonly WorkloadKind[]; readonly found: readonly WorkloadName[]};

/**
 * Says what is wrong where the first lists brought less than was asked for. Throws ClusterError: what the API server says where nothing could be listed, `not-found`
 * for a name that is not there, with the one that was probably meant, and for a namespace that does not exist.
 */
export async function checkSelection(
	connection: ClusterConnection,
	selection: WorkloadSelection,
	{listed, found}: FirstLists,
	signal: AbortSignal,
): Promise<void> {
	const isAll = selection.kind === 'matching' && selection.allNamespaces;
	const [kind] = kindsOf(selection);
	if (listed.length === 0 && kind !== undefined) {
		await checkServed(connection, kind, signal);
		const labelSelector = selection.kind === 'matching' ? selection.labelSelector : undefined;
		await connection.json({path: collectionOf(kind, isAll ? undefined : connection.namespace), query: {limit: '1', labelSelector}, signal});
	}
	if (selection.kind === 'named') {
		const missing = selection.workloads.filter(one => !found.some(({kind: other, name}) => other === one.kind && name === one.name));
		for (const one of missing) await findTarget(connection, one.kind, one.name, signal);
	} else if (!isAll && found.length === 0) await checkNamespace(connection);
}
