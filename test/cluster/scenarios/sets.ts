import {onSuiteNodes} from './placement.ts';

/** Where a set's pods may run: on the suite's nodes, or on whatever nodes there are. */
export type SetPlace = {readonly onSuiteNodes: boolean};

function podTemplate(name: string, image: string, place: SetPlace): object {
	const container = {name: 'app', image, readinessProbe: {httpGet: {path: '/', port: 8080}, periodSeconds: 1}};
	const affinity = place.onSuiteNodes ? {affinity: onSuiteNodes} : {};
	return {metadata: {labels: {app: name}}, spec: {...affinity, terminationGracePeriodSeconds: 1, containers: [container]}};
}

/** A StatefulSet, OrderedReady unless the spec says otherwise, and the Service that its pods are named by. */
export function statefulSet(name: string, place: SetPlace, spec: object = {}, image = 'tiny:v1'): readonly object[] {
	const labels = {app: name};
	return [
		{
			apiVersion: 'apps/v1',
			kind: 'StatefulSet',
			metadata: {name, annotations: {'kubernetes.io/change-cause': 'first'}},
			spec: {replicas: 3, serviceName: name, selector: {matchLabels: labels}, template: podTemplate(name, image, place), ...spec},
		},
		{apiVersion: 'v1', kind: 'Service', metadata: {name}, spec: {clusterIP: 'None', selector: labels, ports: [{port: 80, targetPort: 8080}]}},
	];
}

/** A DaemonSet. */
export function daemonSet(name: string, place: SetPlace, spec: object = {}, image = 'tiny:v1'): object {
	const labels = {app: name};
	return {
		apiVersion: 'apps/v1',
		kind: 'DaemonSet',
		metadata: {name},
		spec: {selector: {matchLabels: labels}, template: podTemplate(name, image, place), ...spec},
	};
}
