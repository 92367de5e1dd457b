import {describe, expect, it} from 'vitest';
import type {WorkloadCommand} from '../../src/domain/command.ts';
import {rulesOf} from '../../src/domain/kinds/rules-of.ts';
import {confirmView} from '../../src/store/selectors/confirm/confirm-view.ts';
import {focused} from '../../src/store/workload-state.ts';
import {argoWatched} from './argo-watched.ts';
import {factsAt, openReplay} from './progressive-replay.ts';
import {releaseWatched} from './release-watched.ts';

const kinds = {argo: argoWatched, kruise: releaseWatched('KruiseRollout'), vela: releaseWatched('Application')} as const;

function stateAt(recording: string, t: number) {
	return openReplay(recording, kinds[recording.split('-')[0] as keyof typeof kinds], t).at(t);
}

function asked(recording: string, t: number, command: WorkloadCommand) {
	const view = confirmView(focused(stateAt(recording, t)), command);
	if ('refusal' in view) throw new Error(view.refusal.message);
	return view;
}

describe('questions name what is written', () => {
	it('the restart of an Argo Rollout is no new revision', () => {
		const {changes, notes} = asked('argo-canary', 8000, {kind: 'restart'});
		expect(changes).toEqual([{label: 'spec.restartAt', from: '(not set)', to: 'now'}]);
		expect(notes).toContain('No new revision: pods that are older than that end, a few at a time, and are made again, each of its own template.');
	});

	it('the undo of a suspended Application ends the suspension, not a pause of the Deployment', () => {
		const state = focused(stateAt('vela-rollback', 24_000));
		const {workload} = state;
		if (workload?.kind !== 'Deployment' || workload.release?.kind !== 'Application') throw new Error('no Application steers it');
		// One that vela itself would have to take back has no question.
		const view = confirmView(
			{...state, workload: {...workload, release: {...workload.release, publishVersion: undefined}}},
			{kind: 'undo', toRevision: undefined, resume: true},
		);
		expect(view).toMatchObject({changes: expect.arrayContaining([{label: 'workflow suspended', from: 'true', to: 'false'}])});
	});
});

describe('why it does not go on', () => {
	it('who waits at a step is told to continue: there is no pause to resume', () => {
		const {findings} = factsAt(stateAt('argo-abort-undo', 9000));
		expect(findings).toContainEqual(
			expect.objectContaining({kind: 'paused', reason: 'Step', advice: 'continue (n)', message: expect.stringMatching(/^waits: step 2 of 4/)}),
		);
	});

	it('who was paused by a person is told to resume', () => {
		const {findings} = factsAt(stateAt('vela-rollback', 24_000));
		expect(findings).toContainEqual(expect.objectContaining({kind: 'paused', reason: 'Paused', advice: 'resume (r)'}));
	});
});

describe('a rollout that is held for good', () => {
	it('says of an abort that it is no roll-back', () => {
		expect(factsAt(stateAt('argo-abort-undo', 10_000)).phase).toMatchObject({
			word: 'ABORTED',
			note: 'Aborted is not rolled back: the template is still the new one.',
		});
	});

	it('says of a workflow that was terminated that it must be restarted, and nothing of an abort', () => {
		const {workload} = factsAt(stateAt('vela-canary-kruise03', 58_000));
		if (workload.kind !== 'Deployment' || workload.release?.kind !== 'Application' || workload.release.workflow === undefined) throw new Error('no workflow');
		const {release} = workload;
		const terminated = {...workload, release: {...release, workflow: {...workload.release.workflow, terminated: true}}};
		expect(rulesOf(terminated).phase({workload: terminated, newReplicaSet: undefined, replicaSets: []}, undefined, undefined)).toMatchObject({
			phase: 'stalled',
			word: 'TERMINATED',
			note: 'The workflow was terminated: nothing goes on until it is restarted.',
		});
	});
});
