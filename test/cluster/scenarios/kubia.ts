import {onSuiteNodes} from './placement.ts';

/** "Kubernetes in Action": a good version, a bad one that blocks, a rescue (SCENARIOS, kubia). */
export const kubiaName = 'kubia-deploy-canary';
export const kubiaService = 'kubia-deploy-canary-svc';

/** `minReadySeconds` is no part of the template: a test that needs no slow rollout makes it short. */
export function kubia({minReadySeconds = 10, image = 'luksa/kubia:v1'}: {minReadySeconds?: number; image?: string} = {}): readonly object[] {
	const container = {
		name: 'kubia',
		image,
		ports: [{name: 'web-port', containerPort: 8080}],
		readinessProbe: {httpGet: {path: '/', port: 8080}, periodSeconds: 1},
	};
	const labels = {app: 'kubia'};
	return [
		{
			apiVersion: 'apps/v1',
			kind: 'Deployment',
			metadata: {name: kubiaName},
			spec: {
				replicas: 3,
				minReadySeconds,
				strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}},
				selector: {matchLabels: labels},
				// kubia does not listen to SIGTERM: the grace period passes in full each time.
				template: {metadata: {labels}, spec: {affinity: onSuiteNodes, terminationGracePeriodSeconds: 1, containers: [container]}},
			},
		},
		{
			apiVersion: 'v1',
			kind: 'Service',
			metadata: {name: kubiaService},
			spec: {selector: labels, ports: [{port: 80, targetPort: 'web-port'}]},
		},
	];
}
