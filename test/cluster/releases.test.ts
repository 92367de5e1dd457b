import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {runProgram} from '../e2e/program.ts';
import type {ControlPlane} from './harness/control-plane.ts';
import {isOwnCluster, suiteCluster} from './harness/suite-cluster.ts';
import {hasReleaseDefinitions, startReleaseCluster} from './scenarios/release-cluster.ts';
import {recordedStatus, statusOf} from './scenarios/release-objects.ts';
import {openReleaseStage} from './scenarios/release-stage.ts';
import {enter, up} from './scenarios/watching.ts';

const rollout = 'rollouts.kruise.io/canary-demo';
const deployment = 'deploy/canary-demo';
const approve = 'Continue the rollout of canary-demo?';

describe.runIf(hasReleaseDefinitions())('OpenKruise’s recordings, played to a real API server with its own definitions', {timeout: 90_000}, () => {
	let cluster: ControlPlane;
	beforeAll(async () => {
		cluster = await startReleaseCluster();
	});
	afterAll(() => cluster.stop());

	test('two steps by partition: paused, resumed, approved, sent back and approved', async () => {
		const stage = await openReleaseStage(cluster, 'kruise-partition', rollout);
		await stage.through(18_538);
		const waits = {word: 'WAITS FOR YOU', step: 1, of: 2, wait: 'person', by: 'Rollout'};
		expect(await Promise.all([rollout, deployment].map(stage.told))).toEqual([waits, waits]);
		// What KubeVela's own command does: the older version's status, which lacks what the newer one insists on.
		await expect(stage.overwriteStatus('rollouts', 'canaryStatus', ['finalisingStep', 'nextStepIndex'])).rejects.toMatchObject({
			status: 422,
			message: expect.stringMatching(/finalisingStep: Required value.*nextStepIndex: Required value/),
		});

		expect(await stage.press('p', /Pause/)).toMatchObject([{body: {spec: {strategy: {paused: true}}}}]);
		await expect.poll(async () => (await stage.stored('rollouts')).spec.strategy).toMatchObject({paused: true});
		await stage.observe('rollouts');
		await stage.screen.shows(/‖ PAUSED/);
		await stage.press('r', /Resume/);
		await expect.poll(async () => (await stage.stored('rollouts')).spec.strategy).not.toHaveProperty('paused');
		await stage.observe('rollouts');
		await stage.waits();

		expect(await stage.press('n', approve)).toEqual(stage.recorded('approve step 1'));
		await expect.poll(() => statusOf(stage, 'rollouts', 'canaryStatus')).toEqual(recordedStatus('kruise-partition', 18_561, 'canaryStatus'));
		await stage.through(27_086);
		await stage.screen.pressFor('v', 'goes to the marked step');
		await stage.screen.pressFor(up, /› ● {2}1/);
		expect(await stage.press(enter, /Go to another step/)).toMatchObject([{body: {status: {canaryStatus: {nextStepIndex: 1}}}}]);
		await expect.poll(() => statusOf(stage, 'rollouts', 'canaryStatus')).toMatchObject({nextStepIndex: 1, currentStepIndex: 2, finalisingStep: ''});
		// Recorded elsewhere: it is there at once, and in this style no pod is taken back.
		await stage.observe('rollouts', 'canaryStatus', {currentStepIndex: 1, nextStepIndex: 2});
		await stage.screen.shows(/ 1 of 2 .*waits for you/);
		await stage.screen.shows('4/5 updated');
		await stage.waits();
		expect(await stage.press('n', approve)).toEqual(stage.recorded('approve step 1'));
		await stage.observe('rollouts');
		await stage.screen.shows(/ 2 of 2 .*waits for you/);
		await stage.waits();
		const plain = stage.plain(rollout);
		expect(await stage.press('n', approve)).toEqual(stage.recorded('approve step 2'));
		await stage.through(Number.POSITIVE_INFINITY);
		expect(await plain).toMatchObject({code: 0, stderr: '', stdout: expect.stringMatching(/COMPLETE +deployment "canary-demo" successfully rolled out/)});
	});

	test('taken back through the Deployment, which kubectl refuses', async () => {
		const stage = await openReleaseStage(cluster, 'kruise-partition-undo', deployment);
		await stage.through(15_058);
		await stage.undoneAs('barnett/canarydemo:v1');
		await stage.through(Number.POSITIVE_INFINITY);
	});

	test('two steps with a second Deployment and traffic, then a third version that is taken back', async () => {
		const stage = await openReleaseStage(cluster, 'kruise-canary-ingress', deployment);
		await stage.through(31_494);
		expect(await stage.press('n', approve)).toEqual(stage.recorded('approve step 1'));
		await expect.poll(() => statusOf(stage, 'rollouts', 'canaryStatus')).toEqual(recordedStatus('kruise-canary-ingress', 31_520, 'canaryStatus'));
		await stage.through(46_806);
		expect(await stage.press('n', approve)).toEqual(stage.recorded('approve step 2'));
		await stage.through(99_628);
		await stage.undoneAs('barnett/canarydemo:v2');
		await stage.through(Number.POSITIVE_INFINITY);
	});

	test('blue and green, then a third version that is taken back', async () => {
		const stage = await openReleaseStage(cluster, 'kruise-bluegreen', rollout);
		await stage.through(17_992);
		expect(await stage.press('n', approve)).toEqual(stage.recorded('approve step 1'));
		await expect.poll(() => statusOf(stage, 'rollouts', 'blueGreenStatus')).toEqual(recordedStatus('kruise-bluegreen', 18_014, 'blueGreenStatus'));
		await stage.through(25_825);
		expect(await stage.press('n', approve)).toEqual(stage.recorded('approve step 2'));
		await stage.through(42_446);
		await stage.undoneAs('barnett/canarydemo:v2');
		await stage.through(Number.POSITIVE_INFINITY);
	});
});

test.runIf(isOwnCluster())('a cluster without OpenKruise and KubeVela says so', async () => {
	const env = {KUBECONFIG: suiteCluster().kubeconfig};
	const ends = await Promise.all([rollout, 'app/canary-demo'].map(target => runProgram([target, '--once'], {env})));
	expect(ends.map(({code, stdout}) => ({code, stdout}))).toEqual([
		{code: 6, stdout: ''},
		{code: 6, stdout: ''},
	]);
	expect(ends[0]?.stderr).toContain('this cluster has no OpenKruise Rollouts (rollouts.rollouts.kruise.io is not served)');
	expect(ends[1]?.stderr).toContain('this cluster has no KubeVela Applications (applications.core.oam.dev is not served)');
});
