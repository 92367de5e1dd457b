import {firstSize, limitsOf, passOf} from '../model.ts';
import {annotated, type Deployment, desiredKey, historyKey, maxKey, ownerOf, type Pod, type ReplicaSet, revisionKey} from '../objects.ts';
import {conditionOf, isTrue} from '../settled.ts';
import {countBefore, type History, knowledgeOf} from './history.ts';

/** What is wrong with the writes of ReplicaSets: sizes and revisions by the Deployment controller, counts by the ReplicaSet controller. */
export function replicaSetViolations(history: History): readonly string[] {
	const known = new Map<string, number>();
	const podKnowledge = knowledgeOf(history.pods);
	return history.replicaSets.flatMap(change => {
		const {before, after, version} = change;
		if (after === undefined) return [];
		const where = `ReplicaSet ${after.metadata.name} at ${version}`;
		if (before === undefined) return creationViolations(after, version, history).map(problem => `${where}: ${problem}`);
		const isSized = before.metadata.generation !== after.metadata.generation;
		const isAnnotated = JSON.stringify(before.metadata.annotations) !== JSON.stringify(after.metadata.annotations);
		if (isSized || isAnnotated) return specViolations(before, after, version, history).map(problem => `${where}: ${problem}`);
		const from = known.get(after.metadata.name) ?? 0;
		const match = podKnowledge.findIndex((pods, count) => count >= from && count <= countBefore(history.pods, version) && counts(after, pods));
		if (match === -1) return [`${where}: status ${JSON.stringify(after.status)} counts no pods known then`];
		known.set(after.metadata.name, match);
		return JSON.stringify(before.status) === JSON.stringify(after.status) ? [`${where}: a write that changes nothing`] : [];
	});
}

/** The Deployment as the controller can have known it: the newest one, or what a person had just changed. */
function deploymentsKnown({deployment}: History, version: number): readonly Deployment[] {
	const changes = deployment.slice(0, countBefore(deployment, version)).slice(-6);
	return changes.flatMap(({after}) => after ?? []).toReversed();
}

function creationViolations(created: ReplicaSet, version: number, history: History): readonly string[] {
	const knowledge = knowledgeOf(history.replicaSets).slice(0, countBefore(history.replicaSets, version) + 1);
	const others = knowledge.at(-1) ?? [];
	const problems: string[] = [];
	if (!/-[456789bcdf]{1,10}$/.test(created.metadata.name)) problems.push('is not named after a hash');
	const revision = 1 + Math.max(0, ...others.map(set => annotated(set, revisionKey)));
	if (annotated(created, revisionKey) !== revision) problems.push(`has revision ${annotated(created, revisionKey)}, not ${revision}`);
	const candidates = deploymentsKnown(history, version);
	const isSized = candidates.some(deployment =>
		knowledge.some(replicaSets => firstSize({deployment, replicaSets, oldPods: 0}) === created.spec.replicas && isFor(created, deployment)),
	);
	if (!isAnnounced(created, version, history)) problems.push('is not announced by its Deployment');
	if (!isSized) problems.push(`is created with ${created.spec.replicas} pods`);
	return problems;
}

/**
 * The Deployment's first word about the revision is that it was created. It may be lost where the same pass has written before, on what is then an
 * old version: after a resume, and with Recreate.
 */
function isAnnounced(created: ReplicaSet, version: number, {deployment: changes}: History): boolean {
	const revision = created.metadata.annotations?.[revisionKey];
	const before = changes[countBefore(changes, version) - 1]?.after;
	const first = changes.find(change => change.version > version && change.after?.metadata.annotations?.[revisionKey] === revision)?.after;
	if (before === undefined || first === undefined || first.spec.strategy.type === 'Recreate') return true;
	const isResumed = conditionOf(before, 'Progressing')?.reason === 'DeploymentResumed';
	return isResumed || first.spec.progressDeadlineSeconds === undefined || conditionOf(first, 'Progressing')?.reason === 'NewReplicaSetCreated';
}

