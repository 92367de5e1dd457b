import {describe, expect, test} from 'vitest';
import {hasArgo} from './harness/argo-controller.ts';
import {rolloutName} from './scenarios/argo.ts';
import {realArgo} from './scenarios/argo-clusters.ts';
import {type ArgoPlay, openArgoPlay} from './scenarios/argo-play.ts';
import {imageOf, isDegraded, isHealthyWith, isPaused, isPausedAt, type RawRollout} from './scenarios/argo-standing.ts';

describe.runIf(hasArgo())('a blue-green Rollout on the real Argo controller', () => {
	test('shows its preview, is promoted, keeps the old pods for a while, and is aborted', async () => {
		const play = await openArgoPlay(await realArgo(), 'argo-bluegreen');
		await play.ship('v2');
		const paused = await play.until('paused', isPaused);
		expect(paused.status).toMatchObject({message: 'BlueGreenPause', replicas: 10});
		expect(paused.status?.blueGreen?.previewSelector).not.toBe(paused.status?.blueGreen?.activeSelector);
		await play.act({plugin: ['promote', rolloutName], recorded: 'promote'});
		const healthy = await play.until('healthy', isHealthyWith('v2'));
		expect(healthy.status?.replicas).toBe(10);
		await play.until('rid of the old pods', ({status}) => status?.replicas === 5);
		await play.ship('v1');
		await play.until('paused', isPaused);
		await play.act({plugin: ['abort', rolloutName], recorded: 'abort'});
		await play.until('degraded', isDegraded);
		await play.act({plugin: ['undo', rolloutName], recorded: 'undo'});
		await play.until('healthy', isHealthyWith('v2'));
	});
});

describe.runIf(hasArgo())('a Rollout that takes its template from a Deployment, on the real Argo controller', () => {
	test('is changed and taken back there', async () => {
		const play = await openArgoPlay(await realArgo(), 'argo-workloadref');
		await play.act({plugin: ['set', 'image', rolloutName, `${rolloutName}=${imageOf('v2')}`], recorded: 'set image v2'});
		await play.until('paused', isPausedAt(1));
		await play.act({plugin: ['promote', rolloutName], recorded: 'promote'});
		await play.until('healthy', isHealthyWith('v2'));
		await play.act({plugin: ['undo', rolloutName], recorded: 'undo'});
		// The steps once more, for it was complete.
		await play.until('paused', isPausedAt(1));
		await play.act({plugin: ['promote', rolloutName, '--full'], recorded: 'promote --full'});
		await play.until('healthy', isHealthyWith('v1'));
	});
});

describe.runIf(hasArgo())('a Rollout with weights on an Ingress, on the real Argo controller', () => {
	test('has the weights set that its steps ask for, whatever the number of pods', async () => {
		const play = await openArgoPlay(await realArgo(), 'argo-canary-nginx');
		await play.ship('v2');
		const first = await play.until('paused', isPausedAt(1));
		expect(weightsOf(first)).toEqual({canary: 20, stable: 80});
		expect(await ingressWeight(play)).toBe('20');
		await play.act({plugin: ['promote', rolloutName], recorded: 'promote'});
		const second = await play.until('at 60 %', isPausedAt(4));
		expect(weightsOf(second)).toEqual({canary: 60, stable: 40});
		// The step before says how many pods that is.
		expect(second.status).toMatchObject({updatedReplicas: 3, replicas: 8});
		expect(await ingressWeight(play)).toBe('60');
		const healthy = await play.until('healthy', isHealthyWith('v2'));
		expect(weightsOf(healthy)).toEqual({canary: 0, stable: 100});
		// The old pods stay for half a minute, in case somebody wants them back.
		expect(healthy.status?.replicas).toBe(10);
	});
});

function weightsOf({status}: RawRollout) {
	const {canary, stable} = status?.canary?.weights ?? {};
	return {canary: canary?.weight, stable: stable?.weight};
}

/** What the controller has told the Ingress controller: an Ingress of its own beside the stable one. */
async function ingressWeight({side}: ArgoPlay): Promise<string> {
	const path = 'jsonpath={.metadata.annotations.nginx\\.ingress\\.kubernetes\\.io/canary-weight}';
	return side.namespace.must(['get', 'ingress', `${rolloutName}-${rolloutName}-canary`, '-o', path]);
}
