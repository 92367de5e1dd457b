import type {Condition} from './condition.ts';
import type {Template} from './template.ts';

/** A ReplicaSet. Times are epoch ms. */
export type ReplicaSet = {
	readonly uid: string;
	readonly name: string;
	readonly namespace: string;
	readonly resourceVersion: string;
	readonly createdAt: number | undefined;
	readonly deletedAt: number | undefined;
	/** uid of the controlling owner. */
	readonly ownerUid: string | undefined;
	readonly annotations: Readonly<Record<string, string>>;
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
