import {describe, expect, it} from 'vitest';
import type {WorkloadCommand} from '../../src/domain/command.ts';
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
