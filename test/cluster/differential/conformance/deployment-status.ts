import {legalConditions} from '../legal.ts';
import {limitsOf, newReplicaSetOf} from '../model.ts';
import {type Condition, type Deployment, type ReplicaSet, revisionKey} from '../objects.ts';
import {conditionOf} from '../settled.ts';
import {type Change, countBefore, type History, knowledgeOf} from './history.ts';

/** What is wrong with the writes of a Deployment: each must follow from the one before it and from ReplicaSets that the controller can have known. */
export function deploymentViolations({deployment: changes, replicaSets}: History): readonly string[] {
	const knowledge = knowledgeOf(replicaSets);
	let known = 0;
	return changes.flatMap(change => {
		const {before, after, version} = change;
		if (before === undefined || after === undefined) return [];
		const where = `Deployment ${after.metadata.name} at ${version}`;
		if (after.metadata.generation !== before.metadata.generation) return userViolations(before, after, where);
		const isSame = JSON.stringify(before.spec) === JSON.stringify(after.spec);
		const same = [...(isSame ? [] : [`${where}: spec without generation`]), ...timeViolations(before, after).map(problem => `${where}: ${problem}`)];
		if (isPartial(before, after)) return [...same, ...partialViolations(before, after, where, knowledge[countBefore(replicaSets, version)] ?? [])];
		const latest = countBefore(replicaSets, version);
		const match = range(known, latest).find(count => isSyncOf(change, knowledge.slice(count, latest + 1)));
		if (match === undefined) return [...same, `${where}: status ${statusText(after)} after ${statusText(before)} follows from no ReplicaSets known then`];
		known = match;
		return same;
	});
}

function timeViolations(before: Deployment, after: Deployment): readonly string[] {
	return (after.status.conditions ?? []).flatMap(now => {
		const old = conditionOf(before, now.type);
		return old === undefined || hasRightTimes(old, now) ? [] : [`${now.type} has wrong times: ${JSON.stringify(now)} after ${JSON.stringify(old)}`];
	});
}

/** A transition time is that of the last change of the status; an update time moves with the reason, and with each progress that is made. */
function hasRightTimes(old: Condition, now: Condition): boolean {
	if ((now.lastUpdateTime ?? '') < (old.lastUpdateTime ?? '')) return false;
	// A ReplicaSet's failure brings its own times along.
	if (old.status !== now.status) return now.lastTransitionTime === now.lastUpdateTime || now.type === 'ReplicaFailure';
	if (old.lastTransitionTime !== now.lastTransitionTime) return false;
	return old.lastUpdateTime === now.lastUpdateTime || old.reason !== now.reason || now.reason === 'ReplicaSetUpdated';
}

/** A person's write: the specification or the annotations, one generation, and nothing of the status. */
function userViolations(before: Deployment, after: Deployment, where: string): readonly string[] {
	const problems: string[] = [];
	if (after.metadata.generation !== (before.metadata.generation ?? 0) + 1) problems.push('generation jumps');
	if (JSON.stringify(before.status) !== JSON.stringify(after.status)) problems.push('status changed with the specification');
	return problems.map(problem => `${where}: ${problem}`);
}

/** Written in the midst of a pass: a new ReplicaSet, a pause, a revision. The counts are the old ones still. */
export function isPartial(before: Deployment, after: Deployment): boolean {
	const {conditions: _before, ...old} = before.status;
	const {conditions: _after, ...counts} = after.status;
	const isSame = JSON.stringify(old) === JSON.stringify(counts);
	const reason = conditionOf(after, 'Progressing')?.reason ?? '';
	const isSaid = reason !== conditionOf(before, 'Progressing')?.reason && partialReasons.has(reason);
	return isSame && (isSaid || before.metadata.annotations?.[revisionKey] !== after.metadata.annotations?.[revisionKey]);
}

const partialReasons = new Set(['NewReplicaSetCreated', 'FoundNewReplicaSet', 'DeploymentPaused', 'DeploymentResumed', 'ReplicaSetCreateError']);

