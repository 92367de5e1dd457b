import {describe, expect, it} from 'vitest';
import {parsePod} from '../../src/cluster/parse/pod.ts';
import {podColumns} from '../../src/domain/pod-columns.ts';
import {revisions} from '../../src/domain/revisions.ts';
import {kubectlRolloutStatus} from '../../src/domain/rollout-status.ts';
import {deploymentColumns, replicaSetColumns} from '../../src/domain/workload-columns.ts';
import type {State} from '../../src/store/state.ts';
import {focused} from '../../src/store/workload-state.ts';
import {lastOf, linesOf, recorded, replay, type Scenario, type Step, scenarios, workloadName} from './replay.ts';

/** kubectl ran beside the recordings: what it printed then is what we say now, made from the same watch events. */

/** Times that two programs read of the same event differ by so much; ages have a resolution of a second. */
const apartMs = 1000;

/** A line of kubectl's with the time at which it came. */
function timed(line: string): {readonly at: number; readonly text: string} {
	const [, time, text] = /^(\S+Z) (.*)$/.exec(line) ?? [];
	if (time === undefined || text === undefined) throw new Error(`no time before: ${line}`);
	return {at: Date.parse(time), text};
}

type Run = {readonly startAt: number; readonly endAt: number; readonly lines: readonly {readonly at: number; readonly text: string}[]};

/** Each run of `kubectl rollout status`, from its command to its time-out. */
function runsOf(scenario: Scenario): readonly Run[] {
	const lines = linesOf(scenario, 'rollout-status.txt').map(timed);
	const commands = linesOf(scenario, 'rollout-status-commands.txt').map(timed);
	return commands.map(({at, text}, index) => {
		const next = commands[index + 1]?.at ?? Number.POSITIVE_INFINITY;
		const seconds = Number(/(\d+) ?s/.exec(text)?.[1]);
		return {startAt: at, endAt: at + seconds * 1000, lines: lines.filter(line => line.at >= at && line.at < next)};
	});
}

/** What we say after each version of the Deployment. */
function statuses(steps: readonly Step[]) {
	return steps.flatMap(({at, recorded, state}) => {
		const {workload} = focused(state);
		const isVersion = recorded === undefined ? workload !== undefined : recorded.stream === 'workloads';
		if (!isVersion || workload === undefined) return [];
		const {message, done, error} = kubectlRolloutStatus(workload);
		return [{at, version: workload.resourceVersion, text: error === undefined ? message : `error: ${message}`, isLast: done || error !== undefined}];
	});
}

/** Our lines for a run that saw the Deployment first as it was at the run's first line. */
function oursFor(run: Run, all: ReturnType<typeof statuses>): readonly (readonly {readonly at: number; readonly text: string}[])[] {
	const versions = all.filter(({version}, index) => all[index - 1]?.version !== version);
	const firstAt = run.lines[0]?.at ?? 0;
	const starts = versions.flatMap((status, index) => {
		const next = versions[index + 1]?.at ?? Number.POSITIVE_INFINITY;
		return status.at <= firstAt + apartMs && next >= run.startAt - apartMs ? [index] : [];
	});
	return starts.map(start => {
		const from = versions.slice(start).filter(({at}, index) => index === 0 || at <= run.endAt);
		const last = from.findIndex(({isLast}) => isLast);
		return last === -1 ? from : from.slice(0, last + 1);
	});
}

