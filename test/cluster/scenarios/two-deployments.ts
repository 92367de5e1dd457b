import {onSuiteNodes} from './placement.ts';

/** Two Deployments behind one Service (SCENARIOS, two-deployments), in both of its variants. */
export interface Side {
	readonly name: string;
	readonly labels: Readonly<Record<string, string>>;
	readonly image: string;
	readonly replicas: number;
}

export interface TwoSides {
	readonly service: string;
	readonly selector: Readonly<Record<string, string>>;
	readonly old: Side;
	readonly canary: Side;
}

export const bySelector: TwoSides = {
	service: 'nginx-svc',
	selector: {app: 'nginx-web'},
	old: {name: 'nginx-dm', labels: {app: 'nginx-web'}, image: 'nginx:1.16.1', replicas: 6},
	canary: {name: 'nginx-v2', labels: {app: 'nginx-web', version: 'v2'}, image: 'nginx:1.18.0', replicas: 1},
};

export const byPage: TwoSides = {
	service: 'canary-demo',
	selector: {app: 'canary-demo'},
	old: {name: 'nginx-deployment-v1', labels: {app: 'canary-demo', track: 'stable'}, image: 'nginx:1.22', replicas: 3},
	canary: {name: 'nginx-deployment-canary', labels: {app: 'canary-demo', track: 'canary'}, image: 'docker/getting-started', replicas: 1},
};

/** The objects. The NodePort's number is the cluster's choice: namespaces of other runs may hold the scenario's. */
export function twoSides({service, selector, old, canary}: TwoSides): readonly object[] {
	return [
		...[old, canary].map(deployment),
		{apiVersion: 'v1', kind: 'Service', metadata: {name: service}, spec: {type: 'NodePort', selector, ports: [{port: 80, targetPort: 80}]}},
	];
}

function deployment({name, labels, image, replicas}: Side): object {
	// A program that ends at once would meet requests that were sent before everybody had heard of its end.
	const containers = [
		{
			name: 'web',
			image,
			ports: [{containerPort: 80}],
			readinessProbe: {httpGet: {path: '/', port: 80}, periodSeconds: 1},
			lifecycle: {preStop: {sleep: {seconds: 3}}},
		},
	];
	return {
		apiVersion: 'apps/v1',
		kind: 'Deployment',
		metadata: {name},
		spec: {replicas, selector: {matchLabels: labels}, template: {metadata: {labels}, spec: {affinity: onSuiteNodes, containers}}},
	};
}
