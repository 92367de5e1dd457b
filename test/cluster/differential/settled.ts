import {byAge, isScaled, limitsOf, newReplicaSetOf, passOf} from './model.ts';
import {annotated, type Condition, type Deployment, isOfTemplate, ownerOf, type Pod, type ReplicaSet, revisionKey} from './objects.ts';

/** Everything of a namespace at one moment. */
export interface ClusterState {
	readonly deployments: ReadonlyMap<string, Deployment>;
	readonly replicasets: ReadonlyMap<string, ReplicaSet>;
	readonly pods: ReadonlyMap<string, Pod>;
}

/** Why something must still happen by itself, or nothing when all has come to rest: then both sides stand at the same point. */
export function unrest(state: ClusterState): string | undefined {
	const pods = [...state.pods.values()].map(pod => withName(pod, podUnrest(pod)));
	return pods.find(isSaid) ?? workloadsUnrest(state);
}

/** The same for a rollout that cannot go on: its deadline has passed, and its pods are what they are. */
export function stalledUnrest(state: ClusterState): string | undefined {
	const pods = [...state.pods.values()].map(pod => withName(pod, pod.metadata.deletionTimestamp === undefined ? undefined : 'is terminating'));
	const deployments = [...state.deployments.values()].map(deployment => {
		const isLate = conditionOf(deployment, 'Progressing')?.reason === 'ProgressDeadlineExceeded';
		return withName(deployment, isLate ? undefined : 'has time left');
	});
	return [...pods, ...deployments].find(isSaid) ?? workloadsUnrest(state);
}

function workloadsUnrest(state: ClusterState): string | undefined {
	const replicaSets = [...state.replicasets.values()].map(set => withName(set, replicaSetUnrest(set, podsOf(state, set))));
	const deployments = [...state.deployments.values()].map(deployment => withName(deployment, deploymentUnrest(deployment, replicaSetsOf(state, deployment))));
	return [...replicaSets, ...deployments].find(isSaid);
}

function withName({kind, metadata}: Deployment | ReplicaSet | Pod, why: string | undefined): string | undefined {
	return why === undefined ? undefined : `${kind} ${metadata.name} ${why}`;
}

function isSaid(why: string | undefined): why is string {
	return why !== undefined;
}

/** The ReplicaSets of a Deployment, oldest first. */
export function replicaSetsOf({replicasets}: ClusterState, {metadata}: Deployment): ReplicaSet[] {
	return byAge([...replicasets.values()].filter(replicaSet => ownerOf(replicaSet) === metadata.name));
}

/** The pods of a ReplicaSet. */
export function podsOf({pods}: ClusterState, {metadata}: ReplicaSet): Pod[] {
	return [...pods.values()].filter(pod => ownerOf(pod) === metadata.name);
}

/** Whether a pod's condition is true. */
export function isTrue({status}: Pod, name: string): boolean {
	return status.conditions?.find(({type}) => type === name)?.status === 'True';
}

/** Whether a pod waits for nothing but its readiness gate. */
export function isGated(pod: Pod): boolean {
	return (
		isTrue(pod, 'ContainersReady') && !isTrue(pod, 'Ready') && pod.status.conditions?.find(({type}) => type === 'Ready')?.reason === 'ReadinessGatesNotReady'
	);
}

/** Whether a gate was opened that the node has not yet told of. */
function isOpening(pod: Pod): boolean {
	const gates = pod.spec.readinessGates ?? [];
	return gates.length > 0 && gates.every(({conditionType}) => isTrue(pod, conditionType)) && !isTrue(pod, 'Ready');
}

function podUnrest(pod: Pod): string | undefined {
	if (pod.metadata.deletionTimestamp !== undefined) return 'is terminating';
	if (isTrue(pod, 'Ready')) return undefined;
	if (isOpening(pod)) return 'has an open gate and is not ready';
	if (isGated(pod)) return undefined;
	const reasons = (pod.status.containerStatuses ?? []).map(({state}) => state.waiting?.reason ?? '');
	return reasons.some(reason => /^(ErrImagePull|ImagePullBackOff)$/.test(reason)) ? undefined : 'is not at rest';
}

