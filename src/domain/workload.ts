import type {ArgoPlan, ArgoStatus} from './argo-status.ts';
import type {Condition} from './condition.ts';
import type {JsonObject} from './json.ts';
import type {Release} from './release.ts';
import type {Template} from './template.ts';

/** A number or a percentage, as in `maxSurge`. */
export type IntOrPercent = number | `${number}%`;

export type Strategy =
	| {readonly type: 'RollingUpdate'; readonly maxSurge: IntOrPercent; readonly maxUnavailable: IntOrPercent}
	| {readonly type: 'Recreate'}
	/** Pods get the new template when somebody deletes them. */
	| {readonly type: 'OnDelete'}
	/** All new pods beside all old ones, then the Service is switched. */
	| {readonly type: 'BlueGreen'};

/** The API's own counts: `desired` is `spec.replicas`, the rest is `status.*Replicas` with absent = 0. */
export type ReplicaCounts = {
	readonly desired: number;
	readonly current: number;
	readonly updated: number;
	readonly ready: number;
	readonly available: number;
	readonly unavailable: number;
	/** `status.terminatingReplicas`; absent before Kubernetes 1.35. */
	readonly terminating: number | undefined;
};

/** What all kinds of workloads have in common. Times are epoch ms. */
type WorkloadBase = {
	readonly uid: string;
	readonly name: string;
	readonly namespace: string;
	readonly resourceVersion: string;
	readonly createdAt: number | undefined;
	/** Set while the object waits for its finalizers. */
	readonly deletedAt: number | undefined;
	readonly labels: Readonly<Record<string, string>>;
	readonly annotations: Readonly<Record<string, string>>;
	readonly generation: number;
	readonly observedGeneration: number;
	/** `spec.paused`; never of kinds that can't be paused. */
	readonly paused: boolean;
	/** Annotation that numbers the current template, as it stands there (the rollout status refuses what is no number); absent where the kind has none. */
	readonly revisionText: string | undefined;
	/** `spec.selector` raw, and as the `labelSelector` query parameter. */
	readonly selector: JsonObject;
	readonly selectorQuery: string;
	readonly template: Template;
	readonly strategy: Strategy;
	readonly minReadySeconds: number;
	/** Absent: no deadline. */
	readonly progressDeadlineSeconds: number | undefined;
	/** Absent only in objects that no API server has defaulted, and of a DaemonSet, whose nodes decide. */
	readonly specReplicas: number | undefined;
	readonly replicas: ReplicaCounts;
	readonly conditions: readonly Condition[];
	/** What steers it from above. */
	readonly release?: Release | undefined;
};

export type Deployment = WorkloadBase & {readonly kind: 'Deployment'};

export type StatefulSet = WorkloadBase & {
	readonly kind: 'StatefulSet';
	readonly updateType: string;
	/** `updateStrategy.rollingUpdate`: absent where only the type was given, which changes kubectl's rules. */
	readonly rollingUpdate: {readonly partition: number | undefined} | undefined;
	/** First ordinal. */
	readonly ordinalsStart: number;
	readonly isParallel: boolean;
	/** Names of ControllerRevisions. */
	readonly currentRevision: string;
	readonly updateRevision: string;
	readonly currentReplicas: number;
};

export type DaemonSet = WorkloadBase & {
	readonly kind: 'DaemonSet';
	readonly updateType: string;
	/** Pods on nodes that should have none. */
	readonly misscheduled: number;
};

/** What of the object that holds a Rollout's template is not in that template. */
export type TemplateHolder = {readonly uid: string; readonly generation: number; readonly annotations: Readonly<Record<string, string>>};

/** An Argo Rollout. Counts and flags that the API leaves out are 0 and false. */
export type ArgoRollout = WorkloadBase & {
	readonly kind: 'ArgoRollout';
	/** The object that holds the template instead of it; `holder` as it was last seen, whose template is then this one's. */
	readonly workloadRef:
		| {
				readonly apiVersion: string;
				readonly kind: string;
				readonly name: string;
				readonly holder: TemplateHolder | undefined;
		  }
		| undefined;
	readonly plan: ArgoPlan;
	readonly status: ArgoStatus;
	readonly restartAt: number | undefined;
};

/** The followed object: what has the pods, with its own kind's fields. */
export type Workload = Deployment | StatefulSet | DaemonSet | ArgoRollout;
