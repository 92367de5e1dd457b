import type {WorkloadKind} from '../../domain/kinds/kind-words.ts';
import {type ListedWorkload, listedWorkload} from '../../domain/listed-workload.ts';
import type {StreamCondition} from '../../domain/stream.ts';
import type {Workload} from '../../domain/workload.ts';
import {kindsOf, type WorkloadSelection} from '../../domain/workload-selection.ts';
import type {ClusterEvent, TickedEvent} from '../event.ts';
import type {State, StreamState} from '../state.ts';

/** Where the list is of. `namespace` undefined: all of them. */
export type ListPlace = {readonly context: string; readonly server: string; readonly namespace: string | undefined};

/** A workload of the list. */
export type ListEntry = {
	readonly listed: ListedWorkload;
	/** The object itself, as long as it is not complete: what follows its pods needs it. Hundreds that are done would only cost memory. */
	readonly workload: Workload | undefined;
	/** Since when it is not complete, epoch ms; 0: it was so when it was first seen. */
	readonly unfinishedSince: number | undefined;
};

/** Many workloads, a line each. */
export type WorkloadListState = {
	readonly place: ListPlace;
	readonly selection: WorkloadSelection;
	/** The last tick, epoch ms. */
	readonly now: number;
	/** Of each kind that is followed. */
	readonly streams: ReadonlyMap<WorkloadKind, StreamState>;
	/** By uid. */
	readonly entries: ReadonlyMap<string, ListEntry>;
	/** What was deleted while we watched, by uid, oldest first, bounded; without what was made again under its name. */
	readonly gone: ReadonlyMap<string, ListedWorkload>;
	/** Those few whose pods are followed, each as its own screen would have it, by uid. */
	readonly closer: ReadonlyMap<string, State>;
};

export type WorkloadListEvent =
	/** What the stream of one kind brings. */
	| {readonly type: 'of-kind'; readonly kind: WorkloadKind; readonly event: ClusterEvent}
	/** The cluster has no such kind. */
	| {readonly type: 'kind-absent'; readonly kind: WorkloadKind}
	/** The pods of one are followed from now on. */
	| {readonly type: 'closer-begun'; readonly uid: string; readonly at: number}
	/** What its own streams bring. */
	| {readonly type: 'of-one'; readonly uid: string; readonly event: ClusterEvent}
	| {readonly type: 'closer-ended'; readonly uid: string}
	| TickedEvent;

/** The state before anything was heard. `now`: epoch ms. */
export function initialList(place: ListPlace, selection: WorkloadSelection, now: number): WorkloadListState {
	const condition: StreamCondition = {kind: 'syncing', since: now};
	return {
		place,
		selection,
		now,
		streams: new Map(kindsOf(selection).map(kind => [kind, {condition, synced: false, heardAt: undefined}])),
		entries: new Map(),
		gone: new Map(),
		closer: new Map(),
	};
}

/** The entry of a workload as it is now. `at`: epoch ms, 0 in a first list. */
export function entryOf(workload: Workload, before: ListEntry | undefined, at: number): ListEntry {
	const listed = listedWorkload(workload);
	const isDone = listed.phase === 'complete';
	return {listed, workload: isDone ? undefined : workload, unfinishedSince: isDone ? undefined : (before?.unfinishedSince ?? at)};
}

/** Whether the first lists of all kinds have come, or can't. */
export function isListSettled({streams}: WorkloadListState): boolean {
	return [...streams.values()].every(({synced, condition}) => synced || condition.kind === 'forbidden' || condition.kind === 'lost');
}
