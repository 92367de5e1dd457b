import {apiPaths} from '../api-paths.ts';
import type {ClusterConnection} from '../connect.ts';
import type {InformerPolicy} from '../informer/policy.ts';
import type {StreamEvent} from '../informer/source.ts';
import {runInformer} from '../informer.ts';
import {parsePod} from '../parse/pod.ts';
import {parseReplicaSet} from '../parse/replica-set.ts';

/** With what a part of the cluster is followed. */
export type FollowSetting = {
	readonly connection: Pick<ClusterConnection, 'open' | 'namespace'>;
	readonly signal: AbortSignal;
	readonly policy?: Partial<InformerPolicy> | undefined;
	/** No screen is opened: the side streams need not let its first frame go before. */
	readonly besideAtOnce?: boolean | undefined;
};

type OwnedEmit = {readonly replicasets: (event: StreamEvent<'replicasets'>) => void; readonly pods: (event: StreamEvent<'pods'>) => void};

/** ReplicaSets and pods that a workload's selector matches. */
export async function followOwned({connection, signal, policy}: FollowSetting, labelSelector: string, emit: OwnedEmit): Promise<void> {
	const shared = {connection, signal, policy, labelSelector};
	await Promise.all([
		runInformer({...shared, stream: 'replicasets', path: apiPaths.replicasets(connection.namespace), parse: parseReplicaSet, emit: emit.replicasets}),
		runInformer({...shared, stream: 'pods', path: apiPaths.pods(connection.namespace), parse: parsePod, emit: emit.pods}),
	]);
}
