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

/** The stack, oldest first, with a template on it: on top of all, or back at its first place where it lies there already. */
function laid(stack: readonly StackedRevision[], replicaSet: ReplicaSet, missing: number): readonly StackedRevision[] {
	const place = stack.findIndex(one => one.replicaSet === replicaSet);
	return place >= 0 ? stack.slice(0, place + 1) : [...stack, {replicaSet, revision: revisionOf(replicaSet) ?? 0, missing}];
}

function stackOf(replicaSets: readonly ReplicaSet[]): readonly StackedRevision[] {
	const owners = [...ownersByNumber(replicaSets)].sort(([left], [right]) => left - right);
	let stack: readonly StackedRevision[] = [];
	let last = 0;
	for (const [number, replicaSet] of owners) {
		stack = laid(stack, replicaSet, number - last - 1);
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
	if (current === undefined || revisionOf(current) === undefined) return {now: undefined, before: numbered.toReversed()};
	// An undo is seen before the controller has numbered it.
	const [now, ...before] = laid(numbered, current, 0).toReversed();
	return {now, before};
}
