/** One kubectl command line, typed in both clusters. */
export interface Step {
	/** As typed, without `kubectl -n NAMESPACE`; words in double quotes may hold spaces. */
	readonly line: string;
	readonly input?: string;
	/** Before the next step: wait until all pods of the namespace are as many, running, ready and not ending. */
	readonly settle?: number;
	/** The order of lines, and whether one comes twice, says nothing: tables of pods, events. */
	readonly unordered?: boolean;
	/** Asked as the user who may only look. */
	readonly asViewer?: boolean;
	/** Only brings about what the next steps look at; it must end the same, whatever it prints. */
	readonly quiet?: boolean;
}

const kubia = (image: string, replicas = 2) =>
	JSON.stringify({
		apiVersion: 'apps/v1',
		kind: 'Deployment',
		metadata: {name: 'kubia', labels: {app: 'kubia'}},
		spec: {
			replicas,
			selector: {matchLabels: {app: 'kubia'}},
			template: {
				metadata: {labels: {app: 'kubia'}},
				spec: {terminationGracePeriodSeconds: 1, containers: [{name: 'kubia', image, ports: [{name: 'web', containerPort: 8080}]}]},
			},
		},
	});

const pod = (name: string, containers: readonly object[], more: object = {}) =>
	JSON.stringify({apiVersion: 'v1', kind: 'Pod', metadata: {name}, spec: {terminationGracePeriodSeconds: 1, containers, ...more}});

const shell = (name: string, script: string) => ({name, image: 'busybox', command: ['sh', '-c', script]});

const making: readonly Step[] = [
	{line: 'get deployments'},
	{line: 'create deployment nginx --image=nginx:1.16.1 --replicas=2 --port=80', settle: 2},
	{line: 'apply -f -', input: kubia('luksa/kubia:v1'), settle: 4},
	{line: 'apply -f -', input: kubia('luksa/kubia:v1')},
	{line: 'expose deployment nginx --port=80 --target-port=80'},
	{line: 'expose deployment kubia --port=80 --target-port=web --name=kubia-svc --type=NodePort --dry-run=client -o yaml'},
	{line: 'create configmap settings --from-literal=a=1 --from-literal=b=2'},
	{line: 'create secret generic key --from-literal=word=secret'},
	{line: 'create quota room --hard=pods=30,count/deployments.apps=9'},
	{line: 'create deployment nginx --image=nginx'},
	{line: 'rollout status deployment/kubia'},
];

const looking: readonly Step[] = [
	{line: 'get deployments'},
	{line: 'get deployments -o wide'},
	{line: 'get deployments,services,replicasets', unordered: true},
	{line: 'get all', unordered: true},
	{line: 'get pods', unordered: true},
	{line: 'get pods -o wide', unordered: true},
	{line: 'get pods --show-labels', unordered: true},
	{line: 'get pods -l app=kubia', unordered: true},
	{line: 'get pods -l "app in (kubia,other),app!=nginx" -o name', unordered: true},
	{line: 'get pods --field-selector status.phase=Running', unordered: true},
	{line: 'get pods --field-selector status.phase!=Running'},
	{line: 'get pods --field-selector spec.nodeName=nowhere'},
	{line: 'get pods --field-selector spec.nonsense=1'},
	{line: 'get pods -A', unordered: true},
	{line: 'get pods --sort-by=.metadata.labels.app -o custom-columns=APP:.metadata.labels.app,IMAGE:.spec.containers[0].image'},
	{line: 'get deployments -o name'},
	{line: 'get deployment kubia -o jsonpath={.spec.replicas}/{.status.readyReplicas}/{.spec.template.spec.containers[*].image}'},
	{line: 'get deployment kubia -o yaml'},
	{line: 'get deployment kubia -o json'},
	{line: 'get replicasets -l app=kubia -o yaml'},
	{line: 'get pods -l app=kubia -o yaml'},
	{line: 'get service nginx -o yaml'},
	{line: 'get services', unordered: true},
	{line: 'get endpoints', unordered: true},
	{line: 'get endpointslices', unordered: true},
	{line: 'get configmaps,secrets,resourcequotas', unordered: true},
	{line: 'get configmap settings -o yaml'},
	{line: 'get secret key -o yaml'},
	{line: 'get namespaces', unordered: true},
	{line: 'get nodes'},
	{line: 'describe node node-13', unordered: true},
	{line: 'get nodes -o wide'},
	{line: 'get events', unordered: true},
	{line: 'get events -o wide', unordered: true},
	{line: 'get events --field-selector reason=ScalingReplicaSet', unordered: true},
	{line: 'get ds,sts,ingress,leases,controllerrevisions'},
	{line: 'get crds'},
	{line: 'describe deployment kubia'},
	{line: 'describe replicaset -l app=kubia'},
	{line: 'describe pod -l app=kubia', unordered: true},
	{line: 'describe service nginx', unordered: true},
	{line: 'describe quota room'},
	{line: 'logs deployment/kubia --tail=1'},
	{line: 'logs -l app=kubia --tail=1 --prefix', unordered: true},
	{line: 'logs deployment/nobody'},
	{line: 'cluster-info dump --output-directory=/dev/null/nowhere', quiet: true},
	{line: 'auth can-i create deployments'},
	{line: 'auth can-i create deployments', asViewer: true},
	{line: 'auth can-i get pods/log', asViewer: true},
	{line: 'auth can-i list nodes', asViewer: true},
	{line: 'auth can-i get services/proxy', asViewer: true},
];

