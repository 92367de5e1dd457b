import type {ApiObject} from '../../api-object.ts';
import type {Condition} from '../kinds.ts';

/** A Rollout of OpenKruise as the API sends it (`rollouts.kruise.io/v1beta1`), as far as canary releases of Deployments go. */
export interface KruiseRollout extends ApiObject {
	readonly metadata: ApiObject['metadata'] & {readonly namespace: string};
	readonly spec: {
		readonly workloadRef: {readonly apiVersion: string; readonly kind: string; readonly name: string};
		readonly disabled?: boolean;
		readonly strategy: {
			readonly paused?: boolean;
			readonly canary?: {
				readonly steps?: readonly KruiseStep[];
				readonly trafficRoutings?: readonly TrafficRouting[];
			};
		};
	};
	readonly status?: KruiseStatus;
}

/** How many pods, and which part of the requests, the new version gets, and what is waited for then. */
export interface KruiseStep {
	readonly replicas?: string | number;
	readonly traffic?: string;
	/** Without a duration: until somebody approves. */
	readonly pause?: {readonly duration?: number};
}

/** What shares the requests out. */
export interface TrafficRouting {
	readonly service: string;
	readonly ingress?: {readonly name: string; readonly classType?: string};
	readonly gracePeriodSeconds?: number;
}

export interface KruiseStatus {
	readonly phase?: string;
	readonly message?: string;
	readonly observedGeneration?: number;
	readonly currentStepIndex?: number;
	readonly currentStepState?: string;
	readonly conditions?: readonly Condition[];
	readonly canaryStatus?: CanaryStatus;
}

export type StepState = 'BeforeStepUpgrade' | 'StepUpgrade' | 'StepTrafficRouting' | 'StepMetricsAnalysis' | 'StepPaused' | 'StepReady' | 'Completed';

export interface CanaryStatus {
	/** From 1. */
	readonly currentStepIndex: number;
	/** −1 at the last step; whoever writes another one jumps there. */
	readonly nextStepIndex: number;
	readonly currentStepState: StepState;
	/** The hash in the labels of the old pods. */
	readonly stableRevision: string;
	/** Of the new template; no hash of any pod. */
	readonly canaryRevision: string;
	/** The hash in the labels of the new pods. */
	readonly podTemplateHash: string;
	readonly canaryReplicas: number;
	readonly canaryReadyReplicas: number;
	readonly finalisingStep: string;
	readonly message?: string;
	readonly lastUpdateTime?: string;
	readonly observedRolloutID: string;
	readonly observedWorkloadGeneration: number;
	readonly rolloutHash: string;
}

/** What Kruise's labels and annotations begin with. */
export const kruisePrefix = 'rollouts.kruise.io/';
/** On a Deployment whose new template waits for the Rollout. */
export const inProgress = `${kruisePrefix}in-progressing`;
/** On the second Deployment: the first one's name. */
export const canaryLabel = `${kruisePrefix}canary-deployment`;
