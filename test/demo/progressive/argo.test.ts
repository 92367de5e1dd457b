import {afterEach, expect, test} from 'vitest';
import {readRecording} from './recording.ts';
import {type Replay, replay, startReplay} from './replay.ts';

let cluster: Replay | undefined;
afterEach(() => cluster?.stop());

async function replayed(name: string, spreadMs?: number): Promise<{rows: readonly string[]; recorded: readonly string[] | undefined}> {
	const recording = readRecording(name);
	const made = await startReplay(recording.namespace, spreadMs);
	cluster = made;
	const isHealthy = (version: string) => async () => {
		const {metadata, spec, status} = await made.now('argo');
		const isSeen = Number(status?.observedGeneration) === metadata.generation;
		return isSeen && status.phase === 'Healthy' && spec.template.spec.containers[0].image.endsWith(`:${version}`);
	};
	const isPaused = (step: number) => async () => {
		const {status} = await made.now('argo');
		return status?.phase === 'Paused' && status.currentStepIndex === step;
	};
	await replay(recording, made, {
		'Healthy on v1': isHealthy('v1'),
		'Healthy on v2': isHealthy('v2'),
		'phase Degraded after abort': async () => (await made.now('argo')).status.phase === 'Degraded',
		'canary ReplicaSet scaled to 0': async () => (await made.now('argo')).status.updatedReplicas === undefined,
		'phase Paused by user': async () => (await made.now('argo')).status.message === 'manually paused',
		'restartedAt set': async () => (await made.now('argo')).status.restartedAt !== undefined,
		'phase Paused at currentStepIndex 1': isPaused(1),
		'phase Paused at currentStepIndex 3': isPaused(3),
	});
	return {rows: made.rows('argo'), recorded: recording.rows.argo};
}

test('a canary takes its steps, waits, is promoted, and waits its time', {timeout: 60_000}, async () => {
	const {rows, recorded} = await replayed('argo-canary');
	expect(rows).toEqual(recorded);
});

test('an aborted canary is degraded until it is undone', {timeout: 60_000}, async () => {
	const {rows, recorded} = await replayed('argo-abort-undo');
	expect(rows).toEqual(recorded);
});

test('a pause by hand in the middle of a step, a promotion that skips it, and a restart', {timeout: 60_000}, async () => {
	const {rows, recorded} = await replayed('argo-pause-promote', 400);
	expect(rows).toEqual(recorded);
});
