import type {Condition} from './condition.ts';
import type {JsonObject} from './json.ts';
import type {Template} from './template.ts';

/** A number or a percentage, as in `maxSurge`. */
export type IntOrPercent = number | `${number}%`;

export type Strategy = {readonly type: 'RollingUpdate'; readonly maxSurge: IntOrPercent; readonly maxUnavailable: IntOrPercent} | {readonly type: 'Recreate'};

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

/** The followed object. Times are epoch ms. */
export type Workload = {
	readonly kind: 'Deployment';
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
	readonly paused: boolean;
	/** `deployment.kubernetes.io/revision` as it stands there; the rollout status refuses what is no number. */
	readonly revisionText: string | undefined;
	/** `spec.selector` raw, and as the `labelSelector` query parameter. */
	readonly selector: JsonObject;
	readonly selectorQuery: string;
	readonly template: Template;
	readonly strategy: Strategy;
	readonly minReadySeconds: number;
	/** Absent: no deadline. */
	readonly progressDeadlineSeconds: number | undefined;
	/** Absent only in objects that no API server has defaulted. */
	readonly specReplicas: number | undefined;
	readonly replicas: ReplicaCounts;
	readonly conditions: readonly Condition[];
};