describe.each(scenarios)('beside kubectl in %s', scenario => {
	const steps = replay(scenario);

	it('says each line of kubectl rollout status, in its order, at its time', () => {
		for (const run of runsOf(scenario)) {
			const candidates = oursFor(run, statuses(steps));
			const theirs = run.lines.map(({text}) => text);
			expect(candidates.map(ours => ours.map(({text}) => text))).toContainEqual(theirs);
			const ours = candidates.find(candidate => candidate.map(({text}) => text).join() === theirs.join()) ?? [];
			// The first line tells what was there already.
			for (const [index, line] of run.lines.entries()) if (index > 0) expect(Math.abs(line.at - (ours[index]?.at ?? 0))).toBeLessThan(apartMs);
		}
	});

	it('shows each pod’s READY, STATUS, RESTARTS and AGE as kubectl get pods -w did', () => {
		const ours = grouped(recorded(scenario, 'pods'), ({object}) => object.metadata.name);
		const theirs = grouped(linesOf(scenario, 'get-pods-w.txt').map(timed), ({text}) => text.split(' ')[0] ?? '');
		expect([...theirs.keys()].sort()).toEqual([...ours.keys()].sort());
		for (const [name, lines] of theirs) {
			const rows = lines.map(({at, text}) => ({at, cells: text.split(/ {2,}/).slice(1)}));
			const pods = ours.get(name) ?? [];
			expect(rows, name).toHaveLength(pods.length);
			for (const [index, row] of rows.entries()) {
				const pod = pods[index];
				// What existed before was listed by kubectl and by the recorder at times of their own.
				const at = index === 0 ? row.at : (pod?.at ?? 0);
				expect(cellsAround(pod?.object, at), `${name} at ${new Date(at).toISOString()}`).toContainEqual(row.cells);
			}
		}
	});

	it('holds in its state exactly the pods that the watch has brought', () => {
		for (const {recorded, state} of steps) {
			if (recorded?.stream !== 'pods') continue;
			const {uid} = recorded.object.metadata;
			const pod = state.pods.get(uid);
			expect(pod === undefined).toBe(recorded.type === 'DELETED');
			if (pod !== undefined) expect(pod).toEqual(parsePod(recorded.object));
		}
	});

	it('lists the revisions of kubectl rollout history, before and after', () => {
		const histories = historiesOf(scenario);
		for (const {at, rows} of histories) expect(historyAt(steps, at)).toEqual(rows);
	});

	it('shows the columns of kubectl get rs and get deploy', () => {
		const lines = linesOf(scenario, 'get-rs-deploy.txt').map(timed);
		expect(lines.length).toBeGreaterThan(1);
		for (const {at, text} of lines) {
			const [object = '', ...cells] = text.split(/ {2,}/);
			const state = stateAt(steps, at);
			const rows = [at, at - apartMs].map(now => columnsOf(state, object, now));
			expect(rows, text).toContainEqual(cells.slice(0, 4));
		}
	});
});

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
	const groups = new Map<string, T[]>();
	for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
	return groups;
}

/** The row at the time that we read the event, and a second before: the API server computed it in between. */
function cellsAround(object: unknown, at: number): readonly (readonly string[])[] {
	const pod = parsePod(object);
	if (pod === undefined) throw new Error('the recording holds a pod that is not understood');
	return [at, at - apartMs].map(now => {
		const {ready, status, restarts, age} = podColumns(pod, now);
		return [ready, status, restarts, age];
	});
}

function stateAt(steps: readonly Step[], at: number): State {
	return steps.findLast(candidate => candidate.at <= at)?.state ?? lastOf(steps);
}

function columnsOf(state: State, object: string, now: number): readonly string[] {
	const {workload, replicaSets} = focused(state);
	const [kind, name] = object.split('.apps/');
	if (kind === 'deployment' && workload !== undefined && workload.name === name) {
		const {ready, upToDate, available, age} = deploymentColumns(workload, now);
		return [ready, upToDate, available, age];
	}
	const replicaSet = [...replicaSets.values()].find(candidate => candidate.name === name);
	if (replicaSet === undefined) return [];
	const {desired, current, ready, age} = replicaSetColumns(replicaSet, now);
	return [desired, current, ready, age];
}

type History = {readonly at: number; readonly rows: readonly string[]};

/** `history.before.txt` was taken before the recording, each one in `history.txt` when its first line says. */
function historiesOf(scenario: Scenario): readonly History[] {
	const rowsIn = (text: string) => [...text.matchAll(/^(\d+) +(\S.*)$/gm)].map(([, revision, cause]) => `${revision} ${cause}`);
	const after = linesOf(scenario, 'history.txt')
		.join('\n')
		.split(/^(?=\d{4}-)/m);
	const before = {at: Number.NEGATIVE_INFINITY, rows: rowsIn(linesOf(scenario, 'history.before.txt').join('\n'))};
	return [before, ...after.map(text => ({at: Date.parse(text.split('\n')[0] ?? '') + apartMs, rows: rowsIn(text)}))];
}

function historyAt(steps: readonly Step[], at: number): readonly string[] {
	// The state before the first change is what the lists gave.
	const first = steps.findIndex(({recorded}) => recorded !== undefined) - 1;
	const state = at === Number.NEGATIVE_INFINITY ? (steps[Math.max(0, first)]?.state ?? lastOf(steps)) : stateAt(steps, at);
	const {workload, replicaSets} = focused(state);
	if (workload === undefined) return [];
	return revisions(workload, [...replicaSets.values()]).map(({revision, changeCause}) => `${revision} ${changeCause ?? '<none>'}`);
}

it('is about the workloads that the recordings are about', () => {
	for (const scenario of scenarios) expect(focused(lastOf(replay(scenario))).workload?.name).toBe(workloadName(scenario));
});
