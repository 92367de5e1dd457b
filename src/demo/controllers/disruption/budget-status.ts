import type {IntOrPercent} from '../../../domain/workload.ts';
import type {ApiObject} from '../../api-object.ts';
import {apiTime} from '../../clock.ts';
import type {Condition, LabelSelector, Pod} from '../kinds.ts';
import {isReady, isTerminal} from '../pods.ts';
import {scaledUp} from '../scaled-up.ts';

/** A PodDisruptionBudget as the API sends it. */
export interface DisruptionBudget extends ApiObject {
	readonly spec: {readonly selector?: LabelSelector; readonly minAvailable?: IntOrPercent; readonly maxUnavailable?: IntOrPercent};
	readonly status?: BudgetStatus;
}

/** What its controller says of it. */
export interface BudgetStatus {
	readonly observedGeneration?: number | undefined;
	/** Pods that were let go and are not gone yet, and when. */
	readonly disruptedPods?: Readonly<Record<string, string>>;
	readonly disruptionsAllowed: number;
	readonly currentHealthy: number;
	readonly desiredHealthy: number;
	readonly expectedPods: number;
	readonly conditions?: readonly (Condition & {readonly observedGeneration?: number | undefined})[];
}

/** How long a pod that was let go may take to be deleted, before it counts again. */
const deletionTimeoutMs = 120_000;

/** The status that a budget should have. `scale` is how many pods their controllers want together. kubernetes: pkg/controller/disruption/disruption.go. */
export function budgetStatus(budget: DisruptionBudget, all: readonly Pod[], scale: number, now: number): BudgetStatus {
	const pods = all.filter(pod => !isTerminal(pod));
	const disruptedPods = stillExpected(budget, pods, now);
	const {expected, desired} = wanted(budget, pods.length, scale);
	const healthy = pods.filter(pod => pod.metadata.deletionTimestamp === undefined && disruptedPods[pod.metadata.name] === undefined && isReady(pod)).length;
	const disruptionsAllowed = expected <= 0 ? 0 : Math.max(0, healthy - desired);
	return {
		observedGeneration: budget.metadata.generation,
		...(Object.keys(disruptedPods).length === 0 ? {} : {disruptedPods}),
		disruptionsAllowed,
		currentHealthy: healthy,
		desiredHealthy: desired,
		expectedPods: expected,
		conditions: [allowedCondition(budget, disruptionsAllowed > 0, now)],
	};
}

function wanted({spec: {minAvailable, maxUnavailable}}: DisruptionBudget, pods: number, scale: number): {expected: number; desired: number} {
	if (maxUnavailable !== undefined) return {expected: scale, desired: Math.max(0, scale - scaledUp(maxUnavailable, scale))};
	if (typeof minAvailable === 'string') return {expected: scale, desired: scaledUp(minAvailable, scale)};
	return minAvailable === undefined ? {expected: 0, desired: 0} : {expected: pods, desired: minAvailable};
}

function stillExpected({status}: DisruptionBudget, pods: readonly Pod[], now: number): Readonly<Record<string, string>> {
	const going = pods.flatMap(({metadata: {name, deletionTimestamp}}) => {
		const since = status?.disruptedPods?.[name];
		return since === undefined || deletionTimestamp !== undefined || Date.parse(since) + deletionTimeoutMs < now ? [] : [[name, since] as const];
	});
	return Object.fromEntries(going);
}

function allowedCondition({metadata, status}: DisruptionBudget, isAllowed: boolean, now: number) {
	const word = isAllowed ? 'True' : 'False';
	const known = status?.conditions?.find(({type}) => type === 'DisruptionAllowed');
	return {
		type: 'DisruptionAllowed',
		status: word,
		observedGeneration: metadata.generation,
		lastTransitionTime: known?.status === word ? (known.lastTransitionTime ?? null) : apiTime(now),
		reason: isAllowed ? 'SufficientPods' : 'InsufficientPods',
		message: '',
	};
}
