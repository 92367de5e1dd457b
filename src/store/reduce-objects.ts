import type {K8sEvent} from '../domain/k8s-event.ts';
import type {Pod} from '../domain/pod.ts';
import {stepStanding} from '../domain/step-entries.ts';
import type {Workload} from '../domain/workload.ts';
import type {ClusterEvent, ObjectChange} from './event.ts';
import {mapAfter, ownMapAfter, type Transition, transitionsOf} from './object-map.ts';
import {actionSeen} from './reduce-action.ts';
import {commandAfter, commandAfterPods, commandAfterService} from './reduce-command.ts';
import {tracesAfter} from './replica-set-traces.ts';
import {withRevisionCounts} from './revision-counts.ts';
import {memoryAfter} from './rollout-memory.ts';
import {rolloutAfter} from './seen-rollout.ts';
import type {DepartedPod, FollowedWorkload, State} from './state.ts';
import {changeEntries, eventChanges, podChanges} from './timeline-changes.ts';
import {addEntries} from './timeline-log.ts';
import {VersionedMap} from './versioned-map.ts';

/** What a stream brings for one kind of object. */
export type ObjectsEvent = Extract<ClusterEvent, {type: 'listed' | 'changed'}>;

/** Late answers name pods for at most a time-out; more would only cost memory. */
const mostDeparted = 1000;

/** The cluster keeps them for an hour, several of each pod; of a rollout of thousands the older ones say nothing about now. */
const mostK8sEvents = 4000;

/** The state after a list or some watch events of one kind, timeline lines included. */
export function reduceObjects(before: State, event: ObjectsEvent): State {
	if (event.stream === 'pods') return reducePods(before, event);
	if (event.stream === 'events') return reduceK8sEvents(before, event);
	const brought = withObjects(before, event);
	if (brought === before) return before;
	const after = isCounted(event.stream) ? withRevisionCounts(before, brought, event.at) : brought;
	const told = addEntries(after, changeEntries(before, after, event.stream, event.at));
	// Counts are in the workload's status; its ReplicaSets say which of them are the new ones.
	return event.stream === 'workloads' || event.stream === 'revisions' ? actionSeen(told, event.at) : told;
}

/** There may be thousands of pods, and as many changes a second: what is done for one must not grow with the others. */
function reducePods(before: State, event: Extract<ObjectsEvent, {stream: 'pods'}>): State {
	const transitions = transitionsOf(before.pods, event);
	if (transitions.length === 0) return before;
	const brought = withPods(before, mapAfter(before.pods, event, transitions), transitions, event.at);
	const after = withRevisionCounts(before, brought, event.at);
	return before.streams.pods.synced ? addEntries(after, podChanges(after, transitions, event.at)) : after;
}

/** The events of thousands of pods are as many again. */
function reduceK8sEvents(before: State, event: Extract<ObjectsEvent, {stream: 'events'}>): State {
	const transitions = transitionsOf(before.k8sEvents, event);
	const after = withMap(before, 'k8sEvents', newestEvents(before.k8sEvents, event, transitions));
	return after === before ? before : addEntries(after, eventChanges(after, transitions, !before.streams.events.synced));
}

/** One that is told again comes last again. */
function newestEvents(
	before: State['k8sEvents'],
	event: Extract<ObjectsEvent, {stream: 'events'}>,
	transitions: readonly Transition<K8sEvent>[],
): State['k8sEvents'] {
	if (event.type === 'listed' || transitions.length === 0) return mapAfter(before, event, transitions);
	return VersionedMap.of(before)
		.with(
			transitions.flatMap(({object: {uid}, after}) => [
				[uid, undefined],
				[uid, after],
			]),
		)
		.newest(mostK8sEvents);
}

/** What the counts of ControllerRevisions are made of, but for the pods. */
function isCounted(stream: ObjectsEvent['stream']): boolean {
	return stream === 'workloads' || stream === 'revisions';
}

function withObjects(state: State, event: Exclude<ObjectsEvent, {stream: 'pods' | 'events'}>): State {
	switch (event.stream) {
		case 'workloads':
			return withWorkload(state, event);
		case 'revisions':
			return withReplicaSets(state, ownMapAfter(state.replicaSets, event), event.at);
		case 'services':
			return withServices(state, mapAfter(state.services, event));
		case 'endpointslices':
			return withMap(state, 'endpointSlices', mapAfter(state.endpointSlices, event));
		case 'autoscalers':
			return withMap(state, 'autoscalers', mapAfter(state.autoscalers, event));
		case 'disruptionbudgets':
			return withMap(state, 'budgets', mapAfter(state.budgets, event));
	}
}

