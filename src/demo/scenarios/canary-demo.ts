import {create} from './changes.ts';
import {deployment, lateEnd, service} from './manifests.ts';
import type {Cue, Scenario} from './scenario.ts';
import {isNobody, isOnly} from './selected.ts';

const namespace = 'dev';
const container = {name: 'web', ports: [{containerPort: 80}], readinessProbe: {httpGet: {path: '/', port: 80}, periodSeconds: 2}, ...lateEnd};
const oldLabels = {app: 'canary-demo', track: 'stable'};
const newLabels = {app: 'canary-demo', track: 'canary'};
const oldOne = deployment({name: 'nginx-deployment-v1', labels: oldLabels, replicas: 3, image: 'nginx:1.22', container});
const newOne = deployment({name: 'nginx-deployment-canary', labels: newLabels, replicas: 1, image: 'docker/getting-started', container});

/** The same with another program as the canary: the version is which page, and the number of pods is the only knob. */
export const canaryDemo: Scenario = {
	name: 'canary-demo',
	summary: 'a canary that is another page: the version is which of two, and scaling either side is the knob',
	namespace,
	deployment: 'nginx-deployment-canary',
	opens: {kind: 'Service', name: 'canary-demo'},
	curl: {service: 'canary-demo', via: 'address'},
	nodes: {count: 2, podsPerNode: 110},
	past: [
		{minutesAgo: 50, change: create(namespace, oldOne, service('canary-demo', {app: 'canary-demo'}, {port: 80, targetPort: 80, nodePort: 30008}))},
		{minutesAgo: 6, change: create(namespace, newOne)},
	],
	next: ({watched: {replicas}, deployments, selector}): Cue => {
		const old = deployments.get('nginx-deployment-v1')?.replicas ?? 0;
		const all = old + replicas;
		if (isNobody(selector, oldLabels, newLabels)) return {hint: 'The Service selects nobody: every request fails. e mends its selector.'};
		if (isOnly(selector, oldLabels, newLabels)) return {hint: 'The selector leaves out the canary: nobody sees it. e mends that.'};
		if (all === 0) return {hint: 'No pod is left: every request fails. s scales either side.'};
		if (replicas === 0) return {hint: 'Taken back: everybody sees nginx again. s scales the canary; q quits.'};
		if (old === 0) return {hint: 'Everybody sees "Getting Started", and no request failed. q quits.'};
		if (replicas < old) return {hint: `${replicas} of ${all} pods shows the new page. s on the canary: ${old} of them make it half.`};
		return {hint: `${replicas} of ${all} pods show the new page. ↓ chooses nginx-deployment-v1, s: to 0.`};
	},
};
