import type {FollowedAction} from '../domain/after-action.ts';
import {age} from '../domain/human-duration.ts';
import {kindWords} from '../domain/kinds/kind-words.ts';
import {streamNames, streamResource} from '../domain/stream.ts';
import type {RolloutFacts} from '../store/selectors/rollout-facts.ts';
import type {State} from '../store/state.ts';
import type {MixRow, MixView, PodRow, ReplicaSetRow, TargetRow} from '../store/views.ts';
import type {WorkloadState} from '../store/workload-state.ts';
import {isoTime} from './iso-time.ts';
import {releaseJson, stepsJson} from './json-release.ts';

/** The parts of the screen that a workload's part of the snapshot is made of: the same selectors, the same words. */
export type WorkloadParts = {
	readonly state: WorkloadState;
	readonly facts: RolloutFacts;
	readonly replicaSets: readonly ReplicaSetRow[];
	readonly pods: readonly PodRow[];
};

type SnapshotParts = WorkloadParts & {readonly mix: MixView};

/** The stable JSON of `--once -o json` (DESIGN: apiVersion rollwatch/v1). */
export function jsonSnapshot(parts: SnapshotParts): Record<string, unknown> {
	return {...snapshotHead(parts.state), ...workloadSnapshot(parts), sampler: samplerJson(parts.mix)};
}

/** What every snapshot begins with: of what cluster it is, when, and how live. */
export function snapshotHead(state: State): Record<string, unknown> {
	const {target} = state;
	return {
		apiVersion: 'rollwatch/v1',
		kind: 'Snapshot',
		time: isoTime(state.now),
		cluster: {context: target.context, server: target.server, namespace: target.namespace},
		streams: Object.fromEntries(streamNames.map(name => [streamResource(name, target.kind), state.streams[name].condition.kind])),
	};
}

/** A workload with its history and what it owns. */
export function workloadSnapshot(parts: WorkloadParts): Record<string, unknown> {
	const {state, facts} = parts;
	return {
		workload: workloadJson(facts),
		rollout: rolloutJson(state, facts),
		steps: stepsJson(facts),
		release: releaseJson(facts.workload),
		action: actionJson(state.action),
		revisions: facts.revisions.map(({revision, replicaSet, images, changeCause, current}) => ({
			revision,
			replicaSet: replicaSet.name,
			images,
			changeCause: changeCause ?? null,
			current,
		})),
		replicaSets: replicaSetsJson(parts),
		pods: podsJson(parts),
	};
}

/** Our last action that pods follow, and what came of it; null where there was none. */
function actionJson(action: FollowedAction | undefined): unknown {
	if (action === undefined) return null;
	const {kind, revision, image, startedAt, end} = action;
	return {
		kind,
		revision: revision ?? null,
		image: image ?? null,
		startedAt: isoTime(startedAt),
		end: end?.kind ?? null,
		endedAt: end === undefined ? null : isoTime(end.at),
		requests: end?.errors?.requests ?? null,
		failed: end?.errors?.failed ?? null,
	};
}

function workloadJson({workload, newReplicaSet, revisionByUid, changeCause, terminating}: RolloutFacts): Record<string, unknown> {
	const {replicas} = workload;
	return {
		kind: kindWords[workload.kind].kind,
		name: workload.name,
		generation: workload.generation,
		observedGeneration: workload.observedGeneration,
		paused: workload.paused,
		revision: (newReplicaSet === undefined ? undefined : revisionByUid.get(newReplicaSet.uid)) ?? null,
		changeCause: changeCause ?? null,
		images: workload.template.images,
		replicas: {...replicas, terminating: replicas.terminating ?? terminating.total},
	};
}

function rolloutJson(state: WorkloadState, facts: RolloutFacts): Record<string, unknown> {
	const {phase, status, startedAt, deadlineAt, findings, terminating} = facts;
	return {
		phase: phase.phase,
		word: phase.word ?? null,
		note: phase.note ?? null,
		message: status.message,
		waitingFor: 'waitingFor' in phase ? (phase.waitingFor?.kind ?? null) : null,
		staleDeadline: phase.phase === 'progressing' && phase.staleDeadline,
		oldPodsTerminating: terminating.old,
		startedAt: startedAt === undefined ? null : isoTime(startedAt),
		deadlineAt: deadlineAt === undefined ? null : isoTime(deadlineAt),
		stuck: findings.map(({object, reason, message, quote, kind, advice, count, hope}) => ({
			pod: object.name,
			reason,
			message: quote === undefined ? message : `${message}; ${quote}`,
			kind,
			advice: advice ?? null,
			count,
			hope,
		})),
		...outlookJson(facts, state.now),
		gone: state.gone,
	};
}

