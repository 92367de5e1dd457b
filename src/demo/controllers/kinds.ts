import type {IntOrPercent} from '../../domain/workload.ts';
import type {ApiObject} from '../api-object.ts';

/** Which objects are meant, by their labels (metav1.LabelSelector). */
export interface LabelSelector {
	readonly matchLabels?: Readonly<Record<string, string>>;
	readonly matchExpressions?: readonly {readonly key: string; readonly operator: string; readonly values?: readonly string[]}[];
}

/** What pods are made from. */
export interface PodTemplate {
	readonly metadata?: {
		readonly labels?: Readonly<Record<string, string>>;
		readonly annotations?: Readonly<Record<string, string>>;
		readonly finalizers?: readonly string[];
	};
	readonly spec: PodSpec;
}

/** The part of a pod's spec that controllers read. */
export interface PodSpec {
	readonly nodeName?: string;
	readonly schedulerName?: string;
	readonly schedulingGates?: readonly {readonly name: string}[];
	readonly volumes?: readonly {readonly persistentVolumeClaim?: {readonly claimName: string}}[];
	readonly nodeSelector?: Readonly<Record<string, string>>;
	readonly affinity?: {
		readonly nodeAffinity?: {readonly requiredDuringSchedulingIgnoredDuringExecution?: {readonly nodeSelectorTerms?: readonly NodeSelectorTerm[]}};
	};
	readonly tolerations?: readonly Toleration[];
	readonly containers: readonly PodContainer[];
	readonly initContainers?: readonly PodContainer[];
	readonly overhead?: Readonly<Record<string, string>>;
	readonly hostname?: string;
	readonly subdomain?: string;
}

/** Which nodes are meant, by their labels and names: all of it must hold. */
export interface NodeSelectorTerm {
	readonly matchExpressions?: readonly NodeSelectorRequirement[];
	readonly matchFields?: readonly NodeSelectorRequirement[];
}

/** One thing that is asked of a node. */
export interface NodeSelectorRequirement {
	readonly key: string;
	readonly operator: string;
	readonly values?: readonly string[];
}

/** A container, as far as services and the scheduler care. */
export interface PodContainer {
	readonly name: string;
	readonly restartPolicy?: string;
	readonly ports?: readonly {readonly name?: string; readonly containerPort: number; readonly protocol?: string}[];
	readonly resources?: {readonly requests?: Readonly<Record<string, string>>; readonly limits?: Readonly<Record<string, string>>};
}

/** What a pod puts up with. */
export interface Toleration {
	readonly key?: string;
	readonly operator?: string;
	readonly value?: string;
	readonly effect?: string;
	readonly tolerationSeconds?: number;
}

/** A condition, as all kinds have it. */
export interface Condition {
	readonly type: string;
	readonly status: string;
	readonly reason?: string;
	readonly message?: string;
	readonly lastTransitionTime?: string | null;
	readonly lastUpdateTime?: string;
}

/** A pod as the API sends it. */
export interface Pod extends ApiObject {
	readonly metadata: ApiObject['metadata'] & {readonly namespace: string};
	readonly spec: PodSpec;
	readonly status?: PodStatus;
}

/** The part of a pod's status that controllers read. */
export interface PodStatus {
	readonly phase?: string;
	readonly podIP?: string;
	readonly podIPs?: readonly {readonly ip: string}[];
	readonly conditions?: readonly Condition[];
	readonly containerStatuses?: readonly ContainerRestarts[];
	readonly initContainerStatuses?: readonly ContainerRestarts[];
}

interface ContainerRestarts {
	readonly name: string;
	readonly restartCount: number;
}

/** A Deployment as the API sends it, defaults filled in. */
export interface Deployment extends ApiObject {
	readonly metadata: ApiObject['metadata'] & {readonly namespace: string};
	readonly spec: {
		readonly replicas: number;
		readonly selector: LabelSelector;
		readonly template: PodTemplate;
		readonly strategy: {readonly type: string; readonly rollingUpdate?: {readonly maxSurge?: IntOrPercent; readonly maxUnavailable?: IntOrPercent}};
		readonly minReadySeconds?: number;
		readonly revisionHistoryLimit?: number;
		readonly progressDeadlineSeconds?: number;
		readonly paused?: boolean;
	};
	readonly status?: DeploymentStatus;
}

/** Counts of zero are left out, as the API does. */
export interface DeploymentStatus {
	readonly observedGeneration?: number;
	readonly replicas?: number;
	readonly updatedReplicas?: number;
	readonly readyReplicas?: number;
	readonly availableReplicas?: number;
	readonly unavailableReplicas?: number;
	readonly terminatingReplicas?: number;
	readonly collisionCount?: number;
	readonly conditions?: readonly Condition[];
}

/** A ReplicaSet as the API sends it, defaults filled in. */
export interface ReplicaSet extends ApiObject {
	readonly metadata: ApiObject['metadata'] & {readonly namespace: string};
	readonly spec: {
		readonly replicas: number;
		readonly selector: LabelSelector;
		readonly template: PodTemplate;
		readonly minReadySeconds?: number;
	};
	readonly status?: ReplicaSetStatus;
}

/** Counts of zero are left out but for `replicas`, as the API does. */
export interface ReplicaSetStatus {
	readonly replicas: number;
	readonly fullyLabeledReplicas?: number;
	readonly readyReplicas?: number;
	readonly availableReplicas?: number;
	readonly terminatingReplicas?: number;
	readonly observedGeneration?: number;
	readonly conditions?: readonly Condition[];
}

/** A Service as the API sends it. */
export interface Service extends ApiObject {
	readonly metadata: ApiObject['metadata'] & {readonly namespace: string};
	readonly spec: {
		readonly type?: string;
		readonly clusterIP?: string;
		readonly selector?: Readonly<Record<string, string>>;
		readonly ports?: readonly ServicePort[];
		readonly ipFamilies?: readonly string[];
		readonly publishNotReadyAddresses?: boolean;
	};
}

/** One port of a Service. */
export interface ServicePort {
	readonly name?: string;
	readonly protocol?: string;
	readonly port: number;
	readonly targetPort?: number | string;
	readonly appProtocol?: string;
}

/** A Node as the API sends it. */
export interface Node extends ApiObject {
	readonly spec?: {readonly unschedulable?: boolean; readonly taints?: readonly Taint[]};
	readonly status?: {readonly allocatable?: Readonly<Record<string, string>>; readonly conditions?: readonly Condition[]};
}

/** What keeps pods away from a node. */
export interface Taint {
	readonly key: string;
	readonly value?: string;
	readonly effect: string;
	readonly timeAdded?: string;
}