function partialViolations(before: Deployment, after: Deployment, where: string, replicaSets: readonly ReplicaSet[]): readonly string[] {
	const revision = after.metadata.annotations?.[revisionKey];
	const current = newReplicaSetOf({deployment: after, replicaSets});
	const problems: string[] = [];
	if (revision !== before.metadata.annotations?.[revisionKey] && current?.metadata.annotations?.[revisionKey] !== revision) {
		problems.push(`revision ${revision} before its ReplicaSet has it`);
	}
	const said = conditionOf(after, 'Progressing');
	const expected = said === undefined ? undefined : partialCondition(said.reason ?? '', after, current?.metadata.name);
	const isSaid = said?.reason !== conditionOf(before, 'Progressing')?.reason;
	const conditions = isSaid && expected !== undefined ? withCondition(before.status.conditions, expected) : (before.status.conditions ?? []);
	if (!isSameList(conditions, after.status.conditions)) problems.push(`conditions ${conditionsText(after)} after ${conditionsText(before)}`);
	return problems.map(problem => `${where}: ${problem}`);
}

function partialCondition(reason: string, {spec}: Deployment, name: string | undefined): Condition | undefined {
	const type = 'Progressing';
	if (reason === 'NewReplicaSetCreated') return {type, status: 'True', reason, message: `Created new replica set "${name}"`};
	if (reason === 'FoundNewReplicaSet') return {type, status: 'True', reason, message: `Found new replica set "${name}"`};
	if (reason === 'DeploymentPaused' && spec.paused === true) return {type, status: 'Unknown', reason, message: 'Deployment is paused'};
	if (reason === 'DeploymentResumed' && spec.paused !== true) return {type, status: 'Unknown', reason, message: 'Deployment is resumed'};
	return undefined;
}

/** Whether a status is what a pass makes of the ReplicaSets that its cache knows. */
function isSyncOf({before, after}: Change<Deployment>, [known = [], ...since]: readonly (readonly ReplicaSet[])[]): boolean {
	if (before === undefined || after === undefined || JSON.stringify(before.metadata.annotations) !== JSON.stringify(after.metadata.annotations)) return false;
	const {status} = after;
	const current = newReplicaSetOf({deployment: after, replicaSets: known});
	const sum = (sets: readonly ReplicaSet[], count: (set: ReplicaSet) => number | undefined) => sets.reduce((total, set) => total + (count(set) ?? 0), 0);
	const available = sum(known, set => set.status.availableReplicas);
	const expected: readonly (readonly [number | undefined, number])[] = [
		[status.observedGeneration, after.metadata.generation ?? 0],
		[status.replicas, sum(known, set => set.status.replicas)],
		[status.updatedReplicas, current?.status.replicas ?? 0],
		[status.readyReplicas, sum(known, set => set.status.readyReplicas)],
		[status.availableReplicas, available],
		[status.terminatingReplicas, sum(known, set => set.status.terminatingReplicas)],
	];
	if (!expected.every(([told = 0, counted]) => told === counted)) return false;
	if ((status.unavailableReplicas ?? 0) !== Math.max(0, sum(known, set => set.spec.replicas) - available)) return false;
	// One that the same pass has created is named already, though the cache does not have it.
	const made = newReplicaSetOf({deployment: after, replicaSets: since.at(-1) ?? known});
	const names = [...new Set([current?.metadata.name, made?.metadata.name])];
	return conditionsOf(before, after, names, known).some(list => isSameList(list, after.status.conditions));
}

