import {expect, test} from 'vitest';
import {parseApplication} from '../../src/cluster/parse/application.ts';
import {parseKruiseRollout} from '../../src/cluster/parse/kruise-rollout.ts';
import type {WorkloadCommand} from '../../src/domain/command.ts';
import {rulesOf} from '../../src/domain/kinds/rules-of.ts';
import {routedShares} from '../../src/domain/mix/routed-shares.ts';
import {expectedAt} from '../../src/store/target-service.ts';
import {factsAt, openReplay, recorded} from './progressive-replay.ts';
import {releaseWatched} from './release-watched.ts';

const at = (scenario: string, t: number, kind: 'KruiseRollout' | 'Application' | 'Deployment' = 'KruiseRollout') =>
	openReplay(scenario, releaseWatched(kind), t).at(t);
const mayContinue = (scenario: string, t: number) =>
	rulesOf(factsAt(at(scenario, t)).workload).refusal({kind: 'continue'} as WorkloadCommand, []) === undefined;

test('a StepPaused that a rollout left which was taken back can not be approved', () => {
	expect(parseKruiseRollout(recorded('kruise-partition-undo', 'rollouts').at(-1)?.object)?.progress?.currentStepState).toBe('StepPaused');
	expect([mayContinue('kruise-partition-undo', 12_020), mayContinue('kruise-partition-undo', 16_000), mayContinue('kruise-partition-undo', 20_000)]).toEqual([
		true,
		false,
		false,
	]);
});

test('a blue-green release whose Deployment says that no pod is available does not alarm while all are ready', () => {
	const {workload, phase} = factsAt(at('kruise-bluegreen', 24_000));
	expect(recorded('kruise-bluegreen', 'deployments').findLast(({t}) => t <= 24_000)?.object.status).not.toHaveProperty('availableReplicas');
	expect(workload.replicas).toMatchObject({ready: 10, available: 10, unavailable: 0});
	expect(workload).toMatchObject({minReadySeconds: 0, progressDeadlineSeconds: 600});
	expect(phase).toMatchObject({phase: 'paused', word: 'WAITS FOR YOU'});
});

test.each(['kruise-canary-ingress', 'kruise-bluegreen'])('the new ReplicaSet of %s is found although canaryRevision is no hash of one', scenario => {
	const state = at(scenario, scenario === 'kruise-bluegreen' ? 16_000 : 28_413);
	const [rollout] = recorded(scenario, 'rollouts').filter(({t}) => t > 15_000);
	expect(JSON.stringify(rollout?.object.status)).toMatch(/"(canary|updated)Revision":"566bbdf6cc"/);
	expect(factsAt(state).newReplicaSet?.name).toMatch(/-5f6f965656$/);
});

test('what an Application has yet to notice is told by its Rollout, 21 s sooner', () => {
	const at40 = factsAt(at('vela-canary-kruise03', 40_000, 'Application'));
	expect(at40.phase).toMatchObject({
		phase: 'progressing',
		waitingFor: {kind: 'words', text: expect.stringMatching(/^the pods are done; the Application has yet to notice/)},
	});
	expect(factsAt(at('vela-canary-kruise03', 58_000, 'Application')).phase).toEqual({phase: 'complete'});
});

test('the step is that of canaryStatus, not the one beside it, which every writer of v1alpha1 sets back', () => {
	const back = recorded('vela-canary', 'rollouts').find(({t, object}) => {
		const {currentStepIndex, canaryStatus} = object.status as {currentStepIndex?: number; canaryStatus?: {currentStepIndex: number}};
		return t > 8000 && (currentStepIndex ?? 0) === 0 && (canaryStatus?.currentStepIndex ?? 0) > 0;
	});
	expect(parseKruiseRollout(back?.object)?.progress?.currentStepIndex).toBeGreaterThan(0);
});

test('traits are told in one order, whichever the API has', () => {
	const orders = recorded('vela-canary', 'applications').map(({object}) =>
		parseApplication(object)
			?.services[0]?.traits.map(({type}) => type)
			.join(),
	);
	expect(new Set(orders.filter(order => order !== undefined && order !== ''))).toEqual(new Set(['kruise-rollout,scaler']));
});

test('a nextStepIndex of −1 is no step, and the last step still waits for a person', () => {
	const {workload} = factsAt(at('kruise-partition', 24_061));
	expect(rulesOf(workload).steps()).toMatchObject({current: 1, wait: {kind: 'person'}});
});

test('when a rollout begins nothing is told of the last one’s steps', () => {
	const {workload, status} = factsAt(at('kruise-bluegreen', 30_520));
	expect(rulesOf(workload).steps()).toMatchObject({current: 0, active: true, wait: undefined});
	expect(status.message).toBe('the rollout is being prepared');
});

test('Recreate and paused are OpenKruise’s doing, not somebody’s', () => {
	const [raw] = recorded('kruise-partition', 'deployments').filter(({t}) => t > 15_000);
	expect(raw?.object.spec).toMatchObject({paused: true, strategy: {type: 'Recreate'}});
	const {workload} = factsAt(at('kruise-partition', 16_000, 'Deployment'));
	expect(workload).toMatchObject({paused: false, strategy: {type: 'RollingUpdate', maxSurge: '25%', maxUnavailable: '25%'}});
});

test('at the Ingress the new version is to get its weight, however many pods it has', () => {
	const target = {target: 'http://canary.example/', traits: {weights: [], keepsConnections: false, sendsCookies: false}};
	const live = openReplay('kruise-canary-ingress', releaseWatched('KruiseRollout'));
	const shares = [20_000, 28_413, 44_773].map(t => {
		const state = live.at(t);
		const {newReplicaSet} = factsAt(state);
		return expectedAt(state, target).find(({ownerUid}) => ownerUid === newReplicaSet?.uid)?.share;
	});
	// Before the first weight is set all goes to the old version.
	expect(shares).toEqual([0, 0.2, 0.9].map(share => expect.closeTo(share)));
});

test('nothing is expected of a weight whose side has no pod that takes it', () => {
	const ready = {type: 'Ready', status: 'True', reason: '', message: '', lastTransitionAt: undefined, lastUpdateAt: undefined};
	const pod = {conditions: [ready], deletedAt: undefined, ownerUid: 'old'};
	expect(routedShares({weight: 20, pods: [pod], newOwner: 'new'})).toEqual([]);
	expect(routedShares({weight: 0, pods: [pod], newOwner: 'new'})).toEqual([{ownerUid: 'old', ready: 1, share: 1}]);
});
