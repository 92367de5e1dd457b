import type {ApiObject, ObjectMeta} from '../../../src/demo/api-object.ts';

/** A condition of a Deployment or ReplicaSet. */
export interface Condition {
	readonly type: string;
	readonly status: string;
	readonly reason?: string;
	readonly message?: string;
	readonly lastUpdateTime?: string;
	readonly lastTransitionTime?: string;
}

/** The parts of a pod's specification that are looked at; all of it is compared. */
export interface PodSpec {
	readonly nodeName?: string;
	readonly readinessGates?: readonly {readonly conditionType: string}[];
	readonly containers: readonly {readonly name: string; readonly image: string}[];
}

/** What a container does. */
export interface ContainerState {
	readonly waiting?: {readonly reason?: string; readonly message?: string};
	readonly running?: object;
	readonly terminated?: {readonly exitCode: number; readonly reason?: string};
}

/** A pod's own word. */
export interface PodStatus {
	readonly phase?: string;
	readonly conditions?: readonly Condition[];
	readonly containerStatuses?: readonly {
		readonly name: string;
		readonly state: ContainerState;
		readonly lastState?: ContainerState;
		readonly ready: boolean;
		readonly started?: boolean;
		readonly restartCount: number;
	}[];
}

/** The template of a Deployment's or ReplicaSet's pods. */
export interface Template {
	readonly metadata: {readonly labels?: Readonly<Record<string, string>>; readonly annotations?: Readonly<Record<string, string>>};
	readonly spec: PodSpec;
}

/** A Deployment as the API sends it; counts that are 0 are left out there. */
export interface Deployment extends ApiObject {
	readonly spec: {
		readonly replicas: number;
		readonly paused?: boolean;
		readonly minReadySeconds?: number;
		readonly revisionHistoryLimit: number;
		readonly progressDeadlineSeconds?: number;
		readonly strategy: {
			readonly type: 'RollingUpdate' | 'Recreate';
			readonly rollingUpdate?: {readonly maxSurge: number | string; readonly maxUnavailable: number | string};
		};
		readonly template: Template;
	};
	readonly status: {
		readonly observedGeneration?: number;
		readonly replicas?: number;
		readonly updatedReplicas?: number;
		readonly readyReplicas?: number;
		readonly availableReplicas?: number;
		readonly unavailableReplicas?: number;
		readonly terminatingReplicas?: number;
		readonly conditions?: readonly Condition[];
	};
}

/** A ReplicaSet as the API sends it. */
export interface ReplicaSet extends ApiObject {
	readonly spec: {readonly replicas: number; readonly minReadySeconds?: number; readonly template: Template};
	readonly status: {
		readonly observedGeneration?: number;
		readonly replicas: number;
		readonly fullyLabeledReplicas?: number;
		readonly readyReplicas?: number;
		readonly availableReplicas?: number;
		readonly terminatingReplicas?: number;
		readonly conditions?: readonly Condition[];
	};
}

/** A Pod as the API sends it. */
export interface Pod extends ApiObject {
	readonly spec: PodSpec;
	readonly status: PodStatus;
}

/** A core/v1 Event as the API sends it. */
export interface K8sEvent extends ApiObject {
	readonly involvedObject: {readonly kind: string; readonly name: string; readonly uid?: string};
	readonly type: string;
	readonly reason: string;
	readonly message: string;
	readonly count?: number;
	readonly source?: {readonly component?: string};
	/** Where a component writes events.k8s.io/v1, as the scheduler does. */
	readonly reportingComponent?: string;
}

/** What every object says of itself. */
export type ObjectMetaOf = ObjectMeta;

/** The kinds that are recorded, with their objects. */
export interface Kinds {
	readonly deployments: Deployment;
	readonly replicasets: ReplicaSet;
	readonly pods: Pod;
	readonly events: K8sEvent;
}

export type Kind = keyof Kinds;

/** One watch event. `version` is its resource version, by which the writes of all kinds have one order. */
export type Write = {
	[K in Kind]: {readonly kind: K; readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly version: number; readonly object: Kinds[K]};
}[Kind];

/** The writes of one kind, in order. */
export function writesOf<K extends Kind>(writes: readonly Write[], kind: K): readonly Extract<Write, {kind: K}>[] {
	return writes.filter((write): write is Extract<Write, {kind: K}> => write.kind === kind);
}

/** Whose object it is. */
export function ownerOf({metadata}: {readonly metadata: ObjectMeta}): string | undefined {
	return metadata.ownerReferences?.find(({controller}) => controller === true)?.name;
}

export const revisionKey = 'deployment.kubernetes.io/revision';
export const historyKey = 'deployment.kubernetes.io/revision-history';
export const desiredKey = 'deployment.kubernetes.io/desired-replicas';
export const maxKey = 'deployment.kubernetes.io/max-replicas';
export const hashKey = 'pod-template-hash';

/** A number that is kept in an annotation; 0 where there is none. */
export function annotated({metadata}: {readonly metadata: ObjectMeta}, key: string): number {
	return Number(metadata.annotations?.[key] ?? 0);
}

/** Whether a ReplicaSet is the one of the Deployment's present template. */
export function isOfTemplate(replicaSet: ReplicaSet, deployment: Deployment): boolean {
	const {[hashKey]: _hash, ...labels} = replicaSet.spec.template.metadata.labels ?? {};
	const {metadata, spec} = replicaSet.spec.template;
	return canonical({metadata: {...metadata, labels}, spec}) === canonical(deployment.spec.template);
}

/** JSON with sorted keys, without what is empty: nil and empty are the same to Kubernetes. */
export function canonical(value: unknown): string {
	return JSON.stringify(value, (_key, inner) => {
		if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return inner;
		return Object.fromEntries(
			Object.entries(inner)
				.filter(([, field]) => field !== null && !(typeof field === 'object' && Object.keys(field as object).length === 0))
				.sort(([left], [right]) => (left < right ? -1 : 1)),
		);
	});
}
