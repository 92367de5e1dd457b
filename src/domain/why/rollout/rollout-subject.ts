import type {Autoscaler} from '../../autoscaler.ts';
import type {DisruptionBudget} from '../../disruption-budget.ts';
import type {ReplicaSet} from '../../replica-set.ts';
import type {RolloutPhase} from '../../rollout-phase.ts';
import type {RolloutStep} from '../../rollout-step.ts';
import type {SidedPods} from '../../sided-pods.ts';
import type {Cause, Finding} from '../finding.ts';
import type {FindingsInput} from '../findings.ts';

/** The desired count was changed while this rollout went on. Counts are pods, `at` epoch ms. */
export type Rescaling = {readonly from: number; readonly to: number; readonly at: number};

/** What rules about the rollout as a whole look at besides the objects. Times are epoch ms. */
export type RolloutContext = {
	readonly phase: RolloutPhase;
	readonly step: RolloutStep;
	readonly sides: SidedPods;
	/** All but the new one. */
	readonly oldReplicaSets: readonly ReplicaSet[];
	/** When it was seen to begin, or is known to have. */
	readonly startedAt: number | undefined;
	/** ReplicaSets have been listed, and none was made for the template. */
	readonly isReplicaSetMissing: boolean;
	/** Since when the controller has not seen the last change of the spec. */
	readonly unobservedSince: number | undefined;
	readonly rescaled: Rescaling | undefined;
	readonly autoscalers: readonly Autoscaler[];
	readonly budgets: readonly DisruptionBudget[];
};

/** A rollout as its rules see it. */
export type RolloutSubject = FindingsInput & {readonly rollout: RolloutContext};

/** Found at the workload, unless `object` says where; `count`: how many pods. */
export type RolloutCause = Cause & {readonly object?: Finding['object']; readonly count?: number};

export type RolloutRule = (subject: RolloutSubject) => RolloutCause | undefined;
