import type {ReleaseSteps} from '../../release-steps.ts';
import type {ReplicaSet} from '../../replica-set.ts';
import type {ArgoRollout} from '../../workload.ts';
import {standsAt, waitOf} from './argo-wait.ts';
import {shownStatus} from './shown-status.ts';
import {actualWeight, isObserved, isPromoted, setWeight} from './standing.ts';

/** A rollout goes through the steps: neither over, nor aborted, nor one that the controller has not seen. */
function isActive(rollout: ArgoRollout): boolean {
	const {status} = rollout;
	return isObserved(rollout) && !status.abort && !isPromoted(rollout) && shownStatus(rollout).phase !== 'Healthy';
}

/** The steps of a canary, or the stages of a blue-green; undefined of a canary without steps. */
export function argoSteps(rollout: ArgoRollout, newReplicaSet: ReplicaSet | undefined): ReleaseSteps | undefined {
	const {steps, current} = standsAt(rollout);
	if (steps.length === 0) return undefined;
	const active = isActive(rollout);
	// The status speaks of the template before, the ReplicaSet of the new one.
	const available = isObserved(rollout) ? newReplicaSet?.available : undefined;
	return {
		steps,
		current,
		active,
		wait: active ? waitOf(rollout) : undefined,
		weight: rollout.plan.kind === 'canary' ? {set: setWeight(rollout), actual: actualWeight(rollout, available)} : undefined,
		checks: rollout.status.checks,
	};
}
