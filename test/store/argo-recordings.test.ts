import {describe, expect, test} from 'vitest';
import type {WorkloadCommand} from '../../src/domain/command.ts';
import {rulesOf} from '../../src/domain/kinds/rules-of.ts';
import type {RolloutPhase} from '../../src/domain/rollout-phase.ts';
import {createScreenView} from '../../src/store/selectors/screen-view.ts';
import type {State} from '../../src/store/state.ts';
import {argoRows} from './argo-rows.ts';
import {argoWatched} from './argo-watched.ts';
import {factsAt, openReplay, recorded, startOf} from './progressive-replay.ts';

const keys: readonly (readonly [key: string, command: WorkloadCommand])[] = [
	['n', {kind: 'continue'}],
	['N', {kind: 'promote-full'}],
	['a', {kind: 'abort'}],
	['A', {kind: 'retry'}],
	['p', {kind: 'pause'}],
	['r', {kind: 'resume'}],
	['u', {kind: 'undo', toRevision: undefined}],
];

function waitedFor(phase: RolloutPhase): string {
	const reason = 'waitingFor' in phase ? phase.waitingFor : undefined;
	if (reason?.kind === 'step') return `step ${reason.step}`;
	return reason?.kind === 'words' ? `"${reason.text}"` : (reason?.kind ?? '-');
}

/** What the program tells of a Rollout, in a line. */
function told(scenario: string, state: State): string {
	const {workload, phase, newReplicaSet, status} = factsAt(state);
	const rules = rulesOf(workload);
	const steps = rules.steps(newReplicaSet);
	const wait = steps?.wait;
	const able = keys.filter(([, command]) => rules.refusal(command, [...state.replicaSets.values()]) === undefined).map(([key]) => key);
	return [
		phase.word ?? phase.phase,
		waitedFor(phase),
		steps === undefined ? '-' : `${steps.current}/${steps.steps.length}${steps.active ? ' active' : ''}`,
		wait?.kind === 'time' ? `until ${(wait.until ?? 0) - startOf(scenario)}` : (wait?.kind ?? '-'),
		steps?.weight === undefined ? '-' : `${steps.weight.set}/${steps.weight.actual ?? '?'}`,
		able.join(''),
		status.message,
	].join(' | ');
}

describe.each(Object.keys(argoRows))('the recording %s', scenario => {
	const moments = [...new Set(recorded(scenario, 'rollouts').map(({t}) => t))];
	const inTime = () => {
		const replay = openReplay(scenario, argoWatched);
		return moments.map(t => [t, told(scenario, replay.at(t))] as const);
	};

	test('is told truly, row by row', () => {
		const rows = inTime().filter(([, row], index, all) => row !== all[index - 1]?.[1]);
		expect(`\n${rows.map(([t, row]) => `${t} | ${row}\n`).join('')}`).toBe(argoRows[scenario]);
	});

	test('is told the same by a program that comes in the middle', () => {
		const late = moments.map(t => [t, told(scenario, openReplay(scenario, argoWatched, t).at(t))] as const);
		expect(late).toEqual(inTime());
	});

	test('is told as its status says it, wherever the controller has seen all there is', () => {
		const replay = openReplay(scenario, argoWatched);
		const settled = recorded(scenario, 'rollouts').filter(({object}) => {
			const {metadata, status} = object as unknown as {metadata: {generation: number}; status?: Record<string, unknown>};
			return (
				status?.phase !== undefined &&
				status.observedGeneration === String(metadata.generation) &&
				(status.controllerPause !== true || status.pauseConditions !== undefined)
			);
		});
		expect(settled.length).toBeGreaterThan(10);
		for (const {t, object} of settled) {
			const {phase, message, currentStepIndex} = (object as unknown as {status: Record<string, string | number | undefined>}).status;
			const {workload, status} = factsAt(replay.at(t));
			expect(status.message).toBe(message === undefined ? phase : `${phase} - ${message}`);
			if (currentStepIndex !== undefined) expect(rulesOf(workload).steps()?.current).toBe(currentStepIndex);
		}
	});
});