/** The conditions that a sync may leave behind, by calculateStatus and syncRolloutStatus (KUBERNETES §6). `names`: what may be the new ReplicaSet. */
export function conditionsOf(
	before: Deployment,
	after: Deployment,
	names: readonly (string | undefined)[],
	known: readonly ReplicaSet[],
): readonly (readonly Condition[])[] {
	const isAvailable = (after.status.availableReplicas ?? 0) >= after.spec.replicas - limitsOf(after).unavailable;
	const available = isAvailable
		? {type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable', message: 'Deployment has minimum availability.'}
		: {type: 'Available', status: 'False', reason: 'MinimumReplicasUnavailable', message: 'Deployment does not have minimum availability.'};
	const counted = withCondition(before.status.conditions, available);
	// A pass that only scales (and any while paused) says nothing about progress.
	const candidates = after.spec.paused === true ? [counted] : [counted, ...names.map(name => withProgress(before, after, counted, name))];
	return candidates.map(list => withFailure(list, known));
}

function withProgress(before: Deployment, after: Deployment, conditions: readonly Condition[], name: string | undefined): readonly Condition[] {
	const [old, now] = [countsOf(before), countsOf(after)];
	const said = conditionOf(before, 'Progressing');
	if (after.spec.progressDeadlineSeconds === undefined || (now.replicas === now.updated && said?.reason === 'NewReplicaSetAvailable')) return conditions;
	const whose = name === undefined ? `Deployment "${after.metadata.name}"` : `ReplicaSet "${name}"`;
	const {replicas} = after.spec;
	if (now.updated === replicas && now.replicas === replicas && now.available === replicas) {
		return withCondition(conditions, {type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable', message: `${whose} has successfully progressed.`});
	}
	const isProgress =
		now.updated > old.updated || now.replicas - now.updated < old.replicas - old.updated || now.ready > old.ready || now.available > old.available;
	if (isProgress) {
		const others = conditions.filter(({type}) => type !== 'Progressing');
		return [...others, {type: 'Progressing', status: 'True', reason: 'ReplicaSetUpdated', message: `${whose} is progressing.`}];
	}
	return isTimedOut(after, said)
		? withCondition(conditions, {type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: `${whose} has timed out progressing.`})
		: conditions;
}

function isTimedOut(after: Deployment, said: Condition | undefined): boolean {
	const now = conditionOf(after, 'Progressing');
	if (now?.reason !== 'ProgressDeadlineExceeded' || said === undefined || said.reason === 'NewReplicaSetAvailable') return false;
	const passedMs = Date.parse(now.lastUpdateTime ?? '') - Date.parse(said.lastUpdateTime ?? '');
	return said.reason === now.reason || passedMs >= (after.spec.progressDeadlineSeconds ?? 0) * 1_000;
}

/** The failure of a ReplicaSet is the Deployment's too, as long as it has it. */
function withFailure(conditions: readonly Condition[], known: readonly ReplicaSet[]): readonly Condition[] {
	const failure = known.map(set => conditionOf(set, 'ReplicaFailure')).find(condition => condition !== undefined);
	return failure === undefined ? conditions.filter(({type}) => type !== 'ReplicaFailure') : withCondition(conditions, failure);
}

/** SetDeploymentCondition: a condition that says something new goes to the end of the list. */
function withCondition(conditions: readonly Condition[] = [], condition: Condition): readonly Condition[] {
	const old = conditions.find(({type}) => type === condition.type);
	if (old?.status === condition.status && old.reason === condition.reason) return conditions;
	return [...conditions.filter(({type}) => type !== condition.type), condition];
}

function isSameList(left: readonly Condition[], right: readonly Condition[] = []): boolean {
	const text = (list: readonly Condition[]) => JSON.stringify(list.map(({type, status, reason, message}) => [type, status, reason, message]));
	return text(left) === text(right);
}

function countsOf({status}: Deployment) {
	const {replicas = 0, updatedReplicas = 0, readyReplicas = 0, availableReplicas = 0} = status;
	return {replicas, updated: updatedReplicas, ready: readyReplicas, available: availableReplicas};
}

function statusText({status}: Deployment): string {
	const {conditions, ...counts} = status;
	return JSON.stringify({...counts, conditions: legalConditions(conditions)});
}

function conditionsText({status}: Deployment): string {
	return JSON.stringify(status.conditions?.map(({type, status: value, reason}) => `${type}=${value}/${reason}`));
}

function range(from: number, to: number): readonly number[] {
	return Array.from({length: Math.max(0, to - from + 1)}, (_unused, index) => from + index);
}
