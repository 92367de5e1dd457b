import {findCondition, newCondition, withCondition} from '../deployment/conditions.ts';
import type {ReplicaSet} from '../kinds.ts';
import {deadlineMs, pauseNews} from './argo-conditions.ts';
import {type ArgoPass, argoPath, argoSteps, writeArgoStatus} from './argo-pass.ts';
import {phaseOf} from './argo-phase.ts';
import {argoHashOf, cleanHistory, createNewest, newestOf, nextRevision, renumber, resize} from './argo-replica-sets.ts';
import {answered, beginning, completeStatus} from './argo-status.ts';
import {nextCounts} from './canary-replicas.ts';
import {goalOf, stepOn} from './canary-steps.ts';
import {type ArgoSets, type ArgoStatus, argoRevision} from './kinds.ts';
import {restartPods} from './restart-pods.ts';

/** One look at a Rollout (argo-rollouts: rollout/controller.go syncHandler, canary.go). Throws what the API says: again, later. */
export async function syncArgoRollout(pass: ArgoPass): Promise<void> {
	const {rollout, replicaSets, context} = pass;
	if (rollout.metadata.deletionTimestamp !== undefined || rollout.spec.strategy.canary === undefined) return;
	const newest = newestOf(pass);
	if (newest === undefined) return begin(pass);
	if ((await renumber(pass, newest)) || (await number(pass, newest))) return;
	const {status = {}} = rollout;
	const stable = replicaSets.find(set => argoHashOf(set) === status.stableRS);
	const sets: ArgoSets = {newest, stable, others: replicaSets.filter(set => set !== newest && set !== stable)};
	const first = beginning(pass, sets);
	if (first !== undefined) return write(pass, completeStatus(pass, sets, first));
	if (status.stableRS === undefined) return settleFirst(pass, sets, status);
	const news = pauseNews(rollout, status, context.clock.now());
	if (news !== undefined) return write(pass, completeStatus(pass, sets, {...status, conditions: news}));
	await move(pass, sets, status);
}

/** The very first version takes no steps: it is the stable one at once. */
async function settleFirst(pass: ArgoPass, sets: ArgoSets, status: ArgoStatus): Promise<void> {
	await write(pass, completeStatus(pass, sets, {...status, stableRS: argoHashOf(sets.newest), currentStepIndex: argoSteps(pass.rollout).length}));
}

async function begin(pass: ArgoPass): Promise<void> {
	const {rollout, context} = pass;
	const {metadata} = await createNewest(pass);
	const {status = {}} = rollout;
	const made = newCondition('Progressing', 'True', 'NewReplicaSetCreated', `Created new replica set "${metadata.name}"`, context.clock.now());
	await write(pass, {...status, canary: {}, blueGreen: {}, conditions: withCondition(status.conditions ?? [], made)});
}

/**
 * The Rollout bears the number of its newest ReplicaSet, and its template says `resources`, as Go writes it, and each port's `protocol`, as the definition's
 * schema fills it in. Gives whether it wrote.
 */
async function number(pass: ArgoPass, newest: ReplicaSet): Promise<boolean> {
	const {context, rollout} = pass;
	const {metadata, spec} = rollout;
	const revision = String(nextRevision(pass, newest));
	const isWhole = spec.template.spec.containers.every(({resources}) => resources !== undefined);
	if (isWhole && metadata.annotations?.[argoRevision] === revision) return false;
	const containers = spec.template.spec.containers.map(container => ({
		resources: {},
		...container,
		...(container.ports === undefined ? {} : {ports: container.ports.map(port => ({protocol: 'TCP', ...port}))}),
	}));
	const template = {...spec.template, spec: {...spec.template.spec, containers}};
	const body = {...rollout, metadata: {...metadata, annotations: {...metadata.annotations, [argoRevision]: revision}}, spec: {...spec, template}};
	await context.api.send({method: 'PUT', path: argoPath(rollout), body});
	return true;
}

async function move(pass: ArgoPass, sets: ArgoSets, old: ArgoStatus): Promise<void> {
	const {rollout} = pass;
	const asked = answered(pass, old);
	const restartedAt = await restartPods(pass);
	if (rollout.spec.paused !== true) await scale(pass, sets, asked);
	const stepped = stepOn(pass, sets, asked);
	const isOver = (stepped.currentStepIndex ?? 0) >= argoSteps(rollout).length && isAllAvailable(pass, sets);
	const decided = {...stepped, ...(isOver ? {stableRS: argoHashOf(sets.newest)} : {}), ...(restartedAt === undefined ? {} : {restartedAt})};
	await write(pass, completeStatus(pass, sets, decided));
	await cleanHistory(pass, sets.others);
}

function isAllAvailable({rollout}: ArgoPass, {newest}: ArgoSets): boolean {
	const replicas = rollout.spec.replicas ?? 1;
	return newest.spec.replicas === replicas && (newest.status?.availableReplicas ?? 0) >= replicas;
}

/** One side at a time, the stable one first; the rest of the sides follows when the watch has told of it. */
async function scale(pass: ArgoPass, sets: ArgoSets, status: ArgoStatus): Promise<void> {
	const {newest, stable, others} = sets;
	const counts = nextCounts(pass.rollout, sets, goalOf(pass.rollout, status));
	if (stable !== undefined && stable !== newest && (await resize(pass, stable, counts.stable))) return;
	if (await resize(pass, newest, stable === newest ? (pass.rollout.spec.replicas ?? 1) : counts.newest)) return;
	for (const other of others) await resize(pass, other, 0);
}

/** Writes a status that differs from the last one; looks again when progress would be late. */
async function write(pass: ArgoPass, status: ArgoStatus): Promise<void> {
	const {rollout, checkAgain, context} = pass;
	if (JSON.stringify(sorted(status)) !== JSON.stringify(sorted(rollout.status ?? {}))) return writeArgoStatus(pass, status);
	const since = findCondition(status.conditions ?? [], 'Progressing')?.lastUpdateTime;
	if (phaseOf(rollout, status).phase === 'Progressing' && since !== undefined)
		checkAgain(Math.max(1_000, Date.parse(since) + deadlineMs(rollout) + 1_000 - context.clock.now()));
}

function sorted(status: object): readonly unknown[] {
	return Object.entries(status).sort(([left], [right]) => (left < right ? -1 : 1));
}
