import {describe, expect, test} from 'vitest';
import {hasArgo} from './harness/argo-controller.ts';
import {realArgo} from './scenarios/argo-clusters.ts';
import {abort, promote, promoteFull, rolloutName, setImage, undo} from './scenarios/argo-deeds.ts';
import {type ArgoPlay, argoPatienceMs, openArgoPlay} from './scenarios/argo-play.ts';
import {aborted, healthyWith, pausedAt, type RawRollout, waitsForPromotion, withPods} from './scenarios/argo-standing.ts';

describe.runIf(hasArgo())('a blue-green Rollout on the real Argo controller', {timeout: argoPatienceMs}, () => {
	test('shows its preview, is promoted, keeps the old pods for a while, and is aborted', async () => {
		const play = await openArgoPlay(await realArgo(), 'argo-bluegreen');
		await play.ship('v2');
		const paused = await play.until(waitsForPromotion);
		// What Argo has added to the selectors of its Services keeps nobody from finding them.
		await play.screen.shows('requests to svc/canary-demo-active');
		expect(paused.status).toMatchObject({message: 'BlueGreenPause', replicas: 10});
		expect(paused.status?.blueGreen?.previewSelector).not.toBe(paused.status?.blueGreen?.activeSelector);
		await play.act(promote);
		const healthy = await play.until(healthyWith('v2'));
		expect(healthy.status?.replicas).toBe(10);
		await play.until(withPods(5));
		await play.ship('v1');
		await play.until(waitsForPromotion);
		await play.act(abort);
		await play.until(aborted);
		await play.act(undo);
		await play.until(healthyWith('v2'));
	});
});

describe.runIf(hasArgo())('a Rollout that takes its template from a Deployment, on the real Argo controller', {timeout: argoPatienceMs}, () => {
	test('is changed and taken back there', async () => {
		const play = await openArgoPlay(await realArgo(), 'argo-workloadref');
		await play.act(setImage);
		await play.until(pausedAt(1, 4));
		await play.act(promote);
		await play.until(healthyWith('v2'));
		await play.act(undo);
		// The steps once more, for it was complete.
		await play.until(pausedAt(1, 4));
		await play.act(promoteFull);
		await play.until(healthyWith('v1'));
	});
});

describe.runIf(hasArgo())('a Rollout with weights on an Ingress, on the real Argo controller', {timeout: argoPatienceMs}, () => {
	test('has the weights set that its steps ask for, whatever the number of pods', async () => {
		const play = await openArgoPlay(await realArgo(), 'argo-canary-nginx');
		await play.ship('v2');
		const first = await play.until(pausedAt(1, 5));
		expect(weightsOf(first)).toEqual({canary: 20, stable: 80});
		expect(await ingressWeight(play)).toBe('20');
		await play.act(promote);
		const second = await play.until(pausedAt(4, 5, '5s'));
		expect(weightsOf(second)).toEqual({canary: 60, stable: 40});
		// The step before says how many pods that is.
		expect(second.status).toMatchObject({updatedReplicas: 3, replicas: 8});
		expect(await ingressWeight(play)).toBe('60');
		const healthy = await play.until(healthyWith('v2'));
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
async function ingressWeight({keys}: ArgoPlay): Promise<string> {
	const path = 'jsonpath={.metadata.annotations.nginx\\.ingress\\.kubernetes\\.io/canary-weight}';
	return keys.namespace.must(['get', 'ingress', `${rolloutName}-${rolloutName}-canary`, '-o', path]);
}
