import {deploymentIs} from './evidence.ts';
import type {RawObject, Situation} from './situation.ts';

const image = 'registry.example/shop/testpage:0.9';
const isGoing = ({metadata}: RawObject) => metadata.deletionTimestamp !== undefined;

/** What holds a whole rollout. */
export const rolloutSituations: readonly Situation[] = [
	{
		name: 'quota',
		kind: 'replica-failure',
		says: /exceeded quota: two-pods/,
		between: [{apiVersion: 'v1', kind: 'ResourceQuota', metadata: {name: 'two-pods'}, spec: {hard: {pods: '2'}}}],
		change: {container: {image}},
		evidence: deploymentIs('ReplicaFailure', 'FailedCreate'),
	},
	{
		name: 'limit-range',
		kind: 'replica-failure',
		says: /maximum cpu usage per Container is 1/,
		between: [
			{apiVersion: 'v1', kind: 'LimitRange', metadata: {name: 'one-core'}, spec: {limits: [{type: 'Container', max: {cpu: '1'}, default: {cpu: '1'}}]}},
		],
		change: {container: {image, resources: {requests: {cpu: '2'}, limits: {cpu: '2'}}}},
		evidence: deploymentIs('ReplicaFailure', 'FailedCreate'),
		realOnly: 'no limit ranges there',
	},
	{
		name: 'admission-policy',
		kind: 'replica-failure',
		says: /ValidatingAdmissionPolicy 'no-latest'.*no latest tag here/,
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
		says: /testpage:9\.9.*not found/,
		change: {container: {image: 'registry.example/shop/testpage:9.9'}, spec: {progressDeadlineSeconds: 2}},
		evidence: deploymentIs('Progressing', 'ProgressDeadlineExceeded'),
	},
	{
		name: 'paused-half-way',
		kind: 'paused',
		says: /paused/,
		change: {container: {image}, spec: {minReadySeconds: 60}},
		after: {when: ({deployment}) => deployment?.status?.updatedReplicas === 1, spec: {paused: true}},
		evidence: deploymentIs('Progressing', 'DeploymentPaused'),
	},
	{
		name: 'min-ready-seconds',
		kind: 'min-ready-seconds',
		says: /available|ready/,
		change: {container: {image}, spec: {minReadySeconds: 60}},
		evidence: ({pods}) => pods.some(({spec, status}) => spec.containers[0].image === image && isReady(status)),
	},
	{
		name: 'old-pods-unhealthy',
		kind: 'old-pods-unhealthy',
		says: /./,
		before: {spec: {strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 1}}, replicas: 3}, container: {image: 'luksa/kubia:v3', readinessProbe: null}},
		change: {container: {image: 'registry.example/shop/testpage:9.9'}, spec: {strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 1}}, replicas: 3}},
		evidence: ({deployment}) => (deployment?.status?.unavailableReplicas ?? 0) > 0 && (deployment?.status?.updatedReplicas ?? 0) > 0,
	},
	{
		name: 'terminating-finalizer',
		kind: 'terminating-finalizer',
		says: /example\.com\/backup/,
		before: {metadata: {labels: {app: 'shop'}, finalizers: ['example.com/backup']}},
		change: {container: {image}, spec: {strategy: {type: 'Recreate', rollingUpdate: null}}},
		evidence: ({pods}) => pods.some(pod => isGoing(pod) && ['Failed', 'Succeeded'].includes(pod.status?.phase)),
	},
	{
		name: 'terminating-long-grace',
		kind: 'terminating-long-grace',
		says: /./,
		before: {podSpec: {terminationGracePeriodSeconds: 600}, container: {image: 'luksa/kubia:v1'}},
		change: {container: {image}, spec: {strategy: {type: 'Recreate', rollingUpdate: null}}},
		evidence: ({pods}) => pods.some(isGoing),
	},
];

function isReady(status: RawObject): boolean {
	return status?.conditions?.some(({type, status: word}: {type: string; status: string}) => type === 'Ready' && word === 'True') === true;
}
