import type {Step} from '../kubectl/steps.ts';

/** A step after which the sets come to rest, or are stuck where they are, before the next one. */
export interface SetStep extends Step {
	/** `all`: every set is up to date, as far as its strategy takes it. Else a pod, and the words of its STATUS cell. */
	readonly until?: 'all' | readonly [pod: string, status: string];
	/** In which order pods come and go is chance. */
	readonly isParallel?: boolean;
}

const podSpec = (image: string) => ({
	terminationGracePeriodSeconds: 1,
	containers: [{name: 'app', image, ports: [{name: 'web', containerPort: 8080}]}],
});

const service = JSON.stringify({
	apiVersion: 'v1',
	kind: 'Service',
	metadata: {name: 'db'},
	spec: {clusterIP: 'None', selector: {app: 'db'}, ports: [{name: 'web', port: 8080}]},
});

const db = (spec: object = {}, image = 'luksa/kubia:v1', name = 'db') =>
	JSON.stringify({
		apiVersion: 'apps/v1',
		kind: 'StatefulSet',
		metadata: {name, labels: {app: name}, annotations: {'kubernetes.io/change-cause': 'first'}},
		spec: {
			replicas: 5,
			serviceName: name,
			selector: {matchLabels: {app: name}},
			template: {metadata: {labels: {app: name}}, spec: podSpec(image)},
			...spec,
		},
	});

const agent = (spec: object = {}, image = 'luksa/kubia:v1') =>
	JSON.stringify({
		apiVersion: 'apps/v1',
		kind: 'DaemonSet',
		metadata: {name: 'agent', labels: {app: 'agent'}},
		spec: {selector: {matchLabels: {app: 'agent'}}, template: {metadata: {labels: {app: 'agent'}}, spec: podSpec(image)}, ...spec},
	});

const looking: readonly Step[] = [
	{line: 'get sts,ds', unordered: true},
	{line: 'get sts,ds -o wide', unordered: true},
	{line: 'get pods --show-labels', unordered: true},
	{line: 'get controllerrevisions', unordered: true},
	{line: 'rollout status sts/db'},
	{line: 'rollout history sts/db'},
];

const statefulSet: readonly SetStep[] = [
	{line: 'create -f -', input: service},
	{line: 'apply -f -', input: db(), until: 'all'},
	...looking,
	{line: 'get sts db -o yaml'},
	{line: 'get pod db-3 -o yaml'},
	{line: 'get controllerrevisions -o yaml'},
	{line: 'describe sts db', unordered: true},
	{line: 'describe pod db-0', unordered: true},
	// A canary: the highest two get the new template, then all.
	{line: `patch sts db -p {"spec":{"updateStrategy":{"rollingUpdate":{"partition":3}}}}`},
	{line: 'set image sts/db app=luksa/kubia:v2', until: 'all'},
	{line: 'annotate sts/db kubernetes.io/change-cause=second --overwrite'},
	...looking,
	{line: 'get sts db -o jsonpath={.status}'},
	{line: 'rollout history sts/db --revision=1'},
	{line: 'rollout history sts/db --revision=2'},
	{line: 'rollout history sts/db --revision=7'},
	{line: `patch sts db -p {"spec":{"updateStrategy":{"rollingUpdate":{"partition":0}}}}`, until: 'all'},
	...looking,
	// Back, and back again.
	{line: 'rollout undo sts/db --dry-run=server'},
	{line: 'rollout undo sts/db', until: 'all'},
	{line: 'rollout history sts/db'},
	{line: 'rollout undo sts/db --to-revision=3'},
	{line: 'rollout undo sts/db --to-revision=9'},
	{line: 'scale sts/db --replicas=2', until: 'all'},
	{line: 'scale sts/db --replicas=4 --current-replicas=9'},
	{line: 'scale sts/db --replicas=3', until: 'all'},
	{line: 'rollout pause sts/db'},
	{line: 'rollout resume sts/db'},
];

