import type {IntOrPercent} from '../../../domain/workload.ts';
import type {ApiObject} from '../../api-object.ts';
import type {Condition, LabelSelector, PodTemplate} from '../kinds.ts';

/** A DaemonSet as the API sends it, defaults filled in. */
export interface DaemonSet extends ApiObject {
	readonly metadata: ApiObject['metadata'] & {readonly namespace: string};
	readonly spec: {
		readonly selector: LabelSelector;
		readonly template: PodTemplate;
		readonly updateStrategy: {readonly type: string; readonly rollingUpdate?: {readonly maxSurge?: IntOrPercent; readonly maxUnavailable?: IntOrPercent}};
		readonly minReadySeconds?: number;
		readonly revisionHistoryLimit?: number;
	};
	readonly status?: DaemonSetStatus;
}

/** Counts of nodes; of zero, those that upstream added later are left out. */
export interface DaemonSetStatus {
	readonly desiredNumberScheduled: number;
	readonly currentNumberScheduled: number;
	readonly numberMisscheduled: number;
	readonly numberReady: number;
	readonly updatedNumberScheduled?: number;
	readonly numberAvailable?: number;
	readonly numberUnavailable?: number;
	readonly observedGeneration?: number | undefined;
	readonly collisionCount?: number;
	readonly conditions?: readonly Condition[];
}
