import {create, scale} from './changes.ts';
import {deployment, lateEnd, service} from './manifests.ts';
import type {Cue, Scenario} from './scenario.ts';

const namespace = 'web';
const container = {name: 'nginx', ports: [{containerPort: 80}], readinessProbe: {httpGet: {path: '/', port: 80}, periodSeconds: 2}, ...lateEnd};
const oldOne = deployment({name: 'nginx-dm', labels: {app: 'nginx-web'}, replicas: 6, image: 'nginx:1.16.1', container});
const newOne = deployment({name: 'nginx-v2', labels: {app: 'nginx-web', version: 'v2'}, replicas: 1, image: 'nginx:1.18.0', container});

/** A canary by Service selector: two Deployments, one Service. */
export const twoDeployments: Scenario = {
	name: 'two-deployments',
	summary: 'two Deployments behind one Service: a canary by numbers, then all of it; the mix moves with the pods',
	namespace,
	deployment: 'nginx-v2',
	curl: {service: 'nginx-svc', via: 'address', head: true},
	nodes: {count: 2, podsPerNode: 110},
	past: [
		{minutesAgo: 45, change: create(namespace, oldOne, service('nginx-svc', {app: 'nginx-web'}, {port: 80, targetPort: 80, nodePort: 31180}))},
		{minutesAgo: 4, change: create(namespace, newOne)},
	],
	next: ({watched, deployments}): Cue => {
		const old = deployments.get('nginx-dm')?.replicas ?? 0;
		const all = old + watched.replicas;
		if (watched.replicas === 0) return {hint: 'Nobody gets 1.18.0: nginx-v2 has no pods.'};
		if (old === 0) return {hint: 'Moved over: everybody gets 1.18.0, and no request failed. q quits.'};
		if (watched.replicas < old) {
			return {hint: `${watched.replicas} of ${all} pods answers as 1.18.0. Soon somebody scales nginx-v2 to ${old}.`, act: grow(old)};
		}
		return {hint: `${watched.replicas} of ${all} pods are new. Soon somebody scales nginx-dm to 0.`, act: leave};
	},
};

// Long enough to see the canary's share, and for a person with kubectl to be quicker.
const afterSeconds = 20;
const grow = (replicas: number) => ({name: 'grow', afterSeconds, change: scale(namespace, 'nginx-v2', replicas)});
const leave = {name: 'leave', afterSeconds, change: scale(namespace, 'nginx-dm', 0)};
