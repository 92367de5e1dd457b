import {describe, expect, test} from 'vitest';
import {podStage} from '../../../src/cluster/curl-pod/pod-stage.ts';
import {parsePod} from '../../../src/cluster/parse/pod.ts';
import type {Pod} from '../../../src/domain/pod.ts';
import {podJson} from '../harness/objects.ts';

function podOf(status: object): Pod {
	const pod = parsePod(podJson('c', '1', {status}));
	if (pod === undefined) throw new Error('no pod');
	return pod;
}

const waiting = (reason: string, message = '') => podOf({phase: 'Pending', containerStatuses: [{name: 'curl-1', state: {waiting: {reason, message}}}]});
const terminated = (exitCode: number, reason: string, message = '') => ({name: 'curl-1', state: {terminated: {exitCode, reason, message}}});
const stageOf = (pod: Pod) => podStage(pod, 1_800_000);

// Statuses and messages as kubelets and the scheduler of 1.31 to 1.36 write them.
describe('how far a curl pod is', () => {
	test('it starts', () => {
		expect(stageOf(podOf({phase: 'Pending'}))).toEqual({kind: 'starting', why: undefined, hint: undefined});
		expect(stageOf(waiting('ContainerCreating'))).toMatchObject({kind: 'starting', why: 'ContainerCreating'});
	});

	test('no node takes it', () => {
		const message = '0/3 nodes are available: 3 Insufficient cpu.';
		const conditions = [{type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message}];
		expect(stageOf(podOf({phase: 'Pending', conditions}))).toMatchObject({
			kind: 'starting',
			why: `Unschedulable: ${message}`,
			hint: expect.stringContaining('room'),
		});
	});

	test('a failed pull may be a blip, unless the registry has said no', () => {
		const blip = 'rpc error: code = Unavailable desc = dial tcp 1.2.3.4:443: i/o timeout';
		expect(stageOf(waiting('ErrImagePull', blip))).toMatchObject({kind: 'starting', hint: expect.stringContaining('--curl-image')});
		for (const no of ['registry.corp/curl:1: not found', 'pull access denied, repository does not exist', '401 Unauthorized'])
			expect(stageOf(waiting('ErrImagePull', no))).toMatchObject({kind: 'over', hint: expect.stringContaining('--curl-image')});
		expect(stageOf(waiting('ImagePullBackOff', blip))).toMatchObject({kind: 'over', message: `ImagePullBackOff: ${blip}`});
	});

	test('the node refuses the container', () => {
		const message = 'container has runAsNonRoot and image will run as root (pod: "c", container: curl-1)';
		expect(stageOf(waiting('CreateContainerConfigError', message))).toMatchObject({kind: 'over', message: `CreateContainerConfigError: ${message}`});
	});

	test('it runs when all loops have begun, sidecars that somebody injects included', () => {
		const running = {name: 'curl-1', state: {running: {startedAt: '2026-11-21T14:00:00Z'}}};
		expect(stageOf(podOf({containerStatuses: [running]}))).toEqual({kind: 'running'});
		expect(stageOf(podOf({containerStatuses: [running, {name: 'proxy', state: {waiting: {reason: 'ContainerCreating'}}}]}))).toMatchObject({kind: 'starting'});
	});

	test('its time is over', () => {
		const status = {phase: 'Failed', reason: 'DeadlineExceeded', message: 'Pod was active on the node longer than the specified deadline'};
		expect(stageOf(podOf(status))).toEqual({kind: 'over', message: 'its time of 30m is over', hint: 'c starts another one'});
	});

	test('it was evicted', () => {
		const message = 'The node was low on resource: memory.';
		expect(stageOf(podOf({phase: 'Failed', reason: 'Evicted', message}))).toMatchObject({kind: 'over', message: `Evicted: ${message}`});
	});

	test('the image has no shell, or no curl', () => {
		const noShell = terminated(128, 'StartError', 'exec: "/bin/sh": stat /bin/sh: no such file or directory');
		for (const status of [noShell, terminated(127, 'Error')])
			expect(stageOf(podOf({phase: 'Failed', containerStatuses: [status]}))).toMatchObject({kind: 'over', hint: expect.stringContaining('curlimages/curl')});
		expect(stageOf(podOf({containerStatuses: [terminated(127, 'Error')]}))).toMatchObject({kind: 'over'});
	});
});
