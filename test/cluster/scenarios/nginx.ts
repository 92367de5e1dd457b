import {onSuiteNodes} from './placement.ts';

/** Rolling, undo that flips, pause as a canary (SCENARIOS, nginx). */
export const nginxName = 'nginx-dm';
export const nginxService = 'nginx-svc';

/**
 * `minReadySeconds` is ours: without it new pods count as available at once, and nobody is quick enough to pause at 8 pods.
 * With it the new pods answer while the old ones stay, which is what a canary is.
 */
export function nginx({image, replicas, minReadySeconds = 0}: {image: string; replicas: number; minReadySeconds?: number}): readonly object[] {
	const labels = {app: 'nginx'};
	const containers = [{name: 'nginx', image, ports: [{containerPort: 80}]}];
	return [
		{
			apiVersion: 'apps/v1',
			kind: 'Deployment',
			metadata: {name: nginxName},
			spec: {replicas, minReadySeconds, selector: {matchLabels: labels}, template: {metadata: {labels}, spec: {affinity: onSuiteNodes, containers}}},
		},
		{
			apiVersion: 'v1',
			kind: 'Service',
			metadata: {name: nginxService},
			// NodePort as in the scenario; the number is the cluster's choice, because namespaces of other runs may hold 31180.
			spec: {type: 'NodePort', selector: labels, ports: [{port: 80, targetPort: 80}]},
		},
	];
}
