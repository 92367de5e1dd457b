import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type ClusterUnderTest, embeddedCluster, realCluster} from './differential/cluster-under-test.ts';
import {differences, type Extent, extentOf} from './differential/compare.ts';
import {violations} from './differential/conformance/violations.ts';
import {matrix} from './differential/matrix.ts';
import {randomScenarios} from './differential/random-scenarios.ts';
import {type Recorder, startRecorder} from './differential/recorder.ts';
import {runScenario, type Trace} from './differential/run-scenario.ts';
import type {Scenario} from './differential/scenario.ts';
import {stories} from './differential/stories.ts';
import {isOwnCluster, suiteCluster} from './harness/suite-cluster.ts';

/*
 * ROLLWATCH_SEED=N              the random scenarios of an earlier run
 * ROLLWATCH_DIFFERENTIAL_ONLY=… the scenarios whose names contain this
 * ROLLWATCH_DIFFERENTIAL_KEEP=… a folder for all traces: to look into a difference, or to record a fixture
 */

/** So many scenarios at a time, each on both sides: they mostly wait, and two cores should have something to do meanwhile. */
const atOnce = 16;
const seed = Number(process.env.ROLLWATCH_SEED ?? Math.floor(Math.random() * 1_000_000));
const only = process.env.ROLLWATCH_DIFFERENTIAL_ONLY ?? '';
const scenarios = [...stories, ...matrix, ...randomScenarios(seed, 20)].filter(({name}) => name.includes(only));

interface Side {
	readonly cluster: ClusterUnderTest;
	readonly recorder: Recorder;
}

interface Outcome {
	readonly problems: readonly string[];
	readonly extents: readonly Extent[];
}

describe.runIf(isOwnCluster())('the embedded cluster beside the real control plane', () => {
	const outcomes = new Map<string, Promise<Outcome>>();
	let sides: readonly Side[] = [];

	beforeAll(async () => {
		sides = await Promise.all([realCluster(suiteCluster()), embeddedCluster()].map(sideOf));
		runAll(sides, outcomes);
	});
	afterAll(async () => {
		await report([...outcomes.values()]);
		for (const {recorder, cluster} of sides) {
			recorder.stop();
			await cluster.close();
		}
	});

	// They all run at once, whichever of these waits for them.
	test.for(scenarios)('$name', {timeout: 400_000}, async ({name}) => {
		expect((await outcomes.get(name))?.problems).toEqual([]);
	});
});

async function sideOf(starting: Promise<ClusterUnderTest>): Promise<Side> {
	const cluster = await starting;
	return {cluster, recorder: await startRecorder(cluster)};
}

/** Fills in a promise for each scenario at once; the work is done in turn. */
function runAll(sides: readonly Side[], outcomes: Map<string, Promise<Outcome>>): void {
	const free = Array.from({length: atOnce}, () => Promise.resolve<unknown>(undefined));
	scenarios.forEach((scenario, index) => {
		const outcome = (free[index % atOnce] ?? Promise.resolve()).then(() => outcomeOf(sides, scenario, `differential-${index}`));
		free[index % atOnce] = outcome;
		outcomes.set(scenario.name, outcome);
	});
}

async function outcomeOf(sides: readonly Side[], scenario: Scenario, namespace: string): Promise<Outcome> {
	const runs = await Promise.allSettled(sides.map(({cluster, recorder}) => runScenario(cluster, recorder, scenario, namespace)));
	const failures = runs.flatMap(run => (run.status === 'rejected' ? [String(run.reason)] : []));
	const traces = runs.flatMap(run => (run.status === 'fulfilled' ? [run.value] : []));
	keep(traces, namespace);
	const [real, embedded] = traces;
	if (real === undefined || embedded === undefined) return {problems: failures, extents: []};
	const wrong = [real, embedded].flatMap((trace, index) => violations(trace).map(violation => `${sides[index]?.cluster.side}: ${violation}`));
	return {problems: [...wrong, ...differences(real, embedded)], extents: [extentOf(real), extentOf(embedded)]};
}

function keep(traces: readonly Trace[], name: string): void {
	const folder = process.env.ROLLWATCH_DIFFERENTIAL_KEEP;
	if (folder === undefined) return;
	for (const [index, trace] of traces.entries()) writeFileSync(join(folder, `${name}.${index}.json`), JSON.stringify(trace));
}

async function report(outcomes: readonly Promise<Outcome>[]): Promise<void> {
	const extents = (await Promise.all(outcomes)).flatMap(({extents}) => extents);
	const sum = (count: (extent: Extent) => number) => extents.reduce((total, extent) => total + count(extent), 0).toLocaleString('en');
	const rollouts = extents.reduce((total, {rollouts}) => total + rollouts, 0) / 2;
	process.stdout.write(
		`compared ${rollouts} rollouts on both sides (random seed ${seed}): ${sum(({states}) => states)} states, ${sum(({events}) => events)} events, ${sum(({lives}) => lives)} pod lifecycles\n`,
	);
}