function replicaSetUnrest({metadata, spec, status}: ReplicaSet, pods: readonly Pod[]): string | undefined {
	if ((status.observedGeneration ?? 0) !== metadata.generation) return 'is not observed';
	const ready = pods.filter(pod => isTrue(pod, 'Ready')).length;
	if (status.replicas !== pods.length || (status.readyReplicas ?? 0) !== ready) return 'does not count its pods';
	const hasFailed = status.conditions?.some(({type}) => type === 'ReplicaFailure') === true;
	if ((status.replicas !== spec.replicas) !== hasFailed) return hasFailed ? 'has its size and still says that it failed' : 'has not its size';
	if ((status.availableReplicas ?? 0) !== ready) return 'waits for availability';
	return (status.terminatingReplicas ?? 0) === 0 ? undefined : 'counts terminating pods';
}

function deploymentUnrest(deployment: Deployment, replicaSets: readonly ReplicaSet[]): string | undefined {
	const {metadata, spec, status} = deployment;
	if (status.observedGeneration !== metadata.generation) return 'is not observed';
	const current = newReplicaSetOf({deployment, replicaSets});
	if (current === undefined && spec.paused !== true) return 'has no new ReplicaSet';
	const [write] = passOf({deployment, replicaSets, oldPods: 0});
	if (write !== undefined) return `will resize ${write.name} from ${write.from} to ${write.to}`;
	const isSmall = replicaSets.filter(set => set.spec.replicas > 0).length <= 1;
	if (isScaled(deployment, replicaSets) && !isSmall) return 'will write the desired count into its ReplicaSets';
	if (current !== undefined && annotated(deployment, revisionKey) !== annotated(current, revisionKey)) return 'has not its revision';
	const hasFailed = replicaSets.some(set => conditionOf(set, 'ReplicaFailure') !== undefined);
	if (hasFailed !== (conditionOf(deployment, 'ReplicaFailure') !== undefined)) return 'is wrong about a failure of its ReplicaSets';
	return countsUnrest(deployment, replicaSets, current) ?? conditionsUnrest(deployment) ?? historyUnrest(deployment, replicaSets);
}

function countsUnrest({status}: Deployment, replicaSets: readonly ReplicaSet[], current: ReplicaSet | undefined): string | undefined {
	const sum = (count: (replicaSet: ReplicaSet) => number | undefined) => replicaSets.reduce((total, replicaSet) => total + (count(replicaSet) ?? 0), 0);
	const available = sum(set => set.status.availableReplicas);
	const expected = [
		[status.replicas, sum(set => set.status.replicas)],
		[status.readyReplicas, sum(set => set.status.readyReplicas)],
		[status.availableReplicas, available],
		[status.terminatingReplicas, sum(set => set.status.terminatingReplicas)],
		[status.unavailableReplicas, Math.max(0, sum(set => set.spec.replicas) - available)],
		[status.updatedReplicas, current?.status.replicas ?? 0],
	];
	return expected.every(([told = 0, counted]) => told === counted) ? undefined : 'does not sum up its ReplicaSets';
}

function conditionsUnrest(deployment: Deployment): string | undefined {
	const {spec, status} = deployment;
	const progressing = conditionOf(deployment, 'Progressing');
	const isAvailable = (status.availableReplicas ?? 0) >= spec.replicas - limitsOf(deployment).unavailable;
	if ((conditionOf(deployment, 'Available')?.status === 'True') !== isAvailable) return 'is wrong about its availability';
	if (spec.progressDeadlineSeconds === undefined) return undefined;
	const isPaused = spec.paused === true;
	if (progressing?.reason !== 'ProgressDeadlineExceeded' && isPaused !== (progressing?.reason === 'DeploymentPaused')) return 'is wrong about its pause';
	if (!isPaused && isComplete(deployment) && progressing?.reason !== 'NewReplicaSetAvailable') return 'does not say that it is complete';
	return undefined;
}

function historyUnrest(deployment: Deployment, replicaSets: readonly ReplicaSet[]): string | undefined {
	if (!isComplete(deployment)) return undefined;
	const old = replicaSets.filter(set => !isOfTemplate(set, deployment));
	return old.length > deployment.spec.revisionHistoryLimit ? 'will delete old ReplicaSets' : undefined;
}

/** Updated, available, and nothing else left. */
export function isComplete({spec: {replicas}, status}: Deployment): boolean {
	return [status.updatedReplicas, status.replicas, status.availableReplicas].every(count => (count ?? 0) === replicas);
}

/** One of a Deployment's conditions. */
export function conditionOf({status}: Deployment | ReplicaSet, name: string): Condition | undefined {
	return status.conditions?.find(({type}) => type === name);
}
