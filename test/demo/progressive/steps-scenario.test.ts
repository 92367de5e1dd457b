import {request} from 'node:http';
import {afterEach, expect, test} from 'vitest';
import type {ApiObject} from '../../../src/demo/api-object.ts';
import {type Performance, play} from '../../../src/demo/play.ts';
import type {Seen, SeenDeployment} from '../../../src/demo/scenarios/scenario.ts';
import {steps} from '../../../src/demo/scenarios/steps.ts';
import type {Answered} from '../api/test-api.ts';

let performance: Performance | undefined;
afterEach(() => performance?.stop());

const patience = {timeout: 60_000, interval: 50};
const rollouts = '/apis/rollouts.kruise.io/v1beta1/namespaces/canary/rollouts';

async function opened() {
	const hints: string[] = [];
	const made = await play(steps, 10, text => hints.push(text));
	performance = made;
	const {client, ingress} = made.cluster;
	return {
		hint: () => hints.at(-1) ?? '',
		client,
		get: async (path: string) => (await client.send({path})) as Answered,
		approve: async () => {
			const body = {status: {canaryStatus: {currentStepState: 'StepReady'}}};
			await client.send({method: 'PATCH', path: `${rollouts}/canary-demo/status`, body, contentType: 'application/merge-patch+json'});
		},
		ask: () =>
			new Promise<string>((resolve, reject) => {
				const sent = request({...ingress.address(), path: '/version', headers: {host: 'canary-demo.com'}, agent: false}, answer => {
					let text = '';
					answer.on('data', chunk => {
						text += String(chunk);
					});
					answer.on('end', () => resolve(text.trim()));
				});
				sent.on('error', reject);
				sent.end();
			}),
	};
}

test('steps: a part gets the new version, then more, then all, each once somebody says so', {timeout: 120_000}, async () => {
	const {hint, ask, approve, get} = await opened();
	await expect.poll(hint, patience).toContain('20% get v2, and step 1 waits');
	const app = '/apis/core.oam.dev/v1beta1/namespaces/canary/applications/canary-demo';
	const trait = async () => (await get(app)).status.services[0].traits.find(({type}: Answered) => type === 'kruise-rollout').message;
	await expect.poll(trait, patience).toBe('Rollout is in step(1/2), and you need manually confirm to enter the next step');
	const seen = new Set<string>();
	await expect.poll(async () => [...seen.add(await ask())].sort(), patience).toEqual(['Demo: V1', 'Demo: V2']);
	const {items} = await get('/apis/networking.k8s.io/v1/namespaces/canary/ingresses');
	const weights = items.map(({metadata}: Answered) => metadata.annotations['nginx.ingress.kubernetes.io/canary-weight']);
	expect(weights).toEqual([undefined, '20']);
	await approve();
	await expect.poll(hint, patience).toContain('90% get v2, and step 2 waits');
	await approve();
	await expect.poll(hint, patience).toMatch(/^Everybody gets Demo: V2\. rollout/);
	expect(await ask()).toBe('Demo: V2');
	expect((await get(app)).status.status).toBe('running');
	const argo = await get('/apis/argoproj.io/v1alpha1/namespaces/canary/rollouts/checkout');
	expect(argo.status).toMatchObject({phase: 'Paused', message: 'CanaryPauseStep', currentStepIndex: 1, updatedReplicas: 1});
});

test('steps: taken back at the first step, everybody gets the old version', {timeout: 120_000}, async () => {
	const {hint, ask, client, get} = await opened();
	await expect.poll(hint, patience).toContain('20% get v2, and step 1 waits');
	const path = '/apis/core.oam.dev/v1beta1/namespaces/canary/applications/canary-demo';
	const revision = await get('/apis/core.oam.dev/v1beta1/namespaces/canary/applicationrevisions/canary-demo-v1');
	const body = [{op: 'replace', path: '/spec', value: revision.spec.application.spec}];
	await client.send({method: 'PATCH', path, body, contentType: 'application/json-patch+json'});
	await expect.poll(hint, patience).toContain('Everybody gets Demo: V1');
	expect(await ask()).toBe('Demo: V1');
	const {items} = await get('/apis/apps/v1/namespaces/canary/deployments');
	expect(items.map(({metadata}: Answered) => metadata.name)).toEqual(['canary-demo']);
});

test('steps has a word for every situation, which fits 80 columns', () => {
	const watched = ['v1', 'v2', 'v3'].flatMap(version =>
		(['progressing', 'paused', 'complete', 'stalled'] as const).map(
			(phase): SeenDeployment => ({name: 'canary-demo', image: `barnett/canarydemo:${version}`, phase, replicas: 5, available: 5}),
		),
	);
	const reasons = [undefined, 'Initializing', 'InRolling', 'Paused', 'Finalising', 'Cancelling', 'Completed'];
	const rollout = (reason: string | undefined, state: string, currentStepIndex: number, paused: boolean) => ({
		spec: {strategy: {paused}},
		status: {conditions: [{type: 'Progressing', reason}], canaryStatus: {currentStepIndex, currentStepState: state}},
	});
	const kruise = reasons.flatMap(reason =>
		['StepPaused', 'StepUpgrade'].flatMap(state => [1, 2].flatMap(at => [true, false].map(paused => rollout(reason, state, at, paused)))),
	);
	const phases = [undefined, 'rendering', 'runningWorkflow', 'workflowSuspending', 'running'];
	const apps = phases.flatMap(status => ['v1', 'v2'].map(version => ({spec: {components: [{properties: {image: `x:${version}`}}]}, status: {status}})));
	const situations = watched.flatMap(one =>
		kruise.flatMap(release =>
			apps.map((app): Seen => {
				const objects = new Map<string, object>([
					['KruiseRollout/canary-demo', release],
					['Application/canary-demo', app],
				]) as unknown as ReadonlyMap<string, ApiObject>;
				return {watched: one, deployments: new Map(), objects, selector: {}, acts: new Set()};
			}),
		),
	);
	for (const seen of situations) {
		const {hint} = steps.next(seen);
		expect(hint).toMatch(/[.?]$/);
		expect(` ${hint}`.length, hint).toBeLessThanOrEqual(79);
	}
});
