import {describe, expect, it} from 'vitest';
import type {K8sEvent} from '../../../src/domain/k8s-event.ts';
import type {Pod} from '../../../src/domain/pod.ts';
import {probeAnswer} from '../../../src/domain/why/pod/probe-failure.ts';
import {pullFailure} from '../../../src/domain/why/pod/pull-failure.ts';
import type {Workload} from '../../../src/domain/workload.ts';
import {condition, containerSpec, ended, k8sEvent, pod, replicaSet, running, start, status, termination, waitingFor, workload} from '../cluster-objects.ts';
import {findings} from './findings-of-pods.ts';

const newSet = replicaSet('web-b', 1, 'app:v1', {desired: 3, available: 2});
const now = start + 20_000;

function stuck(pods: readonly Pod[], events: readonly K8sEvent[] = [], live: Workload = workload(), at = now) {
	return findings({workload: live, newReplicaSet: newSet, pods, events, now: at});
}

/** What is said of a pod of the new ReplicaSet that differs so from one that runs unready. */
function said(change: Partial<Pod>, events: readonly K8sEvent[] = [], at = now): string | undefined {
	return stuck([pod('web-b-1', 'web-b', false, change)], events, workload(), at)[0]?.message;
}

const container = (state: Parameters<typeof status>[0], change: Parameters<typeof status>[1] = {}) => ({containerStatuses: [status(state, change)]});
const probeFailed = (text: string, change: Partial<K8sEvent> = {}) => k8sEvent('Unhealthy', `Readiness probe failed: ${text}`, {type: 'Warning', ...change});

