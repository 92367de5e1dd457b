import fc from 'fast-check';
import {expect, test} from 'vitest';
import {workloadSnapshot} from '../../src/app/json-snapshot.ts';
import {parseApplication} from '../../src/cluster/parse/application.ts';
import {parseArgoRollout} from '../../src/cluster/parse/argo-rollout.ts';
import {parseKruiseRollout} from '../../src/cluster/parse/kruise-rollout.ts';
import {isJsonObject} from '../../src/domain/json-kind.ts';
import {rulesOf} from '../../src/domain/kinds/rules-of.ts';
import {confirmView} from '../../src/store/selectors/confirm/confirm-view.ts';
import {createScreenView} from '../../src/store/selectors/screen-view.ts';
import {whyView} from '../../src/store/selectors/why-view.ts';
import type {State} from '../../src/store/state.ts';
import {focused} from '../../src/store/workload-state.ts';
import {argoWatched} from './argo-watched.ts';
import {everyCommand} from './every-command.ts';
import {factsAt, openReplay, type RecordedObject, recorded, startOf, type Watched} from './progressive-replay.ts';
import {releaseWatched} from './release-watched.ts';

/** Recordings in the middle of a release; in each, the object that hostile hands have changed. */
const moments: readonly (readonly [scenario: string, watched: Watched, file: string, t: number])[] = [
	['argo-canary', argoWatched, 'rollouts', 9000],
	['argo-bluegreen', argoWatched, 'rollouts', 9000],
	['kruise-canary-ingress', releaseWatched('KruiseRollout'), 'rollouts', 30_000],
	['kruise-bluegreen', releaseWatched('KruiseRollout'), 'rollouts', 24_000],
	['vela-canary', releaseWatched('Application'), 'applications', 20_000],
	['vela-canary', releaseWatched('Application'), 'rollouts', 20_000],
];

const hostile = [
	null,
	'',
	'\u001b[2J\u001b]0;owned\u0007\u202e',
	-1,
	1e9,
	1e308,
	0.5,
	true,
	[],
	{},
	{toString: 1, valueOf: 1},
	[{toString: 1, valueOf: 1}],
	JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"name": 1}}'),
	'99999999999999h',
	'x'.repeat(253),
	Array.from({length: 2000}, () => ({setWeight: 1e308, pause: {duration: {toString: 1}}, name: '\u001b[31m', type: 'suspend', phase: 'running'})),
];

/** What a terminal would obey, with what stands around it. */
const unprintable = /.{0,80}(?:\\u00(?:1b|07)|\u202e).{0,20}/;

/** Every place in an object, as a path. */
function pathsIn(value: unknown): readonly (readonly string[])[] {
	if (Array.isArray(value)) return value.flatMap((item, index) => pathsIn(item).map(path => [String(index), ...path]));
	if (typeof value !== 'object' || value === null) return [[]];
	return [[], ...Object.entries(value).flatMap(([key, item]) => pathsIn(item).map(path => [key, ...path]))];
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
	if (key === undefined) return by;
	if (Array.isArray(value)) return value.map((item, index) => (String(index) === key ? replaced(item, rest, by) : item));
	return isJsonObject(value as never) ? {...(value as object), [key]: replaced((value as Record<string, unknown>)[key], rest, by)} : value;
}

/** Everything that anybody sees of a state. */
function told(state: State): string {
	const facts = factsAt(state);
	const workloadState = focused(state);
	const view = createScreenView()(state);
	const questions = everyCommand.map(command => confirmView(workloadState, command));
	const lines = everyCommand.map(command =>
		rulesOf(facts.workload)
			.commandLines(command)
			.map(({words}) => words),
	);
	return JSON.stringify([
		view,
		whyView(workloadState, facts, state.now),
		workloadSnapshot({state: workloadState, facts, replicaSets: [], pods: []}),
		questions,
		lines,
	]);
}

/** With whatever a hand has written into the objects of one file; those whose metadata is spoilt are not of a cluster any more. */
function withHostile([scenario, watched, file, t]: (typeof moments)[number], changes: readonly (readonly [path: readonly string[], value: unknown])[]): string {
	const replay = openReplay(scenario, watched, t);
	const state = replay.at(t);
	const feeds = watched.wiring(event => replay.tell(event));
	// The join needs the others, too.
	for (const [other, one] of Object.entries(feeds)) {
		if (other !== file) one.listed(latest(scenario, other, t), state.now);
	}
	const spoilt = latest(scenario, file, t).map(object => changes.reduce<unknown>((known, [path, value]) => replaced(known, path, value), object));
	feeds[file]?.listed(spoilt, state.now);
	return told(replay.at(t));
}

function latest(scenario: string, file: string, t: number): readonly RecordedObject[] {
	const there = new Map<string, RecordedObject>();
	for (const entry of recorded(scenario, file)) {
		if (entry.t <= t) there.set(entry.object.metadata.uid, entry.object);
	}
	return [...there.values()];
}

const parsers = {argo: parseArgoRollout, kruise: parseKruiseRollout, vela: parseApplication};

test.each(moments)('%s: any value in any place is read without throwing', (scenario, _, file, t) => {
	const parse = file === 'rollouts' && scenario.startsWith('vela') ? parseKruiseRollout : parsers[scenario.split('-')[0] as keyof typeof parsers];
	for (const object of latest(scenario, file, t)) {
		const places = pathsIn({spec: object.spec, status: object.status});
		expect(places.length).toBeGreaterThan(20);
		for (const path of places) for (const value of hostile) parse(replaced(object, path, value));
	}
});

test.each(moments)('%s: whatever stands in %#, nothing throws and no control character is told', (...moment) => {
	const [scenario, , file, t] = moment;
	expect(startOf(scenario)).toBeGreaterThan(0);
	const places = latest(scenario, file, t)
		.flatMap(object => pathsIn({spec: object.spec, status: object.status}))
		.filter(path => path.length > 1 && path[1] !== 'selector');
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.constantFrom(...places), fc.constantFrom(...hostile)), {minLength: 1, maxLength: 4}), changes => {
			expect(unprintable.exec(withHostile(moment, changes))?.[0]).toBeUndefined();
		}),
		{numRuns: 60},
	);
});
