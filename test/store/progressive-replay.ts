import {existsSync, readFileSync} from 'node:fs';
import type {StreamEvent} from '../../src/cluster/informer/source.ts';
import type {JsonObject} from '../../src/domain/json.ts';
import type {TargetKind} from '../../src/domain/kinds/kind-words.ts';
import type {StreamName} from '../../src/domain/stream.ts';
import type {ClusterEvent, Event, ObjectChange, StreamObjects} from '../../src/store/event.ts';
import {reduce} from '../../src/store/reduce.ts';
import {type RolloutFacts, rolloutFacts} from '../../src/store/selectors/rollout-facts.ts';
import {initialState, type State} from '../../src/store/state.ts';
import {focused} from '../../src/store/workload-state.ts';

/**
 * The recordings of the real Argo, Kruise and Vela controllers (test/fixtures/progressive), given to the real parsers and the real reducer. A kind says by its wiring
 * how its files become the program's streams; what puts objects together (a Rollout and its Deployment) is the same code that the followers use.
 */

/** One watch event as it was recorded; `t` is ms from the start of the recording. */
export type Recorded = {readonly t: number; readonly file: string; readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: RecordedObject};

export type RecordedObject = JsonObject & {
	readonly metadata: {readonly uid: string; readonly name: string; readonly resourceVersion: string; readonly creationTimestamp: string};
};

/** What one file's objects are given to. */
export type Feed = {
	readonly listed: (items: readonly unknown[], at: number) => void;
	readonly changed: (type: Recorded['type'], object: unknown, at: number) => void;
};

/** By file (`rollouts`, `pods`): what becomes of its objects; files that are not named are left out. Made anew for each replay. */
export type Wiring = (emit: (event: ClusterEvent) => void) => Readonly<Record<string, Feed>>;

/** What is watched in a recording, and how its files are read. */
export type Watched = {readonly kind: TargetKind; readonly name: string; readonly wiring: Wiring};

const folder = (scenario: string) => new URL(`../fixtures/progressive/${scenario}/`, import.meta.url);

/** The watch events of a file, in the order in which they were read; none where it was not recorded. */
export function recorded(scenario: string, file: string): readonly Recorded[] {
	const path = new URL(`${file}.ndjson`, folder(scenario));
	if (!existsSync(path)) return [];
	return readFileSync(path, 'utf8')
		.split('\n')
		.filter(line => line !== '')
		.map(line => ({...JSON.parse(line), file}));
}

/** Epoch ms at which a recording began. The API's times are whole seconds: what is computed is never too late. */
export function startOf(scenario: string): number {
	const made = ['rollouts', 'deployments', 'applications', 'pods'].flatMap(file => recorded(scenario, file)).filter(({type}) => type === 'ADDED');
	return Math.max(...made.map(({t, object}) => Date.parse(object.metadata.creationTimestamp) - t));
}

/** A feed whose objects are parsed and given to `take` as a stream's events; `wants` as the informer has it. */
export function feed<Stream extends StreamName>(
	stream: Stream,
	parse: (raw: unknown) => StreamObjects[Stream] | undefined,
	take: (event: StreamEvent<Stream>) => void,
	wants: (object: StreamObjects[Stream]) => boolean = () => true,
): Feed {
	const parsed = (raw: unknown) => {
		const object = parse(raw);
		if (object === undefined) throw new Error(`the recording of ${stream} holds an object that is not understood`);
		return object;
	};
	return {
		listed(items, at) {
			take({type: 'listed', stream, items: items.map(parsed).filter(wants), at});
		},
		changed(type, raw, at) {
			const object = parsed(raw);
			if (!wants(object)) return;
			const change: ObjectChange<StreamObjects[Stream]> = type === 'DELETED' ? {kind: 'gone', uid: object.uid} : {kind: 'observed', object};
			take({type: 'changed', stream, changes: [change], at});
		},
	};
}

/** A recording as it is watched from a moment on. */
export type Replay = {
	/** The state when everything up to `t` has been heard; later calls only go on. */
	readonly at: (t: number) => State;
	/** Something of our own happens now. */
	readonly tell: (event: Event) => void;
	/** The events that the store was given so far. */
	readonly events: () => readonly ClusterEvent[];
};

/** Watches a recording from `from` ms on: what is there then is listed, the rest comes as it came. The clock ticks each second. */
export function openReplay(scenario: string, {kind, name, wiring}: Watched, from = Number.NEGATIVE_INFINITY): Replay {
	const start = startOf(scenario);
	const events: ClusterEvent[] = [];
	const target = {context: 'recorded', server: 'https://cluster', namespace: scenario, kind, name};
	let state = initialState(target, start + Math.max(0, from), 60);
	const dispatch = (event: ClusterEvent | {readonly type: 'ticked'; readonly at: number}) => {
		if (event.type !== 'ticked') events.push(event);
		state = reduce(state, event);
	};
	const feeds = wiring(dispatch);
	const all = Object.keys(feeds).flatMap(file => recorded(scenario, file));
	const tickTo = (at: number) => {
		for (let second = state.now + 1000; second <= at; second += 1000) dispatch({type: 'ticked', at: second});
	};
	for (const stream of ['workloads', 'revisions', 'pods', 'events', 'services', 'endpointslices'] as const)
		dispatch({type: 'stream-changed', stream, condition: {kind: 'live', since: state.now}});
	for (const [file, one] of Object.entries(feeds)) one.listed(objectsAt(scenario, file, from), state.now);
	const later = all.filter(({t}) => t > from).sort((left, right) => left.t - right.t);
	let next = 0;
	return {
		at(t) {
			for (let entry = later[next]; entry !== undefined && entry.t <= t; entry = later[++next]) {
				tickTo(start + entry.t);
				feeds[entry.file]?.changed(entry.type, entry.object, start + entry.t);
			}
			tickTo(start + t);
			dispatch({type: 'ticked', at: start + t});
			return state;
		},
		tell: event => {
			state = reduce(state, event);
		},
		events: () => events,
	};
}

/** A file's objects as they were at a moment. */
export function objectsAt(scenario: string, file: string, t: number): readonly RecordedObject[] {
	return thereAt(recorded(scenario, file), t);
}

function thereAt(entries: readonly Recorded[], t: number): readonly RecordedObject[] {
	const there = new Map<string, RecordedObject>();
	for (const {t: at, type, object} of entries) {
		if (at > t) continue;
		if (type === 'DELETED') there.delete(object.metadata.uid);
		else there.set(object.metadata.uid, object);
	}
	return [...there.values()];
}

/** The facts of the workload that is shown; throws where it has not been seen. */
export function factsAt(state: State): RolloutFacts {
	const facts = rolloutFacts(focused(state), state.now);
	if (facts === undefined) throw new Error('the workload has not been seen');
	return facts;
}
