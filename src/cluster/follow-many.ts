import type {WorkloadKind} from '../domain/kinds/kind-words.ts';
import {kindsOf, namesOf, type WorkloadSelection} from '../domain/workload-selection.ts';
import type {ClusterConnection} from './connect.ts';
import type {InformerPolicy} from './informer/policy.ts';
import type {StreamEvent} from './informer/source.ts';
import {runInformer} from './informer.ts';
import {isServed, notServedText} from './kinds/is-served.ts';
import {collectionOf, kindSources} from './kinds/kind-source.ts';

export type FollowManyOptions = {
	readonly connection: Pick<ClusterConnection, 'open' | 'json' | 'namespace'>;
	readonly selection: WorkloadSelection;
	readonly emit: (kind: WorkloadKind, event: StreamEvent<'workloads'>) => void;
	/** The cluster does not serve this kind: nothing will come of it. */
	readonly onAbsent: (kind: WorkloadKind) => void;
	readonly signal: AbortSignal;
	readonly policy?: Partial<InformerPolicy> | undefined;
};

/** Follows the workloads of a selection, a list and a watch for each kind, until the signal aborts; their ReplicaSets and pods are not read. Never throws. */
export async function followMany(options: FollowManyOptions): Promise<void> {
	await Promise.all(kindsOf(options.selection).map(kind => followKind(options, kind)));
}

async function followKind({connection, selection, emit, onAbsent, signal, policy}: FollowManyOptions, kind: WorkloadKind): Promise<void> {
	if (!(await isServed(connection, kind, signal))) {
		if (!signal.aborted) onAbsent(kind);
		return;
	}
	const names = namesOf(selection, kind);
	const isAll = selection.kind === 'matching' && selection.allNamespaces;
	const wanted = new Set(names);
	await runInformer({
		connection,
		signal,
		policy,
		stream: 'workloads',
		path: collectionOf(kind, isAll ? undefined : connection.namespace),
		labelSelector: selection.kind === 'matching' ? selection.labelSelector : undefined,
		// One name the API server picks out itself; of several the whole collection is watched, once.
		fieldSelector: names?.length === 1 ? `metadata.name=${names[0]}` : undefined,
		parse: kindSources[kind].parse,
		notServed: notServedText(kind),
		wants: names === undefined ? undefined : ({name}) => wanted.has(name),
		emit: event => emit(kind, event),
	});
}
