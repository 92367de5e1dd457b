import {describe, expect, it} from 'vitest';
import {historyEntries, k8sEventEntry} from '../../src/domain/k8s-event-entries.ts';
import type {Pod} from '../../src/domain/pod.ts';
import {podEntries} from '../../src/domain/pod-entries.ts';
import type {Workload} from '../../src/domain/workload.ts';
import {revisionBegan, workloadEntries} from '../../src/domain/workload-entries.ts';
import {condition, ended, k8sEvent, pod, replicaSet, running, start, status, template, termination, waitingFor, workload} from './cluster-objects.ts';

const at = start + 30_000;
const evil = `\u001B[31mred\u0007 ${'long '.repeat(2000)}`;

function textsOf(before: Pod | undefined, after: Pod | undefined): readonly string[] {
	return podEntries(before, after, at, []).map(({text}) => text);
}

const fresh = pod('web-b-1', 'web-b', false, {nodeName: undefined, phase: 'Pending', conditions: [], containerStatuses: []});
const creating = {...fresh, nodeName: 'node-1', containerStatuses: [status(waitingFor('ContainerCreating'))]};
const unready = pod('web-b-1', 'web-b', false);
const ready = pod('web-b-1', 'web-b', true);

describe('what happened to a pod between two states', () => {
	it.each<[reason: string, before: Pod | undefined, after: Pod | undefined, texts: readonly string[]]>([
		['it came', undefined, fresh, ['created']],
		['it came and was scheduled before we looked again', undefined, creating, ['created', 'scheduled to node-1']],
		['it was scheduled', fresh, creating, ['scheduled to node-1']],
		['it runs', creating, unready, ['running but not ready']],
		['it is ready at once', creating, ready, ['ready']],
		['it is ready', unready, ready, ['ready']],
		[
			'it is no longer ready',
			ready,
			{...unready, conditions: [condition('Ready', 'False', {message: 'containers with unready status: [app]'})]},
			['became unready: containers with unready status: [app]'],
		],
		['it is no longer ready, and nobody says why', ready, {...unready, conditions: []}, ['became unready']],
		['it is told to end', ready, {...ready, deletedAt: at}, ['terminating']],
		['it ends: becoming unready is no news then', {...ready, deletedAt: at}, {...unready, deletedAt: at}, []],
		['it is gone', {...ready, deletedAt: at}, undefined, ['gone']],
		['nothing that tells anything', unready, {...unready, resourceVersion: '2'}, []],
		['nothing before and nothing after', undefined, undefined, []],
		[
			'an image can’t be pulled',
			creating,
			{...creating, containerStatuses: [status(waitingFor('ErrImagePull', 'app:v9: not found'))]},
			['ErrImagePull: not found'],
		],
		[
			'the same pull is waited for',
			{...creating, containerStatuses: [status(waitingFor('ErrImagePull', 'app:v9: not found'))]},
			{...creating, containerStatuses: [status(waitingFor('ImagePullBackOff', 'Back-off'))]},
			[],
		],
		['a start fails without a word', creating, {...creating, containerStatuses: [status(waitingFor('RunContainerError'))]}, ['RunContainerError']],
		[
			'it was restarted',
			unready,
			{...unready, containerStatuses: [status(running, {restartCount: 1, lastTermination: termination({exitCode: 3})})]},
			['restarted after exit code 3 (1 so far)'],
		],
		[
			'it was restarted by a signal',
			unready,
			{...unready, containerStatuses: [status(running, {restartCount: 2, lastTermination: termination({signal: 9})})]},
			['restarted after signal 9 (2 so far)'],
		],
		['it was restarted, and the reason is lost', unready, {...unready, containerStatuses: [status(running, {restartCount: 1})]}, ['restarted (1 so far)']],
		['its container ended, which the restart will tell', unready, {...unready, containerStatuses: [status(ended())]}, []],
	])('%s', (_reason, before, after, texts) => expect(textsOf(before, after)).toEqual(texts));

	it('takes the creation’s own time, which is known to the second, and never a later one than now', () => {
		const [created] = podEntries(undefined, {...fresh, createdAt: at - 10_000}, at, []);
		expect(created?.at).toBe(at - 10_000 + 999);
		expect(podEntries(undefined, {...fresh, createdAt: at + 60_000}, at, [])[0]?.at).toBe(at);
		expect(podEntries(undefined, {...fresh, createdAt: undefined}, at, [])[0]?.at).toBe(at);
	});

	it('says of a probe what the kubelet’s event said', () => {
		const failed = k8sEvent('Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 500', {
			object: {kind: 'Pod', name: 'web-b-1', uid: 'web-b-1'},
		});
		expect(podEntries(ready, unready, at, [failed])[0]?.text).toBe('became unready: HTTP probe failed with statuscode: 500');
	});

	it('does not blame a probe that failed long before, while the pod started', () => {
		const failed = (lastAt: number) => k8sEvent('Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 500', {lastAt});
		const lost = {...unready, conditions: [condition('Ready', 'False', {message: 'node is gone', lastTransitionAt: start + 600_000})]};
		expect(podEntries(ready, lost, at, [failed(start)])[0]?.text).toBe('became unready: node is gone');
		expect(podEntries(ready, lost, at, [failed(start + 590_000)])[0]?.text).toBe('became unready: HTTP probe failed with statuscode: 500');
	});

	it('cuts and cleans what a runtime says', () => {
		const texts = [
			...textsOf(creating, {...creating, containerStatuses: [status(waitingFor('RunContainerError', evil))]}),
			...textsOf(ready, {...unready, conditions: [condition('Ready', 'False', {message: evil})]}),
		];
		expect(texts).toHaveLength(2);
		for (const text of texts) {
			expect(text.length).toBeLessThan(200);
			expect(text).not.toMatch(/[\u0000-\u001F]/);
		}
	});
});

