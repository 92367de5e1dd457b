import {readFileSync} from 'node:fs';
import {isAbout} from '../../src/cluster/follow/related-events.ts';
import {parseK8sEvent} from '../../src/cluster/parse/k8s-event.ts';
import {parsePod} from '../../src/cluster/parse/pod.ts';
import {parseReplicaSet} from '../../src/cluster/parse/replica-set.ts';
import {parseWorkload} from '../../src/cluster/parse/workload.ts';
import type {JsonObject} from '../../src/domain/json.ts';
import type {StreamName} from '../../src/domain/stream.ts';
import type {Event} from '../../src/store/event.ts';
import {reduce} from '../../src/store/reduce.ts';
import {initialState, type State} from '../../src/store/state.ts';

/** The recordings of a real cluster, and what the program makes of them. */
export type Scenario = 'create' | 'roll-v2' | 'undo' | 'bad-image' | 'crash' | 'deadline' | 'scale' | 'recreate-testpage';
export const scenarios: readonly Scenario[] = ['create', 'roll-v2', 'undo', 'bad-image', 'crash', 'deadline', 'scale', 'recreate-testpage'];

const recordedStreams = ['workloads', 'revisions', 'pods', 'events'] as const satisfies readonly StreamName[];
type RecordedStream = (typeof recordedStreams)[number];

/** One watch event as it was read, epoch ms. */
export type Recorded = {
	readonly at: number;
	readonly stream: RecordedStream;
	readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
	readonly object: JsonObject & {readonly metadata: {readonly uid: string; readonly name: string; readonly creationTimestamp?: string}};
};

/** The state after one event; `recorded` is absent for ticks and lists. */
export type Step = {readonly at: number; readonly recorded: Recorded | undefined; readonly state: State};

/** The recordings are called as the API calls what is in them. */
const fileNames = {workloads: 'deployments', revisions: 'replicasets', pods: 'pods', events: 'events'} as const;

const parsers = {workloads: parseWorkload, revisions: parseReplicaSet, pods: parsePod, events: parseK8sEvent} as const;

/** A text file of a recording, line by line without the last newline. */
export function linesOf(scenario: Scenario, file: string): readonly string[] {
	return readFileSync(new URL(`../fixtures/captures/${scenario}/${file}`, import.meta.url), 'utf8')
		.replace(/\n$/, '')
		.split('\n');
}

/** The watch events of a stream, in the order in which they were read. */
export function recorded(scenario: Scenario, stream: RecordedStream): readonly Recorded[] {
	return linesOf(scenario, `${fileNames[stream]}.ndjson`)
		.filter(line => line !== '')
		.map(line => {
			const {t, type, object} = JSON.parse(line);
			return {at: Date.parse(t), stream, type, object};
		});
}

/** It existed before the recording began: an object that comes into being is added within a second. */
function isOld({type, at, object}: Recorded): boolean {
	const {creationTimestamp} = object.metadata;
	return type === 'ADDED' && creationTimestamp !== undefined && at - Date.parse(creationTimestamp) > 2000;
}

function listEvent(stream: RecordedStream, entries: readonly Recorded[], at: number): Event {
	const items = entries.map(({object}) => parsers[stream](object));
	if (items.includes(undefined)) throw new Error(`the recording of ${stream} holds an object that is not understood`);
	// The parser that fits the stream made them.
	return {type: 'listed', stream, items, at} as Event;
}

function changeEvent({stream, type, object, at}: Recorded): Event {
	const parsed = parsers[stream](object);
	if (parsed === undefined) throw new Error(`the recording of ${stream} holds an object that is not understood`);
	const change = type === 'DELETED' ? {kind: 'gone', uid: parsed.uid} : {kind: 'observed', object: parsed};
	return {type: 'changed', stream, changes: [change], at} as Event;
}

/** Milliseconds by which a stream comes late: the watches are separate connections. */
export type Delays = Partial<Record<RecordedStream, number>>;

type Timed = {readonly at: number; readonly event: Event; readonly recorded: Recorded | undefined};

/** The workload that a recording is about. */
export function workloadName(scenario: Scenario): string {
	return scenario === 'recreate-testpage' ? 'testpage' : 'kubia';
}

/** What the informer lets through: the namespace's events that are about the workload. */
function isWanted({stream, object}: Recorded, scenario: Scenario): boolean {
	const event = stream === 'events' ? parseK8sEvent(object) : undefined;
	return event === undefined || isAbout({kind: 'Deployment', name: workloadName(scenario)})(event);
}

function timedEvents(scenario: Scenario, delays: Delays): readonly Timed[] {
	const streams = recordedStreams.map(stream => {
		const entries = recorded(scenario, stream).filter(entry => isWanted(entry, scenario));
		const later = entries.filter(entry => !isOld(entry)).map(entry => ({...entry, at: entry.at + (delays[stream] ?? 0)}));
		return {stream, old: entries.filter(isOld), later};
	});
	const all = streams.flatMap(({old, later}) => [...old, ...later]);
	const start = Math.min(...all.map(({at}) => at));
	const lists = streams.map(({stream, old}): Timed => {
		const at = Math.max(start, ...old.map(entry => entry.at));
		return {at, event: listEvent(stream, old, at), recorded: undefined};
	});
	const changes = streams.flatMap(({later}) => later).map((entry): Timed => ({at: entry.at, event: changeEvent(entry), recorded: entry}));
	const end = Math.max(...all.map(({at}) => at)) + 15_000;
	const ticks: Timed[] = [];
	for (let at = Math.ceil(start / 1000) * 1000; at <= end; at += 1000) ticks.push({at, event: {type: 'ticked', at}, recorded: undefined});
	// A stable sort: what comes at the same time comes in the order of the streams, ticks last.
	return [...lists, ...changes, ...ticks].sort((left, right) => left.at - right.at);
}

/** The state at the end of a recording. */
export function lastOf(steps: readonly Step[]): State {
	const last = steps.at(-1);
	if (last === undefined) throw new Error('the recording is empty');
	return last.state;
}

const target = {context: 'recorded', server: 'https://cluster', namespace: 'default', kind: 'Deployment'} as const;

/** A recording given to the real reducer, as the informers would give it: what was there is listed, the rest changes; and a tick each second. */
export function replay(scenario: Scenario, delays: Delays = {}): readonly Step[] {
	const events = timedEvents(scenario, delays);
	let state = initialState({...target, name: workloadName(scenario)}, events[0]?.at ?? 0, 60);
	for (const stream of [...recordedStreams, 'services', 'endpointslices'] as const)
		state = reduce(state, {type: 'stream-changed', stream, condition: {kind: 'live', since: state.now}});
	return events.map(({at, event, recorded}) => {
		state = reduce(state, event);
		return {at, recorded, state};
	});
}