describe('what is said of a stuck pod', () => {
	it.each<[reason: string, change: Partial<Pod>, message: string]>([
		[
			'its image does not exist',
			container(
				waitingFor(
					'ImagePullBackOff',
					'Back-off pulling image "app:v9": ErrImagePull: rpc error: code = NotFound desc = failed to resolve reference: app:v9: not found',
				),
			),
			"can't pull image app:v1: not found",
		],
		[
			'the name of the image in the spec, not the one that the runtime resolved',
			container(waitingFor('ErrImagePull', 'x'), {image: 'docker.io/library/app:v1'}),
			"can't pull image app:v1: x",
		],
		[
			'it crashes again and again',
			container(waitingFor('CrashLoopBackOff', 'back-off'), {restartCount: 3, lastTermination: termination({message: 'panic: no config'})}),
			'container app crashes again and again: exit code 1, 1s after its start (3 restarts)',
		],
		['it crashes, and nobody knows how', container(waitingFor('CrashLoopBackOff')), 'container app crashes again and again'],
		[
			'it was killed for its memory',
			container(waitingFor('CrashLoopBackOff'), {restartCount: 1, lastTermination: termination({exitCode: 137, reason: 'OOMKilled'})}),
			"container app was killed 1s after its start: the node's memory was used up (1 restart)",
		],
		['it has just ended', container(ended({exitCode: 2})), 'container app ended with exit code 2, 1s after its start'],
		[
			'it was ended by a signal',
			container(ended({signal: 9, reason: ''}), {restartCount: 2}),
			'container app crashes again and again: signal 9 (SIGKILL), 1s after its start (2 restarts)',
		],
		['it can’t start', container(waitingFor('CreateContainerConfigError', 'secret "db" not found')), 'container app needs Secret "db", which does not exist'],
		[
			'an init container holds it up',
			{initContainerStatuses: [status(waitingFor('CrashLoopBackOff'), {name: 'migrate'})], containerStatuses: [status(waitingFor('PodInitializing'))]},
			'container migrate crashes again and again',
		],
		[
			'no node takes it',
			{
				conditions: [condition('PodScheduled', 'False', {reason: 'Unschedulable', message: '0/3 nodes are available: 3 Insufficient cpu.'})],
				containerStatuses: [],
			},
			'fits on none of 3 nodes: not enough cpu on 3',
		],
		['a gate holds it back', {conditions: [condition('PodScheduled', 'False', {reason: 'SchedulingGated'})]}, 'is held back by a scheduling gate'],
		['it was evicted', {phase: 'Failed', reason: 'Evicted', message: 'The node was low on memory.'}, 'was evicted: The node was low on memory.'],
		['it has ended well, which no pod of a Deployment should', {phase: 'Succeeded'}, 'has ended (Succeeded)'],
		['its probe has not succeeded for long enough to worry', {}, 'is not ready: readiness probe GET :8080/ has not succeeded yet'],
		['it is not ready, and has no probe', {containers: [containerSpec()]}, 'container app is not ready'],
	])('%s', (_reason, change, message) => expect(said(change)).toBe(message));

	it.each<[reason: string, change: Partial<Pod>, at: number]>([
		['containers are being created', container(waitingFor('ContainerCreating')), start + 59_999],
		['it may take its time to become ready', {}, start + 14_999],
		['an init container has ended well', {initContainerStatuses: [status(ended({exitCode: 0}))], ...container(waitingFor('PodInitializing'))}, now],
		['it is told to end', {deletedAt: start}, now],
		['nothing is known of its containers yet', {containerStatuses: []}, now],
	])('nothing, while %s', (_reason, change, at) => expect(said(change, [], at)).toBeUndefined());

	it('worries when containers are not created for a minute: a volume or a secret is missing', () => {
		expect(said(container(waitingFor('ContainerCreating')), [], start + 60_000)).toBe('still waits for its containers to be created');
	});

	const mountFailed = k8sEvent('FailedMount', 'MountVolume.SetUp failed for volume "tls": secret "web-tls" not found', {type: 'Warning'});

	it('says what is missing as soon as an event tells, and after a while that it will not come', () => {
		const creating = container(waitingFor('ContainerCreating'));
		const scheduling = k8sEvent('FailedScheduling', '0/3 nodes are available', {type: 'Warning', lastAt: start + 9000});
		const older = k8sEvent('FailedAttachVolume', 'timed out', {type: 'Warning', lastAt: start - 9000});
		expect(said(creating, [mountFailed, scheduling, older], start + 15_000)).toBe('needs Secret "web-tls" for volume "tls", which does not exist');
		const hope = (at: number) => stuck([pod('web-b-1', 'web-b', false, creating)], [mountFailed], workload(), at)[0]?.hope;
		expect([hope(start + 14_999), hope(start + 15_000)]).toEqual(['likely', 'none']);
		expect(said(creating, [{...mountFailed, object: {kind: 'Pod', name: 'x', uid: 'x'}}], start + 15_000)).toBeUndefined();
	});

	it('blames the init container that does not end, and nothing that waits for it', () => {
		const initializing = {
			initContainers: [containerSpec({name: 'migrate'})],
			initContainerStatuses: [status(running, {name: 'migrate'})],
			...container(waitingFor('PodInitializing')),
		};
		expect(said({...initializing, createdAt: start - 600_000}, [], start + 29_999)).toBeUndefined();
		expect(said(initializing, [], start + 30_000)).toBe('still waits for init container migrate to end');
		const sidecar = {...initializing, initContainers: initializing.initContainers.map(one => ({...one, sidecar: true}))};
		expect(said(sidecar, [], start + 60_000)).toBe('still waits for sidecar migrate to have started');
		const started = {...sidecar, initContainerStatuses: [status(running, {name: 'migrate', started: true})]};
		expect(said(started, [], start + 60_000)).toBe('still waits for its containers to be created');
	});

	it('forgets a pod that has ended once the others serve without it', () => {
		const evicted = pod('web-b-1', 'web-b', false, {phase: 'Failed', reason: 'Evicted'});
		const full = {...newSet, available: 3};
		const input = {workload: workload(), pods: [evicted], events: [], now};
		expect(findings({...input, newReplicaSet: newSet})).toHaveLength(1);
		expect(findings({...input, newReplicaSet: full})).toEqual([]);
	});

	it('knows new pods by their name where their ReplicaSet may not be seen', () => {
		const named = workload({conditions: [condition('Progressing', 'True', {message: 'ReplicaSet "web-b" is progressing.'})]});
		const broken = container(waitingFor('CrashLoopBackOff'));
		const pods = [pod('web-b-1', 'web-b', false, broken), pod('web-a-1', 'web-a', false, broken)];
		const input = {workload: named, newReplicaSet: undefined, pods, events: [], now};
		expect(findings({...input, replicaSetsHidden: true}).map(({object}) => object.name)).toEqual(['web-b-1']);
		expect(findings(input)).toEqual([]);
	});

	it('says nothing of a ready pod, nor of pods of old revisions', () => {
		const broken = container(waitingFor('CrashLoopBackOff'));
		expect(stuck([pod('web-b-1', 'web-b', true), pod('web-a-1', 'web-a', false, broken), pod('orphan', undefined, false, broken)])).toEqual([]);
		expect(findings({workload: workload(), newReplicaSet: undefined, pods: [pod('orphan', undefined, false, broken)], events: [], now})).toEqual([]);
	});
});

