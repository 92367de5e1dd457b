/** What differs between the scenarios' Deployments; everything else is the API's default. */
export interface DeploymentOptions {
	readonly name: string;
	readonly labels: Readonly<Record<string, string>>;
	readonly replicas: number;
	readonly image: string;
	readonly changeCause?: string;
	readonly container?: Readonly<Record<string, unknown>>;
	readonly podSpec?: Readonly<Record<string, unknown>>;
	readonly spec?: Readonly<Record<string, unknown>>;
}

/** A Deployment with one container, named like the Deployment's first label value unless `container` says otherwise. */
export function deployment({name, labels, replicas, image, changeCause, container, podSpec, spec}: DeploymentOptions): object {
	const containers = [{name: Object.values(labels)[0], image, ...container}];
	return {
		apiVersion: 'apps/v1',
		kind: 'Deployment',
		metadata: {name, labels, ...(changeCause === undefined ? {} : {annotations: {'kubernetes.io/change-cause': changeCause}})},
		spec: {replicas, selector: {matchLabels: labels}, ...spec, template: {metadata: {labels}, spec: {...podSpec, containers}}},
	};
}

/** A Service with one port; with a `nodePort` it can be reached from outside of the cluster. */
export function service(name: string, selector: Readonly<Record<string, string>>, port: Readonly<Record<string, unknown>>): object {
	return {
		apiVersion: 'v1',
		kind: 'Service',
		metadata: {name},
		spec: {...('nodePort' in port ? {type: 'NodePort'} : {}), selector, ports: [port]},
	};
}

/** A program that ends at once would meet requests that were sent before everybody had heard of its end. */
export const lateEnd = {lifecycle: {preStop: {sleep: {seconds: 2}}}};

/** `maxUnavailable: 0`: nobody loses a pod before its successor is available. */
export const oneMore = {strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}};