const changing: readonly Step[] = [
	{line: 'scale deployment nginx --replicas=3', settle: 5},
	{line: 'scale deployment nginx --current-replicas=9 --replicas=1'},
	{line: 'set image deployment/kubia kubia=luksa/kubia:v2'},
	{line: 'rollout status deployment/kubia', quiet: true, settle: 5},
	{line: 'annotate deployment/kubia kubernetes.io/change-cause="second version"'},
	{line: 'rollout history deployment/kubia'},
	{line: 'rollout history deployment/kubia --revision=2'},
	{line: 'rollout history deployment/kubia --revision=9'},
	{line: 'rollout undo deployment/kubia', settle: 5},
	{line: 'rollout history deployment/kubia'},
	{line: 'rollout undo deployment/kubia --to-revision=7'},
	{line: 'rollout undo deployment/kubia --dry-run=server'},
	{line: 'rollout pause deployment/kubia'},
	{line: 'rollout pause deployment/kubia'},
	{line: 'rollout undo deployment/kubia'},
	{line: 'rollout resume deployment/kubia'},
	{line: 'rollout resume deployment/kubia'},
	{line: 'rollout restart deployment/nginx', settle: 5},
	{line: 'apply -f -', input: kubia('luksa/kubia:v4', 3), settle: 6},
	{line: 'describe deployment kubia', unordered: true},
	{line: 'get replicasets -o wide', unordered: true},
	{line: 'diff -f -', input: kubia('luksa/kubia:v4', 3), quiet: true},
	{
		line: `patch deployment kubia --type=strategic -p {"spec":{"template":{"spec":{"containers":[{"name":"kubia","env":[{"name":"A","value":"1"}]}]}}}}`,
		settle: 6,
	},
	{line: `patch deployment kubia --type=merge -p {"spec":{"minReadySeconds":1}}`},
	{line: `patch deployment kubia --type=json -p [{"op":"replace","path":"/spec/replicas","value":1}]`, settle: 4},
	{line: `patch deployment kubia --type=json -p [{"op":"remove","path":"/spec/nonsense"}]`},
	{line: `patch deployment kubia --type=json -p [{"op":"test","path":"/spec/replicas","value":7}]`},
	{line: `patch deployment kubia -p {"spec":{"replicas":1}}`},
	{line: `patch deployment kubia -p {"spec":{"replicas":-1}}`},
	{line: `patch deployment kubia -p {"spec":{"nonsense":true}}`},
	{line: `patch deployment kubia -p {"spec":{"selector":{"matchLabels":{"app":"other"}}}}`, unordered: true},
	{line: `patch deployment kubia -p {"metadata":{"resourceVersion":"1"},"spec":{"paused":true}}`},
	{line: 'label deployment kubia tier=front'},
	{line: 'label deployment kubia tier=back'},
	{line: 'label deployment kubia tier=back --overwrite'},
	{line: 'label deployment kubia tier-'},
	{line: 'annotate deployment kubia note=x --overwrite --dry-run=server'},
	{line: 'set env deployment/kubia A-', settle: 4},
	{line: 'get deployments --show-labels'},
];

const failing: readonly Step[] = [
	{line: 'get deployment nobody'},
	{line: 'get nonsense'},
	{line: 'describe pod nobody'},
	{line: 'delete deployment nobody'},
	{line: 'delete deployment nobody --ignore-not-found'},
	{line: 'scale deployment nobody --replicas=1'},
	{line: 'create -f -', input: kubia('luksa/kubia:v1')},
	{line: 'create -f -', input: kubia('luksa/kubia:v1').replace('"kubia"', '"Not_A_Name"')},
	{line: 'create -f -', input: kubia('luksa/kubia:v1').replace('"replicas"', '"replica"')},
	{
		line: 'create -f - --validate=ignore --dry-run=server -o name',
		input: kubia('luksa/kubia:v1').replaceAll('"replicas"', '"replica"').replace('"kubia"', '"once"'),
	},
	{line: 'create -f -', input: JSON.stringify({apiVersion: 'nonsense.example/v1', kind: 'Nonsense', metadata: {name: 'x'}})},
	{line: 'create -f -', input: pod('no-containers', [])},
	{line: 'create deployment x --image=nginx -n nowhere'},
	{line: 'get secrets', asViewer: true},
	{line: 'delete deployment kubia', asViewer: true},
	{line: 'scale deployment kubia --replicas=9', asViewer: true},
	{line: 'get nodes', asViewer: true},
	{line: 'rollout pause deployment/kubia', asViewer: true},
	{line: 'rollout undo deployment/kubia', asViewer: true},
	{line: 'create deployment x --image=nginx', asViewer: true},
	{line: 'apply -f -', input: kubia('luksa/kubia:v9', 3), asViewer: true},
	{line: 'get --raw /nosuch'},
	{line: 'get --raw /apis/apps/v9'},
	{line: 'get --raw /api/v1/namespaces/NAMESPACE/services/nginx:99/proxy/'},
	{line: 'get --raw /api/v1/namespaces/NAMESPACE/services/nginx/proxy/'},
	{line: 'get --raw /api/v1/namespaces/NAMESPACE/services/nobody/proxy/'},
];

