import type {IntOrPercent, Strategy, Workload} from './workload.ts';

/** How many pods a rolling update may have above, and miss below, the desired count. */
export type Fenceposts = {readonly surge: number; readonly unavailable: number};

function resolve(value: IntOrPercent, desired: number, round: (value: number) => number): number {
	if (typeof value === 'number') return value;
	return round((Number.parseInt(value, 10) * desired) / 100);
}

/**
 * Surge and unavailable as pod numbers: percentages of the desired count, surge rounded up and unavailable down; both 0 would never move,
 * so unavailable is then 1. Recreate has neither, blue-green all pods twice. kubernetes: deployment_util.go ResolveFenceposts, MaxUnavailable.
 */
export function fenceposts(strategy: Strategy, desired: number): Fenceposts {
	if (strategy.type === 'BlueGreen') return {surge: desired, unavailable: 0};
	if (strategy.type !== 'RollingUpdate') return {surge: 0, unavailable: 0};
	const surge = resolve(strategy.maxSurge, desired, Math.ceil);
	const unavailable = resolve(strategy.maxUnavailable, desired, Math.floor);
	if (surge === 0 && unavailable === 0) return {surge, unavailable: Math.min(1, desired)};
	return {surge, unavailable: Math.min(unavailable, desired)};
}

/**
 * The same of any kind of workload. Of a DaemonSet both are rounded up, and of a StatefulSet at least one pod may be missing: neither could move else.
 * kubernetes: daemon/update.go updatedDesiredNodeCounts, statefulset/stateful_set_utils.go getStatefulSetMaxUnavailable.
 */
export function fencepostsOf({kind, strategy, replicas: {desired}}: Pick<Workload, 'kind' | 'strategy' | 'replicas'>): Fenceposts {
	if (strategy.type !== 'RollingUpdate' || (kind !== 'DaemonSet' && kind !== 'StatefulSet')) return fenceposts(strategy, desired);
	if (kind === 'StatefulSet') return {surge: 0, unavailable: Math.min(desired, Math.max(1, resolve(strategy.maxUnavailable, desired, Math.floor)))};
	const surge = resolve(strategy.maxSurge, desired, Math.ceil);
	const unavailable = resolve(strategy.maxUnavailable, desired, Math.ceil);
	return {surge, unavailable: Math.min(desired, surge === 0 ? Math.max(1, unavailable) : unavailable)};
}

/** What the share of one ReplicaSet in a scaling is computed from; counts in pods. */
export type ScaleShare = {
	/** `spec.replicas` of the ReplicaSet. */
	readonly size: number;
	/** Its `deployment.kubernetes.io/max-replicas`: desired plus surge when it was last scaled; 0 where absent. */
	readonly maxReplicas: number;
	/** `status.replicas` of the Deployment: stands in for an absent `maxReplicas`. */
	readonly currentReplicas: number;
	/** The Deployment's desired count and surge now. */
	readonly desired: number;
	readonly surge: number;
	/** Pods to add in all (negative: to remove), and how many of them were given out already. */
	readonly toAdd: number;
	readonly added: number;
};

/** Away from zero at a half, as the controller's integer rounding does. */
function roundAway(value: number): number {
	return Math.sign(value) * Math.round(Math.abs(value));
}

function fraction({size, maxReplicas, currentReplicas, desired, surge}: ScaleShare): number {
	if (desired === 0) return -size;
	const whole = maxReplicas === 0 ? currentReplicas : maxReplicas;
	return whole === 0 ? 0 : roundAway((size * (desired + surge)) / whole) - size;
}

/**
 * By how many pods a ReplicaSet grows (negative: shrinks) when the Deployment is scaled in the middle of a rollout: in proportion to its size,
 * never more than what is left to give out. kubernetes: deployment_util.go GetReplicaSetProportion.
 */
export function scaleProportion(share: ScaleShare): number {
	const left = share.toAdd - share.added;
	if (share.size === 0 || share.toAdd === 0 || left === 0) return 0;
	return share.toAdd > 0 ? Math.min(fraction(share), left) : Math.max(fraction(share), left);
}