type MapName = 'k8sEvents' | 'services' | 'endpointSlices' | 'autoscalers' | 'budgets';

function withMap<Name extends MapName>(state: State, name: Name, map: State[Name]): State {
	return map === state[name] ? state : {...state, [name]: map};
}

function withReplicaSets(state: State, replicaSets: State['replicaSets'], at: number): State {
	return replicaSets === state.replicaSets ? state : {...state, replicaSets, traces: tracesAfter(state, replicaSets, 'ReplicaSet', at)};
}

function withServices(state: State, services: State['services']): State {
	const changed = withMap(state, 'services', services);
	return changed === state ? state : {...changed, command: commandAfterService(changed)};
}

function withPods(state: State, pods: State['pods'], transitions: readonly Transition<Pod>[], at: number): State {
	const gone = transitions.filter(({after}) => after === undefined).map(({object}) => object);
	const command = commandAfterPods({command: state.command, pods});
	return {...state, pods, command, departed: withDeparted(state.departed, gone, at)};
}

function withDeparted(before: State['departed'], pods: readonly Pod[], at: number): State['departed'] {
	if (pods.length === 0) return before;
	const added = pods.map(({uid, name, ip, ownerUid}): [string, DepartedPod] => [uid, {name, ip, ownerUid, at}]);
	return VersionedMap.of(before).with(added).newest(mostDeparted);
}

function withWorkload(state: State, event: Extract<ObjectsEvent, {stream: 'workloads'}>): State {
	if (event.type === 'changed') return event.changes.reduce((current, change) => changed(current, change, event.at), state);
	const items = new Map(event.items.map(workload => [workload.name, workload]));
	const absent = Array.from(state.workloads.values(), ({workload}) => workload).filter(({name}) => !items.has(name));
	const without = absent.reduce((current, {uid}) => withoutWorkload(current, uid), state);
	return [...items.values()].reduce((current, workload) => observed(current, workload, event.at), without);
}

function changed(state: State, change: ObjectChange<Workload>, at: number): State {
	return change.kind === 'observed' ? observed(state, change.object, at) : withoutWorkload(state, change.uid);
}

/** Behind a Service workloads may come and go under ever new names, for days. */
const mostGone = 20;

/** A deleted workload stays on the screen, said to be gone. */
function withoutWorkload(state: State, uid: string): State {
	const found = [...state.workloads.values()].find(({workload}) => workload.uid === uid);
	return found === undefined || found.gone ? state : withoutLongGone(withFollowed(state, {...found, gone: true}));
}

/** Of many that are gone the last ones stay, and the one that somebody looks at. */
function withoutLongGone(state: State): State {
	const gone = [...state.workloads.values()].filter(followed => followed.gone && followed.workload.name !== state.opened);
	if (gone.length <= mostGone) return state;
	const dropped = new Set(gone.slice(0, -mostGone).map(({workload}) => workload.name));
	const others = <Value>(byName: ReadonlyMap<string, Value>) => new Map([...byName].filter(([name]) => !dropped.has(name)));
	return {...state, workloads: others(state.workloads), rightsOf: others(state.rightsOf)};
}

/** Made again under the same name it is another one. */
function observed(state: State, workload: Workload, at: number): State {
	const before = state.workloads.get(workload.name);
	if (before?.workload.uid === workload.uid && before.workload.resourceVersion === workload.resourceVersion) return state;
	if (before === undefined || before.workload.uid !== workload.uid) {
		const command = state.command?.workload === workload.name ? undefined : state.command;
		return {
			...withFollowed(state, {
				workload,
				gone: false,
				rollout: undefined,
				memory: memoryAfter(undefined, workload, undefined, at),
				steps: stepStanding(workload, undefined),
			}),
			command,
		};
	}
	const rollout = rolloutAfter(state, before, workload, at);
	const followed = {workload, gone: false, rollout, memory: memoryAfter(before, workload, rollout, at), steps: stepStanding(workload, before.steps)};
	return {...withFollowed(state, followed), command: commandAfter(state.command, workload)};
}

function withFollowed(state: State, followed: FollowedWorkload): State {
	return {...state, workloads: new Map(state.workloads).set(followed.workload.name, followed)};
}
