import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {parseK8sEvent} from '../../../src/cluster/parse/k8s-event.ts';
import {parsePod} from '../../../src/cluster/parse/pod.ts';
import type {K8sEvent} from '../../../src/domain/k8s-event.ts';
import type {Pod} from '../../../src/domain/pod.ts';
import {podCause} from '../../../src/domain/why/pod/pod-cause.ts';
import {createPodJudgements, type PodJudgements} from '../../../src/domain/why/pod/pod-judgements.ts';
import {condition, containerSpec, k8sEvent, pod, probe, replicaSet, running, start, status, termination, waitingFor, workload} from '../cluster-objects.ts';
import {growth} from '../growth.ts';
import {findings} from './findings-of-pods.ts';

const newSet = replicaSet('web-b', 1, 'app:v1', {desired: 3, available: 0});
const time = fc.integer({min: -100, max: 700}).map(seconds => new Date(start + seconds * 1000).toISOString());
const words = fc.oneof(
	fc.string({unit: 'grapheme', maxLength: 60}),
	fc.constantFrom(
		'',
		'exec: "/app": no such file or directory',
		'failed to resolve image: app:v1: not found',
		'0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had untolerated taint {a: b}.',
		'Multi-Attach error for volume "v" Volume is already used by pod(s) a',
		'MountVolume.SetUp failed for volume "v" : secret "s" not found',
		'The node was low on resource: memory.',
		'\u001B[31mred\u0007\r\n\u202E',
		'back-off 1m20s restarting failed container=app',
		'Readiness probe failed: HTTP probe failed with statuscode: 500',
		'Liveness probe failed: x',
		'Container app failed liveness probe, will be restarted',
		'Pulling image "app:v1"',
	),
	fc.string({maxLength: 20}).map(text => `${text} `.repeat(400)),
);
const reason = fc.oneof(
	words,
	fc.constantFrom(
		'ErrImagePull',
		'ImagePullBackOff',
		'CrashLoopBackOff',
		'CreateContainerConfigError',
		'RunContainerError',
		'StartError',
		'OOMKilled',
		'ContainerCreating',
	),
);
const terminated = fc.record(
	{exitCode: fc.integer({min: -1, max: 300}), signal: fc.nat(20), reason, message: words, startedAt: time, finishedAt: time},
	{requiredKeys: []},
);
const state = fc.oneof(
	fc.constant({}),
	fc.record({waiting: fc.record({reason, message: words}, {requiredKeys: []})}),
	fc.record({running: fc.record({startedAt: time}, {requiredKeys: []})}),
	fc.record({terminated}),
);
const name = fc.constantFrom('app', 'proxy', 'other');
const anyProbe = fc.option(
	fc.record({httpGet: fc.constant({port: 8080}), initialDelaySeconds: fc.nat(90), periodSeconds: fc.nat(9), failureThreshold: fc.nat(9)}),
	{nil: undefined},
);
const containers = fc.array(
	fc.record({name, image: words, restartPolicy: fc.constantFrom('Always', ''), readinessProbe: anyProbe, livenessProbe: anyProbe, startupProbe: anyProbe}),
	{maxLength: 3},
);
const statuses = fc.array(
	fc.record({
		name,
		image: words,
		ready: fc.boolean(),
		started: fc.boolean(),
		restartCount: fc.nat(9),
		state,
		lastState: fc.oneof(fc.constant({}), fc.record({terminated})),
	}),
	{maxLength: 3},
);
const conditions = fc.array(
	fc.record({
		type: fc.constantFrom('Ready', 'PodScheduled'),
		status: fc.constantFrom('True', 'False', 'Unknown'),
		reason: fc.constantFrom('', 'Unschedulable', 'SchedulingGated', 'ReadinessGatesNotReady'),
		message: words,
		lastTransitionTime: time,
	}),
	{maxLength: 3},
);
const rawPod = fc.record({
	metadata: fc.record(
		{
			uid: fc.constant('u'),
			name: fc.constant('web-b-1'),
			creationTimestamp: time,
			deletionTimestamp: time,
			deletionGracePeriodSeconds: fc.nat(900),
			finalizers: fc.array(words, {maxLength: 2}),
		},
		{requiredKeys: ['uid', 'name']},
	),
	spec: fc.record({
		nodeName: fc.constantFrom('', 'node-1'),
		schedulingGates: fc.array(fc.record({name: words}), {maxLength: 2}),
		initContainers: containers,
		containers,
	}),
	status: fc.record({
		phase: fc.constantFrom('Pending', 'Running', 'Failed', 'Unknown'),
		reason,
		message: words,
		conditions,
		initContainerStatuses: statuses,
		containerStatuses: statuses,
	}),
});
const rawEvent = fc.record({
	metadata: fc.constant({uid: 'e', name: 'e'}),
	involvedObject: fc.constant({kind: 'Pod', name: 'web-b-1', uid: 'u'}),
	type: fc.constantFrom('Warning', 'Normal'),
	reason: fc.constantFrom(
		'Unhealthy',
		'Killing',
		'Pulling',
		'FailedMount',
		'FailedAttachVolume',
		'FailedCreatePodSandBox',
		'NodeNotReady',
		'FailedPostStartHook',
		'Failed',
	),
	message: words,
	count: fc.nat(30),
	firstTimestamp: time,
	lastTimestamp: time,
});
const noTails = new Map();
const isThere = <T>(value: T | undefined): value is T => value !== undefined;

