import type {FollowedAction, Measured, Replaced} from '../domain/after-action.ts';
import type {Autoscaler} from '../domain/autoscaler.ts';
import type {Command, CommandResult} from '../domain/command.ts';
import type {DisruptionBudget} from '../domain/disruption-budget.ts';
import {type Guard, openGuard} from '../domain/guard.ts';
import type {K8sEvent} from '../domain/k8s-event.ts';
import type {TargetKind} from '../domain/kinds/kind-words.ts';
import type {LogTails} from '../domain/log-tail.ts';
import type {Pod} from '../domain/pod.ts';
import type {ReplicaSet} from '../domain/replica-set.ts';
import type {ReplicaSetTrace} from '../domain/replica-set-trace.ts';
import {type Rights, unknownRights} from '../domain/rights.ts';
import type {EndpointSlice, Service} from '../domain/service.ts';
import type {StepStanding} from '../domain/step-entries.ts';
import {type StreamCondition, type StreamName, sideStreamNames, streamNames} from '../domain/stream.ts';
import type {TimelineEntry} from '../domain/timeline-entry.ts';
import type {Workload} from '../domain/workload.ts';
import type {RolloutMemory} from './rollout-memory.ts';
import {initialSampler, type SamplerState} from './sampler-state.ts';

/** What is followed, and where. */
export type Target = {
	readonly context: string;
	readonly server: string;
	readonly namespace: string;
	readonly kind: TargetKind;
	readonly name: string;
};

export type StreamState = {
	readonly condition: StreamCondition;
	/** Its first list has come: what is known of this kind was once complete. */
	readonly synced: boolean;
	/** Epoch ms of the last proof of life. */
	readonly heardAt: number | undefined;
};

/** A pod that is gone: late answers and its last lines still name it. */
export type DepartedPod = {readonly name: string; readonly ip: string | undefined; readonly ownerUid: string | undefined; readonly at: number};

/** The rollout that was seen to begin while we watched; absent: it was there before. */
export type SeenRollout = {
	readonly startedAt: number;
	readonly fromRevision: number | undefined;
	readonly fromImages: readonly string[];
	readonly rolledBack: boolean;
	/** When the rollout before had exceeded its deadline (the condition's own time): as long as it says that, it does not speak of this one. */
	readonly deadlineBefore?: number | undefined;
	/** What was measured until it began. */
	readonly measured?: Measured | undefined;
};

/** A workload as it was last seen. */
export type FollowedWorkload = {
	readonly workload: Workload;
	/** It was there and has been deleted. */
	readonly gone: boolean;
	readonly rollout: SeenRollout | undefined;
	readonly memory?: RolloutMemory | undefined;
	/** Where it stood among its steps when its controller had last seen it. */
	readonly steps?: StepStanding | undefined;
};

export type CommandState = {
	readonly command: Command;
	/** Name of the workload that it is for. */
	readonly workload: string | undefined;
	readonly startedAt: number;
	/** Absent: on its way. */
	readonly result: CommandResult | undefined;
	readonly endedAt: number | undefined;
	/** What was measured until it was sent. */
	readonly before: Measured | undefined;
	/** The workload's template when it was sent. */
	readonly replaced: Replaced | undefined;
	/** How the workload stood among its steps when it was sent. */
	readonly standing?: string | undefined;
	/** Generation of the workload when it was sent: the effect is seen when the watch is past it. */
	readonly generation: number;
	/** The watch has shown its effect; what happens afterwards is somebody else's doing. */
	readonly shown: boolean;
};

export type State = {
	readonly target: Target;
	/** The last tick, epoch ms. */
	readonly now: number;
	readonly streams: Readonly<Record<StreamName, StreamState>>;
	/** By name: the one that is watched, or all that are behind the watched Service, with the last ones that are gone. One that is made again under its name takes its place. */
	readonly workloads: ReadonlyMap<string, FollowedWorkload>;
	/** Behind a watched Service: the workload whose own screen is shown. */
	readonly opened: string | undefined;
	readonly replicaSets: ReadonlyMap<string, ReplicaSet>;
	/** What was seen of each ReplicaSet as long as it was watched, by uid. */
	readonly traces: ReadonlyMap<string, ReplicaSetTrace>;
	readonly pods: ReadonlyMap<string, Pod>;
	readonly k8sEvents: ReadonlyMap<string, K8sEvent>;
	readonly services: ReadonlyMap<string, Service>;
	readonly endpointSlices: ReadonlyMap<string, EndpointSlice>;
	/** Of the namespace's workloads of the watched kind. */
	readonly autoscalers: ReadonlyMap<string, Autoscaler>;
	readonly budgets: ReadonlyMap<string, DisruptionBudget>;
	/** By uid, oldest first, bounded. */
	readonly departed: ReadonlyMap<string, DepartedPod>;
	/** Newest last, bounded. */
	readonly timeline: readonly TimelineEntry[];
	readonly sampler: SamplerState;
	readonly command: CommandState | undefined;
	/** The last of our actions that pods follow, until another template comes. */
	readonly action: FollowedAction | undefined;
	/** What last was not written to the log of actions. */
	readonly auditLost: {readonly text: string; readonly at: number} | undefined;
	readonly guard: Guard;
	/** What we may do; behind a watched Service: what we may do with one of its workloads at least. */
	readonly rights: Rights;
	/** Behind a watched Service: what we may do with each workload, by its name, as far as that was asked. */
	readonly rightsOf: ReadonlyMap<string, Partial<Rights>>;
	/** Objects that made no sense and were dropped. */
	readonly malformed: number;
	/** Ends of the logs of containers that hold a rollout up; bounded. */
	readonly logTails: LogTails;
	/** What to try next, in a demo. */
	readonly hint: string | undefined;
};

/** The state before anything was heard. */
export function initialState(target: Target, now: number, windowSeconds: number, guard: Guard = openGuard): State {
	const syncing: StreamState = {condition: {kind: 'syncing', since: now}, synced: false, heardAt: undefined};
	return {
		target,
		now,
		streams: Object.fromEntries([...streamNames, ...sideStreamNames].map(name => [name, syncing])) as Record<StreamName, StreamState>,
		workloads: new Map(),
		opened: undefined,
		replicaSets: new Map(),
		traces: new Map(),
		pods: new Map(),
		k8sEvents: new Map(),
		services: new Map(),
		endpointSlices: new Map(),
		autoscalers: new Map(),
		budgets: new Map(),
		departed: new Map(),
		timeline: [],
		sampler: initialSampler(windowSeconds),
		command: undefined,
		action: undefined,
		auditLost: undefined,
		guard,
		rights: unknownRights,
		rightsOf: new Map(),
		malformed: 0,
		logTails: new Map(),
		hint: undefined,
	};
}
