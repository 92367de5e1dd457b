import {describe, expect, it} from 'vitest';
import type {WorkloadCommand} from '../../src/domain/command.ts';
import {refusalOf} from '../../src/domain/refusal.ts';
import {undoPatch} from '../../src/domain/undo-patch.ts';
import type {Workload} from '../../src/domain/workload.ts';
import {replicaSet, template, workload} from './cluster-objects.ts';

const revision = 'deployment.kubernetes.io/revision';
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';
const v1 = replicaSet('web-a', 1, 'app:v1', {
	annotations: {'kubernetes.io/change-cause': 'first', 'deployment.kubernetes.io/desired-replicas': '3', note: 'old'},
});
const v2 = replicaSet('web-b', 2, 'app:v2');

describe('the patch of an undo', () => {
	const live = workload({
		template: template('app:v2'),
		annotations: {[revision]: '2', [lastApplied]: '{}', 'kubernetes.io/change-cause': 'second', mine: 'is deleted'},
	});
	const [toTemplate, toAnnotations] = undoPatch(live, v1);

	it('replaces the template by the old one without its hash label', () => {
		expect(toTemplate).toEqual({op: 'replace', path: '/spec/template', value: template('app:v1').raw});
	});

	it('keeps what belongs to the Deployment, restores what the revision had, and deletes the rest', () => {
		expect(toAnnotations).toEqual({
			op: 'replace',
			path: '/metadata/annotations',
			value: {[revision]: '2', [lastApplied]: '{}', 'kubernetes.io/change-cause': 'first', note: 'old'},
		});
	});

	it('never takes the ReplicaSet’s own numbers, whatever the Deployment has', () => {
		const skipped = ['revision', 'revision-history', 'desired-replicas', 'max-replicas'].map(name => `deployment.kubernetes.io/${name}`);
		const all = [...skipped, lastApplied, 'deprecated.deployment.rollback.to'];
		const numbered = replicaSet('web-n', 1, 'app:v1', {annotations: Object.fromEntries(all.map(name => [name, 'of the ReplicaSet']))});
		expect(undoPatch(workload({annotations: {}}), numbered)[1]?.value).toEqual({});
	});

	it('leaves a template without labels when the hash was the only one', () => {
		const bare = replicaSet('web-l', 1, 'app:v1', {template: {...v1.template, raw: {metadata: {labels: {'pod-template-hash': 'x'}}, spec: {}}}});
		expect(undoPatch(live, bare)[0]?.value).toEqual({metadata: {}, spec: {}});
	});
});

describe('a refusal, before anything is sent', () => {
	const rolling = workload({template: template('app:v2'), revisionText: '2'});
	const paused = {...rolling, paused: true};

	it.each<[reason: string, command: WorkloadCommand, live: Workload, message: string | undefined]>([
		['pause a running one', {kind: 'pause'}, rolling, undefined],
		['pause a paused one', {kind: 'pause'}, paused, 'deployments.apps "web" is already paused'],
		['resume a paused one', {kind: 'resume'}, paused, undefined],
		['resume a running one', {kind: 'resume'}, rolling, 'deployments.apps "web" is not paused'],
		['undo', {kind: 'undo', toRevision: undefined}, rolling, undefined],
		[
			'undo a paused one',
			{kind: 'undo', toRevision: undefined},
			paused,
			"you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again",
		],
		['undo to what runs', {kind: 'undo', toRevision: 2}, rolling, 'skipped rollback (current template already matches revision 2)'],
		['undo to what is not there', {kind: 'undo', toRevision: 7}, rolling, 'unable to find specified revision 7 in history'],
		['a missing revision comes before the pause, as in kubectl', {kind: 'undo', toRevision: 7}, paused, 'unable to find specified revision 7 in history'],
	])('%s', (_reason, command, live, message) => {
		const refusal = refusalOf(command, live, [v1, v2]);
		expect(refusal?.message).toBe(message);
		if (message !== undefined) expect(refusal?.hint).toMatch(/\w/);
	});

	it('says 0 where no revision was asked for and the template is the same, as kubectl does', () => {
		// The newest number is not the current template: somebody edited it back by hand.
		const edited = workload({template: template('app:v1'), revisionText: '2'});
		expect(refusalOf({kind: 'undo', toRevision: undefined}, edited, [v1, v2])?.message).toBe('skipped rollback (current template already matches revision 0)');
	});

	it('names the revisions that there are', () => {
		expect(refusalOf({kind: 'undo', toRevision: 7}, rolling, [v1, v2])?.hint).toBe('revisions in the history: 1, 2');
		expect(refusalOf({kind: 'undo', toRevision: undefined}, rolling, [])?.hint).toBe('there is no earlier revision to go to');
	});
});