describe('what is said of a probe that fails', () => {
	it('is its own last words, and how often', () => {
		const failed = probeFailed('HTTP probe failed with statuscode: 500', {count: 12, lastAt: start + 14_000});
		expect(said({}, [failed])).toBe('is not ready: readiness probe GET :8080/ answered 500 (12 times in 14s)');
	});

	it('is said at once, without the patience for pods whose probe did not fail', () => {
		expect(said({}, [probeFailed('HTTP probe failed with statuscode: 500')], start + 1000)).toBe('is not ready: readiness probe GET :8080/ answered 500');
	});

	it('leaves out the time where all came in one second, and is a sentence without a known probe', () => {
		const bare = {containers: [containerSpec()]};
		expect(said(bare, [probeFailed('command timed out', {count: 2})])).toBe('is not ready: readiness probe timed out (2 times)');
	});

	it('is not what was said of the container’s life before', () => {
		const restarted = container({kind: 'running', startedAt: start + 10_000});
		expect(said(restarted, [probeFailed('HTTP probe failed with statuscode: 500')], start + 11_000)).toBeUndefined();
	});

	it('is the newest of several, and only its own', () => {
		const older = probeFailed('HTTP probe failed with statuscode: 500');
		const newer = probeFailed('HTTP probe failed with statuscode: 503', {lastAt: start + 5000});
		const other = probeFailed('HTTP probe failed with statuscode: 418', {lastAt: start + 9000, object: {kind: 'Pod', name: 'x', uid: 'x'}});
		const liveness = k8sEvent('Unhealthy', 'Liveness probe failed: HTTP probe failed with statuscode: 500', {lastAt: start + 9000});
		for (const events of [
			[older, newer, other, liveness],
			[liveness, other, newer, older],
		])
			expect(said({}, events)).toContain('answered 503');
	});

	it.each<[reason: string, words: string, answer: string]>([
		['a status', 'HTTP probe failed with statuscode: 503', 'answered 503'],
		['nobody listens', 'Get "http://10.1.0.1:8080/": dial tcp 10.1.0.1:8080: connect: connection refused', 'got connection refused'],
		['no answer in time', 'Get "http://10.1.0.1:8080/": context deadline exceeded (Client.Timeout exceeded while awaiting headers)', 'timed out'],
		['no connection in time', 'dial tcp 10.1.0.1:8080: i/o timeout', 'timed out'],
		['a command that takes too long', 'command "cat /ok" timed out', 'timed out'],
		['closed without a word', 'Get "http://10.1.0.1:8080/": EOF', 'got no answer before the connection closed'],
		['reset', 'read: connection reset by peer', 'got connection reset'],
		['no network', 'connect: no route to host', 'found no route to the pod'],
		['a command’s own words', 'cat: /ok: No such file or directory', 'failed: cat: /ok: No such file or directory'],
	])('in few words: %s', (_reason, words, answer) => expect(probeAnswer(words)).toBe(answer));
});

describe('why an image can’t be pulled', () => {
	it.each<[reason: string, message: string, cause: string]>([
		['containerd 2', 'failed to resolve image: docker.io/luksa/kubia:v9: not found', 'not found'],
		['a registry’s own words', 'manifest unknown: manifest unknown', 'not found'],
		[
			'private or misspelt: the registry won’t tell',
			'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
			'not found or no access',
		],
		['a tag that looks like a status', 'failed to resolve image: docker.io/luksa/kubia:401: not found', 'not found'],
		['a status alone', 'unexpected status from HEAD request: 403 Forbidden', 'not found or no access'],
		[
			'a limit comes before the status that says it',
			'429 Too Many Requests - toomanyrequests: You have reached your unauthenticated pull rate limit.',
			"the registry's rate limit is reached",
		],
		['a name', 'dial tcp: lookup registry.invalid: no such host', "the registry's name does not resolve"],
		['a certificate', 'tls: failed to verify certificate: x509: certificate signed by unknown authority', "the registry's certificate is not trusted"],
		['nobody listens', 'dial tcp 127.0.0.1:5000: connect: connection refused', 'the registry refuses connections'],
		['no answer', 'dial tcp 10.0.0.1:443: i/o timeout', 'the registry does not answer'],
		['anything else as it stands', 'layers are odd today', 'layers are odd today'],
	])('%s', (_reason, message, cause) => expect(pullFailure(message).text).toBe(cause));
});

