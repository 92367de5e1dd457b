import {isNotFound} from '../../api-client.ts';
import {involved} from '../context.ts';
import type {Pod, ReplicaSet} from '../kinds.ts';
import {replicaSetPath} from '../paths.ts';
import {isTerminal} from '../pods.ts';
import {isEmptySelector} from '../selectors.ts';
import {findCondition, newCondition, withCondition} from './conditions.ts';
import {type DeploymentPass, scaleAll, syncRolloutStatus, syncStatus, writeDeployment} from './deployment-pass.ts';
import {isComplete} from './deployment-status.ts';
import {activeOf, progressDeadline} from './limits.ts';
import {syncOrCreateNewest, syncRevision} from './newest-replica-set.ts';
import {planCleanup} from './plan-cleanup.ts';
import {planRollingUpdate} from './plan-rolling-update.ts';
import {isScalingEvent, planScaling} from './plan-scaling.ts';

/** The pods of a ReplicaSet. */
export type PodsOf = (replicaSet: ReplicaSet) => Iterable<Pod>;

/** One pass over a Deployment (kubernetes: deployment_controller.go syncDeployment). Throws what the API says, a conflict for instance: again, later. */
export async function syncDeployment(pass: DeploymentPass, podsOf: PodsOf): Promise<void> {
	const {deployment} = pass;
	if (deployment.metadata.deletionTimestamp !== undefined) {
		const {newest, old} = await syncRevision(pass);
		return syncStatus(pass, newest, old);
	}
	await markPaused(pass);
	if (deployment.spec.paused === true) return resize(pass);
	const {newest, old} = await syncRevision(pass);
	if (isScalingEvent(deployment, newest === undefined ? old : [...old, newest])) return resize(pass);
	return deployment.spec.strategy.type === 'Recreate' ? recreate(pass, podsOf) : roll(pass);
}

/** A Deployment that selects everything is told so, and nothing else happens to it. Gives whether it is one. */
export async function refuseToSelectAll(pass: DeploymentPass): Promise<boolean> {
	const {deployment, events} = pass;
	if (!isEmptySelector(deployment.spec.selector)) return false;
	events.record(involved(deployment), 'Warning', 'SelectingAll', 'This deployment is selecting all pods. A non-empty selector is required.');
	const {generation = 0} = deployment.metadata;
	if ((deployment.status?.observedGeneration ?? 0) < generation) await writeDeployment(pass, {status: {...deployment.status, observedGeneration: generation}});
	return true;
}

/** Progress is not awaited while paused, and the deadline begins anew after it (kubernetes: sync.go checkPausedConditions). */
async function markPaused(pass: DeploymentPass): Promise<void> {
	const {deployment, clock} = pass;
	const conditions = deployment.status?.conditions ?? [];
	const reason = findCondition(conditions, 'Progressing')?.reason;
	if (progressDeadline(deployment) === undefined || reason === 'ProgressDeadlineExceeded') return;
	const isPaused = deployment.spec.paused === true;
	if (isPaused === (reason === 'DeploymentPaused')) return;
	const condition = isPaused
		? newCondition('Progressing', 'Unknown', 'DeploymentPaused', 'Deployment is paused', clock.now())
		: newCondition('Progressing', 'Unknown', 'DeploymentResumed', 'Deployment is resumed', clock.now());
	await writeDeployment(pass, {status: {...deployment.status, conditions: withCondition(conditions, condition)}});
}

/** Paused, or the desired count has changed (kubernetes: sync.go sync). */
async function resize(pass: DeploymentPass): Promise<void> {
	const {newest, old} = await syncRevision(pass);
	const {steps, isForced} = planScaling(pass.deployment, newest, old);
	await scaleAll(pass, steps, isForced);
	if (pass.deployment.spec.paused === true) await cleanUp(pass, old);
	await syncStatus(pass, newest, old);
}

async function roll(pass: DeploymentPass): Promise<void> {
	const {newest, old} = await syncOrCreateNewest(pass);
	const {direction, steps} = planRollingUpdate(pass.deployment, newest, old);
	if (direction === 'new') await scaleAll(pass, steps);
	// What goes wrong with old ReplicaSets does not keep the status from being told.
	const isScaled = direction === 'new' || (direction === 'old' && (await succeeds(scaleAll(pass, steps))));
	if (!isScaled && isComplete(pass.deployment, pass.deployment.status)) await cleanUp(pass, old);
	await syncRolloutStatus(pass, newest, old);
}

function succeeds(work: Promise<void>): Promise<boolean> {
	return work.then(
		() => true,
		() => false,
	);
}

/** First all old pods go, then all new ones come (kubernetes: recreate.go). */
async function recreate(pass: DeploymentPass, podsOf: PodsOf): Promise<void> {
	const {newest, old} = await syncRevision(pass);
	const active = activeOf(old);
	if (active.length > 0) {
		await scaleAll(
			pass,
			active.map(replicaSet => ({replicaSet, to: 0})),
		);
		return syncRolloutStatus(pass, newest, old);
	}
	if (hasOldPods(old, podsOf)) return syncRolloutStatus(pass, newest, old);
	const made = newest ?? (await syncOrCreateNewest(pass)).newest;
	await scaleAll(pass, [{replicaSet: made, to: pass.deployment.spec.replicas}]);
	if (isComplete(pass.deployment, pass.deployment.status)) await cleanUp(pass, old);
	await syncRolloutStatus(pass, made, old);
}

/** Terminating pods count: they may still hold what the new ones need. */
function hasOldPods(old: readonly ReplicaSet[], podsOf: PodsOf): boolean {
	return old.some(replicaSet => (replicaSet.status?.replicas ?? 0) > 0 || [...podsOf(replicaSet)].some(pod => !isTerminal(pod)));
}

async function cleanUp({api, deployment}: DeploymentPass, old: readonly ReplicaSet[]): Promise<void> {
	for (const {metadata} of planCleanup(deployment, old)) {
		try {
			await api.send({method: 'DELETE', path: replicaSetPath(metadata.namespace, metadata.name)});
		} catch (error) {
			if (!isNotFound(error)) throw error;
		}
	}
}
