import {describe, expect, test} from 'vitest';
import type {WorkloadCommand} from '../../src/domain/command.ts';
import {rulesOf} from '../../src/domain/kinds/rules-of.ts';
import {waitText} from '../../src/domain/rollout-phase.ts';
import type {State} from '../../src/store/state.ts';
import {focused} from '../../src/store/workload-state.ts';
import {factsAt, openReplay, recorded} from './progressive-replay.ts';
import {releaseWatched} from './release-watched.ts';

const scenarios = [
	['kruise-partition', 'KruiseRollout'],
	['kruise-partition-undo', 'KruiseRollout'],
	['kruise-canary-ingress', 'KruiseRollout'],
	['kruise-bluegreen', 'KruiseRollout'],
	['vela-canary', 'Application'],
	['vela-canary-kruise03', 'Application'],
	['vela-rollback', 'Application'],
	['vela-suspend-step', 'Application'],
] as const;

const keys = {continue: 'n', abort: 'a', retry: 'A', pause: 'p', resume: 'r', undo: 'u'} as const;

/** The keys that may act, in one word. */
function keysAt(state: State): string {
	const {workload} = factsAt(state);
	const may = (kind: string) => rulesOf(workload).refusal({kind, toRevision: undefined} as WorkloadCommand, [...state.replicaSets.values()]) === undefined;
	return Object.entries(keys)
		.flatMap(([kind, key]) => (may(kind) ? [key] : []))
		.join('');
}

/** What a person is told: phase, what it waits for, step k of n, weights, keys. Counts of pods are left out: the recordings' time lines have none. */
function toldAt(state: State): string {
	if (focused(state).workload === undefined) return 'not there';
	const {phase, workload} = factsAt(state);
	const steps = rulesOf(workload).steps();
	const waitingFor =
		'waitingFor' in phase && phase.waitingFor !== undefined ? waitText(phase.waitingFor).replaceAll(/\d+ of \d+ (new pods?|pods|updated pods)/g, '… $1') : '';
	const standing = steps === undefined ? '' : `${steps.current} of ${steps.steps.length}${steps.active ? '' : ' (idle)'} ${steps.wait?.kind ?? '-'}`;
	const weight = steps?.weight === undefined ? '' : `${steps.weight.actual} of ${steps.weight.set} %`;
	return [phase.word ?? phase.phase, waitingFor, standing, weight, keysAt(state)].join(' | ');
}

/** The moments at which what steers, or the Deployment, was written. */
function momentsOf(scenario: string): readonly number[] {
	const all = ['rollouts', 'applications', 'deployments'].flatMap(file => recorded(scenario, file));
	return [...new Set(all.map(({t}) => t))].toSorted((left, right) => left - right);
}

describe.each(scenarios)('the recording %s', (scenario, kind) => {
	test('is told truly, row by row', async () => {
		const replay = openReplay(scenario, releaseWatched(kind));
		const rows: string[] = [];
		for (const t of momentsOf(scenario)) {
			const row = toldAt(replay.at(t));
			if (!rows.at(-1)?.endsWith(`| ${row}`)) rows.push(`${t} | ${row}`);
		}
		await expect(`${rows.join('\n')}\n`).toMatchFileSnapshot(`../fixtures/progressive/told/${scenario}.txt`);
	});

	test('is told the same by who comes half-way', () => {
		const replay = openReplay(scenario, releaseWatched(kind));
		for (const [index, t] of momentsOf(scenario).entries()) {
			const told = toldAt(replay.at(t));
			if (index % 5 === 0) expect(`${t} ${toldAt(openReplay(scenario, releaseWatched(kind), t).at(t))}`).toBe(`${t} ${told}`);
		}
	});
});