function specViolations(before: ReplicaSet, after: ReplicaSet, version: number, history: History): readonly string[] {
	const problems: string[] = [];
	if (JSON.stringify(before.status) !== JSON.stringify(after.status)) problems.push('status changed with the specification');
	const isChanged = JSON.stringify(before.spec) !== JSON.stringify(after.spec);
	if (isChanged !== (after.metadata.generation === (before.metadata.generation ?? 0) + 1)) problems.push('generation does not follow the specification');
	if (before.spec.replicas !== after.spec.replicas && !isResize(before, after, version, history)) {
		problems.push(`no pass resizes it from ${before.spec.replicas} to ${after.spec.replicas}`);
	}
	return [...problems, ...revisionViolations(before, after, version, history)];
}

function isResize(before: ReplicaSet, after: ReplicaSet, version: number, history: History): boolean {
	const {name} = after.metadata;
	const knowledge = knowledgeOf(history.replicaSets).slice(0, countBefore(history.replicaSets, version) + 1);
	const pods = knowledgeOf(history.pods)[countBefore(history.pods, version)] ?? [];
	const steps = [before.spec.replicas, after.spec.replicas];
	return deploymentsKnown(history, version).some(
		deployment =>
			isFor(after, deployment) &&
			knowledge.some(replicaSets => {
				const known = replicaSets.find(({metadata}) => metadata.name === name);
				if (known === undefined) return false;
				const oldPods = pods.filter(pod => isOldPod(pod, name)).length;
				const sizes = passOf({deployment, replicaSets, oldPods}).flatMap(write => (write.name === name ? [write.to] : []));
				// A write is refused unless it is made on the newest version of the object, be it one that the same pass has just written.
				return known === before ? sizes[0] === steps[1] : known.spec.replicas !== steps[0] && sizes.join() === steps.join();
			}),
	);
}

/** Recreate asks the pods that have not come to their end, whoever of the old ReplicaSets has them. */
function isOldPod(pod: Pod, name: string): boolean {
	return ownerOf(pod) !== name && pod.status.phase !== 'Succeeded' && pod.status.phase !== 'Failed';
}

/** Every size is written together with what it was computed for. */
function isFor(replicaSet: ReplicaSet, deployment: Deployment): boolean {
	const {replicas} = deployment.spec;
	return annotated(replicaSet, desiredKey) === replicas && annotated(replicaSet, maxKey) === replicas + limitsOf(deployment).surge;
}

/** A revision only grows: to one more than all others have. The one it had is kept in the history. */
function revisionViolations(before: ReplicaSet, after: ReplicaSet, version: number, {replicaSets}: History): readonly string[] {
	const [old, now] = [annotated(before, revisionKey), annotated(after, revisionKey)];
	const [past, present] = [before.metadata.annotations?.[historyKey], after.metadata.annotations?.[historyKey]];
	if (old === now) return past === present ? [] : ['revision history without a revision'];
	const others = (knowledgeOf(replicaSets)[countBefore(replicaSets, version)] ?? []).filter(({metadata}) => metadata.name !== after.metadata.name);
	const expected = 1 + Math.max(0, ...others.map(set => annotated(set, revisionKey)));
	const problems = now === expected ? [] : [`revision ${now} instead of ${expected}`];
	return present === [past, old].filter(part => part !== undefined).join() ? problems : [...problems, `revision history ${present} after ${past} and ${old}`];
}

/** Whether a status counts these pods (calculateStatus). With minReadySeconds availability is a matter of time, and tested at rest. */
function counts({metadata: {name}, spec, status}: ReplicaSet, pods: readonly Pod[]): boolean {
	const own = pods.filter(pod => ownerOf(pod) === name && pod.status.phase !== 'Succeeded' && pod.status.phase !== 'Failed');
	const active = own.filter(({metadata}) => metadata.deletionTimestamp === undefined);
	const ready = active.filter(pod => isTrue(pod, 'Ready')).length;
	const available = status.availableReplicas ?? 0;
	return (
		status.replicas === active.length &&
		(status.fullyLabeledReplicas ?? 0) === active.length &&
		(status.readyReplicas ?? 0) === ready &&
		(status.terminatingReplicas ?? 0) === own.length - active.length &&
		((spec.minReadySeconds ?? 0) === 0 ? available === ready : available <= ready)
	);
}