const stuckSet: readonly SetStep[] = [
	{line: 'set image sts/db app=luksa/kubia:nope', until: ['db-2', 'ImagePullBackOff']},
	{line: 'rollout status sts/db --watch=false'},
	{line: 'get sts db'},
	{line: 'rollout status sts/db --timeout=1s'},
	// A known trait: the broken pod blocks its own repair until somebody deletes it.
	{line: 'rollout undo sts/db'},
	{line: 'get pod db-2 -o jsonpath={.spec.containers[0].image}'},
	{line: 'delete pod db-2', until: 'all'},
	...looking,
	{line: 'get events --field-selector involvedObject.kind=StatefulSet', unordered: true},
];

const onDelete: readonly SetStep[] = [
	{line: `patch sts db -p {"spec":{"updateStrategy":{"type":"OnDelete","rollingUpdate":null}}}`},
	{line: 'set image sts/db app=luksa/kubia:v4', until: 'all'},
	{line: 'rollout status sts/db'},
	{line: 'get sts db -o jsonpath={.status}'},
	{line: 'delete pod db-1', until: 'all'},
	{line: 'get pods -o custom-columns=NAME:.metadata.name,IMAGE:.spec.containers[0].image', unordered: true},
	{line: 'get sts db -o jsonpath={.status}'},
	{line: `patch sts db -p {"spec":{"serviceName":"other"}}`},
	{line: `patch sts db -p {"spec":{"podManagementPolicy":"Parallel"}}`},
	{line: `patch sts db -p {"spec":{"updateStrategy":{"type":"Sideways"}}}`},
	{line: `patch sts db -p {"spec":{"updateStrategy":{"type":"RollingUpdate","rollingUpdate":{"partition":-1}}}}`},
	{line: 'delete sts db --cascade=orphan'},
	{line: 'get pods,controllerrevisions -o custom-columns=NAME:.metadata.name,OWNER:.metadata.ownerReferences[*].kind', unordered: true},
	{line: 'apply -f -', input: db({replicas: 3}, 'luksa/kubia:v4'), until: 'all'},
	{line: 'get pods,controllerrevisions -o custom-columns=NAME:.metadata.name,OWNER:.metadata.ownerReferences[*].kind', unordered: true},
	{line: 'delete sts db', until: 'all', isParallel: true},
	{line: 'get pods,controllerrevisions', unordered: true},
];

const daemonSet: readonly SetStep[] = [
	{line: 'apply -f -', input: agent(), until: 'all'},
	{line: 'get ds'},
	{line: 'get ds -o wide'},
	{line: 'get ds agent -o yaml'},
	{line: 'get pods -l app=agent -o yaml', unordered: true},
	{line: 'get pods', unordered: true},
	{line: 'get controllerrevisions'},
	{line: 'describe ds agent', unordered: true},
	{line: 'rollout status ds/agent'},
	{line: 'set image ds/agent app=luksa/kubia:v2', until: 'all'},
	{line: 'rollout status ds/agent'},
	{line: 'rollout history ds/agent'},
	{line: 'rollout history ds/agent --revision=1'},
	{line: 'rollout undo ds/agent', until: 'all'},
	{line: 'rollout history ds/agent'},
	{line: 'rollout undo ds/agent --to-revision=3'},
	{line: 'rollout restart ds/agent', until: 'all'},
	{line: 'get controllerrevisions', unordered: true},
	{line: 'scale ds/agent --replicas=2'},
	{line: 'rollout pause ds/agent'},
	{line: `patch ds agent -p {"spec":{"updateStrategy":{"rollingUpdate":{"maxUnavailable":0}}}}`},
	{line: `patch ds agent -p {"spec":{"updateStrategy":{"rollingUpdate":{"maxSurge":1,"maxUnavailable":0}}}}`},
	{line: 'set image ds/agent app=luksa/kubia:v4', until: 'all'},
	{line: 'get ds agent -o jsonpath={.status}'},
	{line: `patch ds agent -p {"spec":{"updateStrategy":{"type":"OnDelete","rollingUpdate":null}}}`},
	{line: 'set image ds/agent app=luksa/kubia:v1'},
	{line: 'rollout status ds/agent'},
	{line: 'wait --for=jsonpath={.status.updatedNumberScheduled}=0 ds/agent --timeout=10s', quiet: true},
	{line: 'get ds agent -o jsonpath={.status}'},
	{line: 'label node node-21 agent=no'},
	{
		line: `patch ds agent -p {"spec":{"template":{"spec":{"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"agent","operator":"DoesNotExist"}]}]}}}}}}}`,
	},
	{line: 'wait --for=jsonpath={.status.desiredNumberScheduled}=2 ds/agent --timeout=10s'},
	{line: 'get ds agent -o jsonpath={.status}'},
	{line: 'get events --field-selector involvedObject.kind=DaemonSet', unordered: true},
	{line: 'label node node-21 agent-'},
	{line: 'delete ds agent', until: 'all', isParallel: true},
	{line: 'get ds,controllerrevisions'},
];

