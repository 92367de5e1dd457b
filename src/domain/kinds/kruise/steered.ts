import type {Condition} from '../../condition.ts';
import {conditionOf} from '../../condition-of.ts';
import {exceededDeadline} from '../../deadline.ts';
import type {JsonObject} from '../../json.ts';
import {isJsonObject} from '../../json-kind.ts';
import type {KruiseRollout} from '../../release.ts';
import type {ReplicaSet} from '../../replica-set.ts';
import type {Deployment, IntOrPercent, ReplicaCounts, Strategy} from '../../workload.ts';
import {isReleasing, kruiseStanding} from './standing.ts';

/** OpenKruise holds pods of a blue-green release back from being available by this many seconds. KR/pkg/controller/batchrelease/control/bluegreenstyle. */
const heldBackSeconds = 2_147_483_646;

/** In the middle of a release the webhook and the controllers write here what the Deployment really is to do. */
const inProgressing = 'rollouts.kruise.io/in-progressing';
const partitionStrategy = 'rollouts.kruise.io/deployment-strategy';
const originalStrategy = 'rollouts.kruise.io/original-deployment-strategy';

/** Whether OpenKruise keeps a ReplicaSet's or Deployment's pods from being called available. */
function isHeldBack({minReadySeconds}: Pick<Deployment, 'minReadySeconds'>): boolean {
	return minReadySeconds >= heldBackSeconds;
}

function jsonOf(text: string | undefined): JsonObject {
	try {
		const value: unknown = JSON.parse(text ?? '{}');
		return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
	} catch {
		return {};
	}
}

function numberIn(value: JsonObject, name: string): number | undefined {
	const number = value[name];
	return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

function amountIn(value: JsonObject, name: string, fallback: IntOrPercent): IntOrPercent {
	const amount = value[name];
	if (typeof amount === 'number') return amount;
	return typeof amount === 'string' && /^\d+%$/.test(amount) ? (amount as `${number}%`) : fallback;
}

/** The strategy that a person has set: in its place OpenKruise writes Recreate, or one that stops at its steps. */
function strategyOf({strategy, annotations}: Deployment, original: JsonObject): Strategy {
	const partition = jsonOf(annotations[partitionStrategy]).rollingUpdate;
	const written = isJsonObject(partition) ? partition : original;
	if (Object.keys(written).length === 0) return strategy;
	return {type: 'RollingUpdate', maxSurge: amountIn(written, 'maxSurge', '25%'), maxUnavailable: amountIn(written, 'maxUnavailable', '25%')};
}

/** The pods of both Deployments; those that are only held back are available. The status follows an event after OpenKruise begins or ends to hold them back. */
function countsOf(deployment: Deployment, rollout: KruiseRollout, second: Deployment | undefined): ReplicaCounts {
	const {replicas} = deployment;
	const isHeld = isHeldBack(deployment) || (rollout.style === 'blueGreen' && isReleasing(rollout));
	const own = isHeld ? {...replicas, available: replicas.ready} : replicas;
	const sum = (of: 'current' | 'updated' | 'ready' | 'available') => own[of] + (second?.replicas[of] ?? 0);
	const [current, available] = [sum('current'), sum('available')];
	return {...own, current, updated: sum('updated'), ready: sum('ready'), available, unavailable: Math.max(0, Math.max(own.desired, current) - available)};
}

/** Pods that are held back make the Deployment say that it has none; and a Deployment beside it has a deadline of its own. */
function conditionsOf(deployment: Deployment, second: Deployment | undefined): readonly Condition[] {
	const available = conditionOf(deployment.conditions, 'Available');
	const isFalse = isHeldBack(deployment) && available?.status === 'False';
	const exceeded = second && exceededDeadline(second);
	const kept = deployment.conditions.filter(({type}) => !(isFalse && type === 'Available') && !(exceeded !== undefined && type === 'Progressing'));
	if (kept.length === deployment.conditions.length) return deployment.conditions;
	return exceeded === undefined ? kept : [...kept, exceeded];
}

/** It is OpenKruise that pauses a Deployment in the middle of a release, not somebody; whether it is paused for people, its Rollout says. */
function isPaused(deployment: Deployment, rollout: KruiseRollout): boolean {
	const isKruises = deployment.annotations[inProgressing] !== undefined || isReleasing(rollout);
	return rollout.paused || (deployment.paused && !isKruises);
}

/**
 * A Deployment as it truly stands while OpenKruise steers it. What the controllers have only set for the time of a release (paused, strategy, minReadySeconds, deadline)
 * is as a person has it, and `second`, the Deployment of the new pods beside it, is counted in.
 */
export function steeredDeployment(deployment: Deployment, rollout: KruiseRollout, second: Deployment | undefined): Deployment {
	if (kruiseStanding(rollout).kind === 'disabled') return {...deployment, release: rollout};
	const original = jsonOf(deployment.annotations[originalStrategy]);
	const held = isHeldBack(deployment);
	return {
		...deployment,
		paused: isPaused(deployment, rollout),
		strategy: strategyOf(deployment, original),
		minReadySeconds: held ? (numberIn(original, 'minReadySeconds') ?? 0) : deployment.minReadySeconds,
		progressDeadlineSeconds: held ? numberIn(original, 'progressDeadlineSeconds') : deployment.progressDeadlineSeconds,
		replicas: countsOf(deployment, rollout, second),
		conditions: conditionsOf(deployment, second),
		release: rollout,
	};
}

/** A ReplicaSet whose pods are held back as it is without that; `minReadySeconds` is the Deployment's own. */
export function steeredReplicaSet(replicaSet: ReplicaSet, minReadySeconds: number): ReplicaSet {
	return isHeldBack(replicaSet) ? {...replicaSet, minReadySeconds, available: replicaSet.ready} : replicaSet;
}