describe('what happened to the workload between two states', () => {
	const v1 = replicaSet('web-a', 1, 'app:v1');
	const v2 = replicaSet('web-b', 2, 'app:v2');
	const rolled = workload({template: template('app:v2'), revisionText: '2', generation: 2, observedGeneration: 2});
	const rolling: Workload = {...rolled, replicas: {...rolled.replicas, updated: 1, available: 3}};
	const exceeded = (name: string): Workload => ({
		...rolling,
		conditions: [condition('Progressing', 'False', {reason: 'ProgressDeadlineExceeded', message: `ReplicaSet "${name}" has timed out progressing.`})],
	});

	it.each<[reason: string, before: Workload, after: Workload, texts: readonly string[]]>([
		['paused', rolling, {...rolling, generation: 3, paused: true}, ['paused']],
		['resumed', {...rolling, paused: true}, {...rolling, generation: 3}, ['resumed']],
		['scaled', rolling, {...rolling, replicas: {...rolling.replicas, desired: 5}}, ['scaled from 3 to 5 replicas']],
		['done', rolling, rolled, ['revision 2 is rolled out: 3 available']],
		['rolled back', rolled, {...rolled, generation: 3, template: template('app:v1')}, ['rolled back to revision 1: image app:v2 → v1']],
		['a new template is told with its number, later', rolled, {...rolled, generation: 3, template: template('app:v3')}, []],
		['past the deadline', rolling, exceeded('web-b'), ['stalled: the progress deadline is exceeded']],
		['past the deadline of an earlier template', rolling, exceeded('web-z'), []],
		['past the deadline as before', exceeded('web-b'), {...exceeded('web-b'), generation: 3}, []],
		[
			'seen by the controller, and nothing was rolled',
			{...rolled, generation: 3, conditions: [condition('Progressing', 'True', {reason: 'NewReplicaSetAvailable'})]},
			{...rolled, generation: 3, observedGeneration: 3},
			[],
		],
		[
			'rolled out between two looks',
			{...rolled, generation: 3, conditions: [condition('Progressing', 'True', {reason: 'NewReplicaSetCreated'})]},
			{...rolled, generation: 3, observedGeneration: 3},
			['revision 2 is rolled out: 3 available'],
		],
		['nothing', rolled, {...rolled, resourceVersion: '2'}, []],
	])('%s', (_reason, before, after, texts) => expect(workloadEntries(before, after, [v1, v2], at).map(({text}) => text)).toEqual(texts));

	it('does not take a revision with an unreadable number for none', () => {
		expect(workloadEntries({...rolling, revisionText: 'x'}, {...rolled, revisionText: 'x'}, [], at)[0]?.text).toBe('revision ? is rolled out: 3 available');
	});

	it.each<[reason: string, from: Parameters<typeof revisionBegan>[1], text: string]>([
		['by its image', template('app:v1'), 'revision 2 began: image app:v1 → v2'],
		['by what it runs, where nothing is known of before', undefined, 'revision 2 began: image app:v2'],
		['by the field', template('app:v2', {metadata: {labels: {app: 'web', tier: 'x'}}}), 'revision 2 began: metadata.labels.tier changed'],
		['by the first of the fields', template('app:v2', {metadata: {labels: {app: 'x', tier: 'x'}}}), 'revision 2 began: metadata.labels.app and 1 more changed'],
		['by nothing', template('app:v2'), 'revision 2 began: the same template'],
	])('says how a revision differs: %s', (_reason, from, text) => expect(revisionBegan(v2, from, at).text).toBe(text));

	it('begins a revision that has no number yet', () => {
		expect(revisionBegan(replicaSet('web-n', undefined, 'app:n'), undefined, at).text).toBe('revision ? began: image app:n');
	});
});

