import type {ApiObject} from '../../api-object.ts';
import type {Condition, LabelSelector, PodTemplate} from '../kinds.ts';

/** A StatefulSet as the API sends it, defaults filled in. */
export interface StatefulSet extends ApiObject {
	readonly metadata: ApiObject['metadata'] & {readonly namespace: string};
	readonly spec: {
		readonly replicas: number;
		readonly selector: LabelSelector;
		readonly template: PodTemplate;
		readonly serviceName?: string;
		readonly podManagementPolicy?: string;
		readonly updateStrategy: {readonly type: string; readonly rollingUpdate?: {readonly partition?: number}};
		readonly ordinals?: {readonly start?: number};
		readonly minReadySeconds?: number;
		readonly revisionHistoryLimit?: number;
		readonly volumeClaimTemplates?: readonly {readonly metadata: {readonly name: string}}[];
	};
	readonly status?: StatefulSetStatus;
}

/** Counts of zero are left out but for `replicas` and `availableReplicas`, as the API does. */
export interface StatefulSetStatus {
	readonly observedGeneration?: number | undefined;
	readonly replicas: number;
	readonly readyReplicas?: number;
	readonly availableReplicas?: number;
	/** Pods of `currentRevision` and of `updateRevision`, those that are on their way out not counted. */
	readonly currentReplicas?: number;
	readonly updatedReplicas?: number;
	/** Names of ControllerRevisions. */
	readonly currentRevision?: string;
	readonly updateRevision?: string;
	readonly collisionCount?: number;
	readonly conditions?: readonly Condition[];
}

/** The first ordinal of its pods. */
export function firstOrdinal({spec: {ordinals}}: StatefulSet): number {
	return ordinals?.start ?? 0;
}

/** The set and the number that a pod's name says; undefined where it says none (kubernetes: stateful_set_utils.go getParentNameAndOrdinal). */
export function placeOf({metadata: {name}}: Pick<ApiObject, 'metadata'>): {readonly parent: string; readonly ordinal: number} | undefined {
	const [, parent, digits] = /^(.*)-(\d+)$/s.exec(name) ?? [];
	const ordinal = Number(digits);
	return parent === undefined || ordinal > 2_147_483_647 ? undefined : {parent, ordinal};
}
