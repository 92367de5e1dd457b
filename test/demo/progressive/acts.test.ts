import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {readRecording} from './recording.ts';
import {type Replay, startReplay} from './replay.ts';

let cluster: Replay;
beforeEach(async () => {
	cluster = await startReplay('shop');
});
afterEach(() => cluster.stop());

const merge = 'application/merge-patch+json';

async function send(method: 'PATCH' | 'DELETE', path: string, body: unknown = undefined, contentType = merge): Promise<void> {
	await cluster.send({method, path, ...(body === undefined ? {} : {body, contentType})});
}

/** Objects as in a recording, in the namespace of the test. */
async function createAs(name: string, dids: readonly string[]): Promise<void> {
	const {namespace, steps} = readRecording(name);
	for (const did of dids) {
		const [request] = steps.find(step => step.did === did)?.requests ?? [];
		if (request === undefined) throw new Error(`nothing of that name was done: ${did}`);
		await cluster.send(JSON.parse(JSON.stringify(request).replaceAll(namespace, 'shop')));
	}
}

describe('a Rollout of Argo', () => {
	const path = '/apis/argoproj.io/v1alpha1/namespaces/shop/rollouts/canary-demo';
	const status = async () => (await cluster.now('argo'))?.status ?? {};
	const isHealthy = async () => (await status()).phase === 'Healthy';
	const setImage = (version: string) => {
		const patch = [{op: 'replace', path: '/spec/template/spec/containers/0/image', value: `barnett/canarydemo:${version}`}];
		return send('PATCH', path, patch, 'application/json-patch+json');
	};

	beforeEach(async () => {
		await createAs('argo-canary', ['create Rollout canary-demo v1']);
		await cluster.wait('v1 is healthy', isHealthy);
		await setImage('v2');
		await cluster.wait('step 1 waits', async () => (await status()).phase === 'Paused');
	});

	test('promoted in full it takes no more steps', async () => {
		await send('PATCH', `${path}/status`, {status: {promoteFull: true}});
		await cluster.wait('v2 is everywhere', async () => (await isHealthy()) && (await status()).promoteFull === undefined);
		const {stableRS, currentPodHash, currentStepIndex, updatedReplicas} = await status();
		expect({isStable: stableRS === currentPodHash, currentStepIndex, updatedReplicas}).toEqual({isStable: true, currentStepIndex: 4, updatedReplicas: 5});
		expect(cluster.rows('argo').filter(row => row.startsWith('Paused')).length).toBe(2);
	});

	test('aborted and tried again it begins at its first step', async () => {
		await send('PATCH', `${path}/status`, {status: {abort: true}});
		await cluster.wait('it is degraded, without new pods', async () => (await status()).phase === 'Degraded' && (await status()).updatedReplicas === undefined);
		await send('PATCH', `${path}/status`, {status: {abort: false}});
		await cluster.wait('step 1 waits again', async () => (await status()).phase === 'Paused');
		expect(await status()).toMatchObject({currentStepIndex: 1, updatedReplicas: 1});
		expect((await status()).abortedAt).toBeUndefined();
	});

	test('undone at a step it is healthy on the old version at once, under the newest number', async () => {
		await setImage('v1');
		await cluster.wait('v1 is everywhere', async () => (await isHealthy()) && (await status()).replicas === 5 && (await status()).updatedReplicas === 5);
		const {metadata} = await cluster.now('argo');
		expect(metadata.annotations['rollout.argoproj.io/revision']).toBe('3');
	});

	test('what never becomes ready is told when its time is over, and holds the old pods', async () => {
		await send('PATCH', path, {spec: {progressDeadlineSeconds: 5, template: {spec: {nodeSelector: {disk: 'none'}}}}});
		await cluster.wait('it is degraded', async () => (await status()).phase === 'Degraded');
		expect((await status()).message).toMatch(/^ProgressDeadlineExceeded: ReplicaSet "canary-demo-\w+" has timed out progressing\.$/);
		expect((await status()).abort).toBeUndefined();
		expect((await status()).availableReplicas).toBeGreaterThanOrEqual(4);
	});

	test('its ReplicaSets go with it', async () => {
		await send('DELETE', path);
		await cluster.wait(
			'nothing is left',
			async () => (await cluster.list('/apis/apps/v1/replicasets')).length === 0 && (await cluster.list('/api/v1/pods')).length === 0,
		);
	});
});

