import {describe, expect, test} from 'vitest';
import type {ContainerSpec, PodSpec} from '../../../src/demo/node/pod-spec.ts';
import type {ContainerStatus, PodStatus} from '../../../src/demo/node/pod-status.ts';
import type {PodWorker} from '../../../src/demo/node/pod-worker.ts';
import {type TestNode, withTestNode} from './test-node.ts';

let node: TestNode;

withTestNode(fresh => {
	node = fresh;
});

describe('init containers', () => {
	test('run one after the other, and the others wait for them', async () => {
		run([shell('one', 'sleep 3'), shell('two', 'sleep 3')]);
		await node.clock.advance(20_000);
		expect(lives()).toEqual([
			'Pending one:PodInitializing two:PodInitializing app:PodInitializing',
			'Pending one:running two:PodInitializing app:PodInitializing',
			'Pending one:Completed two:PodInitializing app:PodInitializing',
			'Pending one:Completed two:running app:PodInitializing',
			'Pending one:Completed two:Completed app:PodInitializing',
			'Running one:Completed two:Completed app:running',
		]);
		expect(condition('Initialized')).toEqual([
			['False', 'ContainersNotInitialized', 'containers with incomplete status: [one two]'],
			['False', 'ContainersNotInitialized', 'containers with incomplete status: [two]'],
			['True', undefined, undefined],
		]);
		expect(last().initContainerStatuses?.map(({ready, started}) => [ready, started])).toEqual([
			[true, false],
			[true, false],
		]);
	});

	test('that fail are restarted with a back-off, and the pod stays pending', async () => {
		run([shell('one', 'sleep 1; exit 3')]);
		await node.clock.advanceUntil(() => last().initContainerStatuses?.[0]?.state.waiting !== undefined && node.statuses.length > 5, 20_000);
		expect(last()).toMatchObject({phase: 'Pending', initContainerStatuses: [{restartCount: 1, state: {waiting: {reason: 'CrashLoopBackOff'}}}]});
		expect(node.events.find(({reason}) => reason === 'BackOff')?.message).toMatch(/^Back-off restarting failed container one in pod app_default\(/);
		expect(last().containerStatuses?.[0]?.state).toEqual({waiting: {reason: 'PodInitializing'}});
	});

	test('that fail end a pod that is not to be restarted', async () => {
		run([shell('one', 'exit 3')], {restartPolicy: 'Never'});
		await node.clock.advance(10_000);
		expect(last()).toMatchObject({phase: 'Failed', initContainerStatuses: [{restartCount: 0, state: {terminated: {exitCode: 3}}}]});
		expect(last().containerStatuses?.[0]?.state).toEqual({waiting: {reason: 'PodInitializing'}});
	});

	test('whose image cannot be pulled keep all after them from starting', async () => {
		run([{name: 'one', image: 'luksa/kubia:v9'}]);
		await node.clock.advance(5_000);
		expect(last()).toMatchObject({phase: 'Pending', initContainerStatuses: [{state: {waiting: {reason: 'ErrImagePull'}}}]});
	});

	test('do not run again when the container after them is restarted', async () => {
		run([shell('one', 'echo once')], {}, shell('app', 'sleep 2; exit 1'));
		await node.clock.advance(30_000);
		expect(last()).toMatchObject({initContainerStatuses: [{restartCount: 0}], containerStatuses: [{restartCount: 2}]});
	});

	test('of a pod that is deleted while they run are stopped, and what never began keeps waiting', async () => {
		const worker = run([shell('one', 'sleep 100')]);
		await node.clock.advance(5_000);
		node.remove(worker, 3);
		await node.clock.advance(5_000);
		expect(node.deleted).toHaveLength(1);
		expect(last()).toMatchObject({phase: 'Failed', initContainerStatuses: [{state: {terminated: {exitCode: 137}}}]});
		expect(last().containerStatuses?.[0]?.state).toEqual({waiting: {reason: 'PodInitializing'}});
	});
});

describe('sidecars', () => {
	test('start before the others and run beside them; they count for readiness', async () => {
		const probe = {httpGet: {port: 80}, periodSeconds: 1, initialDelaySeconds: 6};
		run([{...sidecar, readinessProbe: probe}, shell('one', 'sleep 1')]);
		await node.clock.advance(4_500);
		expect(lives().at(-1)).toBe('Running proxy:running one:Completed app:running');
		expect(condition('Ready').at(-1)).toEqual(['False', 'ContainersNotReady', 'containers with unready status: [proxy]']);
		await node.clock.advance(4_000);
		expect(condition('Ready').at(-1)).toEqual(['True', undefined, undefined]);
	});

	test('hold up those after them until their startup probe succeeds', async () => {
		run([{...sidecar, startupProbe: {httpGet: {port: 80}, initialDelaySeconds: 6, periodSeconds: 2}}]);
		await node.clock.advance(5_000);
		expect(lives().at(-1)).toBe('Pending proxy:running app:PodInitializing');
		expect(condition('Initialized').at(-1)).toEqual(['False', 'ContainersNotInitialized', 'containers with incomplete status: [proxy]']);
		await node.clock.advance(5_000);
		expect(lives().at(-1)).toBe('Running proxy:running app:running');
	});

	test('are restarted when they end, though the pod is not', async () => {
		run([{...shell('proxy', 'sleep 5; exit 1'), restartPolicy: 'Always'}], {restartPolicy: 'Never'}, shell('app', 'sleep 60'));
		await node.clock.advance(30_000);
		expect(last()).toMatchObject({phase: 'Running', initContainerStatuses: [{restartCount: 2}]});
	});

	test('end with the containers that they are for', async () => {
		run([sidecar], {restartPolicy: 'Never'}, shell('app', 'sleep 5'));
		await node.clock.advance(15_000);
		expect(last()).toMatchObject({phase: 'Succeeded', initContainerStatuses: [{state: {terminated: {exitCode: 0}}}]});
	});

	test('are stopped after those, in the reverse order of their start', async () => {
		const worker = run([sidecar, {...sidecar, name: 'inner', image: 'testpage:0.5'}], {}, shell('app', 'sleep 3600'));
		await node.clock.advance(5_000);
		node.remove(worker, 5);
		await node.clock.advance(4_000);
		expect(worker.slots.map(({run: {kind}}) => kind)).toEqual(['running', 'running', 'running']);
		await node.clock.advance(4_000);
		expect(node.deleted).toHaveLength(1);
		expect(last().containerStatuses?.[0]?.state.terminated?.exitCode).toBe(137);
		expect(last().initContainerStatuses?.map(({state}) => state.terminated?.exitCode)).toEqual([0, 0]);
	});
});

const sidecar: ContainerSpec = {name: 'proxy', image: 'nginx', restartPolicy: 'Always'};

function shell(name: string, script: string): ContainerSpec {
	return {name, image: 'busybox', command: ['sh', '-c', script]};
}

function run(initContainers: readonly ContainerSpec[], spec: Partial<PodSpec> = {}, app: ContainerSpec = {name: 'app', image: 'luksa/kubia:v1'}): PodWorker {
	return node.run({metadata: {name: 'app', namespace: 'default', uid: 'uid'}, spec: {initContainers, containers: [app], restartPolicy: 'Always', ...spec}});
}

function last(): PodStatus {
	return node.statuses.at(-1) ?? {};
}

/** Each status that differs from the one before: the phase, and what each container does. */
function lives(): readonly string[] {
	const lines = node.statuses.map(({phase, initContainerStatuses = [], containerStatuses = []}) =>
		[phase, ...[...initContainerStatuses, ...containerStatuses].map(status => `${status.name}:${stateOf(status)}`)].join(' '),
	);
	return lines.filter((line, index) => line !== lines[index - 1]);
}

function stateOf({state: {waiting, terminated}}: ContainerStatus): string {
	return waiting?.reason ?? terminated?.reason ?? 'running';
}

function condition(name: string): readonly (readonly unknown[])[] {
	const all = node.statuses.map(({conditions}) => {
		const found = conditions?.find(({type}) => type === name);
		return [found?.status, found?.reason, found?.message];
	});
	return all.filter((each, index) => JSON.stringify(each) !== JSON.stringify(all[index - 1]));
}
