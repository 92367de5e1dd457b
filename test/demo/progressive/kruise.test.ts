import {afterEach, expect, test} from 'vitest';
import {readRecording} from './recording.ts';
import {type Replay, replay, startReplay} from './replay.ts';

let cluster: Replay | undefined;
afterEach(() => cluster?.stop());

test('a canary through an Ingress takes the steps that the real controller took: two approvals, then a third version that is undone', {
	timeout: 120_000,
}, async () => {
	const recording = readRecording('kruise-canary-ingress');
	const made = await startReplay(recording.namespace);
	cluster = made;
	const deployment = () =>
		made.get<{status: {updatedReplicas?: number; availableReplicas?: number; replicas?: number}}>(
			`/apis/apps/v1/namespaces/${recording.namespace}/deployments/canary-demo`,
		);
	const isDone = async () => {
		const {status} = await deployment();
		return status.updatedReplicas === 5 && status.availableReplicas === 5 && status.replicas === 5;
	};
	const isPaused = (step: number) => async () => {
		const {status} = (await made.now('kruise')) ?? {};
		return status?.canaryStatus?.currentStepIndex === step && status.canaryStatus.currentStepState === 'StepPaused' && /manually confirm/.test(status.message);
	};
	await replay(recording, made, {
		'Deployment 5/5 on v1': isDone,
		'Deployment 5/5 on v2': isDone,
		'Rollout phase Healthy': async () => (await made.now('kruise'))?.status?.phase === 'Healthy',
		'step 1 StepPaused': isPaused(1),
		'step 2 StepPaused': isPaused(2),
	});
	expect(made.rows('kruise')).toEqual(recording.rows.kruise);
	expect(made.rows('ingresses')).toEqual(recording.rows.ingresses);
});
