import type {WorkloadKind} from '../domain/kinds/kind-words.ts';
import type {StreamName} from '../domain/stream.ts';
import type {Workload} from '../domain/workload.ts';
import type {ClusterEvent} from '../store/event.ts';
import {followRollout} from './argo/follow-rollout.ts';
import type {ClusterConnection} from './connect.ts';
import {createBeside} from './follow/follow-beside.ts';
import {followEvents} from './follow/follow-events.ts';
import {type FollowSetting, followOwned} from './follow/follow-owned.ts';
import {followServices} from './follow/follow-services.ts';
import {followSteering, type Steering} from './follow/follow-steering.ts';
import {createReleaseJoin} from './follow/release-join.ts';
import {createRestartable} from './follow/restartable.ts';
import {runInformer} from './informer.ts';
import {collectionOf, kindSources} from './kinds/kind-source.ts';
import {parseWorkload} from './parse/workload.ts';

export type FollowOptions = Omit<FollowSetting, 'connection'> & {
	readonly connection: Pick<ClusterConnection, 'open' | 'json' | 'namespace'>;
	readonly kind: WorkloadKind;
	readonly name: string;
	readonly emit: (event: ClusterEvent) => void;
};

/** The newest state of the workload in an event, where it brings one. */
function newestWorkload(event: ClusterEvent): Workload | undefined {
	if (event.type === 'listed' && event.stream === 'workloads') return event.items.at(-1);
	if (event.type !== 'changed' || event.stream !== 'workloads') return undefined;
	return event.changes.flatMap(change => (change.kind === 'observed' ? [change.object] : [])).at(-1);
}

/** Streams that wait for the workload to be known say so from the start. */
const waitingStreams: readonly StreamName[] = ['revisions', 'pods', 'endpointslices'];

/**
 * Follows a workload and all that belongs to it, what steers it from above included, until the signal aborts. The workload by its name, events and Services of the namespace at once;
 * ReplicaSets and pods as soon as the workload's selector is known, and anew when it is deleted and made again under the same name.
 * Emits ClusterEvents; never throws.
 */
export async function followWorkload(options: FollowOptions): Promise<void> {
	const {connection, kind, name, emit, signal, policy} = options;
	const since = (policy?.now ?? Date.now)();
	for (const stream of waitingStreams) emit({type: 'stream-changed', stream, condition: {kind: 'syncing', since}});
	const owned = createRestartable(signal);
	const services = followServices({connection, emit, signal, policy});
	const steering = kind === 'Deployment' ? createSteering(options, told) : undefined;
	const beside = createBeside(options, kind, emit, steering?.start);
	const events = createRestartable(signal);
	function told(event: ClusterEvent): void {
		emit(event);
		beside.heard(event);
		const workload = newestWorkload(event);
		if (workload === undefined) return;
		// Not known yet: without it everybody's pods would be followed.
		if (workload.selectorQuery !== '')
			owned.start(`${workload.uid} ${workload.selectorQuery}`, restarted =>
				followOwned({connection, policy, signal: restarted}, kind, workload.selectorQuery, {
					revisions: steering?.join.revisions ?? told,
					pods: steering?.join.pods ?? told,
				}),
			);
		services.templateLabels(workload.template.labels);
		watchEvents();
	}
	function watchEvents(): void {
		const workloads = [name, ...(steering?.join.secondNames() ?? [])].map(each => ({kind, name: each}));
		events.start(workloads.map(each => each.name).join(), restarted => followEvents({connection, policy, signal: restarted}, {workloads}, emit));
	}
	watchEvents();
	const shared = {
		connection,
		signal,
		policy,
		stream: 'workloads',
		path: collectionOf(kind, connection.namespace),
		fieldSelector: `metadata.name=${name}`,
	} as const;
	const followOwn = () => (kind === 'ArgoRollout' ? followRollout(options, name, told) : runInformer({...shared, parse: kindSources[kind].parse, emit: told}));
	await Promise.all([steering === undefined ? followOwn() : runInformer({...shared, parse: parseWorkload, emit: steering.join.deployments}), services.ended]);
	await Promise.all([owned.ended(), events.ended(), beside.ended(), steering?.ended()]);
}

/** What may steer a Deployment from above is looked for after the first frame: until then it is told as it is. */
function createSteering(options: FollowOptions, told: (event: ClusterEvent) => void) {
	const join = createReleaseJoin({kind: 'Deployment', name: options.name}, told);
	let running: Steering | undefined;
	return {
		join,
		start(): Promise<void> {
			running = followSteering(options, options.name, join);
			return running.known;
		},
		ended: async () => running?.ended,
	};
}
