import {describe, expect, test} from 'vitest';
import type {ApiPod} from '../../../src/demo/node/api-pod.ts';
import {BackOff} from '../../../src/demo/node/back-off.ts';
import {createContainerProbes} from '../../../src/demo/node/container-probes.ts';
import {type ContainerSlot, createSlot} from '../../../src/demo/node/container-slot.ts';
import {finalStatus, generateStatus, type PodView} from '../../../src/demo/node/generate-status.ts';
import {createLogBuffer} from '../../../src/demo/node/log-buffer.ts';
import {podPhase} from '../../../src/demo/node/pod-phase.ts';
import type {PodSpec} from '../../../src/demo/node/pod-spec.ts';
import type {ContainerState, ContainerStatus} from '../../../src/demo/node/pod-status.ts';
import {createManualClock} from '../manual-clock.ts';

const clock = createManualClock();
const send = async () => ({kind: 'success'}) as const;
const probes = createContainerProbes({name: 'a', image: 'nginx'}, {clock, send, onResult: () => undefined, onChange: () => undefined});
const running: ContainerState = {running: {startedAt: '2026-11-21T02:00:00Z'}};
const creating: ContainerState = {waiting: {reason: 'ContainerCreating'}};
const looping: ContainerState = {waiting: {reason: 'CrashLoopBackOff'}};

describe('the phase of a pod', () => {
	test.each<[string, PodSpec['restartPolicy'], readonly ContainerState[], boolean, string]>([
		['one has never run', 'Always', [running, creating], false, 'Pending'],
		['one runs and one has ended', 'Always', [running, ended(1)], false, 'Running'],
		['all have ended and will be restarted', 'Always', [ended(0)], false, 'Running'],
		['one waits between two runs', 'Always', [looping], false, 'Running'],
		['all have ended well and nothing is restarted', 'Never', [ended(0), ended(0)], false, 'Succeeded'],
		['one has failed and nothing is restarted', 'Never', [ended(0), ended(1)], false, 'Failed'],
		['all have ended well and failures are restarted', 'OnFailure', [ended(0)], false, 'Succeeded'],
		['one has failed and failures are restarted', 'OnFailure', [ended(0), ended(2)], false, 'Running'],
		['all were stopped and have ended well', 'Always', [ended(0)], true, 'Succeeded'],
		['all were stopped and one had to be killed', 'Always', [ended(0), ended(137)], true, 'Failed'],
	])('%s (%s): %j', (_name, restartPolicy, states, isOver, phase) => {
		const statuses = states.map(state => status(state, state === looping ? ended(1) : {}));
		const spec = {containers: [], ...(restartPolicy === undefined ? {} : {restartPolicy})};
		expect(podPhase({spec, initStatuses: [], statuses, isInitialized: true, isOver})).toBe(phase);
	});
});

describe('the conditions of a pod', () => {
	test('name the containers that are not ready', () => {
		const made = generateStatus(view([slot('a'), slot('b')]));
		expect(made.conditions?.find(({type}) => type === 'Ready')).toMatchObject({
			status: 'False',
			reason: 'ContainersNotReady',
			message: 'containers with unready status: [a b]',
		});
	});

	test('wait for the readiness gates once all containers are ready', () => {
		const type = 'example.com/gate';
		const readyWith = (status?: 'True' | 'False') => {
			const {pod, ...rest} = view([slot('a', {run: runningRun()})]);
			const gate = status === undefined ? [] : [{type, status, lastTransitionTime: '2026-11-21T02:00:00Z'}];
			const made = generateStatus({...rest, pod: {...pod, spec: {...pod.spec, readinessGates: [{conditionType: type}]}, status: {conditions: gate}}});
			return made.conditions?.filter(condition => /Ready$/.test(condition.type)).map(({status, reason, message}) => [status, reason, message]);
		};
		const reason = 'ReadinessGatesNotReady';
		const containersReady = ['True', undefined, undefined];
		expect(readyWith()).toEqual([['False', reason, `corresponding condition of pod readiness gate "${type}" does not exist.`], containersReady]);
		expect(readyWith('False')).toEqual([['False', reason, `the status of pod readiness gate "${type}" is not "True", but False`], containersReady]);
		expect(readyWith('True')).toEqual([containersReady, containersReady]);
	});

	test('keep the time of their last change', () => {
		const first = generateStatus(view([slot('a')]));
		const later = generateStatus({...view([slot('a')]), before: first, hasSandbox: true, now: clock.now() + 60_000});
		const times = later.conditions?.map(({type, lastTransitionTime}) => [type, lastTransitionTime]);
		expect(times).toEqual([
			['PodReadyToStartContainers', '2026-11-21T02:01:00Z'],
			['Initialized', '2026-11-21T02:00:00Z'],
			['Ready', '2026-11-21T02:00:00Z'],
			['ContainersReady', '2026-11-21T02:00:00Z'],
		]);
	});
});

