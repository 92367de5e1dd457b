import type {IntOrPercent} from '../../../domain/workload.ts';
import type {ApiObject} from '../../api-object.ts';
import type {Condition, LabelSelector, PodTemplate, ReplicaSet} from '../kinds.ts';

/** A Rollout of Argo as the API sends it (`argoproj.io/v1alpha1`), as far as canaries without a traffic router go. */
export interface ArgoRollout extends ApiObject {
	readonly metadata: ApiObject['metadata'] & {readonly namespace: string};
	readonly spec: {
		readonly replicas?: number;
		readonly selector: LabelSelector;
		readonly template: PodTemplate;
		readonly paused?: boolean;
		readonly restartAt?: string;
		readonly minReadySeconds?: number;
		readonly progressDeadlineSeconds?: number;
		readonly revisionHistoryLimit?: number;
		readonly strategy: {
			readonly canary?: {readonly steps?: readonly ArgoStep[]; readonly maxSurge?: IntOrPercent; readonly maxUnavailable?: IntOrPercent};
		};
	};
	readonly status?: ArgoStatus;
}

/** A step of a canary: those of other kinds are over at once. */
export interface ArgoStep {
	readonly setWeight?: number;
	/** Without a duration: until somebody promotes. Seconds, or a text such as `10s`. */
	readonly pause?: {readonly duration?: string | number};
}

/** Counts of zero are left out. */
export interface ArgoStatus {
	readonly phase?: string;
	readonly message?: string;
	readonly abort?: boolean;
	readonly abortedAt?: string;
	readonly promoteFull?: boolean;
	readonly controllerPause?: boolean;
	readonly pauseConditions?: readonly {readonly reason: string; readonly startTime: string}[] | null;
	readonly currentPodHash?: string;
	readonly stableRS?: string;
	readonly currentStepIndex?: number;
	readonly currentStepHash?: string;
	readonly restartedAt?: string;
	readonly replicas?: number;
	readonly updatedReplicas?: number;
	readonly readyReplicas?: number;
	readonly availableReplicas?: number;
	/** Text, not a number. */
	readonly observedGeneration?: string;
	readonly conditions?: readonly Condition[];
	readonly canary?: object;
	readonly blueGreen?: object;
}

/** A Rollout's ReplicaSets by what they are in it. The new one can be the stable one too. */
export interface ArgoSets {
	readonly newest: ReplicaSet;
	readonly stable: ReplicaSet | undefined;
	readonly others: readonly ReplicaSet[];
}

/** The label by which pods of different templates are told apart. */
export const argoHashLabel = 'rollouts-pod-template-hash';
export const argoRevision = 'rollout.argoproj.io/revision';