describe('several that are stuck', () => {
	const crashing = pod('web-b-1', 'web-b', false, container(waitingFor('CrashLoopBackOff'), {lastTermination: termination()}));
	const unready = pod('web-b-2', 'web-b', false);
	const pending = pod('web-b-3', 'web-b', false, {conditions: [condition('PodScheduled', 'False', {lastTransitionAt: start})], containerStatuses: []});

	it('begin with the most hopeless, whatever their order', () => {
		const expected = ['web-b-1', 'web-b-3', 'web-b-2'];
		expect(stuck([unready, pending, crashing]).map(({object}) => object.name)).toEqual(expected);
		expect(stuck([crashing, unready, pending]).map(({object}) => object.name)).toEqual(expected);
	});

	it('are one finding when they are alike, of the one that has lasted longest', () => {
		const since = (name: string, at: number) => pod(name, 'web-b', false, {conditions: [condition('Ready', 'False', {lastTransitionAt: at})]});
		expect(stuck([since('late', start + 2000), since('early', start)]).map(({object, sinceAt, count}) => [object.name, sinceAt, count])).toEqual([
			['early', start, 2],
		]);
	});

	it('begin with pods that could not even be made', () => {
		const live = workload({
			conditions: [condition('ReplicaFailure', 'True', {reason: 'FailedCreate', message: 'pods "web-b-" is forbidden: exceeded quota: few'})],
		});
		expect(stuck([crashing], [], live)[0]).toMatchObject({
			object: {kind: 'Deployment', name: 'web', uid: 'd'},
			reason: 'ReplicaFailure',
			message: "can't create pods: exceeded quota: few",
		});
		expect(stuck([], [], workload({conditions: [condition('ReplicaFailure', 'False')]}))).toEqual([]);
	});
});

describe('words from outside', () => {
	const evil = `\u001B[31mred\u0007\r\nnext ${'long '.repeat(2000)}`;
	it.each<[reason: string, change: Partial<Pod>, events: readonly K8sEvent[]]>([
		['a pull', container(waitingFor('ErrImagePull', evil)), []],
		['a start', container(waitingFor('CreateContainerError', evil)), []],
		['an end', container(ended({message: evil})), []],
		['a crash', container(waitingFor('CrashLoopBackOff'), {lastTermination: termination({message: evil})}), []],
		['a scheduler', {conditions: [condition('PodScheduled', 'False', {message: evil})]}, []],
		['an eviction', {phase: 'Failed', reason: 'Evicted', message: evil}, []],
		['a probe', {}, [probeFailed(evil)]],
	])('of %s are one printable line of bounded length', (_reason, change, events) => {
		const [finding] = stuck([pod('web-b-1', 'web-b', false, change)], events);
		const message = [finding?.message, finding?.quote].join(' ');
		expect(message).toContain('red');
		expect(message).not.toMatch(/[\u0000-\u001F\u007F]|\[31m/);
		expect(message.length).toBeLessThan(320);
		expect(message).toContain('…');
	});

	it('of a quota are cut, too', () => {
		const live = workload({conditions: [condition('ReplicaFailure', 'True', {message: evil})]});
		expect(stuck([], [], live)[0]?.message.length).toBeLessThan(320);
	});
});

describe('a pod whose containers are all ready', () => {
	const gate = 'corresponding condition of pod readiness gate "example.com/lb" does not exist.';
	const gated = (reason: string) => ({
		...container(running, {ready: true}),
		conditions: [condition('Ready', 'False', {reason, message: gate, lastTransitionAt: start})],
	});

	it('may wait for a readiness gate, for which nobody else would blame anything', () => {
		expect(said(gated('ReadinessGatesNotReady'))).toBe('is not ready: its containers are, but readiness gate example.com/lb is not True');
		expect(stuck([pod('web-b-1', 'web-b', false, gated('ReadinessGatesNotReady'))])[0]?.hope).toBe('waits');
	});

	it('is about to become ready otherwise', () => expect(said(gated('ContainersNotReady'))).toBeUndefined());
});