/** What becomes of the rollout; null where nothing tells. */
function outlookJson({verdict, eta, strategy}: RolloutFacts, now: number): Record<string, unknown> {
	const {said, takenBack} = verdict ?? {};
	return {
		verdict:
			said === undefined
				? null
				: {kind: said.kind, text: said.text, since: isoTime(said.since), next: said.next === undefined ? null : {...said.next, at: isoTime(said.next.at)}},
		verdictTakenBack: takenBack === undefined ? null : {said: takenBack.said, why: takenBack.why, at: isoTime(takenBack.at)},
		eta: eta === undefined ? null : {availableAt: isoTime(eta.at), seconds: Math.round((eta.at - now) / 1000), pods: eta.pods},
		strategy: {mayRun: strategy.mayRun, mustKeep: strategy.mustKeep, next: strategy.step.kind, text: strategy.text},
	};
}

function replicaSetsJson({facts, replicaSets}: WorkloadParts): readonly unknown[] {
	const known = new Map(facts.revisions.map(({replicaSet}) => [replicaSet.name, replicaSet]));
	return replicaSets.map(({name, revision, desired, currentReplicas, ready, age}) => ({
		kind: known.get(name)?.kind ?? 'ReplicaSet',
		name,
		revision: revision ?? null,
		desired,
		current: currentReplicas,
		ready,
		available: known.get(name)?.available ?? 0,
		age,
	}));
}

function podsJson({state, facts, pods}: WorkloadParts): readonly unknown[] {
	const names = new Map(facts.revisions.map(({replicaSet}) => [replicaSet.uid, replicaSet.name]));
	const owners = new Map(facts.pods.map(({uid, ownerUid}) => [uid, ownerUid === undefined ? undefined : names.get(ownerUid)]));
	return pods.map(({uid, name, revision, ready, status, restarts, createdAt, ip, node, own}) => ({
		name,
		revision: revision ?? null,
		replicaSet: owners.get(uid) ?? null,
		ready,
		status,
		restarts,
		age: age(createdAt, state.now),
		ip: ip === '' ? null : ip,
		node: node === '' ? null : node,
		answer: own?.text ?? null,
	}));
}

/** What was measured; null where nothing was asked for. `targets` only where there are several: then the rest is of the first one. */
export function samplerJson(mix: MixView): unknown {
	if (mix.mode === 'off') return null;
	return {
		target: mix.target ?? null,
		route: mix.route ?? null,
		samples: mix.samples,
		windowSeconds: mix.windowSeconds,
		rule: mix.rule.name ?? null,
		mix: versionsJson(mix.rows),
		failures: failuresJson(mix.rows),
		latencyMs: mix.latencyMs ?? null,
		verdict: mix.verdict?.text ?? null,
		downtime: mix.downtime?.text ?? null,
		outages: mix.outages.map(({at, text}) => ({startedAt: isoTime(at), text})),
		remarks: mix.remarks.map(({text}) => text),
		total: mix.total === undefined ? null : {since: isoTime(mix.total.since), mix: versionsJson(mix.total.rows)},
		...(mix.targets.length === 0 ? {} : {targets: mix.targets.map(targetJson)}),
	};
}

function targetJson({target, samples, rows, verdict}: TargetRow): unknown {
	return {target, samples, mix: versionsJson(rows), failures: failuresJson(rows), verdict: verdict?.text ?? null};
}

function versionsJson(rows: readonly MixRow[]): readonly unknown[] {
	return rows
		.filter(({kind}) => kind !== 'failure')
		.map(({label, kind, count, share, interval, expectedShare, declaredShare, revision, failures, latencyMs}) => ({
			version: kind === 'version' ? label : null,
			count,
			share: rounded(share),
			interval: interval === undefined ? null : [rounded(interval.low), rounded(interval.high)],
			expectedShare: expectedShare === undefined ? null : rounded(expectedShare),
			...(declaredShare === undefined ? {} : {declaredShare: rounded(declaredShare)}),
			revision: revision ?? null,
			failures,
			latencyMs: latencyMs ?? null,
		}));
}

function failuresJson(rows: readonly MixRow[]): readonly unknown[] {
	return rows.filter(({kind}) => kind === 'failure').map(({label, count}) => ({reason: label, count}));
}

function rounded(share: number): number {
	return Math.round(share * 1000) / 1000;
}
