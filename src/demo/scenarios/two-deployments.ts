import {create} from './changes.ts';
import {deployment, lateEnd, service} from './manifests.ts';
import type {Cue, Scenario} from './scenario.ts';
import {isNobody, isOnly} from './selected.ts';

const namespace = 'web';
const container = {name: 'nginx', ports: [{containerPort: 80}], readinessProbe: {httpGet: {path: '/', port: 80}, periodSeconds: 2}, ...lateEnd};
const oldLabels = {app: 'nginx-web'};
const newLabels = {app: 'nginx-web', version: 'v2'};
const oldOne = deployment({name: 'nginx-dm', labels: oldLabels, replicas: 6, image: 'nginx:1.16.1', container});
const newOne = deployment({name: 'nginx-v2', labels: newLabels, replicas: 1, image: 'nginx:1.18.0', container});

/** A canary by Service selector: two Deployments, one Service. */
export const twoDeployments: Scenario = {
	name: 'two-deployments',
	summary: 'two Deployments behind one Service: a canary by numbers, then all of it by its selector, from the Service’s own screen',
	namespace,
	deployment: 'nginx-v2',
	opens: {kind: 'Service', name: 'nginx-svc'},
	curl: {service: 'nginx-svc', via: 'address', head: true},
	nodes: {count: 2, podsPerNode: 110},
	past: [
		{minutesAgo: 45, change: create(namespace, oldOne, service('nginx-svc', oldLabels, {port: 80, targetPort: 80, nodePort: 31180}))},
		{minutesAgo: 4, change: create(namespace, newOne)},
	],
	next: ({watched: {replicas}, deployments, selector}): Cue => {
		const old = deployments.get('nginx-dm')?.replicas ?? 0;
		if (isNobody(selector, oldLabels, newLabels)) return {hint: 'The Service selects nobody: every request fails. e mends its selector.'};
		if (replicas === 0) return {hint: 'Nobody gets 1.18.0: nginx-v2 has no pods. ↓ chooses it, s scales it.'};
		if (old === 0) return {hint: 'Moved over: everybody gets 1.18.0, and no request failed. q quits.'};
		if (replicas < old) return {hint: `${replicas} of ${old + replicas} pods answers as 1.18.0. ↓ chooses nginx-v2, s scales it: to ${old}.`};
		if (isOnly(selector, newLabels, oldLabels)) return {hint: 'Only nginx-v2 gets requests now. ↑ chooses nginx-dm, s scales it: to 0.'};
		return {hint: `${replicas} of ${old + replicas} pods are new. e, a, version=v2: the selector leaves out nginx-dm.`};
	},
};
