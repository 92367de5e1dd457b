import {describe, expect, it} from 'vitest';
import type {WorkloadCommand} from '../../src/domain/command.ts';
import {rulesOf} from '../../src/domain/kinds/rules-of.ts';
import {noPods} from '../../src/domain/sided-pods.ts';
import {confirmView} from '../../src/store/selectors/confirm/confirm-view.ts';
import {rolloutView} from '../../src/store/selectors/rollout-view.ts';
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

	it('an abort takes an Argo Rollout back', () => {
		const {changes, notes} = asked('argo-abort-undo', 9000, {kind: 'abort'});
		expect(changes).toContainEqual({label: 'step', from: '2 of 4 (pause)', to: 'given up'});
		expect(notes).toContain('Pods and traffic go back to the stable version at once.');
	});

	it('an abort takes nothing of an Application back, and a retry begins its workflow anew', () => {
		const abort = asked('vela-canary', 14_000, {kind: 'abort'});
		expect(abort.changes).toEqual([]);
		expect(abort.notes).toContain('The workflow ends where it stands: pods and traffic stay as they are, and a Rollout under way goes on by itself.');
		const retry = asked('vela-canary-kruise03', 58_000, {kind: 'retry'});
		expect(retry.changes).toEqual([]);
		expect(retry.notes).toContain('The workflow begins anew, with its first step.');
	});

	it('the undo of a suspended Application ends the suspension, not a pause of the Deployment', () => {
		const state = focused(stateAt('vela-rollback', 24_000));
		const {workload} = state;
		if (workload?.kind !== 'Deployment' || workload.release?.kind !== 'Application') throw new Error('no Application steers it');
		// One that vela itself would have to take back has no question.
		const view = confirmView(
			{
				...state,
				workload: {...workload, release: {...workload.release, publishVersion: undefined, annotations: {'argocd.argoproj.io/tracking-id': 'gitops:a'}}},
			},
			{kind: 'undo', toRevision: undefined, resume: true},
		);
		expect(view).toMatchObject({changes: expect.arrayContaining([{label: 'workflow suspended', from: 'true', to: 'false'}])});
		expect(workload.labels['app.oam.dev/name']).toBe('canary-demo');
		// Who keeps the Application takes its change back, not KubeVela, which keeps the Deployment.
		expect(JSON.stringify(view)).toContain('Argo CD (application gitops) keeps it');
		expect(JSON.stringify(view)).not.toContain('KubeVela (application');
	});
});

describe('while OpenKruise runs the new pods beside the old ones', () => {
	const state = stateAt('kruise-canary-ingress', 30_000);

	it('the strategy and the lanes tell no surge of the Deployment, which bounds nothing', () => {
		const facts = factsAt(state);
		const view = rolloutView(focused(state), facts, state.now);
		expect(view).not.toHaveProperty('surge');
		expect(facts.strategy.text).toBe('new pods run beside all the old ones, as many as each step says');
		expect(rolloutView(focused(stateAt('kruise-partition', 18_000)), factsAt(stateAt('kruise-partition', 18_000)), state.now)).toHaveProperty('surge');
	});

	it('an undo goes from the new revision, not from the Deployment’s own number', () => {
		const {changes, facts} = asked('kruise-canary-ingress', 30_000, {kind: 'undo', toRevision: undefined});
		expect(changes[0]).toEqual({label: 'revision', from: '2', to: '1'});
		expect(facts).toEqual(['1 of 6 pods is of revision 2, 5 of revision 1.']);
	});
});

it('the version before may be chosen from an Application’s history, another one not', () => {
	const state = focused(stateAt('vela-rollback', 24_000));
	const {workload} = state;
	if (workload?.kind !== 'Deployment' || workload.release?.kind !== 'Application') throw new Error('no Application steers it');
	const plain = {
		...state,
		workload: {...workload, release: {...workload.release, publishVersion: undefined, annotations: {'argocd.argoproj.io/tracking-id': 'gitops:a'}}},
	};
	const before = rulesOf(plain.workload).undoTarget([...state.replicaSets.values()], undefined);
	if (before.kind === 'none') throw new Error(before.message);
	expect(confirmView(plain, {kind: 'undo', toRevision: before.revision})).toHaveProperty('title');
	expect(confirmView(plain, {kind: 'undo', toRevision: before.revision + 7})).toHaveProperty('refusal');
});

it('n is not offered where a person has paused the Rollout: it would refuse', () => {
	const {workload} = factsAt(stateAt('vela-rollback', 24_000));
	expect(rulesOf(workload).refusal({kind: 'continue'}, [])).toBeDefined();
	expect(rulesOf(workload).steps()?.wait).toBeUndefined();
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

describe('a Rollout that a person has paused', () => {
	const held = (t: number) => {
		const state = focused(stateAt('argo-abort-undo', t));
		if (state.workload?.kind !== 'ArgoRollout') throw new Error('no Rollout is watched');
		return {...state, workload: {...state.workload, paused: true}};
	};
	const notesOf = (t: number, command: WorkloadCommand) => {
		const view = confirmView(held(t), command);
		if ('refusal' in view) throw new Error(view.refusal.message);
		return view.notes.join('\n');
	};

	it('keeps its pods when it is aborted, until it is resumed', () => {
		expect(notesOf(9000, {kind: 'abort'})).toMatch(/its pods stay as they are until it is resumed \(r\)/);
		expect(notesOf(9000, {kind: 'abort'})).not.toMatch(/at once/);
	});

	it('goes back, not on, when it is resumed after that', () => {
		const {workload} = held(11_000);
		expect(workload.status.abort).toBe(true);
		expect(rulesOf(workload).phase({workload, replicaSets: [], newReplicaSet: undefined}, noPods, undefined).note).toMatch(
			/the new pods stay until it is resumed/,
		);
		expect(notesOf(11_000, {kind: 'resume'})).toMatch(/go back to the stable version then/);
	});
});
