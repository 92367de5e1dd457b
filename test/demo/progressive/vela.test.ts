import {afterEach, expect, test} from 'vitest';
import {readRecording} from './recording.ts';
import {type Replay, replay, startReplay} from './replay.ts';

let cluster: Replay | undefined;
afterEach(() => cluster?.stop());

async function replayed(name: string) {
	const recording = readRecording(name);
	const made = await startReplay(recording.namespace);
	cluster = made;
	const image = async () => {
		const path = `/apis/apps/v1/namespaces/${recording.namespace}/deployments/canary-demo`;
		const {spec} = await made.get<{spec: {template: {spec: {containers: readonly {image: string}[]}}}}>(path);
		return spec.template.spec.containers[0]?.image ?? '';
	};
	const isApp =
		(status: string, version = '') =>
		async () => {
			const app = await made.now('applications');
			return app.status?.status === status && (version === '' || (await image()).endsWith(`:${version}`));
		};
	const isHealthy = (version: string) => async () => (await made.now('kruise'))?.status?.phase === 'Healthy' && (await image()).endsWith(`:${version}`);
	const isPaused = (step: number) => async () => {
		const {status} = (await made.now('kruise')) ?? {};
		return status?.canaryStatus?.currentStepIndex === step && status.canaryStatus.currentStepState === 'StepPaused' && /manually confirm/.test(status.message);
	};
	const path = `/apis/apps/v1/namespaces/${recording.namespace}/deployments/canary-demo`;
	await replay(recording, made, {
		'Application status running, Deployment on v1': isApp('running', 'v1'),
		'Application status running, Deployment on v2': isApp('running', 'v2'),
		'Application status workflowSuspending': isApp('workflowSuspending'),
		'Application status workflowTerminated': isApp('workflowTerminated'),
		'Deployment 5 updated': async () => (await made.get<{status: {updatedReplicas?: number}}>(path)).status.updatedReplicas === 5,
		'kruise Rollout Healthy on v1': isHealthy('v1'),
		'kruise Rollout Healthy on v2': isHealthy('v2'),
		'kruise Rollout step 1 StepPaused': isPaused(1),
		'kruise Rollout step 2 StepPaused': isPaused(2),
	});
	return {recording, made};
}

test('an Application with steps: it says what its Rollout waits for, and is done a while after it', {timeout: 60_000}, async () => {
	const {recording, made} = await replayed('vela-canary');
	expect(made.rows('applications')).toEqual(recording.rows.applications);
	expect(made.rows('kruise')).toEqual(recording.rows.kruise);
});

test('suspended and rolled back: it runs again before its Rollout has been cancelled', {timeout: 60_000}, async () => {
	const {recording, made} = await replayed('vela-rollback');
	expect(made.rows('applications')).toEqual(recording.rows.applications);
	expect(made.rows('kruise')).toEqual(recording.rows.kruise);
});

test('a workflow with a step that waits: resumed, terminated, restarted', {timeout: 60_000}, async () => {
	const {recording, made} = await replayed('vela-suspend-step');
	expect(made.rows('applications')).toEqual(recording.rows.applications);
});
