import type {Pod} from '../domain/pod.ts';
import {stepStanding} from '../domain/step-entries.ts';
import type {Workload} from '../domain/workload.ts';
import type {ClusterEvent, ObjectChange} from './event.ts';
import {applyChanges, replaceAll, type Versioned} from './object-map.ts';
import {actionSeen} from './reduce-action.ts';
import {commandAfter, commandAfterPods, commandAfterService} from './reduce-command.ts';
import {tracesAfter} from './replica-set-traces.ts';
import {withRevisionCounts} from './revision-counts.ts';
import {memoryAfter} from './rollout-memory.ts';
import {rolloutAfter} from './seen-rollout.ts';
import type {DepartedPod, FollowedWorkload, State} from './state.ts';
import {changeEntries} from './timeline-changes.ts';
import {addEntries} from './timeline-log.ts';

/** What a stream brings for one kind of object. */
export type ObjectsEvent = Extract<ClusterEvent, {type: 'listed' | 'changed'}>;

/** Late answers name pods for at most a time-out; more would only cost memory. */
const mostDeparted = 1000;

/** The state after a list or some watch events of one kind, timeline lines included. */
export function reduceObjects(before: State, event: ObjectsEvent): State {
	const brought = withObjects(before, event);
	if (brought === before) return before;
	const after = isCounted(event.stream) ? withRevisionCounts(before, brought, event.at) : brought;
	const told = addEntries(after, changeEntries(before, after, event.stream, event.at));
	// Counts are in the workload's status; its ReplicaSets say which of them are the new ones.
	return event.stream === 'workloads' || event.stream === 'revisions' ? actionSeen(told, event.at) : told;
}

/** What the counts of ControllerRevisions are made of. */
function isCounted(stream: ObjectsEvent['stream']): boolean {
	return stream === 'workloads' || stream === 'revisions' || stream === 'pods';
}

function withObjects(state: State, event: ObjectsEvent): State {
	switch (event.stream) {
		case 'workloads':
			return withWorkload(state, event);
		case 'revisions':
			return withReplicaSets(state, mapAfter(state.replicaSets, event), event.at);
		case 'pods':
			return withPods(state, mapAfter(state.pods, event), event.at);
		case 'events':
			return withMap(state, 'k8sEvents', mapAfter(state.k8sEvents, event));
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

type Brought<T> = {readonly type: 'listed'; readonly items: readonly T[]} | {readonly type: 'changed'; readonly changes: readonly ObjectChange<T>[]};

function mapAfter<T extends Versioned>(before: ReadonlyMap<string, T>, event: Brought<T>): ReadonlyMap<string, T> {
	return event.type === 'listed' ? replaceAll(before, event.items) : applyChanges(before, event.changes);
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

function withPods(state: State, pods: State['pods'], at: number): State {
	if (pods === state.pods) return state;
	const departed = [...state.pods.values()].filter(({uid}) => !pods.has(uid));
	const command = commandAfterPods({command: state.command, pods});
	return {...state, pods, command, departed: departed.length === 0 ? state.departed : withDeparted(state.departed, departed, at)};
}

function withDeparted(before: State['departed'], pods: readonly Pod[], at: number): State['departed'] {
	const all = [...before, ...pods.map(({uid, name, ip, ownerUid}): [string, DepartedPod] => [uid, {name, ip, ownerUid, at}])];
	return new Map(all.slice(-mostDeparted));
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

/** A deleted workload stays on the screen, said to be gone. */
function withoutWorkload(state: State, uid: string): State {
	const found = [...state.workloads.values()].find(({workload}) => workload.uid === uid);
	return found === undefined || found.gone ? state : withFollowed(state, {...found, gone: true});
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
