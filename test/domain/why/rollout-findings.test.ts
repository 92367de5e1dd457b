import {describe, expect, it} from 'vitest';
import type {Pod} from '../../../src/domain/pod.ts';
import type {RolloutPhase} from '../../../src/domain/rollout-phase.ts';
import {noPods} from '../../../src/domain/sided-pods.ts';
import type {Finding} from '../../../src/domain/why/finding.ts';
import {rolloutFindings} from '../../../src/domain/why/rollout/rollout-findings.ts';
import type {RolloutContext} from '../../../src/domain/why/rollout/rollout-subject.ts';
import type {Deployment} from '../../../src/domain/workload.ts';
import {autoscaler, condition, disruptionBudget, pod, replicaSet, start, workload} from '../cluster-objects.ts';

const now = start + 60_000;
const progressing: RolloutPhase = {phase: 'progressing', waitingFor: {kind: 'update', updated: 1, desired: 3}, staleDeadline: false};
const waits = {kind: 'available', more: 1, last: false} as const;

const context: RolloutContext = {
	phase: progressing,
	step: waits,
	sides: {...noPods, new: [pod('web-b-1', 'web-b', false)], old: ['1', '2', '3'].map(name => pod(`web-a-${name}`, 'web-a', true))},
	oldReplicaSets: [replicaSet('web-a', 1, 'app:v1', {desired: 3, current: 3, ready: 3, available: 3})],
	startedAt: start,
	isReplicaSetMissing: false,
	unobservedSince: undefined,
	rescaled: undefined,
	autoscalers: [],
	budgets: [],
};

type Given = {readonly workload?: Partial<Deployment>; readonly rollout?: Partial<RolloutContext>};

function found({workload: change = {}, rollout = {}}: Given): readonly Finding[] {
	const newReplicaSet = replicaSet('web-b', 2, 'app:v2', {desired: 1, current: 1});
	return rolloutFindings({workload: workload(change), newReplicaSet, podFindings: [], events: [], now, rollout: {...context, ...rollout}});
}

const refused = (message: string, reason = 'FailedCreate'): Given => ({
	workload: {conditions: [condition('ReplicaFailure', 'True', {reason, message, lastTransitionAt: start})]},
});
const forbidden = (rest: string) => refused(`pods "web-b-" is forbidden: ${rest}`);

const scaler = autoscaler({max: 5, desired: 5});
const budget = disruptionBudget();
const ending = (name: string, deletedAt: number): Pod => pod(name, 'web-a', true, {deletedAt});
const cordonedPod = pod('web-b-1', 'web-b', false, {
	conditions: [condition('PodScheduled', 'False', {message: '0/3 nodes are available: 1 node(s) were unschedulable, 2 Insufficient cpu.'})],
});
const noSurge = {type: 'RollingUpdate', maxSurge: 0, maxUnavailable: 1} as const;
const someAvailable = {desired: 3, current: 4, updated: 1, ready: 2, available: 2, unavailable: 2, terminating: 0};