describe('what events tell', () => {
	it.each<[reason: string, event: Parameters<typeof k8sEventEntry>[0], text: string | undefined]>([
		['a pull', k8sEvent('Pulling', 'Pulling image "app:v1"'), 'pulling image "app:v1"'],
		['a warning that no state tells', k8sEvent('FailedMount', 'no such secret', {type: 'Warning'}), 'FailedMount: no such secret'],
		['a warning that the pod’s state tells better', k8sEvent('BackOff', 'Back-off', {type: 'Warning'}), undefined],
		[
			'what a colleague did',
			k8sEvent('RollwatchUndo', 'jane rolled back from revision 3 to 2 (rollwatch)', {source: 'rollwatch'}),
			'jane rolled back from revision 3 to 2',
		],
		['what is not worth a line', k8sEvent('Created', 'Container created'), undefined],
		['nothing without a time', k8sEvent('Pulling', 'Pulling', {firstAt: undefined, lastAt: undefined}), undefined],
	])('while we watch: %s', (_reason, event, text) => expect(k8sEventEntry(event)?.text).toBe(text));

	it('before we watched: what no state tells any more', () => {
		const events = [
			k8sEvent('ScalingReplicaSet', 'Scaled up replica set web-b from 0 to 1', {object: {kind: 'Deployment', name: 'web', uid: 'd'}}),
			k8sEvent('Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 500', {type: 'Warning', count: 4}),
			k8sEvent('BackOff', 'Back-off restarting', {type: 'Warning'}),
			k8sEvent('Created', 'Container created'),
			k8sEvent('Killing', 'Stopping container app', {lastAt: undefined}),
		];
		expect(historyEntries(events).map(({kind, subject, text, count, at}) => ({kind, subject, text, count, at}))).toEqual([
			{kind: 'scaled', subject: undefined, text: 'scaled up replica set web-b from 0 to 1', count: 1, at: start},
			{kind: 'unready', subject: 'web-b-1', text: 'readiness probe failed: HTTP probe failed with statuscode: 500', count: 4, at: start},
			{kind: 'warning', subject: 'web-b-1', text: 'BackOff: Back-off restarting', count: 1, at: start},
			{kind: 'terminating', subject: 'web-b-1', text: 'stopping container app', count: 1, at: start},
		]);
	});

	it('cuts and cleans what they say', () => {
		const texts = [k8sEventEntry(k8sEvent('FailedMount', evil, {type: 'Warning'})), ...historyEntries([k8sEvent('Killing', evil)])].map(
			entry => entry?.text ?? '',
		);
		expect(texts).toHaveLength(2);
		for (const text of texts) {
			expect(text).toContain('red');
			expect(text.length).toBeLessThan(300);
			expect(text).not.toMatch(/[\u0000-\u001F]/);
		}
	});
});
