import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {SeenWorkload, WorkloadCommand} from '../../src/domain/command.ts';
import type {Deployment, Workload} from '../../src/domain/workload.ts';
import {changesBetween, conflictOf} from '../../src/domain/workload-conflict.ts';
import {replicaSet, template, workload} from './cluster-objects.ts';

const before = workload({generation: 7, template: template('app:v2'), revisionText: '2', annotations: {owner: 'us', 'deployment.kubernetes.io/revision': '2'}});
const history = [replicaSet('web-a', 1, 'app:v1'), replicaSet('web-b', 2, 'app:v2')];
const later = (change: Partial<Deployment>): Workload => ({...before, generation: 8, ...change});

describe('what somebody changed is told in words', () => {
	it.each<[why: string, after: Workload, words: readonly string[]]>([
		['nothing but the status', {...before, resourceVersion: '99', replicas: {...before.replicas, ready: 0}}, []],
		['the image', later({template: template('app:v3')}), ['spec.containers[app].image app:v2 → app:v3']],
		[
			'an undo, by the number that the template had',
			later({template: template('app:v1')}),
			['taken back to revision 1', 'spec.containers[app].image app:v2 → app:v1'],
		],
		['a pause', later({paused: true}), ['paused']],
		['the number of replicas', later({replicas: {...before.replicas, desired: 5}}), ['scaled 3 → 5']],
		['several at once, the pause first', later({paused: true, replicas: {...before.replicas, desired: 0}}), ['paused', 'scaled 3 → 0']],
		['an annotation, which raises the generation too', later({annotations: {...before.annotations, owner: 'them'}}), ['annotation owner']],
		['the controller’s own annotation is no change', {...before, annotations: {...before.annotations, 'deployment.kubernetes.io/revision': '3'}}, []],
		['the strategy', later({strategy: {type: 'Recreate'}}), ['strategy']],
		['minReadySeconds', later({minReadySeconds: 10}), ['minReadySeconds 0 → 10']],
		[
			'a template with many changes: the first three, and how many more',
			later({template: template('app:v3', {spec: {containers: [{name: 'app', image: 'app:v3', tty: true, stdin: true, command: ['x'], args: ['y']}]}})}),
			[
				'spec.containers[app].image app:v2 → app:v3',
				'spec.containers[app].tty (not set) → true',
				'spec.containers[app].stdin (not set) → true',
				'2 more of the template',
			],
		],
	])('%s', (_why, after, words) => expect(changesBetween(before, after, history)).toEqual(words));

	it('of a resume', () => expect(changesBetween(later({paused: true}), {...before, generation: 9})).toEqual(['resumed']));
});

const seen: SeenWorkload = {uid: 'd', generation: 7};
const undo: WorkloadCommand = {kind: 'undo', toRevision: undefined};
const setImage: WorkloadCommand = {kind: 'set-image', container: 'app', image: 'app:v9'};
const scaled = later({replicas: {...before.replicas, desired: 5}});
const changed = later({template: template('app:v3')});
const paused = later({paused: true});

describe('a command is not sent over what somebody changed meanwhile', () => {
	it.each<[why: string, command: WorkloadCommand, fresh: Workload, message: string | undefined]>([
		['only the status moved', undo, {...before, resourceVersion: '99'}, undefined],
		['undo, another template', undo, changed, 'deployment "web" was changed meanwhile: spec.containers[app].image app:v2 → app:v3'],
		['undo, scaled: no change goes by unseen', undo, scaled, 'deployment "web" was changed meanwhile: scaled 3 → 5'],
		['set image, paused', setImage, paused, 'deployment "web" was changed meanwhile: paused'],
		['pause, another template: it only stops it', {kind: 'pause'}, changed, undefined],
		['pause, paused by somebody', {kind: 'pause'}, paused, 'deployment "web" was changed meanwhile: paused'],
		['resume, scaled', {kind: 'resume'}, later({paused: true, replicas: {...before.replicas, desired: 5}}), undefined],
		['restart, scaled: it makes the same pods', {kind: 'restart'}, scaled, undefined],
		['restart, another template', {kind: 'restart'}, changed, 'deployment "web" was changed meanwhile: spec.containers[app].image app:v2 → app:v3'],
		['scale insists on its own number', {kind: 'scale', replicas: 4}, scaled, undefined],
		['a pod is told by its uid', {kind: 'delete-pod', pod: 'web-a-1', uid: 'x'}, changed, undefined],
		['made again', {kind: 'pause'}, {...before, uid: 'e'}, 'deployment "web" was deleted and made again meanwhile'],
	])('%s', (_why, command, fresh, message) => {
		const conflict = conflictOf(command, {seen, before, fresh, replicaSets: history});
		expect(conflict?.message).toBe(message);
		if (conflict !== undefined) expect(conflict.hint).toBe('look again, then repeat');
	});

	it('names the generations where what was seen is no longer known', () => {
		const conflict = conflictOf(undo, {seen: {uid: 'd', generation: 5}, before: undefined, fresh: changed, replicaSets: []});
		expect(conflict?.message).toBe('deployment "web" was changed meanwhile: generation 5 → 8');
	});

	it('never undoes nor sets an image over any other generation', () => {
		fc.assert(
			fc.property(fc.nat(), fc.nat(), fc.boolean(), fc.constantFrom(undo, setImage), (at, now, isPaused, command) => {
				const fresh = {...before, generation: now, paused: isPaused};
				const conflict = conflictOf(command, {seen: {uid: 'd', generation: at}, before: undefined, fresh, replicaSets: []});
				expect(conflict === undefined).toBe(at === now);
			}),
		);
	});
});