describe('what holds the rollout as a whole up, each with its exact sentence', () => {
	it.each<[string, Given, string, string, string | undefined]>([
		[
			'a quota of pods',
			forbidden('exceeded quota: two-pods, requested: pods=1, used: pods=3, limited: pods=3'),
			'quota-exceeded/none',
			"can't create pods: quota two-pods is full: pods 3 of 3 used, 1 more needed",
			'free room or raise quota two-pods: the surge needs it, or roll without one (maxSurge 0, maxUnavailable 1)',
		],
		[
			'a quota of several things',
			forbidden(
				'exceeded quota: compute, requested: requests.cpu=500m,requests.memory=1Gi, used: requests.cpu=2,requests.memory=3Gi, limited: requests.cpu=2,requests.memory=4Gi',
			),
			'quota-exceeded/none',
			"can't create pods: quota compute is full: requests.cpu 2 of 2 used, 500m more needed; requests.memory 3Gi of 4Gi used, 1Gi more needed",
			'free room or raise quota compute: the surge needs it, or roll without one (maxSurge 0, maxUnavailable 1)',
		],
		[
			'a quota, while old pods still end',
			{
				...forbidden('exceeded quota: q, requested: pods=1, used: pods=3, limited: pods=3'),
				rollout: {sides: {...context.sides, endingOld: [ending('web-a-0', now)]}},
			},
			'quota-exceeded/likely',
			"can't create pods: quota q is full: pods 3 of 3 used, 1 more needed",
			'wait: old pods that end make room',
		],
		[
			'a quota that wants limits to be stated',
			forbidden('failed quota: compute: must specify limits.cpu for: app; limits.memory for: app'),
			'quota-incomplete/none',
			"can't create pods: quota compute wants them to state limits.cpu for: app; limits.memory for: app",
			'set it in the template, or undo (u)',
		],
		[
			'a limit range, real words',
			forbidden('maximum cpu usage per Container is 1, but limit is 2'),
			'limit-range/none',
			"can't create pods: a limit range forbids it: maximum cpu usage per Container is 1, but limit is 2",
			'change the requests or limits, or undo (u)',
		],
		[
			'several limits',
			forbidden(
				'[minimum memory usage per Pod is 1Gi, but request is 10Mi, cpu max limit to request ratio per Container is 2, but provided ratio is 5.000000]',
			),
			'limit-range/none',
			"can't create pods: a limit range forbids it: minimum memory usage per Pod is 1Gi, but request is 10Mi, cpu max limit to request ratio per Container is 2, but provided ratio is 5.000000",
			'change the requests or limits, or undo (u)',
		],
		[
			'an admission webhook that says no',
			refused('admission webhook "policy.example.com" denied the request: \n\nimages must come from registry.example'),
			'admission-denied/none',
			"can't create pods: admission webhook policy.example.com denies them: images must come from registry.example",
			'change the template to what it asks for, or undo (u)',
		],
		[
			'an admission webhook that gives no reason',
			refused('admission webhook "policy.example.com" denied the request without explanation'),
			'admission-denied/none',
			"can't create pods: admission webhook policy.example.com denies them",
			'change the template to what it asks for, or undo (u)',
		],
		[
			'an admission webhook that does not answer',
			refused(
				'Internal error occurred: failed calling webhook "policy.example.com": failed to call webhook: Post "https://policy.ops.svc:443/validate?timeout=10s": dial tcp 10.96.3.4:443: connect: connection refused',
			),
			'admission-unreachable/doubtful',
			"can't create pods: admission webhook policy.example.com does not answer: dial tcp 10.96.3.4:443: connect: connection refused",
			'get the webhook to answer; it is tried again',
		],
		[
			'a validating admission policy',
			forbidden("ValidatingAdmissionPolicy 'no-latest' with binding 'no-latest' denied request: no latest tag here"),
			'admission-denied/none',
			"can't create pods: policy no-latest denies them: no latest tag here",
			'change the template to what it asks for, or undo (u)',
		],
		[
			'pod security',
			forbidden(
				'violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "app" must set securityContext.allowPrivilegeEscalation=false)',
			),
			'pod-security/none',
			'can\'t create pods: the namespace allows only restricted ones: allowPrivilegeEscalation != false (container "app" must set securityContext.allowPrivilegeEscalation=false)',
			'set the securityContext that it asks for, or undo (u)',
		],
		[
			'a service account that is not there',
			forbidden('error looking up service account prod/robot: serviceaccount "robot" not found'),
			'creation-lacks/none',
			"can't create pods: service account robot does not exist",
			'create the service account, or undo (u)',
		],
		[
			'a priority class that is not there',
			forbidden('no PriorityClass with name high was found'),
			'creation-lacks/none',
			"can't create pods: priority class high does not exist",
			'create the priority class, or undo (u)',
		],
		[
			'nothing at all',
			{workload: {conditions: [condition('ReplicaFailure', 'True', {message: '', lastTransitionAt: start})]}},
			'replica-failure/doubtful',
			"can't create pods",
			undefined,
		],
		['something else', forbidden('the moon is full'), 'replica-failure/doubtful', "can't create pods: the moon is full", undefined],
		[
			'pods that can’t be deleted',
			refused('pods "web-b-1" is stuck', 'FailedDelete'),
			'replica-failure/doubtful',
			'can\'t delete pods: pods "web-b-1" is stuck',
			undefined,
		],
		[
			'old pods that are not available',
			{workload: {replicas: someAvailable}, rollout: {oldReplicaSets: [replicaSet('web-a', 1, 'app:v1', {desired: 3, current: 3, ready: 3, available: 2})]}},
			'too-few-available/doubtful',
			'may not end another old pod: 2 available, 3 must stay so (surge 1, maxUnavailable 0), and 1 old pod is not',
			'get its old pods ready, or allow more to be unavailable',
		],
		[
			'no surge',
			{
				workload: {strategy: noSurge, replicas: someAvailable},
				rollout: {oldReplicaSets: [replicaSet('web-a', 1, 'app:v1', {desired: 2, current: 2, ready: 2, available: 2})]},
			},
			'too-few-available/likely',
			'may not end another old pod: 2 available, 2 must stay so (surge 0, maxUnavailable 1)',
			'get its pods ready, or allow a surge',
		],
		[
			'minReadySeconds',
			{
				workload: {minReadySeconds: 10},
				rollout: {sides: {...context.sides, new: [pod('web-b-1', 'web-b', true, {conditions: [condition('Ready', 'True', {lastTransitionAt: now - 3000})]})]}},
			},
			'min-ready-seconds/waits',
			'is ready and has to stay so for 10s (minReadySeconds)',
			undefined,
		],
		[
			'old pods that end, Recreate',
			{
				workload: {strategy: {type: 'Recreate'}},
				rollout: {step: {kind: 'old-gone', left: 2}, sides: {...noPods, endingOld: [ending('a', now + 5000), ending('b', now + 9000)]}},
			},
			'recreate-waits/waits',
			'starts new pods only when 2 old pods have ended (Recreate)',
			'wait: nothing of it runs meanwhile',
		],
		[
			'old pods that end, all else is done',
			{
				rollout: {
					phase: {phase: 'progressing', waitingFor: {kind: 'termination', old: 1}, staleDeadline: false},
					step: {kind: 'done'},
					sides: {...noPods, endingOld: [ending('a', now + 5000)]},
				},
			},
			'old-pods-ending/waits',
			'has all new pods; 1 old pod still to end',
			undefined,
		],
		[
			'a budget that can never be met',
			{rollout: {budgets: [budget]}},
			'disruption-budget/waits',
			'can never allow an eviction (needs 3 healthy of 3 pods): node drains wait for it, this rollout does not',
			undefined,
		],
		[
			'a budget while a node is drained',
			{rollout: {budgets: [{...budget, healthy: 2, neededHealthy: 2}], sides: {...context.sides, new: [cordonedPod]}}},
			'disruption-budget/waits',
			'allows no eviction now (2 healthy, needs 2): node drains wait for it, this rollout does not',
			undefined,
		],
		[
			'a person',
			{
				workload: {paused: true},
				rollout: {
					phase: {phase: 'paused', waitingFor: {kind: 'update', updated: 1, desired: 3}, since: start, deadlineExceeded: false},
					step: {kind: 'paused'},
				},
			},
			'paused/waits',
			'is paused: nothing moves until somebody resumes it',
			'resume (r)',
		],
		[
			'a controller that does not look',
			{workload: {generation: 7, observedGeneration: 6}, rollout: {unobservedSince: now - 5000, step: {kind: 'observe'}}},
			'not-observed/doubtful',
			'is not looked at by its controller: generation 7, of which it has seen 6',
			'check that kube-controller-manager runs',
		],
		[
			'a ReplicaSet that could not be made',
			{
				workload: {
					conditions: [
						condition('Progressing', 'False', {
							reason: 'ReplicaSetCreateError',
							message: 'Failed to create new replica set "web-b": the namespace is terminating',
						}),
					],
				},
			},
			'replica-set-missing/doubtful',
			"can't make its ReplicaSet: the namespace is terminating",
			undefined,
		],
		[
			'a ReplicaSet that nobody made',
			{rollout: {isReplicaSetMissing: true, step: {kind: 'grow', by: 1, to: 1}}},
			'replica-set-missing/doubtful',
			'has no ReplicaSet for its template, although its controller has seen it',
			'check that kube-controller-manager runs, and its log',
		],
		[
			'an autoscaler',
			{rollout: {rescaled: {from: 3, to: 5, at: start}, autoscalers: [scaler]}},
			'autoscaler-scaling/waits',
			'has scaled it meanwhile from 3 to 5 pods, its most (it keeps 2 to 5)',
			undefined,
		],
		['nothing at all to run', {workload: {specReplicas: 0}}, 'scaled-to-zero/waits', 'is scaled to 0: no pod runs, whatever the template', 'scale it up (s)'],
	])('%s', (_reason, given, kind, message, advice) => {
		const [first] = found(given);
		expect(`${first?.kind}/${first?.hope}`).toBe(kind);
		expect(first?.message).toBe(message);
		expect(first?.advice).toBe(advice);
		expect(found(given)).toHaveLength(1);
	});

	it.each<[string, Given]>([
		['nothing is wrong', {}],
		['the controller may take a moment', {workload: {generation: 7, observedGeneration: 6}, rollout: {unobservedSince: now - 4000}}],
		['somebody without an autoscaler scaled it', {rollout: {rescaled: {from: 3, to: 5, at: start}}}],
		['the autoscaler is another workload’s', {rollout: {rescaled: {from: 3, to: 5, at: start}, autoscalers: [{...scaler, workload: 'api'}]}}],
		['it is back where it was', {rollout: {rescaled: {from: 3, to: 3, at: start}, autoscalers: [scaler]}}],
		['the budget is another workload’s', {rollout: {budgets: [{...budget, selector: {matchLabels: {app: 'api'}}}]}}],
		['the budget allows an eviction', {rollout: {budgets: [{...budget, allowed: 1}]}}],
		['the budget is spent, and nobody drains', {rollout: {budgets: [{...budget, neededHealthy: 2, healthy: 2}]}}],
		['a budget without a selector selects nobody', {rollout: {budgets: [{...budget, selector: undefined}]}}],
		['the workload rests', {rollout: {budgets: [budget], phase: {phase: 'complete'}, step: {kind: 'done'}}}],
		['a pause of what has nothing to do', {rollout: {phase: {phase: 'paused', waitingFor: undefined, since: undefined, deadlineExceeded: false}}}],
		['the new pods are waited for, and they alone', {rollout: {step: {kind: 'available', more: 2, last: true}}, workload: {replicas: someAvailable}}],
		['an old failure', {workload: {conditions: [condition('ReplicaFailure', 'False', {message: 'exceeded quota: x'})]}}],
	])('nothing where %s', (_reason, given) => {
		expect(found(given)).toEqual([]);
	});

	it('names the object that it is about', () => {
		expect(found({rollout: {budgets: [budget]}})[0]?.object).toEqual({kind: 'PodDisruptionBudget', name: 'pdb', uid: 'p'});
		expect(found({rollout: {rescaled: {from: 3, to: 4, at: start}, autoscalers: [scaler]}})[0]?.object).toEqual({
			kind: 'HorizontalPodAutoscaler',
			name: 'hpa',
			uid: 'h',
		});
		expect(found({workload: {specReplicas: 0}})[0]?.object).toEqual({kind: 'Deployment', name: 'web', uid: 'd'});
	});

	it('tells which of several pods will be available first, and when', () => {
		const ready = (name: string, since: number) => pod(name, 'web-b', true, {conditions: [condition('Ready', 'True', {lastTransitionAt: since})]});
		const [first] = found({
			workload: {minReadySeconds: 10},
			rollout: {sides: {...context.sides, new: [ready('web-b-1', now - 2000), ready('web-b-2', now - 6000), ready('web-b-3', now - 20_000)]}},
		});
		expect(first).toMatchObject({object: {name: 'web-b-2'}, count: 2, next: {what: 'available', at: now + 4000}});
	});

	it('reads any message, however long or strange, in one printable line', () => {
		for (const message of [
			'',
			'\u001B[31mexceeded quota: \r\n',
			'exceeded quota: a, requested: , used: , limited: ',
			`exceeded quota: ${'x,'.repeat(50_000)}`,
			'('.repeat(100_000),
		]) {
			const [first] = found(refused(message));
			expect(first?.message).toMatch(/^can't create pods[^\p{Cc}]*$/u);
			expect(first?.message.length).toBeLessThan(300);
		}
	});
});
