import type {WorkloadKind} from '../../domain/kinds/kind-words.ts';
import {apiPaths} from '../api-paths.ts';
import type {ClusterConnection} from '../connect.ts';
import type {InformerPolicy} from '../informer/policy.ts';
import type {StreamEvent} from '../informer/source.ts';
import {runInformer} from '../informer.ts';
import {kindSources, revisionsOf} from '../kinds/kind-source.ts';

/** With what a part of the cluster is followed. */
export type FollowSetting = {
	readonly connection: Pick<ClusterConnection, 'open' | 'namespace'>;
	readonly signal: AbortSignal;
	readonly policy?: Partial<InformerPolicy> | undefined;
	/** No screen is opened: the side streams need not let its first frame go before. */
	readonly besideAtOnce?: boolean | undefined;
};

type OwnedEmit = {readonly revisions: (event: StreamEvent<'revisions'>) => void; readonly pods: (event: StreamEvent<'pods'>) => void};

/** What numbers a workload's templates, and pods, as its selector matches them. */
export async function followOwned({connection, signal, policy}: FollowSetting, kind: WorkloadKind, labelSelector: string, emit: OwnedEmit): Promise<void> {
	const shared = {connection, signal, policy, labelSelector};
	const {revisions, parsePod} = kindSources[kind];
	await Promise.all([
		runInformer({...shared, stream: 'revisions', path: revisionsOf(kind, connection.namespace), parse: revisions.parse, emit: emit.revisions}),
		runInformer({...shared, stream: 'pods', path: apiPaths.pods(connection.namespace), parse: parsePod, emit: emit.pods}),
	]);
}
