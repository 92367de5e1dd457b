import {apiPaths} from '../cluster/api-paths.ts';
import type {ClusterConnection} from '../cluster/connect.ts';
import {defaultPolicy} from '../cluster/informer/policy.ts';
import {runInformer} from '../cluster/informer.ts';
import {parseWorkload} from '../cluster/parse/workload.ts';
import {age} from '../domain/human-duration.ts';
import {rulesOf} from '../domain/kinds/rules-of.ts';
import type {StreamCondition} from '../domain/stream.ts';
import type {Workload} from '../domain/workload.ts';
import type {ClusterEvent} from '../store/event.ts';
import {applyChanges, replaceAll} from '../store/object-map.ts';
import {conditionText} from '../store/selectors/header-view.ts';
import {createStore} from '../store/store.ts';
import {type PickerEnd, runPicker} from '../ui/picker.tsx';
import type {PickerRow, PickerView} from '../ui/picker-view.ts';
import type {TerminalOptions} from '../ui/run-in-terminal.tsx';
import {runClock} from './clock.ts';
import {publishSchedule} from './publish-schedule.ts';

type PickerState = {readonly workloads: ReadonlyMap<string, Workload>; readonly condition: StreamCondition; readonly now: number};
type PickerEvent = ClusterEvent | {readonly type: 'ticked'; readonly at: number};

/** Lets a person choose one of the namespace's Deployments, kept live. */
export async function pickWorkload(connection: ClusterConnection, terminal: TerminalOptions & {readonly now: () => number}): Promise<PickerEnd | 'aborted'> {
	const closed = new AbortController();
	const signal = AbortSignal.any([terminal.signal, closed.signal]);
	const timers = {now: () => performance.now(), after: (ms: number, run: () => void) => void setTimeout(run, ms)};
	const now = terminal.now();
	const store = createStore<PickerState, PickerEvent>(
		{workloads: new Map(), condition: {kind: 'syncing', since: now}, now},
		reducePick,
		publishSchedule(() => 100, timers),
	);
	runClock(terminal.now, at => store.dispatch({type: 'ticked', at}), signal);
	const followed = runInformer({
		connection,
		stream: 'workloads',
		path: apiPaths.deployments(connection.namespace),
		parse: parseWorkload,
		emit: store.dispatch,
		policy: {...defaultPolicy, now: terminal.now},
		signal,
	});
	let last: {readonly state: PickerState; readonly view: PickerView} | undefined;
	const snapshot = () => {
		const state = store.snapshot();
		if (last?.state !== state) last = {state, view: viewOf(state, connection)};
		return last.view;
	};
	const end = await runPicker({...terminal, view: {subscribe: store.subscribe, snapshot}});
	closed.abort();
	await followed;
	return end;
}

function reducePick(state: PickerState, event: PickerEvent): PickerState {
	switch (event.type) {
		case 'ticked':
			return {...state, now: event.at};
		case 'stream-changed':
			return {...state, condition: event.condition};
		case 'listed':
			return event.stream === 'workloads' ? {...state, workloads: replaceAll(state.workloads, event.items)} : state;
		case 'changed':
			return event.stream === 'workloads' ? {...state, workloads: applyChanges(state.workloads, event.changes)} : state;
		default:
			return state;
	}
}

function viewOf({workloads, condition, now}: PickerState, {context, namespace}: ClusterConnection): PickerView {
	const rows = Array.from(workloads.values(), workload => rowOf(workload, now)).toSorted((left, right) => left.name.localeCompare(right.name));
	const isRolling = ({word}: PickerRow) => word !== 'COMPLETE';
	return {
		context,
		namespace,
		rows: [...rows.filter(isRolling), ...rows.filter(row => !isRolling(row))],
		condition: condition.kind === 'live' ? undefined : {tone: condition.kind === 'syncing' ? 'quiet' : 'bad', text: conditionText(condition, now)},
	};
}

function rowOf(workload: Workload, now: number): PickerRow {
	const {name, replicas, template, createdAt} = workload;
	return {name, ...wordOf(workload), ready: `${replicas.ready}/${replicas.desired}`, images: template.images.join(' '), age: age(createdAt, now)};
}

/** From the Deployment alone: its ReplicaSets are not read for a list. */
function wordOf(workload: Workload): Pick<PickerRow, 'word' | 'tone'> {
	const {done, error} = rulesOf(workload).status();
	if (workload.paused) return {word: 'PAUSED', tone: 'change'};
	if (error !== undefined) return {word: 'STALLED', tone: 'bad'};
	return done ? {word: 'COMPLETE', tone: 'good'} : {word: 'PROGRESSING', tone: 'change'};
}