const definition = JSON.stringify({
	apiVersion: 'apiextensions.k8s.io/v1',
	kind: 'CustomResourceDefinition',
	metadata: {name: 'rollouts.demo.example'},
	spec: {
		group: 'demo.example',
		scope: 'Namespaced',
		names: {plural: 'rollouts', singular: 'rollout', kind: 'Rollout', shortNames: ['ro'], categories: ['all']},
		versions: [
			{
				name: 'v1',
				served: true,
				storage: true,
				subresources: {status: {}},
				schema: {openAPIV3Schema: {type: 'object', 'x-kubernetes-preserve-unknown-fields': true}},
				additionalPrinterColumns: [
					{name: 'Desired', type: 'integer', jsonPath: '.spec.replicas'},
					{name: 'Phase', type: 'string', jsonPath: '.status.phase'},
					{name: 'Ready', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].status', priority: 1},
					{name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp'},
				],
			},
		],
	},
});

const custom = (replicas: number) => JSON.stringify({apiVersion: 'demo.example/v1', kind: 'Rollout', metadata: {name: 'own'}, spec: {replicas}});

const ownKinds: readonly Step[] = [
	{line: 'apply -f -', input: definition},
	{line: 'wait --for=condition=Established crd/rollouts.demo.example --timeout=20s'},
	{line: 'get crds'},
	{line: 'apply -f -', input: custom(2)},
	{line: 'apply -f -', input: custom(2)},
	{line: 'apply -f -', input: custom(3)},
	{line: 'get rollouts.demo.example'},
	{line: 'get ro -o wide'},
	{line: 'patch ro own --type=merge --subresource=status -p {"status":{"phase":"Paused","conditions":[{"type":"Ready","status":"True"}]}}'},
	{line: 'patch ro own --type=strategic -p {"spec":{"replicas":4}}'},
	{line: 'get ro -o wide'},
	{line: 'get ro own -o yaml'},
	{line: 'describe ro own'},
	{line: 'get ro nobody'},
	{line: 'delete ro own'},
	{line: 'delete crd rollouts.demo.example'},
];

const noRoom: readonly Step[] = [
	{line: 'create quota tight --hard=pods=5'},
	{line: 'wait --for=jsonpath={.status.used.pods} quota/tight --timeout=20s'},
	{line: 'scale deployment kubia --replicas=4'},
	{line: 'wait --for=condition=ReplicaFailure deployment/kubia --timeout=20s'},
	{line: 'get deployment kubia -o jsonpath={.status.conditions[?(@.type=="ReplicaFailure")]}'},
	{line: 'get events --field-selector reason=FailedCreate', unordered: true},
	{line: 'describe quota tight'},
	{line: 'get quota tight'},
	{line: 'run extra --image=nginx'},
	{line: 'scale deployment kubia --replicas=1', settle: 4},
	{line: 'delete quota tight'},
];

const ending: readonly Step[] = [
	{line: 'apply -f -', input: pod('two', [shell('a', 'echo one; sleep 600'), shell('b', 'echo two; sleep 600')]), settle: 5},
	{line: 'logs two'},
	{line: 'logs two -c a'},
	{line: 'logs two -c c'},
	{line: 'logs two --all-containers', unordered: true},
	{line: 'logs two -c a --previous'},
	{line: 'logs two -c a --tail=-5'},
	{line: 'logs two -c a --since=0.1s'},
	{line: 'delete pod two --force --grace-period=0'},
	{line: 'apply -f -', input: pod('once', [shell('a', 'echo first; sleep 1; echo last')], {restartPolicy: 'Never'})},
	{line: 'wait --for=jsonpath={.status.phase}=Succeeded pod/once --timeout=20s'},
	{line: 'logs once -f'},
	{line: 'get pod once'},
	{line: 'delete deployment nginx --wait=true', quiet: true},
	{line: 'delete service nginx'},
	{line: 'delete deployment kubia --cascade=orphan'},
	{line: 'get replicasets', unordered: true},
	{line: 'delete replicasets,pods,configmaps,secrets,quota --all', unordered: true},
	{line: 'get all'},
];

/** All that is typed, in this order. */
export const steps: readonly Step[] = [...making, ...looking, ...changing, ...failing, ...ownKinds, ...noRoom, ...ending];
