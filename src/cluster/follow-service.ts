import type {StreamName} from '../domain/stream.ts';
import type {Workload} from '../domain/workload.ts';
import type {ClusterEvent} from '../store/event.ts';
import {apiPaths} from './api-paths.ts';
import {createBeside} from './follow/follow-beside.ts';
import {followEvents} from './follow/follow-events.ts';
import {type FollowSetting, followOwned} from './follow/follow-owned.ts';
import {followEndpointSlices} from './follow/follow-services.ts';
import {createRestartable} from './follow/restartable.ts';
import {createUnion} from './follow/union.ts';
import {createWorkloadsBehind} from './follow/workloads-behind.ts';
import {defaultPolicy} from './informer/policy.ts';
import type {StreamEvent} from './informer/source.ts';
import {runInformer} from './informer.ts';
import {parseService} from './parse/service.ts';
import {parseWorkload} from './parse/workload.ts';

export type FollowServiceOptions = FollowSetting & {readonly name: string; readonly emit: (event: ClusterEvent) => void};

/** Streams that wait for the workloads to be known say so from the start. */
const waitingStreams: readonly StreamName[] = ['revisions', 'pods', 'events'];

/** Terms of a label selector; commas within `in (a,b)` are none of its own. */
function termsOf(selectorQuery: string): readonly string[] {
	return selectorQuery.split(/,(?![^(]*\))/);
}

/** Whether everything that the second selector matches is matched by the first, as far as their terms alone tell. */
function covers(first: string, second: string): boolean {
	const terms = termsOf(second);
	return termsOf(first).every(term => terms.includes(term));
}

/** ReplicaSets and pods of workloads that come one after the other. A watch of a wide selector brings what narrower ones would, and goes on for ever. */
function createOwned({connection, policy, signal, emit}: FollowServiceOptions) {
	const followed: string[] = [];
	const running: Promise<void>[] = [];
	const unions = {revisions: createUnion('revisions', emit), pods: createUnion('pods', emit)};
	return {
		follow(workloads: readonly Workload[], at: number): void {
			const widestFirst = workloads.map(({selectorQuery}) => selectorQuery).toSorted((left, right) => termsOf(left).length - termsOf(right).length);
			const added: string[] = [];
			for (const query of widestFirst) if (![...followed, ...added].some(known => covers(known, query))) added.push(query);
			followed.push(...added);
			// All are added before one of them runs: the first list is that of all.
			const emits = added.map(query => ({query, revisions: unions.revisions.add(), pods: unions.pods.add()}));
			for (const {query, ...into} of emits) running.push(followOwned({connection, policy, signal}, 'Deployment', query, into));
			if (followed.length > 0) return;
			unions.revisions.none(at);
			unions.pods.none(at);
		},
		ended: () => Promise.all(running),
	};
}

/** The newest state of the Service in an event, where it brings one. */
function newestService(event: StreamEvent<'services'>) {
	if (event.type === 'listed') return event.items.at(-1);
	if (event.type !== 'changed') return undefined;
	return event.changes.flatMap(change => (change.kind === 'observed' ? [change.object] : [])).at(-1);
}

/**
 * Follows a Service and all that stands behind it, until the signal aborts: the Service by its name, its EndpointSlices, and of the namespace's
 * Deployments those whose pods it selects or once selected, with their ReplicaSets, pods and events. Emits ClusterEvents; never throws.
 */
export async function followService(options: FollowServiceOptions): Promise<void> {
	const {connection, name, emit, signal, policy} = options;
	const since = (policy?.now ?? defaultPolicy.now)();
	for (const stream of waitingStreams) emit({type: 'stream-changed', stream, condition: {kind: 'syncing', since}});
	const beside = createBeside(options, 'Deployment', emit);
	const ofOwned = (event: ClusterEvent) => {
		emit(event);
		beside.heard(event);
	};
	const owned = createOwned({...options, emit: ofOwned});
	const events = createRestartable(signal);
	const behind = createWorkloadsBehind(emit, (members, at) => {
		owned.follow(members, at);
		const workloads = members.toSorted((left, right) => (left.name < right.name ? -1 : 1));
		events.start(workloads.map(({kind, name: own}) => `${kind}/${own}`).join(), restarted =>
			followEvents({connection, policy, signal: restarted}, {workloads, service: name}, emit),
		);
	});
	const onService = (event: StreamEvent<'services'>) => {
		emit(event);
		const service = newestService(event);
		if (service !== undefined && 'at' in event) behind.takeService(service, event.at);
	};
	const onDeployments = (event: StreamEvent<'workloads'>) => {
		if (event.type === 'listed' || event.type === 'changed') behind.takeWorkloads(event);
		else emit(event);
	};
	const shared = {connection, signal, policy};
	const fieldSelector = `metadata.name=${name}`;
	await Promise.all([
		runInformer({...shared, stream: 'services', path: apiPaths.services(connection.namespace), fieldSelector, parse: parseService, emit: onService}),
		runInformer({...shared, stream: 'workloads', path: apiPaths.deployments(connection.namespace), parse: parseWorkload, emit: onDeployments}),
		followEndpointSlices({...shared, emit}, [name], signal),
	]);
	await Promise.all([owned.ended(), events.ended(), beside.ended()]);
}
