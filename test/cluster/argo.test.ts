import {describe, expect, onTestFinished, test} from 'vitest';
import {hasArgo} from './harness/argo-controller.ts';
import {suiteCluster} from './harness/suite-cluster.ts';
import {imageOf, openArgoStage} from './scenarios/argo.ts';

const cluster = suiteCluster();
const [v1, v2] = [imageOf('v1'), imageOf('v2')];

async function stageOf(recording: string) {
	const stage = await openArgoStage(cluster, recording);
	onTestFinished(() => stage.namespace.delete());
	return stage;
}

describe.runIf(hasArgo())('the real Argo Rollouts controller', () => {
	test('takes a canary through its steps as it was recorded', async () => {
		const stage = await stageOf('argo-canary');
		await stage.ship(v2);
		const paused = await stage.untilPausedAt(1);
		expect(paused.status).toMatchObject({message: 'CanaryPauseStep', updatedReplicas: 1, pauseConditions: [{reason: 'CanaryPauseStep'}]});
		await stage.send('promote');
		await stage.untilPausedAt(3);
		// The second pause ends by itself.
		const healthy = await stage.untilHealthy(v2);
		expect(healthy.status?.stableRS).toBe(healthy.status?.currentPodHash);
	});

	test('aborts without rolling back, until the template is taken back', async () => {
		const stage = await stageOf('argo-abort-undo');
		await stage.ship(v2);
		await stage.untilPausedAt(1);
		await stage.send('abort');
		const aborted = await stage.until('degraded', ({status}) => status?.phase === 'Degraded');
		expect(aborted.spec.template?.spec.containers[0]?.image).toBe(v2);
		expect(aborted.status).toMatchObject({abort: true, currentStepIndex: 0});
		await stage.send('undo');
		await stage.untilHealthy(v1);
	});
});
