import {type Eta, etaOf} from '../../domain/eta.ts';
import type {K8sEvent} from '../../domain/k8s-event.ts';
import {rulesOf} from '../../domain/kinds/rules-of.ts';
import type {Pod} from '../../domain/pod.ts';
import type {RolloutObjects} from '../../domain/pod-side.ts';
import {availableCount, createReadiness} from '../../domain/readiness.ts';
import {oldReplicaSets} from '../../domain/revisions.ts';
import type {RolloutPhase} from '../../domain/rollout-phase.ts';
import {noPods} from '../../domain/sided-pods.ts';
import {type StrategyView, strategyView} from '../../domain/strategy-text.ts';
import {oldPodsLeft} from '../../domain/terminating.ts';
import type {Finding} from '../../domain/why/finding.ts';
import {findings} from '../../domain/why/findings.ts';
import type {RolloutContext} from '../../domain/why/rollout/rollout-subject.ts';
import type {VerdictMemory} from '../../domain/why/verdict-memory.ts';
import type {WorkloadState} from '../workload-state.ts';
import {judgedPods} from './judged-pods.ts';
import type {OwnPods, PodSides} from './own-pods.ts';

/** Why a rollout stands where it stands, and what becomes of it. */
export type RolloutOutlook = {
	/** What holds the rollout up, worst first. */
	readonly findings: readonly Finding[];
	/** One of them hardly goes away by waiting. */
	readonly isStuck: boolean;
	/** What has been said of its end, and what had to be taken back. */
	readonly verdict: VerdictMemory | undefined;
	/** Undefined when nothing tells: too few pods, blocked, paused. */
	readonly eta: Eta | undefined;
	readonly strategy: StrategyView;
	/** New pods that neither ended nor were told to. */
	readonly newPods: readonly Pod[];
	/** How many of them are available. */
	readonly available: number;
};

export type OutlookInput = {
	readonly state: WorkloadState;
	readonly objects: RolloutObjects;
	readonly phase: RolloutPhase;
	readonly startedAt: number | undefined;
	readonly own: OwnPods;
	/** By which they are. */
	readonly side: PodSides;
	readonly events: readonly K8sEvent[];
	/** Epoch ms. */
	readonly now: number;
};

const unsided = {sides: noPods, readiness: createReadiness()};

/** Judges a rollout by its objects. */
export function rolloutOutlook(input: OutlookInput): RolloutOutlook {
	const {state, objects, phase, startedAt, own, now} = input;
	const {workload, newReplicaSet} = objects;
	const isSided = state.streams.revisions.synced && state.streams.pods.synced;
	// Without their ReplicaSets pods can't be told old from new.
	const {sides, readiness} = isSided ? own : unsided;
	const old = oldReplicaSets(workload, objects.replicaSets);
	const step = rulesOf(workload).nextStep({
		workload,
		newReplicaSet,
		oldReplicaSets: old,
		oldPodsLeft: oldPodsLeft(objects, isSided ? sides : undefined),
		pods: isSided ? own.all : undefined,
		now,
	});
	const found = foundIn(input, {step, sides, oldReplicaSets: old});
	const isStuck = found.some(isBlocking);
	// How long a step takes is nobody's guess: a person may have to end it.
	const isStepping = phase.phase === 'progressing' && phase.waitingFor.kind === 'step';
	const isBlocked = phase.phase !== 'progressing' || isStepping || state.memory?.verdict?.said?.kind === 'cannot-succeed' || isStuck;
	return {
		findings: found,
		isStuck,
		verdict: state.memory?.verdict,
		eta: isBlocked ? undefined : etaOf({workload, readiness, startedAt, now}),
		strategy: strategyView({workload, step, newPods: sides.new, readiness, newSize: newReplicaSet?.desired ?? 0, now}),
		newPods: sides.new,
		available: availableCount(readiness, workload.minReadySeconds, now),
	};
}

/** What holds it up, by all that the state has of it. */
function foundIn(
	{state, objects: {workload, newReplicaSet}, phase, startedAt, side, events, now}: OutlookInput,
	standing: Pick<RolloutContext, 'step' | 'sides' | 'oldReplicaSets'>,
): readonly Finding[] {
	const {streams, memory, autoscalers, budgets, logTails} = state;
	const rollout: RolloutContext = {
		...standing,
		phase,
		startedAt,
		isReplicaSetMissing: streams.revisions.synced && newReplicaSet === undefined,
		unobservedSince: memory?.unobservedSince,
		rescaled: memory?.rescaled,
		autoscalers: [...autoscalers.values()],
		budgets: [...budgets.values()],
	};
	const podFindings = judgedPods(workload.uid, side, state, now);
	const replicaSetsHidden = streams.revisions.condition.kind === 'forbidden';
	return findings({workload, newReplicaSet, replicaSetsHidden, podFindings, events, logTails, now, rollout});
}

function isBlocking({hope}: Finding): boolean {
	return hope === 'none' || hope === 'doubtful';
}