const parallel: readonly SetStep[] = [
	{
		line: 'apply -f -',
		input: db({replicas: 3, podManagementPolicy: 'Parallel', ordinals: {start: 2}, minReadySeconds: 1}),
		until: 'all',
		isParallel: true,
	},
	{line: 'get sts db -o yaml'},
	{line: 'get pods', unordered: true},
	{line: 'set image sts/db app=luksa/kubia:v2', until: 'all', isParallel: true},
	{line: 'rollout status sts/db'},
	{line: 'rollout restart sts/db', until: 'all', isParallel: true},
	{line: 'rollout history sts/db'},
	{line: 'scale sts/db --replicas=0', until: 'all', isParallel: true},
	{line: 'rollout status sts/db'},
	{line: 'delete sts db', until: 'all', isParallel: true},
];

/** No type of strategy is filled in by nobody but the API, and a strategy that says nothing of a partition has words of its own. */
const bare: readonly SetStep[] = [
	{line: 'create -f -', input: db({replicas: 2, updateStrategy: {type: 'RollingUpdate'}}, 'luksa/kubia:v1', 'bare'), until: 'all'},
	{line: 'rollout status sts/bare'},
	{line: 'set image sts/bare app=luksa/kubia:v2', until: 'all'},
	{line: 'rollout status sts/bare'},
	// kubectl compares the bytes of what Go writes in its own way.
	{line: 'set env sts/bare LIMIT="a<b&&c>d"', until: 'all'},
	{line: 'get controllerrevisions -l app=bare'},
	{line: 'rollout undo sts/bare --to-revision=3'},
	{line: 'rollout undo sts/bare --to-revision=2', until: 'all'},
	{line: 'create -f -', input: db({serviceName: 'UPPER'}, 'luksa/kubia:v1', 'wrong')},
	{line: 'create -f -', input: db({podManagementPolicy: 'Sideways'}, 'luksa/kubia:v1', 'wrong')},
	{line: 'create -f -', input: db({updateStrategy: {type: 'OnDelete', rollingUpdate: {partition: 1}}}, 'luksa/kubia:v1', 'wrong')},
	{line: 'create -f -', input: db({selector: {}}, 'luksa/kubia:v1', 'wrong')},
	{line: 'create -f -', input: agent({updateStrategy: {type: 'Sideways'}}).replace('"agent"', '"wrong"')},
	{line: 'create -f -', input: agent({updateStrategy: {rollingUpdate: {maxSurge: 1}}}).replace('"agent"', '"wrong"')},
	{line: 'create -f -', input: agent({updateStrategy: {rollingUpdate: {maxUnavailable: '101%'}}}).replace('"agent"', '"wrong"')},
	{line: 'create -f -', input: agent({selector: {}}).replace('"agent"', '"wrong"')},
	{line: 'delete sts bare', until: 'all', isParallel: true},
];

/** All that is typed, in this order, by topic. */
export const setSteps: Readonly<Record<string, readonly SetStep[]>> = {statefulSet, stuckSet, onDelete, parallel, bare, daemonSet};
