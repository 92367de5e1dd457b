import type {Condition} from './condition.ts';
import type {Template} from './template.ts';

/**
 * A ReplicaSet, or what takes its place for StatefulSets and DaemonSets: a ControllerRevision, with the pods counted that were made from it. Times are epoch ms.
 */
export type ReplicaSet = {
	readonly kind: 'ReplicaSet' | 'ControllerRevision';
	/** Of a ControllerRevision `<uid of the workload>/<its name>`, which pods tell of themselves. */
	readonly uid: string;
	readonly name: string;
	readonly namespace: string;
	readonly resourceVersion: string;
	readonly createdAt: number | undefined;
	readonly deletedAt: number | undefined;
	/** uid of the controlling owner. */
	readonly ownerUid: string | undefined;
	readonly annotations: Readonly<Record<string, string>>;
	/** The number of its template as it stands there: an annotation, or the ControllerRevision's own field; absent: not numbered yet. */
	readonly revisionText: string | undefined;
	/** Numbers that it was seen to have before, oldest first, where the API keeps none: an undo gives a ControllerRevision a new one. */
	readonly formerNumbers?: readonly number[] | undefined;
	readonly template: Template;
	/** Its own, after which its pods are counted as available: an old one keeps what it was made with. */
	readonly minReadySeconds: number;
	/** `spec.replicas`, `status.replicas`, `status.readyReplicas`, `status.availableReplicas`. */
	readonly desired: number;
	readonly current: number;
	readonly ready: number;
	readonly available: number;
	readonly terminating: number | undefined;
	readonly conditions: readonly Condition[];
};
