import type {ClusterConnection} from '../../cluster/connect.ts';
import {followOwned} from '../../cluster/follow/follow-owned.ts';
import {followMany} from '../../cluster/follow-many.ts';
import {defaultPolicy} from '../../cluster/informer/policy.ts';
import type {WorkloadSelection} from '../../domain/workload-selection.ts';
import type {ClusterEvent} from '../../store/event.ts';
import {createStore, type Store} from '../../store/store.ts';
import {wantedCloser} from '../../store/workload-list/closer-look.ts';
import {initialList, isListSettled, type WorkloadListEvent, type WorkloadListState} from '../../store/workload-list/list-state.ts';
import {createListView} from '../../store/workload-list/list-view.ts';
import type {WorkloadListView} from '../../store/workload-list/list-views.ts';
import {reduceList} from '../../store/workload-list/reduce-list.ts';
import {runClock} from '../clock.ts';
import {machineTimers, publishSchedule} from '../publish-schedule.ts';

/** Frames cost most: the list is published at most this often. */
const publishEveryMs = 100;

export type ListSessionOptions = {
	readonly connection: ClusterConnection;
	readonly selection: WorkloadSelection;
	/** Epoch ms. */
	readonly now: () => number;
	/** Ends everything that the session started. */
	readonly signal: AbortSignal;
};

type ListStore = Store<WorkloadListState, WorkloadListEvent>;

/** Many followed workloads. */
export type ListSession = {
	readonly store: ListStore;
	readonly view: {readonly subscribe: ListStore['subscribe']; readonly snapshot: () => WorkloadListView};
	/** Resolves when all has ended; rejects never. */
	readonly followed: Promise<unknown>;
};

/** Follows a selection of workloads at once, and closer some of those that are not done. */
export function startListSession({connection, selection, now, signal}: ListSessionOptions): ListSession {
	const {context, server} = connection;
	const isAll = selection.kind === 'matching' && selection.allNamespaces;
	const interval = () => (isListSettled(store.snapshot()) ? publishEveryMs : 0);
	const place = {context, server, namespace: isAll ? undefined : connection.namespace};
	const store: ListStore = createStore(initialList(place, selection, now()), reduceList, publishSchedule(interval, machineTimers));
	const policy = {...defaultPolicy, now};
	const followed = followMany({
		connection,
		selection,
		policy,
		emit: (kind, event) => store.dispatch({type: 'of-kind', kind, event}),
		onAbsent: kind => store.dispatch({type: 'kind-absent', kind}),
		signal,
	});
	const closer = keepCloser(store, {connection, policy, signal}, now);
	runClock(now, (at, setBy) => store.dispatch({type: 'ticked', at, setBy}), signal);
	const viewOf = createListView();
	return {store, view: {subscribe: store.subscribe, snapshot: () => viewOf(store.snapshot())}, followed: Promise.all([followed, closer])};
}

/** Follows the pods of those that need it, as long as they do. Resolves when the signal has aborted and all has ended. */
function keepCloser(
	store: ListStore,
	setting: Pick<Parameters<typeof followOwned>[0], 'policy' | 'signal'> & {readonly connection: ClusterConnection},
	now: () => number,
): Promise<void> {
	const running = new Map<string, AbortController>();
	const ending = new Set<Promise<void>>();
	const begin = (uid: string) => {
		const workload = store.snapshot().entries.get(uid)?.workload;
		if (workload === undefined || workload.selectorQuery === '') return;
		const stop = new AbortController();
		running.set(uid, stop);
		store.dispatch({type: 'closer-begun', uid, at: now()});
		const emit = (event: ClusterEvent) => store.dispatch({type: 'of-one', uid, event});
		const connection = {...setting.connection, namespace: workload.namespace};
		const signal = AbortSignal.any([setting.signal, stop.signal]);
		const ended = followOwned({...setting, connection, signal}, workload.kind, workload.selectorQuery, {revisions: emit, pods: emit}).finally(() =>
			ending.delete(ended),
		);
		ending.add(ended);
	};
	const look = () => {
		if (setting.signal.aborted) return;
		const wanted = new Set(wantedCloser(store.snapshot()));
		for (const [uid, stop] of running) {
			if (wanted.has(uid)) continue;
			running.delete(uid);
			stop.abort();
			store.dispatch({type: 'closer-ended', uid});
		}
		for (const uid of wanted) if (!running.has(uid)) begin(uid);
	};
	const unsubscribe = store.subscribe(look);
	return new Promise(resolve => {
		const finish = () => {
			unsubscribe();
			void Promise.all(ending).then(() => resolve());
		};
		if (setting.signal.aborted) finish();
		else setting.signal.addEventListener('abort', finish, {once: true});
	});
}