test('a Rollout without a template of its own has that of the Deployment that it names', () => {
	const replay = openReplay('argo-workloadref', argoWatched);
	const seen = [4_500, 5_400, 24_200].map(t => factsAt(replay.at(t)).workload.template.images);
	expect(seen).toEqual([['barnett/canarydemo:v1'], ['barnett/canarydemo:v2'], ['barnett/canarydemo:v1']]);
});

test('aborted is not rolled back', () => {
	const replay = openReplay('argo-abort-undo', argoWatched);
	const {phase, workload, newReplicaSet, undoRevision} = factsAt(replay.at(10_000));
	expect(phase).toMatchObject({phase: 'stalled', word: 'ABORTED'});
	expect(workload.template.images).toEqual(['barnett/canarydemo:v2']);
	expect(newReplicaSet?.template.images).toEqual(['barnett/canarydemo:v2']);
	expect(undoRevision).toBe(1);
	expect(rulesOf(workload).refusal({kind: 'retry'}, [])).toBeUndefined();
});

test('an abort beside the old phase is an abort', () => {
	const {phase, status} = factsAt(openReplay('argo-abort-undo', argoWatched).at(9_850));
	expect(status.message).toBe('Paused - CanaryPauseStep');
	expect(phase).toMatchObject({phase: 'progressing', waitingFor: {text: 'told to abort, which the controller has yet to do'}});
});

test('an undo of what was aborted is Healthy at once, though no step ran', () => {
	const replay = openReplay('argo-abort-undo', argoWatched);
	const seen = [12_540, 12_600].map(t => factsAt(replay.at(t)).phase.phase);
	expect(seen).toEqual(['progressing', 'complete']);
});

test.each(['argo-bluegreen', 'argo-canary-nginx'])('%s: Healthy with old pods still running is complete, and says so', scenario => {
	const moment = recorded(scenario, 'rollouts').find(({object}) => {
		const {phase, replicas} = (object as unknown as {status?: {phase?: string; replicas?: number}}).status ?? {};
		return phase === 'Healthy' && replicas === 10;
	});
	const {phase, workload} = factsAt(openReplay(scenario, argoWatched).at(moment?.t ?? 0));
	expect(workload.replicas).toMatchObject({desired: 5, current: 10});
	expect(phase).toMatchObject({phase: 'complete', note: expect.stringContaining('5 old pods still run')});
});

test('counts that the status leaves out are none, not unknown', () => {
	const {workload} = factsAt(openReplay('argo-canary', argoWatched).at(700));
	expect(workload.replicas).toMatchObject({desired: 5, current: 0, updated: 0, ready: 0, available: 0});
});

test('a generation that the controller raises itself is no change of the template', () => {
	const replay = openReplay('argo-degraded', argoWatched);
	const generations = [530, 4_000].map(t => replay.at(t).workloads.get('canary-demo'));
	expect(generations.map(one => one?.workload.generation)).toEqual([1, 2]);
	expect(generations[1]?.rollout).toBeUndefined();
});

test('capped events change nothing of what is told', () => {
	const {wiring, ...watched} = argoWatched;
	const deaf = {
		...watched,
		wiring: (emit: Parameters<typeof wiring>[0]) => Object.fromEntries(Object.entries(wiring(emit)).filter(([file]) => file !== 'events')),
	};
	const moments = recorded('argo-canary-nginx', 'rollouts').map(({t}) => t);
	const [heard, unheard] = [argoWatched, deaf].map(which => {
		const replay = openReplay('argo-canary-nginx', which);
		return moments.map(t => told('argo-canary-nginx', replay.at(t)));
	});
	expect(unheard).toEqual(heard);
});

test('a Service selector that flips twenty times a second draws no frames', () => {
	const replay = openReplay('argo-canary-nginx', argoWatched);
	const view = createScreenView();
	const flips = recorded('argo-canary-nginx', 'services').filter(({t}) => t > 53_100 && t < 58_000);
	expect(flips.length).toBeGreaterThan(80);
	const drawn = new Set(flips.map(({t}) => view(replay.at(t))));
	// One each second, by the clock.
	expect(drawn.size).toBeLessThanOrEqual(12);
});
