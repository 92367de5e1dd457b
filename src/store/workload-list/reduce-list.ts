import type {WorkloadKind} from '../../domain/kinds/kind-words.ts';
import type {ListedWorkload} from '../../domain/listed-workload.ts';
import type {Workload} from '../../domain/workload.ts';
import {afterClockSet, goingOn} from '../clock-set.ts';
import type {ClusterEvent, ObjectChange} from '../event.ts';
import {reduce} from '../reduce.ts';
import {share} from '../share.ts';
import {initialState, type State, type StreamState} from '../state.ts';
import {entryOf, type ListEntry, type WorkloadListEvent, type WorkloadListState} from './list-state.ts';

/** Deleted ones are said for a while; thousands of jobs' leftovers would only cost memory. */
const mostGone = 100;

/** No curl loop runs in a list. */
const windowSeconds = 60;

/** What an event makes of the list: the same object when nothing changed. */
export function reduceList(state: WorkloadListState, event: WorkloadListEvent): WorkloadListState {
	switch (event.type) {
		case 'of-kind':
			return ofKind(state, event.kind, event.event);
		case 'kind-absent':
			return {...state, streams: without(state.streams, event.kind)};
		case 'closer-begun':
			return begunCloser(state, event.uid, event.at);
		case 'of-one':
			return ofOne(state, event.uid, event.event);
		case 'closer-ended':
			return state.closer.has(event.uid) ? {...state, closer: without(state.closer, event.uid)} : state;
		case 'ticked': {
			const {at, setBy} = event;
			const streams = setBy === undefined ? state.streams : mapped(state.streams, stream => afterClockSet(stream, setBy, at));
			return {...state, now: at, streams, closer: mapped(state.closer, one => reduce(one, event))};
		}
	}
}

function ofKind(state: WorkloadListState, kind: WorkloadKind, event: ClusterEvent): WorkloadListState {
	switch (event.type) {
		case 'stream-changed':
			return withStream(state, kind, before => ({...before, condition: share(before.condition, goingOn(before.condition, event.condition))}));
		case 'stream-heard':
			return withStream(state, kind, before => ({...before, heardAt: event.at}));
		case 'malformed':
			return state;
		case 'listed':
		case 'changed': {
			if (event.stream !== 'workloads') return state;
			const isFirst = state.streams.get(kind)?.synced !== true;
			const changes = event.type === 'changed' ? event.changes : changesOfList(state, kind, event.items);
			const heard = withStream(state, kind, before => ({...before, heardAt: event.at, synced: before.synced || event.type === 'listed'}));
			return changed(heard, changes, isFirst ? 0 : event.at);
		}
	}
}

/** A list says what is there, and by that what is not. */
function changesOfList({entries}: WorkloadListState, kind: WorkloadKind, items: readonly Workload[]): readonly ObjectChange<Workload>[] {
	const uids = new Set(items.map(({uid}) => uid));
	const gone = [...entries.values()].filter(({listed}) => listed.kind === kind && !uids.has(listed.uid));
	return [...gone.map(({listed: {uid}}) => ({kind: 'gone', uid}) as const), ...items.map(object => ({kind: 'observed', object}) as const)];
}

type Draft = {entries: Map<string, ListEntry>; gone: Map<string, ListedWorkload>; closer: Map<string, State>; isNew: boolean};

function changed(state: WorkloadListState, changes: readonly ObjectChange<Workload>[], at: number): WorkloadListState {
	const draft: Draft = {entries: new Map(state.entries), gone: new Map(state.gone), closer: new Map(state.closer), isNew: false};
	for (const change of changes) {
		if (change.kind === 'gone') remove(draft, change.uid);
		else observe(draft, change.object, at);
	}
	if (!draft.isNew) return state;
	const gone = draft.gone.size > mostGone ? new Map([...draft.gone].slice(-mostGone)) : draft.gone;
	return {...state, entries: draft.entries, gone, closer: draft.closer};
}

function remove(draft: Draft, uid: string): void {
	const entry = draft.entries.get(uid);
	if (entry === undefined) return;
	draft.isNew = true;
	draft.entries.delete(uid);
	draft.closer.delete(uid);
	draft.gone.set(uid, entry.listed);
}

function observe(draft: Draft, workload: Workload, at: number): void {
	const before = draft.entries.get(workload.uid);
	const after = entryOf(workload, before, at);
	const listed = share(before?.listed, after.listed);
	const look = draft.closer.get(workload.uid);
	// Of one that is done only its line matters: a controller that writes the same again makes no news.
	if (before !== undefined && listed === before.listed && after.workload === undefined) return;
	draft.isNew = true;
	draft.entries.set(workload.uid, {...after, listed});
	if (before === undefined) forget(draft.gone, workload);
	if (look !== undefined)
		draft.closer.set(workload.uid, reduce(look, {type: 'changed', stream: 'workloads', changes: [{kind: 'observed', object: workload}], at}));
}

/** Made again under its name it is not gone. */
function forget(gone: Map<string, ListedWorkload>, {kind, namespace, name}: Workload): void {
	for (const [uid, one] of gone) if (one.kind === kind && one.namespace === namespace && one.name === name) gone.delete(uid);
}

function begunCloser(state: WorkloadListState, uid: string, at: number): WorkloadListState {
	const workload = state.entries.get(uid)?.workload;
	if (workload === undefined || state.closer.has(uid)) return state;
	const {context, server} = state.place;
	const initial = initialState({context, server, namespace: workload.namespace, kind: workload.kind, name: workload.name}, at, windowSeconds);
	return {...state, closer: new Map(state.closer).set(uid, reduce(initial, {type: 'listed', stream: 'workloads', items: [workload], at}))};
}

function ofOne(state: WorkloadListState, uid: string, event: ClusterEvent): WorkloadListState {
	const before = state.closer.get(uid);
	const after = before && reduce(before, event);
	return after === undefined || after === before ? state : {...state, closer: new Map(state.closer).set(uid, after)};
}

function withStream(state: WorkloadListState, kind: WorkloadKind, change: (before: StreamState) => StreamState): WorkloadListState {
	const before = state.streams.get(kind);
	const after = before && share(before, change(before));
	return after === undefined || after === before ? state : {...state, streams: new Map(state.streams).set(kind, after)};
}

function without<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): ReadonlyMap<Key, Value> {
	const after = new Map(map);
	after.delete(key);
	return after;
}

function mapped<Key, Value>(map: ReadonlyMap<Key, Value>, change: (value: Value) => Value): ReadonlyMap<Key, Value> {
	return map.size === 0 ? map : new Map([...map].map(([key, value]) => [key, change(value)]));
}
