import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {hasArgo} from './harness/argo-controller.ts';
import {rolloutName} from './scenarios/argo.ts';
import {type ArgoCluster, embeddedArgo, realArgo} from './scenarios/argo-clusters.ts';
import {openArgoPlay} from './scenarios/argo-play.ts';
import {imageOf, isDegraded, isHealthyWith, isPaused, isPausedAt, isProgressingAt} from './scenarios/argo-standing.ts';

const promote = {plugin: ['promote', rolloutName], recorded: 'promote'};
const promoteFull = {plugin: ['promote', rolloutName, '--full'], recorded: 'promote --full'};
const abort = {plugin: ['abort', rolloutName], recorded: 'abort'};
const undo = {plugin: ['undo', rolloutName], recorded: 'undo'};
const setImage = {plugin: ['set', 'image', rolloutName, `${rolloutName}=${imageOf('v2')}`], recorded: 'set image v2'};

describe.runIf(hasArgo()).each([
	['Argo’s real controller', realArgo],
	['the embedded cluster', embeddedArgo],
] as const)('a Rollout, on %s', (_name, start) => {
	let cluster: ArgoCluster;
	beforeAll(async () => {
		cluster = await start();
	});
	afterAll(() => cluster.stop());

	test('is taken through its steps', async () => {
		const play = await openArgoPlay(cluster, 'argo-canary');
		await play.act(setImage);
		const paused = await play.until('paused at step 1', isPausedAt(1));
		expect(paused.status).toMatchObject({message: 'CanaryPauseStep', updatedReplicas: 1, pauseConditions: [{reason: 'CanaryPauseStep'}]});
		await play.act(promote);
		await play.until('paused at step 3', isPausedAt(3));
		// The second pause ends by itself.
		const healthy = await play.until('healthy', isHealthyWith('v2'));
		expect(healthy.status?.stableRS).toBe(healthy.status?.currentPodHash);
	});

	test('is aborted, which takes nothing back, retried, aborted again and undone', async () => {
		const play = await openArgoPlay(cluster, 'argo-abort-undo');
		await play.ship('v2');
		await play.until('paused', isPausedAt(1));
		await play.act(abort);
		const aborted = await play.until('degraded', isDegraded);
		expect(aborted.spec.template?.spec.containers[0]?.image).toBe(imageOf('v2'));
		expect(aborted.status).toMatchObject({abort: true, currentStepIndex: 0});
		await play.act({plugin: ['retry', 'rollout', rolloutName]});
		await play.until('paused again', isPausedAt(1));
		await play.act(abort);
		await play.until('degraded again', isDegraded);
		await play.act(undo);
		await play.until('healthy', isHealthyWith('v1'));
	});

	test('is paused in the middle of a step, which promote then skips, and restarted', async () => {
		const play = await openArgoPlay(cluster, 'argo-pause-promote');
		await play.ship('v2', true);
		await play.releaseUntil('paused at step 1', isPausedAt(1));
		await play.act(promote);
		await play.until('at work on step 2', isProgressingAt(2, 3));
		await play.act({plugin: ['pause', rolloutName], recorded: 'pause (spec.paused)'});
		const paused = await play.until('paused by a person', rollout => isPaused(rollout) && rollout.spec.paused === true);
		expect(paused.status).toMatchObject({message: 'manually paused', currentStepIndex: 2});
		await play.act({...promote, recorded: 'promote (un-pauses and skips one step)'});
		await play.releaseUntil('healthy', isHealthyWith('v2'));
		await play.act({plugin: ['restart', rolloutName], recorded: 'restart'});
		await play.releaseUntil('restarted', rollout => isHealthyWith('v2')(rollout) && rollout.status?.restartedAt === rollout.spec.restartAt);
	});

	test('stalls without being aborted, and is promoted past all its steps once it moves again', async () => {
		const play = await openArgoPlay(cluster, 'argo-degraded');
		await play.ship('v2', true);
		const stalled = await play.until('degraded', isDegraded);
		expect(stalled.status?.message).toContain('ProgressDeadlineExceeded');
		expect(stalled.status).not.toHaveProperty('abort');
		expect((await play.side.plugin('status', rolloutName, '--timeout=5s')).code).toBe(1);
		await play.releaseUntil('paused', isPausedAt(1));
		await play.act(promoteFull);
		await play.releaseUntil('healthy', isHealthyWith('v2'));
	});
});
