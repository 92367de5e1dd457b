import {onSuiteNodes} from './placement.ts';

/** Three loops and five steps (SCENARIOS, testpage). */
export const testpageName = 'testpage';

export function testpage(version: string): readonly object[] {
	const labels = {app: testpageName};
	const container = {
		name: testpageName,
		image: `harbor.example/demo/testpage:${version}`,
		ports: [{containerPort: 8080}],
		// That it runs and is not ready lasts long enough to be written: a node tells its newest word only when the API server has no time for each.
		readinessProbe: {tcpSocket: {port: 8080}, initialDelaySeconds: 1, periodSeconds: 1},
	};
	return [
		{
			apiVersion: 'apps/v1',
			kind: 'Deployment',
			metadata: {name: testpageName},
			spec: {
				replicas: 3,
				revisionHistoryLimit: 3,
				// The first answer of a new pod comes before the old one is told to end, as people see it in their loops.
				minReadySeconds: 1,
				strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}},
				selector: {matchLabels: labels},
				template: {metadata: {labels}, spec: {affinity: onSuiteNodes, terminationGracePeriodSeconds: 2, containers: [container]}},
			},
		},
		{
			apiVersion: 'v1',
			kind: 'Service',
			metadata: {name: testpageName},
			spec: {type: 'NodePort', selector: labels, ports: [{port: 8080, targetPort: 8080}]},
		},
	];
}
