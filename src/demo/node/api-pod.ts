import type {PodSpec} from './pod-spec.ts';
import type {PodStatus} from './pod-status.ts';

/** The parts of a Pod that a kubelet reads and writes, named as in the API. */
export interface ApiPod {
	readonly metadata: {
		readonly name: string;
		readonly namespace: string;
		readonly uid: string;
		readonly resourceVersion?: string;
		readonly generation?: number;
		readonly deletionTimestamp?: string;
		readonly deletionGracePeriodSeconds?: number;
		readonly labels?: Readonly<Record<string, string>>;
		readonly annotations?: Readonly<Record<string, string>>;
	};
	readonly spec: PodSpec;
	readonly status: PodStatus;
}

/** The border: what has no identity or no containers is no pod that could run. Nothing of the object is kept that no kubelet reads. */
export function parsePod(object: unknown): ApiPod | undefined {
	const {metadata, spec, status} = object as Partial<ApiPod>;
	if (metadata?.uid === undefined || !Array.isArray(spec?.containers)) return undefined;
	const {
		managedFields: _managed,
		ownerReferences: _owners,
		...identity
	} = metadata as ApiPod['metadata'] & {managedFields?: unknown; ownerReferences?: unknown};
	const {
		initContainers,
		containers,
		volumes,
		restartPolicy,
		terminationGracePeriodSeconds,
		activeDeadlineSeconds,
		readinessGates,
		nodeName,
		serviceAccountName,
	} = spec as PodSpec;
	const ends = {terminationGracePeriodSeconds, activeDeadlineSeconds};
	const read = {initContainers, containers, volumes, restartPolicy, ...ends, readinessGates, nodeName, serviceAccountName};
	return {metadata: identity, spec: JSON.parse(JSON.stringify(read)) as PodSpec, status: status ?? {}};
}

/** Where the API finds the pod. */
export function podPath({metadata}: ApiPod): string {
	return `/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}`;
}

/** How a kubelet names a pod in its messages: `NAME_NAMESPACE(UID)`. */
export function podId({metadata: {name, namespace, uid}}: ApiPod): string {
	return `${name}_${namespace}(${uid})`;
}
