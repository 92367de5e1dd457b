import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {hasArgo} from './harness/argo-controller.ts';
import {type ArgoCluster, embeddedArgo, realArgo} from './scenarios/argo-clusters.ts';
import {abort, pause, promote, promoteFull, restart, retry, rolloutName, setImage, undo} from './scenarios/argo-deeds.ts';
import {argoPatienceMs, openArgoPlay} from './scenarios/argo-play.ts';
import {aborted, healthyWith, imageOf, pausedAt, pausedByHand, progressingAt, restartedWith, stalled} from './scenarios/argo-standing.ts';

describe.runIf(hasArgo()).each([
	['Argo’s real controller', realArgo],
	['the embedded cluster', embeddedArgo],
] as const)('a Rollout, on %s', {timeout: argoPatienceMs}, (_name, start) => {
	let cluster: ArgoCluster;
	beforeAll(async () => {
		cluster = await start();
	});
	afterAll(() => cluster.stop());

	test('is taken through its steps', async () => {
		const play = await openArgoPlay(cluster, 'argo-canary');
		await play.act(setImage);
		const paused = await play.until(pausedAt(1, 4));
		expect(paused.status).toMatchObject({message: 'CanaryPauseStep', updatedReplicas: 1, pauseConditions: [{reason: 'CanaryPauseStep'}]});
		expect(await play.told()).toEqual(await play.pluginTells());
		await play.act(promote);
		await play.until(pausedAt(3, 4, '10s'));
		expect(await play.told()).toEqual(await play.pluginTells());
		// The second pause ends by itself.
		const healthy = await play.until(healthyWith('v2'));
		expect(healthy.status?.stableRS).toBe(healthy.status?.currentPodHash);
	});

	test('is aborted, which takes nothing back, retried, aborted again and undone', async () => {
		const play = await openArgoPlay(cluster, 'argo-abort-undo');
		await play.ship('v2');
		await play.until(pausedAt(1, 4));
		await play.act(abort);
		const given = await play.until(aborted);
		expect(given.spec.template?.spec.containers[0]?.image).toBe(imageOf('v2'));
		expect(given.status).toMatchObject({abort: true, currentStepIndex: 0});
		expect(await play.told()).toEqual(await play.pluginTells());
		await play.act(retry);
		await play.until(pausedAt(1, 4));
		await play.act(abort);
		await play.until(aborted);
		await play.act(undo);
		await play.until(healthyWith('v1'));
	});

	test('is paused in the middle of a step, which promote then skips, and restarted', async () => {
		const play = await openArgoPlay(cluster, 'argo-pause-promote');
		await play.ship('v2', true);
		await play.releaseUntil(pausedAt(1, 4));
		await play.act(promote);
		await play.until(progressingAt(2, 4, 3));
		await play.act(pause);
		const paused = await play.until(pausedByHand);
		expect(paused.status).toMatchObject({message: 'manually paused', currentStepIndex: 2});
		await play.act({...promote, recorded: 'promote (un-pauses and skips one step)'});
		await play.releaseUntil(healthyWith('v2'));
		await play.act(restart);
		await play.releaseUntil(restartedWith('v2'));
	});

	test('stalls without being aborted, and is promoted past all its steps once it moves again', async () => {
		const play = await openArgoPlay(cluster, 'argo-degraded');
		await play.ship('v2', true);
		const given = await play.until(stalled);
		expect(given.status?.message).toContain('ProgressDeadlineExceeded');
		expect(given.status).not.toHaveProperty('abort');
		expect((await play.plugin.plugin('status', rolloutName, '--timeout=5s')).code).toBe(1);
		await play.releaseUntil(pausedAt(1, 4));
		await play.act(promoteFull);
		await play.releaseUntil(healthyWith('v2'));
	});
});
