import type {WorkloadKind} from '../domain/kinds/kind-words.ts';
import type {StreamName} from '../domain/stream.ts';
import type {Workload} from '../domain/workload.ts';
import type {ClusterEvent} from '../store/event.ts';
import {createBeside} from './follow/follow-beside.ts';
import {followEvents} from './follow/follow-events.ts';
import {type FollowSetting, followOwned} from './follow/follow-owned.ts';
import {followServices} from './follow/follow-services.ts';
import {createRestartable} from './follow/restartable.ts';
import type {StreamEvent} from './informer/source.ts';
import {runInformer} from './informer.ts';
import {collectionOf, kindSources} from './kinds/kind-source.ts';

export type FollowOptions = FollowSetting & {readonly kind: WorkloadKind; readonly name: string; readonly emit: (event: ClusterEvent) => void};

/** The newest state of the workload in an event, where it brings one. */
function newestWorkload(event: StreamEvent<'workloads'>): Workload | undefined {
	if (event.type === 'listed') return event.items.at(-1);
	if (event.type !== 'changed') return undefined;
	return event.changes.flatMap(change => (change.kind === 'observed' ? [change.object] : [])).at(-1);
}

/** Streams that wait for the workload to be known say so from the start. */
const waitingStreams: readonly StreamName[] = ['revisions', 'pods', 'endpointslices'];

/**
 * Follows a workload and all that belongs to it, until the signal aborts. The workload by its name, events and Services of the namespace at once;
 * ReplicaSets and pods as soon as the workload's selector is known, and anew when it is deleted and made again under the same name.
 * Emits ClusterEvents; never throws.
 */
export async function followWorkload(options: FollowOptions): Promise<void> {
	const {connection, kind, name, emit, signal, policy} = options;
	const since = (policy?.now ?? Date.now)();
	for (const stream of waitingStreams) emit({type: 'stream-changed', stream, condition: {kind: 'syncing', since}});
	const owned = createRestartable(signal);
	const services = followServices({connection, emit, signal, policy});
	const beside = createBeside(options, kind, emit);
	const ofOwned = (event: ClusterEvent) => {
		emit(event);
		beside.heard(event);
	};
	const onWorkloads = (event: StreamEvent<'workloads'>) => {
		emit(event);
		const workload = newestWorkload(event);
		if (workload === undefined) return;
		owned.start(`${workload.uid} ${workload.selectorQuery}`, restarted =>
			followOwned({connection, policy, signal: restarted}, kind, workload.selectorQuery, {revisions: ofOwned, pods: ofOwned}),
		);
		services.templateLabels(workload.template.labels);
	};
	await Promise.all([
		runInformer({
			connection,
			signal,
			policy,
			stream: 'workloads',
			path: collectionOf(kind, connection.namespace),
			fieldSelector: `metadata.name=${name}`,
			parse: kindSources[kind].parse,
			emit: onWorkloads,
		}),
		followEvents({connection, policy, signal}, {workloads: [{kind, name}]}, emit),
		services.ended,
	]);
	await Promise.all([owned.ended(), beside.ended()]);
}