function causeOf(raw: unknown, rawEvents: readonly unknown[], now: number) {
	const parsed = parsePod(raw);
	if (parsed === undefined) return undefined;
	return podCause({pod: parsed, events: rawEvents.map(parseK8sEvent).filter(isThere), logTails: new Map(), isPast: at => at <= now});
}

describe('whatever a pod looks like', () => {
	it('one printable line of bounded length is said of it, or nothing', () => {
		fc.assert(
			fc.property(rawPod, fc.array(rawEvent, {maxLength: 6}), fc.integer({min: -100, max: 700}), (raw, events, seconds) => {
				const cause = causeOf(raw, events, start + seconds * 1000);
				// What others wrote may say so itself.
				fc.pre(!/undefined|NaN/.test(JSON.stringify([raw, events])));
				if (cause === undefined) return;
				expect(cause.message).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u202A-\u202E]/);
				expect(cause.message.length).toBeLessThanOrEqual(400);
				expect(cause.message).not.toMatch(/undefined|NaN|^\s|\s$/);
				expect(cause.quote ?? '').not.toMatch(/[\u0000-\u001F\u007F-\u009F]/);
				expect(cause.quote?.length ?? 0).toBeLessThan(150);
				expect(cause.advice?.length ?? 0).toBeLessThan(90);
			}),
			{numRuns: 2000},
		);
	});
});

it('a pod that names no image can still not pull it', () => {
	const containerStatuses = [{name: 'app', image: '', state: {waiting: {reason: 'ErrImagePull'}}}];
	expect(causeOf({metadata: {uid: 'u', name: 'web-b-1'}, status: {phase: 'Pending', containerStatuses}}, [], start)?.message).toBe("can't pull image (none)");
});

/** Pods that fail in every way there is, by turns. */
function troubled(index: number): Pod {
	const uid = `web-b-${index}`;
	const changes: readonly Partial<Pod>[] = [
		{containerStatuses: [status(waitingFor('ImagePullBackOff', 'failed to resolve image: app:v1: not found'))]},
		{containerStatuses: [status(waitingFor('CrashLoopBackOff'), {restartCount: index % 5, lastTermination: termination()})]},
		{
			conditions: [
				condition('PodScheduled', 'False', {reason: 'Unschedulable', message: '0/3 nodes are available: 3 Insufficient cpu.', lastTransitionAt: start}),
			],
		},
		{containers: [containerSpec({readinessProbe: probe('GET :8080/')})]},
		{containerStatuses: [status(waitingFor('ContainerCreating'))]},
	];
	return pod(uid, 'web-b', false, {createdAt: start + index, ...changes[index % changes.length]});
}

const events = (count: number): readonly K8sEvent[] =>
	Array.from({length: count}, (_, index) =>
		k8sEvent('Unhealthy', 'Readiness probe failed: x', {type: 'Warning', object: {kind: 'Pod', name: `web-b-${index}`, uid: `web-b-${index}`}}),
	);
const inputOf = (pods: readonly Pod[], of: readonly K8sEvent[] = []) => ({workload: workload(), newReplicaSet: newSet, pods, events: of, now: start + 90_000});

/** All that was told of pods and events, to the judgements that follow and to others that hear it for the first time. */
class World {
	readonly followed = createPodJudgements();
	readonly pods = new Map<string, Pod>();
	readonly events = new Map<string, K8sEvent>();
	now = start + 1000;

	pod(uid: string, of: Pod | undefined): void {
		this.followed.pod(uid, of);
		if (of === undefined) this.pods.delete(uid);
		else this.pods.set(uid, of);
	}

	event(uid: string, of: K8sEvent | undefined): void {
		this.followed.event(uid, of);
		if (of === undefined) this.events.delete(uid);
		else this.events.set(uid, of);
	}