describe('a Rollout of OpenKruise', () => {
	const path = '/apis/rollouts.kruise.io/v1beta1/namespaces/shop/rollouts/canary-demo';
	const deployment = '/apis/apps/v1/namespaces/shop/deployments/canary-demo';
	const kruise = () => cluster.now('kruise');
	const isWaiting = (step: number) => async () => {
		const {currentStepIndex, currentStepState} = (await kruise())?.status?.canaryStatus ?? {};
		return currentStepIndex === step && currentStepState === 'StepPaused' && (await kruise()).status.conditions[0].reason === 'InRolling';
	};
	const approve = () => send('PATCH', `${path}/status`, {status: {canaryStatus: {currentStepState: 'StepReady'}}});
	const setImage = (version: string) =>
		send(
			'PATCH',
			deployment,
			{spec: {template: {spec: {containers: [{name: 'canary-demo', image: `x:${version}`}]}}}},
			'application/strategic-merge-patch+json',
		);

	beforeEach(async () => {
		await createAs('kruise-canary-ingress', ['create Service', 'create Ingress', 'create Deployment canary-demo v1']);
		await cluster.wait('v1 is there', async () => (await cluster.get<{status: {availableReplicas?: number}}>(deployment)).status.availableReplicas === 5);
		await createAs('kruise-canary-ingress', ['create Rollout canary-demo']);
		await cluster.wait('it is healthy', async () => (await kruise())?.status?.canaryStatus?.currentStepState === 'Completed');
		await setImage('v2');
		await cluster.wait('step 1 waits', isWaiting(1));
	});

	test('a paused one takes an approval, and acts on it when it goes on', async () => {
		await send('PATCH', path, {spec: {strategy: {paused: true}}});
		await cluster.wait('it is paused', async () => (await kruise()).status.conditions[0].reason === 'Paused');
		await approve();
		await cluster.pass(5_000);
		expect((await kruise()).status.canaryStatus).toMatchObject({currentStepIndex: 1, currentStepState: 'StepReady'});
		await send('PATCH', path, {spec: {strategy: {paused: null}}});
		await cluster.wait('step 2 waits', isWaiting(2));
		expect(cluster.rows('ingresses').at(-1)).toBe('canary-demo-canary weight 90');
	});

	test('it goes back to the step that somebody writes as the next one', async () => {
		await approve();
		await cluster.wait('step 2 waits', isWaiting(2));
		await send('PATCH', `${path}/status`, {status: {canaryStatus: {nextStepIndex: 1}}});
		await cluster.wait('step 1 waits again', isWaiting(1));
		expect((await kruise()).status.canaryStatus.nextStepIndex).toBe(2);
		await cluster.wait('its weight is told', async () => cluster.rows('ingresses').at(-1) === 'canary-demo-canary weight 20');
	});

	test('nobody resumes the Deployment behind its back', async () => {
		await send('PATCH', deployment, {spec: {paused: null}});
		expect((await cluster.get<{spec: {paused?: boolean}}>(deployment)).spec.paused).toBe(true);
	});

	test('with a third version it begins anew, without what it had made for the second', async () => {
		const old = (await kruise()).status.canaryStatus.canaryRevision;
		await setImage('v3');
		await cluster.wait('step 1 waits for v3', async () => (await isWaiting(1)()) && (await kruise()).status.canaryStatus.canaryRevision !== old);
		const names = (
			await cluster.list<{metadata: {name: string}; spec: {template: {spec: {containers: readonly {image: string}[]}}}}>('/apis/apps/v1/deployments')
		).map(({spec}) => spec.template.spec.containers[0]?.image);
		expect(names).toEqual(['x:v3', 'x:v3']);
	});

	test('when it goes, the Deployment is let go of and rolls out by itself', async () => {
		await send('DELETE', path);
		await cluster.wait('it is gone', async () => (await kruise()) === undefined);
		await cluster.wait('v2 is everywhere', async () => (await cluster.get<{status: {updatedReplicas?: number}}>(deployment)).status.updatedReplicas === 5);
		await cluster.wait('the second Deployment is gone', async () => (await cluster.list('/apis/apps/v1/deployments')).length === 1);
		expect((await cluster.list<{metadata: {name: string}}>('/api/v1/services')).map(({metadata}) => metadata.name)).toEqual(['canary-demo']);
	});

	test('refuses a status written with the types of before 0.6, as `vela workflow resume` does', async () => {
		const alpha = await cluster.get<{status: {canaryStatus: object}}>(path.replace('v1beta1', 'v1alpha1'));
		const {nextStepIndex: _next, finalisingStep: _step, ...canaryStatus} = alpha.status.canaryStatus as Record<string, unknown>;
		const body = {...alpha, status: {...alpha.status, canaryStatus: {...canaryStatus, currentStepState: 'StepReady'}}};
		await expect(cluster.api.send({method: 'PUT', path: `${path.replace('v1beta1', 'v1alpha1')}/status`, body})).rejects.toThrow(
			'Rollout.rollouts.kruise.io "canary-demo" is invalid: [status.canaryStatus.finalisingStep: Required value, status.canaryStatus.nextStepIndex: Required value]',
		);
	});

	test('is the same in its old version, which knows weights and no steps at its top', async () => {
		const alpha = await cluster.get<{spec: object; status: object; apiVersion: string; metadata: {annotations: object}}>(path.replace('v1beta1', 'v1alpha1'));
		expect(alpha).toMatchObject({
			apiVersion: 'rollouts.kruise.io/v1alpha1',
			metadata: {annotations: {'rollouts.kruise.io/rolling-style': 'canary'}},
			spec: {
				objectRef: {workloadRef: {name: 'canary-demo'}},
				strategy: {
					canary: {
						steps: [
							{weight: 20, replicas: '20%', pause: {}},
							{weight: 90, replicas: '90%', pause: {}},
						],
					},
				},
			},
		});
		expect(alpha.spec).not.toHaveProperty('workloadRef');
		expect(alpha.status).not.toHaveProperty('currentStepIndex');
		await cluster.api.send({
			method: 'PUT',
			path: path.replace('v1beta1', 'v1alpha1'),
			body: {...alpha, metadata: {...alpha.metadata, labels: {written: 'as-alpha'}}},
		});
		await cluster.wait('the top tells the step again', async () => (await kruise()).status.currentStepState === 'StepPaused');
		expect((await kruise()).spec.strategy.canary).toMatchObject({enableExtraWorkloadForCanary: true, steps: [{traffic: '20%'}, {traffic: '90%'}]});
	});
});
