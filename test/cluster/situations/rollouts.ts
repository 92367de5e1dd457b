import {deploymentIs, told} from './evidence.ts';
import type {RawObject, Situation} from './situation.ts';

const image = 'registry.example/shop/testpage:0.9';
const isGoing = ({metadata}: RawObject) => metadata.deletionTimestamp !== undefined;

/** What holds a whole rollout. */
export const rolloutSituations: readonly Situation[] = [
	{
		name: 'node-lost',
		kind: 'node-lost',
		says: /^runs on node node-17, which does not answer any more$/,
		before: {podSpec: {nodeSelector: {'kubernetes.io/hostname': 'node-17'}, tolerations: [{key: 'lonely', operator: 'Exists'}]}},
		change: {container: {image}, spec: {strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 1}}, minReadySeconds: 3_600, progressDeadlineSeconds: 7_200}},
		losesNode: ({deployment}) => deployment?.status?.updatedReplicas === 1 && deployment.status.readyReplicas === 2,
		evidence: told('NodeNotReady'),
		patienceMs: 120_000,
	},
	{
		name: 'quota',
		kind: 'quota-exceeded',
		says: "can't create pods: quota two-pods is full: pods 2 of 2 used, 1 more needed",
		between: [{apiVersion: 'v1', kind: 'ResourceQuota', metadata: {name: 'two-pods'}, spec: {hard: {pods: '2'}}}],
		change: {container: {image}},
		evidence: deploymentIs('ReplicaFailure', 'FailedCreate'),
	},
	{
		name: 'limit-range',
		kind: 'limit-range',
		says: "can't create pods: a limit range forbids it: maximum cpu usage per Container is 1, but limit is 2",
		between: [
			{apiVersion: 'v1', kind: 'LimitRange', metadata: {name: 'one-core'}, spec: {limits: [{type: 'Container', max: {cpu: '1'}, default: {cpu: '1'}}]}},
		],
		change: {container: {image, resources: {requests: {cpu: '2'}, limits: {cpu: '2'}}}},
		evidence: deploymentIs('ReplicaFailure', 'FailedCreate'),
		realOnly: 'no limit ranges there',
	},
	{
		name: 'admission-policy',
		kind: 'admission-denied',
		says: "can't create pods: policy no-latest denies them: no latest tag here",
		between: [
			{
				apiVersion: 'admissionregistration.k8s.io/v1',
				kind: 'ValidatingAdmissionPolicy',
				metadata: {name: 'no-latest'},
				spec: {
					failurePolicy: 'Fail',
					matchConstraints: {resourceRules: [{apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods']}]},
					validations: [{expression: "object.spec.containers.all(c, !c.image.endsWith(':latest'))", message: 'no latest tag here'}],
				},
			},
			{
				apiVersion: 'admissionregistration.k8s.io/v1',
				kind: 'ValidatingAdmissionPolicyBinding',
				metadata: {name: 'no-latest'},
				spec: {policyName: 'no-latest', validationActions: ['Deny'], matchResources: {namespaceSelector: {matchLabels: {situation: 'admission-policy'}}}},
			},
		],
		refused: {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'probe'}, spec: {containers: [{name: 'probe', image: 'probe:latest'}]}},
		change: {container: {image: 'registry.example/shop/nginx:latest'}},
		evidence: deploymentIs('ReplicaFailure', 'FailedCreate'),
		realOnly: 'no admission policies there',
	},
	{
		name: 'deadline-exceeded',
		kind: 'image-not-found',
		says: "can't pull image registry.example/shop/testpage:9.9: not found",
		change: {container: {image: 'registry.example/shop/testpage:9.9'}, spec: {progressDeadlineSeconds: 2}},
		evidence: deploymentIs('Progressing', 'ProgressDeadlineExceeded'),
	},
	{
		name: 'paused-half-way',
		kind: 'paused',
		says: 'is paused: nothing moves until somebody resumes it',
		change: {container: {image}, spec: {minReadySeconds: 60}},
		after: {when: ({deployment}) => deployment?.status?.updatedReplicas === 1, spec: {paused: true}},
		evidence: deploymentIs('Progressing', 'DeploymentPaused'),
	},
	{
		name: 'min-ready-seconds',
		kind: 'min-ready-seconds',
		says: 'is ready and has to stay so for 60s (minReadySeconds)',
		change: {container: {image}, spec: {minReadySeconds: 60}},
		evidence: ({pods}) => pods.some(({spec, status}) => spec.containers[0].image === image && isReady(status)),
	},
	{
		name: 'old-pods-unhealthy',
		kind: 'too-few-available',
		says: /^may not end another old pod: \d available, 2 must stay so \(surge 0, maxUnavailable 1\)/,
		before: {spec: {strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 1}}, replicas: 3}, container: {image: 'luksa/kubia:v3', readinessProbe: null}},
		change: {container: {image: 'registry.example/shop/testpage:9.9'}, spec: {strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 1}}, replicas: 3}},
		evidence: ({deployment}) => (deployment?.status?.unavailableReplicas ?? 0) > 0 && (deployment?.status?.updatedReplicas ?? 0) > 0,
	},
	{
		name: 'terminating-finalizer',
		kind: 'terminating-finalizer',
		says: 'has ended but stays: finalizer example.com/backup holds it',
		withinMs: 8_000,
		before: {metadata: {labels: {app: 'shop'}, finalizers: ['example.com/backup']}},
		// One in its place may go at once, and the next must wait.
		change: {container: {image}, spec: {strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 1}}, minReadySeconds: 60}},
		evidence: ({pods}) => pods.some(pod => isGoing(pod) && ['Failed', 'Succeeded'].includes(pod.status?.phase)),
	},
	{
		name: 'disruption-budget',
		kind: 'disruption-budget',
		says: 'can never allow an eviction (needs 2 healthy of 2 pods): node drains wait for it, this rollout does not',
		objects: [
			{
				apiVersion: 'policy/v1',
				kind: 'PodDisruptionBudget',
				metadata: {name: 'all-of-them'},
				spec: {minAvailable: 2, selector: {matchLabels: {app: 'shop'}}},
			},
		],
		// A pod more than wanted could be evicted.
		change: {container: {image}, spec: {strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 1}}, minReadySeconds: 60}},
		evidence: ({pods}) => pods.some(({spec}) => spec.containers[0].image === image),
		// Its controller has to have counted the pods.
		withinMs: 8_000,
	},
	{
		name: 'scaled-to-zero',
		kind: 'scaled-to-zero',
		says: 'is scaled to 0: no pod runs, whatever the template',
		change: {container: {image}, spec: {replicas: 0}},
		evidence: ({deployment, pods}) => deployment?.spec?.replicas === 0 && pods.length === 0 && deployment?.status?.observedGeneration === 2,
	},
	{
		name: 'pod-security',
		kind: 'pod-security',
		says: /./,
		namespaceLabels: {'pod-security.kubernetes.io/enforce': 'restricted'},
		before: {spec: {replicas: 0}},
		change: {container: {image}, spec: {replicas: 2}},
		evidence: deploymentIs('ReplicaFailure', 'FailedCreate'),
		realOnly: 'no pod security there',
	},
	{
		name: 'terminating-long-grace',
		kind: 'terminating-long-grace',
		says: 'may take 10m to end (its grace period)',
		before: {podSpec: {terminationGracePeriodSeconds: 600}, container: {image: 'luksa/kubia:v1'}},
		change: {container: {image}, spec: {strategy: {type: 'Recreate', rollingUpdate: null}}},
		evidence: ({pods}) => pods.some(isGoing),
	},
];

function isReady(status: RawObject): boolean {
	return status?.conditions?.some(({type, status: word}: {type: string; status: string}) => type === 'Ready' && word === 'True') === true;
}