describe('the containers of a pod', () => {
	test('that wait between two runs show the ended one as the last', () => {
		const looped = slot('a', {run: exited(1), waiting: {reason: 'CrashLoopBackOff', message: 'back-off 10s'}});
		const [container] = generateStatus(view([looped])).containerStatuses ?? [];
		expect(container?.state).toEqual({waiting: {reason: 'CrashLoopBackOff', message: 'back-off 10s'}});
		expect(container?.lastState).toMatchObject({terminated: {exitCode: 1}});
	});

	test('of a deleted pod wait for nothing any more', () => {
		const looped = slot('a', {run: exited(1), waiting: {reason: 'CrashLoopBackOff', message: 'back-off 10s'}});
		const [container] = generateStatus(view([looped], {deletionTimestamp: '2026-11-21T02:00:30Z'})).containerStatuses ?? [];
		expect(container?.state).toMatchObject({terminated: {exitCode: 1}});
	});

	test('that never came to run are given up at the end', () => {
		const made = finalStatus(generateStatus(view([slot('a')])), {containers: []});
		expect(made.phase).toBe('Failed');
		expect(made.containerStatuses?.[0]?.state.terminated).toMatchObject({exitCode: 137, reason: 'ContainerStatusUnknown', finishedAt: null});
	});
});

test('a pod that has come to its end never leaves it', () => {
	const before = {...generateStatus(view([slot('a')])), phase: 'Failed'} as const;
	expect(generateStatus({...view([slot('a')]), before}).phase).toBe('Failed');
});

function ended(exitCode: number): ContainerState {
	return {terminated: {exitCode, reason: exitCode === 0 ? 'Completed' : 'Error', startedAt: null, finishedAt: null}};
}

function status(state: ContainerState, lastState: ContainerState): ContainerStatus {
	return {name: 'a', state, lastState, ready: false, started: false, restartCount: 0, image: '', imageID: ''};
}

function slot(name: string, change: Partial<ContainerSlot> = {}): ContainerSlot {
	return {...createSlot({kind: 'main', spec: {name, image: 'nginx'}, backOff: new BackOff(clock), probes, known: undefined}), ...change};
}

function exited(exitCode: number): ContainerSlot['run'] {
	const terminated = {exitCode, reason: 'Error', startedAt: null, finishedAt: null};
	return {kind: 'exited', id: 'containerd://a', image: 'nginx', terminated, endedAt: clock.now(), log: createLogBuffer(clock.now)};
}

function runningRun(): ContainerSlot['run'] {
	const process = {
		startedAt: clock.now(),
		exited: new Promise<never>(() => undefined),
		terminate: () => undefined,
		kill: () => undefined,
		exec: () => ({code: 0, output: ''}),
	};
	return {kind: 'running', id: 'containerd://a', image: 'nginx', process, log: createLogBuffer(clock.now), exit: undefined};
}

function view(slots: readonly ContainerSlot[], metadata: Partial<ApiPod['metadata']> = {}): PodView {
	const pod: ApiPod = {metadata: {name: 'app', namespace: 'default', uid: 'u', ...metadata}, spec: {containers: slots.map(({spec}) => spec)}, status: {}};
	return {pod, slots, nodeIp: '10.0.0.1', podIp: undefined, hasSandbox: false, isOver: false, before: {}, now: clock.now()};
}