	fresh(): PodJudgements {
		const judgements = createPodJudgements();
		for (const [uid, of] of this.pods) judgements.pod(uid, of);
		for (const [uid, of] of this.events) judgements.event(uid, of);
		return judgements;
	}
}

const podUid = fc.nat(7).map(index => `web-b-${index}`);
const eventUid = fc.nat(7).map(String);
const change: fc.Arbitrary<(world: World) => void> = fc.oneof(
	fc.tuple(podUid, fc.nat(6)).map(
		([uid, kind]) =>
			(world: World) =>
				world.pod(uid, {...troubled(kind), uid}),
	),
	podUid.map(uid => (world: World) => world.pod(uid, undefined)),
	fc.tuple(eventUid, fc.nat(9)).map(
		([uid, about]) =>
			(world: World) =>
				world.event(uid, events(10)[about]),
	),
	eventUid.map(uid => (world: World) => world.event(uid, undefined)),
	fc.constantFrom(500, 14_000, 80_000, -30_000).map(ms => (world: World) => {
		world.now += ms;
	}),
);
const told = (judgements: PodJudgements, now: number) => new Map(Array.from(judgements.at(now, noTails), ({pod: {uid}, finding}) => [uid, finding]));

it('pods are judged from change to change as if all were seen for the first time', () => {
	fc.assert(
		fc.property(fc.array(change, {maxLength: 40}), changes => {
			const world = new World();
			for (const one of changes) {
				one(world);
				expect(told(world.followed, world.now)).toEqual(told(world.fresh(), world.now));
			}
		}),
	);
});

describe('thousands of pods', () => {
	const pods = Array.from({length: 60}, (_, index) => troubled(index));

	it('are told in the same words and order, however they are listed', () => {
		const expected = findings(inputOf(pods, events(60)));
		expect(expected.map(({kind, count}) => [kind, count])).toEqual([
			['image-not-found', 12],
			['crash-loop', 12],
			['unschedulable', 12],
			['readiness-probe-fails', 12],
			['containers-not-created', 12],
		]);
		fc.assert(
			fc.property(fc.shuffledSubarray(pods, {minLength: 60}), fc.shuffledSubarray([...events(60)], {minLength: 60}), (shuffled, told) => {
				expect(findings(inputOf(shuffled, told))).toEqual(expected);
			}),
			{numRuns: 30},
		);
	});

	it('cost four times as much where they are four times as many', () => {
		const sizes = new Map([1250, 5000].map(size => [size, events(size)] as const));
		const read = (text: string) => {
			const size = text.length;
			return findings(
				inputOf(
					Array.from({length: size}, (_, index) => troubled(index)),
					sizes.get(size) ?? [],
				),
			);
		};
		expect(growth(read, 'x', 1250)).toBeLessThan(8);
	});

	it('are not judged anew while nothing changes, until time alone changes something', () => {
		let asked = 0;
		const slow = {...pod('web-b-1', 'web-b', false), containerStatuses: [status(running)]};
		// Every rule reads the statuses: how often that happens is how often it is judged.
		const counted = Object.defineProperty({...slow}, 'containerStatuses', {
			get: () => {
				asked += 1;
				return slow.containerStatuses;
			},
		});
		const judgements = createPodJudgements();
		judgements.pod('web-b-1', counted);
		const at = (now: number) => [...judgements.at(now, noTails)].map(({finding}) => finding);
		expect(at(start + 1000)).toEqual([]);
		const once = asked;
		expect(at(start + 2000)).toEqual([]);
		expect(at(start + 14_999)).toEqual([]);
		expect(asked).toBe(once);
		expect(at(start + 15_000)[0]?.hope).toBe('likely');
		expect(asked).toBeGreaterThan(once);
		const twice = asked;
		judgements.event('of another', k8sEvent('Pulled', 'x', {object: {kind: 'Pod', name: 'web-b-2', uid: 'web-b-2'}}));
		at(start + 16_000);
		expect(asked).toBe(twice);
		judgements.event('its own', k8sEvent('Pulled', 'x', {object: {kind: 'Pod', name: 'web-b-1', uid: 'web-b-1'}}));
		at(start + 16_000);
		expect(asked).toBeGreaterThan(twice);
	});

	it('are judged anew when time goes backwards, as in a recording', () => {
		const judgements = createPodJudgements();
		judgements.pod('web-b-1', pod('web-b-1', 'web-b', false));
		const at = (now: number) => [...judgements.at(now, noTails)].length;
		expect([at(start + 90_000), at(start + 1000), at(start + 90_000)]).toEqual([1, 0, 1]);
	});
});
