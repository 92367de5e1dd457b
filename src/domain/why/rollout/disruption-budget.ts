import {conditionOf} from '../../condition-of.ts';
import type {DisruptionBudget} from '../../disruption-budget.ts';
import {matchesLabels} from '../../label-selector.ts';
import type {RolloutCause, RolloutSubject} from './rollout-subject.ts';

/** The scheduler's words for nodes that somebody cordoned, as `kubectl drain` does first. kubernetes: nodeunschedulable plugin. */
const cordoned = /node\(s\) were unschedulable/;

/**
 * A PodDisruptionBudget that lets no pod of the workload be evicted: told when it never can, or when somebody drains a node. It holds up drains and
 * evictions, and never a Deployment's own rollout: that deletes pods, which no budget forbids. kubernetes: pkg/registry/core/pod/storage/eviction.go.
 */
export function disruptionBudget({workload, rollout}: RolloutSubject): RolloutCause | undefined {
	const own = rollout.budgets.filter(({selector, allowed}) => allowed === 0 && selector !== undefined && matchesLabels(selector, workload.template.labels));
	const never = own.find(({neededHealthy, expected}) => expected > 0 && neededHealthy >= expected);
	if (never !== undefined) return told(never, `can never allow an eviction (needs ${never.neededHealthy} healthy of ${never.expected} pods)`);
	const [tight] = own;
	return tight === undefined || !isDraining(rollout.sides)
		? undefined
		: told(tight, `allows no eviction now (${tight.healthy} healthy, needs ${tight.neededHealthy})`);
}

function isDraining(sides: RolloutSubject['rollout']['sides']): boolean {
	return [...sides.new, ...sides.old].some(
		({conditions}) => conditionOf(conditions, 'DisruptionTarget')?.status === 'True' || cordoned.test(conditionOf(conditions, 'PodScheduled')?.message ?? ''),
	);
}

function told({name, uid}: DisruptionBudget, what: string): RolloutCause {
	return {
		kind: 'disruption-budget',
		hope: 'waits',
		reason: 'DisruptionBudget',
		object: {kind: 'PodDisruptionBudget', name, uid},
		message: `${what}: node drains wait for it, this rollout does not`,
		sinceAt: undefined,
	};
}
