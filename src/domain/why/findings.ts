import type {K8sEvent} from '../k8s-event.ts';
import type {LogTails} from '../log-tail.ts';
import type {ReplicaSet} from '../replica-set.ts';
import type {Workload} from '../workload.ts';
import type {Finding, Hope} from './finding.ts';
import {type FindingKind, findingKinds} from './finding-kind.ts';
import {podFindings} from './pod/pod-findings.ts';
import type {PodFinding} from './pod/pod-judgements.ts';
import {rolloutFindings} from './rollout/rollout-findings.ts';
import type {RolloutContext} from './rollout/rollout-subject.ts';

export type FindingsInput = {
	readonly workload: Workload;
	readonly newReplicaSet: ReplicaSet | undefined;
	/** ReplicaSets may not be listed: new pods are then known by the name that the controller says. Else an absent one has not come yet, or is not made. */
	readonly replicaSetsHidden?: boolean;
	/** Of the workload's pods; of old ones that nobody told to end it may lack. */
	readonly podFindings: Iterable<PodFinding>;
	readonly events: readonly K8sEvent[];
	readonly logTails?: LogTails;
	/** What the rules about the rollout as a whole need; without it only what the workload itself says is told. */
	readonly rollout?: RolloutContext | undefined;
	/** Epoch ms. */
	readonly now: number;
};

const hopeRank: Readonly<Record<Hope, number>> = {none: 0, doubtful: 1, likely: 2, waits: 3};
const kindRank = Object.fromEntries(findingKinds.map((kind, index) => [kind, index])) as Readonly<Record<FindingKind, number>>;

/** What the rollout waits for, worst first: each kind once, with the worst and longest lasting of its kind and how many pods have it. */
export function findings(input: FindingsInput): readonly Finding[] {
	const byKind = new Map<FindingKind, {worst: Finding; count: number}>();
	for (const finding of [...rolloutFindings(input), ...podFindings(input)]) {
		const known = byKind.get(finding.kind);
		if (known === undefined) {
			byKind.set(finding.kind, {worst: finding, count: finding.count});
			continue;
		}
		known.count += finding.count;
		if (compareWithinKind(finding, known.worst) < 0) known.worst = finding;
	}
	return [...byKind.values()]
		.map(({worst, count}) => advised(worst.count === count ? worst : {...worst, count}, input.workload))
		.sort((left, right) => hopeRank[left.hope] - hopeRank[right.hope] || kindRank[left.kind] - kindRank[right.kind]);
}

const wayBack = 'undo (u) and then delete the pod (x)';

/** An OrderedReady StatefulSet does not replace a pod that is not ready: to undo is only half of the way back. */
function advised(finding: Finding, workload: Workload): Finding {
	const {object, kind, hope, advice} = finding;
	if (workload.kind !== 'StatefulSet' || workload.isParallel || object.kind !== 'Pod' || kind === 'ordered-pod') return finding;
	if (advice?.includes('undo (u)') === true) return {...finding, advice: advice.replace('undo (u)', wayBack)};
	return hope === 'none' ? {...finding, advice: advice === undefined ? wayBack : `${advice}, or ${wayBack}`} : finding;
}

/** Names decide last: which of equals is named must not depend on the order of lists. */
function compareWithinKind(left: Finding, right: Finding): number {
	const byHope = hopeRank[left.hope] - hopeRank[right.hope];
	if (byHope !== 0) return byHope;
	const leftSince = left.sinceAt ?? Number.MAX_SAFE_INTEGER;
	const rightSince = right.sinceAt ?? Number.MAX_SAFE_INTEGER;
	if (leftSince !== rightSince) return leftSince - rightSince;
	return left.object.name < right.object.name ? -1 : Number(left.object.name > right.object.name);
}
