import type {Pod} from '../pod.ts';
import type {ReplicaSet} from '../replica-set.ts';
import type {RolloutPhase} from '../rollout-phase.ts';
import type {Workload} from '../workload.ts';
import {isCrashing} from './crashing.ts';
import type {Finding, NextStep} from './finding.ts';
import type {FindingKind} from './finding-kind.ts';

/**
 * What will become of a rollout that goes on, before its deadline tells. `cannot-succeed`: waiting does not help; `may-recover`: something is wrong that may pass;
 * `on-its-way`: nothing is wrong and new pods are available; `undecided`: nothing tells yet.
 */
export type VerdictKind = 'cannot-succeed' | 'may-recover' | 'on-its-way' | 'undecided';

export type Verdict = {
	readonly kind: VerdictKind;
	/** Why, as a clause: `no new pod can start: image app:v9 does not exist`. No time that passes is in it. */
	readonly text: string;
	/** The finding that it rests on. */
	readonly cause: FindingKind | undefined;
	/** What may change it by itself, and when. */
	readonly next: NextStep | undefined;
};

export type VerdictInput = {
	readonly workload: Workload;
	readonly phase: RolloutPhase;
	readonly newReplicaSet: ReplicaSet | undefined;
	/** New pods that neither ended nor were told to. */
	readonly newPods: readonly Pod[];
	/** How many of them are available. */
	readonly available: number;
	/** Worst first. */
	readonly findings: readonly Finding[];
	/** Epoch ms. */
	readonly now: number;
};

/** The judgement of this moment; undefined where nothing goes on (paused, stalled, complete). `rememberVerdict` makes of it what is said. */
export function verdictOf(input: VerdictInput): Verdict | undefined {
	const {phase, newPods} = input;
	if (phase.phase !== 'progressing') return undefined;
	if (phase.waitingFor.kind === 'observation') return plain('undecided', 'the controller has not yet seen the change');
	// Its ReplicaSet may know of more than were seen here.
	const available = Math.max(input.available, input.newReplicaSet?.available ?? 0);
	const hopeless = hopelessFinding(input, available);
	if (hopeless !== undefined) return {kind: 'cannot-succeed', text: hopelessText(hopeless), cause: hopeless.kind, next: undefined};
	const doubts = input.findings.filter(({hope}) => hope !== 'waits');
	if (doubts[0] !== undefined) return recovering(doubts[0], {all: newPods.length, available});
	if (available > 0) return plain('on-its-way', `${available} of ${input.workload.replicas.desired} new pods are available and nothing is wrong`);
	return plain('undecided', newPods.length === 0 ? 'no new pod is there yet' : 'no new pod is available yet');
}

function plain(kind: VerdictKind, text: string): Verdict {
	return {kind, text, cause: undefined, next: undefined};
}

/** Findings that keep a pod from being created at all. */
export const creationKinds: ReadonlySet<FindingKind> = new Set([
	'quota-exceeded',
	'quota-incomplete',
	'admission-denied',
	'pod-security',
	'limit-range',
	'creation-lacks',
]);

/** What it is told as that containers start and end, again and again. */
export const crashKinds: ReadonlySet<FindingKind> = new Set([
	'crash-loop',
	'out-of-memory',
	'liveness-kills',
	'startup-probe-fails',
	'post-start-hook',
	'container-ended',
	'container-completes',
]);

/** Somebody may make these a moment after what needs them, as one `kubectl apply` of several files does. */
const soonMadeKinds: ReadonlySet<FindingKind> = new Set(['config-missing', 'volume-missing']);
const soonMs = 10_000;

/** Each new pod is made of the same template: what keeps all of them from ever having been available will keep the next ones, too. */
function hopelessFinding(input: VerdictInput, available: number): Finding | undefined {
	const {findings, newPods, newReplicaSet} = input;
	const inTheWay = findings.find(({kind, hope}) => kind === 'ordered-pod' && hope === 'none');
	if (inTheWay !== undefined) return inTheWay;
	const lacksPods = newReplicaSet === undefined || newReplicaSet.current < newReplicaSet.desired;
	const uncreated = findings.find(({kind, hope}) => hope === 'none' && creationKinds.has(kind) && lacksPods);
	if (uncreated !== undefined) return uncreated;
	if (available > 0 || newPods.length === 0) return undefined;
	const common = findings.find(finding => finding.object.kind === 'Pod' && finding.count >= newPods.length && isHopeless(finding, input.now));
	if (common !== undefined) return common;
	const crash = findings.find(({kind}) => crashKinds.has(kind));
	return crash !== undefined && newPods.every(pod => isCrashing(pod)) ? crash : undefined;
}

function isHopeless({kind, hope, sinceAt}: Finding, now: number): boolean {
	return hope === 'none' || (soonMadeKinds.has(kind) && hope === 'doubtful' && sinceAt !== undefined && now - sinceAt >= soonMs);
}

function hopelessText({kind, message, object}: Finding): string {
	if (kind === 'ordered-pod') return `${object.name} has to be deleted: it ${message}`;
	if (creationKinds.has(kind)) return message;
	// How often it has crashed by now is no part of the verdict: that stays as it was said.
	const once = message.replace(/ \(\d+ restarts?\)/, '');
	if (kind === 'crash-loop') return `every new pod crashes: ${once.replace(/^container \S+ crashes again and again: /, '')}`;
	return `${crashKinds.has(kind) ? 'no new pod stays up' : 'no new pod can start'}: ${once}`;
}

/** Of what is wrong nothing more is known than the findings say. */
export const mayPass = 'what is wrong may pass';

function recovering(worst: Finding, {all, available}: {readonly all: number; readonly available: number}): Verdict {
	const {object, count, next, kind} = worst;
	const base = {kind: 'may-recover', cause: kind, next} as const;
	// An old pod that is in the way is no judgement on the new ones.
	if (kind === 'ordered-pod') return {...base, text: mayPass};
	if (object.kind !== 'Pod') return {...base, text: reasonOf(worst)};
	// Some of them do serve: the others are held against that.
	if (available === 0) return {...base, text: mayPass};
	return {...base, text: `${count} of ${all} new pods ${count === 1 ? 'is' : 'are'} in trouble, ${available} ${available === 1 ? 'is' : 'are'} available`};
}

function reasonOf({message}: Finding): string {
	return message.replace(/^is /, 'it is ');
}
