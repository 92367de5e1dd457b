import type {ReplicaSet} from './replica-set.ts';
import {newReplicaSet, ownReplicaSets, previousRevisionsOf, revisionOf} from './revisions.ts';
import type {Workload} from './workload.ts';

/** A template as it lies on the others that were rolled out before it. */
export type StackedRevision = {
	readonly replicaSet: ReplicaSet;
	/** The number that it has now: what an undo to it names. */
	readonly revision: number;
	/** So many revisions right before it are gone from the history: what came between it and the one beneath is not known. */
	readonly missing: number;
};

/** What runs now, and what lay beneath it: `before[n - 1]` is what ran before the last n changes. */
export type RevisionStack = {
	/** Undefined as long as the current template was not rolled out: not yet observed, or changed while paused. */
	readonly now: StackedRevision | undefined;
	readonly before: readonly StackedRevision[];
};

/** Which ReplicaSet had each number. The number that it has now is surer than one that it had: a deleted one's may have been given again. */
function ownersByNumber(replicaSets: readonly ReplicaSet[]): ReadonlyMap<number, ReplicaSet> {
	const owners = new Map<number, ReplicaSet>();
	for (const replicaSet of replicaSets) {
		for (const number of previousRevisionsOf(replicaSet)) owners.set(number, replicaSet);
	}
	for (const replicaSet of replicaSets) {
		const number = revisionOf(replicaSet);
		if (number !== undefined && number > 0) owners.set(number, replicaSet);
	}
	return owners;
}

/**
 * The stack, oldest first. `unsure`: revisions that are gone from between what was taken off it and its top. `doubtful`: what was taken off although a gap lay
 * above the place: it may lie there still.
 */
type Stack = {readonly laid: readonly StackedRevision[]; readonly unsure: number; readonly doubtful: ReadonlyMap<ReplicaSet, number>};

/**
 * With a template on it: on top of all, or back at its first place where it lies there already. What is gone from above that place may have been an undo that
 * took it off before, so that it was laid anew, nobody knows on what: then the next one lies on something unknown.
 */
function laidOn({laid, unsure, doubtful}: Stack, replicaSet: ReplicaSet, gone: number): Stack {
	const place = laid.findIndex(one => one.replicaSet === replicaSet);
	if (place < 0) {
		const missing = gone + unsure + (doubtful.get(replicaSet) ?? 0);
		return {laid: [...laid, {replicaSet, revision: revisionOf(replicaSet) ?? 0, missing}], unsure: 0, doubtful};
	}
	const taken = laid.slice(place + 1);
	const above = taken.reduce((sum, {missing}) => sum + missing, unsure + gone);
	const doubted = above === 0 ? doubtful : new Map([...doubtful, ...taken.map(one => [one.replicaSet, above] as const)]);
	return {laid: laid.slice(0, place + 1), unsure: above, doubtful: doubted};
}

function stackOf(replicaSets: readonly ReplicaSet[]): Stack {
	const owners = [...ownersByNumber(replicaSets)].sort(([left], [right]) => left - right);
	let stack: Stack = {laid: [], unsure: 0, doubtful: new Map()};
	let last = 0;
	for (const [number, replicaSet] of owners) {
		stack = laidOn(stack, replicaSet, number - last - 1);
		last = number;
	}
	return stack;
}

/**
 * The changes that led to what runs now. The Deployment's numbers are walked in their order: a new template is a change; one that comes again is an undo, which
 * is none, and takes back all that came after its first place. So what ran before the last n changes never flips, as the second-highest number does that
 * `kubectl rollout undo` goes to (kubernetes/website#6921). Numbers: kubernetes: deployment/sync.go getNewReplicaSet, deployment_util.go SetNewReplicaSetAnnotations.
 */
export function revisionStack(workload: Workload, replicaSets: readonly ReplicaSet[]): RevisionStack {
	const own = ownReplicaSets(workload, replicaSets);
	const current = newReplicaSet(workload, own);
	const numbered = stackOf(own);
	if (current === undefined || revisionOf(current) === undefined) return {now: undefined, before: numbered.laid.toReversed()};
	// An undo is seen before the controller has numbered it.
	const [now, ...before] = laidOn(numbered, current, 0).laid.toReversed();
	return {now, before};
}
