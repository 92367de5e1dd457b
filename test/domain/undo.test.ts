import fc from 'fast-check';
import jsonPatch from 'fast-json-patch';
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

describe('the patch, applied', () => {
	const kept = ['revision', 'revision-history', 'desired-replicas', 'max-replicas'].map(name => `deployment.kubernetes.io/${name}`);
	const ofDeployment = [...kept, lastApplied, 'deprecated.deployment.rollback.to'];
	const annotations = fc.dictionary(fc.constantFrom(...ofDeployment, 'kubernetes.io/change-cause', 'a/b~c', 'mine'), fc.string(), {noNullPrototype: true});

	it('leaves the old template, the annotations by kubectl’s rule, no pause, and everything else as it was', () => {
		fc.assert(
			fc.property(annotations, annotations, fc.boolean(), fc.nat(9), (live, old, paused, replicas) => {
				const spec = {replicas, strategy: {type: 'Recreate'}, ...(paused ? {paused} : {}), template: template('app:v2').raw};
				const object = {metadata: {name: 'web', labels: {a: 'b'}, annotations: live}, spec, status: {replicas: 1}};
				const source = replicaSet('web-a', undefined, 'app:v1', {annotations: old});
				const patch = undoPatch(workload({template: template('app:v2'), annotations: live, paused}), source);
				const after = jsonPatch.applyPatch(structuredClone(object), structuredClone(patch) as never, true).newDocument;
				const isOfDeployment = ([name]: [string, string]) => ofDeployment.includes(name);
				const expected = Object.fromEntries([...Object.entries(live).filter(isOfDeployment), ...Object.entries(old).filter(entry => !isOfDeployment(entry))]);
				const {paused: _gone, ...unpaused} = spec;
				expect(after).toEqual({
					...object,
					metadata: {...object.metadata, annotations: expected},
					spec: {...unpaused, template: template('app:v1').raw},
				});
			}),
		);
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
		['undo and resume what is paused', {kind: 'undo', toRevision: undefined, resume: true}, paused, undefined],
		[
			'undo and resume to what it has already',
			{kind: 'undo', toRevision: 2, resume: true},
			paused,
			'skipped rollback (current template already matches revision 2)',
		],
		['restart', {kind: 'restart'}, rolling, undefined],
		['restart a paused one', {kind: 'restart'}, paused, `deployments.apps "web" can't restart paused deployment (run rollout resume first)`],
		['another image', {kind: 'set-image', container: 'app', image: 'app:v3'}, rolling, undefined],
		['another image of a paused one, which kubectl allows', {kind: 'set-image', container: 'app', image: 'app:v3'}, paused, undefined],
		['the image that it has', {kind: 'set-image', container: 'app', image: 'app:v2'}, rolling, 'container app has the image app:v2 already'],
		['no container of that name', {kind: 'set-image', container: 'db', image: 'db:1'}, rolling, 'unable to find container named "db"'],
		['no init container of that name', {kind: 'set-image', container: 'app', image: 'app:v3', init: true}, rolling, 'unable to find container named "app"'],
		['what is no image', {kind: 'set-image', container: 'app', image: 'app v3'}, rolling, 'an image has no blanks in it'],
		['delete a pod', {kind: 'delete-pod', pod: 'web-b-1', uid: 'web-b-1'}, rolling, undefined],
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
