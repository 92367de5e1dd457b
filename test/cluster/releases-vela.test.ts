import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {ControlPlane} from './harness/control-plane.ts';
import {hasReleaseDefinitions, startReleaseCluster} from './scenarios/release-cluster.ts';
import {openReleaseStage} from './scenarios/release-stage.ts';

const application = 'app/canary-demo';
const goOn = 'Continue the rollout of canary-demo?';

describe.runIf(hasReleaseDefinitions())('KubeVela’s recordings, played to a real API server with its own definitions', {timeout: 90_000}, () => {
	let cluster: ControlPlane;
	beforeAll(async () => {
		cluster = await startReleaseCluster();
	});
	afterAll(() => cluster.stop());

	test('a Rollout under an Application, approved where vela’s own command fails', async () => {
		const stage = await openReleaseStage(cluster, 'vela-canary', application);
		await stage.through(22_884);
		const waits = {word: 'WAITS FOR YOU', step: 1, of: 2, wait: 'person'};
		const told = await Promise.all([application, 'rollouts.kruise.io/canary-demo', 'deploy/canary-demo'].map(stage.told));
		expect(told).toEqual([
			{...waits, by: 'Application'},
			{...waits, by: 'Rollout'},
			{...waits, by: 'Rollout'},
		]);
		expect(await stage.press('n', goOn)).toEqual(stage.recorded('approve kruise step 1'));
		await stage.through(35_250);
		expect(await stage.press('n', goOn)).toEqual(stage.recorded('approve kruise step 2'));
		await stage.through(Number.POSITIVE_INFINITY);
	});

	test('suspended while its Rollout waits, then rolled back by vela', async () => {
		const stage = await openReleaseStage(cluster, 'vela-rollback', application);
		// Between the command's start and its first request its controller still wrote.
		await stage.through(21_395);
		const [pause, suspend] = await stage.press('p', /Pause/, 2);
		expect(pause).toMatchObject({method: 'PATCH', body: {spec: {strategy: {paused: true}}}});
		expect([suspend]).toEqual(stage.recorded('vela workflow suspend'));
		await expect.poll(async () => (await stage.stored('applications')).status?.workflow).toMatchObject({suspend: true});
		await expect.poll(async () => (await stage.stored('rollouts')).spec.strategy).toMatchObject({paused: true});
		await stage.through(Number.POSITIVE_INFINITY);
	});

	test('a step that suspends: resumed, terminated, restarted, resumed, and taken back without a publishVersion', async () => {
		const stage = await openReleaseStage(cluster, 'vela-suspend-step', application);
		await stage.through(2_655);
		const [first, second] = stage.recorded('vela workflow resume');
		expect(await stage.press('n', goOn)).toEqual([first]);
		await expect.poll(async () => (await stage.stored('applications')).status?.workflow).toMatchObject({suspend: false});
		await stage.through(10_182);
		expect(stage.screen.text()).toContain('the Deployment was made');
		expect(stage.screen.text()).not.toContain('made anew');
		expect(await stage.press('a', /Abort|Terminate/)).toEqual(stage.recorded('vela workflow terminate'));
		await expect.poll(async () => (await stage.stored('applications')).status?.workflow).toMatchObject({terminated: true});
		await stage.through(12_795);
		expect(await stage.press('A', /Retry|Restart/)).toEqual(stage.recorded('vela workflow restart'));
		await expect.poll(async () => (await stage.stored('applications')).status).not.toHaveProperty('workflow');
		await stage.through(14_314);
		expect(await stage.press('n', goOn)).toEqual([second]);
		await stage.through(Number.POSITIVE_INFINITY);
		expect(await stage.press('u', /Undo/)).toMatchObject([{method: 'PATCH', contentType: 'application/json-patch+json'}]);
		await expect.poll(async () => (await stage.stored('applications')).spec).toMatchObject({components: [{properties: {image: 'barnett/canarydemo:v1'}}]});
	});
});
