import type {Autoscaler} from '../domain/autoscaler.ts';
import type {Command, CommandResult} from '../domain/command.ts';
import type {DisruptionBudget} from '../domain/disruption-budget.ts';
import type {K8sEvent} from '../domain/k8s-event.ts';
import type {LogTail} from '../domain/log-tail.ts';
import type {CurlPodPlan} from '../domain/mix/curl-pod-plan.ts';
import type {TargetTraits} from '../domain/mix/target-traits.ts';
import type {Pod} from '../domain/pod.ts';
import type {ReplicaSet} from '../domain/replica-set.ts';
import type {Rights} from '../domain/rights.ts';
import type {Sample} from '../domain/sample.ts';
import type {RouteKind} from '../domain/sample-target.ts';
import type {EndpointSlice, Service} from '../domain/service.ts';
import type {StreamCondition, StreamName} from '../domain/stream.ts';
import type {Workload} from '../domain/workload.ts';

/**
 * What a stream brings, for one kind of object. A `listed` replaces everything known of that kind;
 * a `changed` is one or more watch events in their order (an object may occur more than once).
 */
export type ObjectsListed<Stream extends StreamName, T> = {readonly type: 'listed'; readonly stream: Stream; readonly items: readonly T[]; readonly at: number};
export type ObjectsChanged<Stream extends StreamName, T> = {
	readonly type: 'changed';
	readonly stream: Stream;
	readonly changes: readonly ObjectChange<T>[];
	readonly at: number;
};
export type ObjectChange<T> = {readonly kind: 'observed'; readonly object: T} | {readonly kind: 'gone'; readonly uid: string};
type ObjectsEvent<Stream extends StreamName, T> = ObjectsListed<Stream, T> | ObjectsChanged<Stream, T>;

/** Which object type each stream carries. */
export type StreamObjects = {
	readonly workloads: Workload;
	readonly revisions: ReplicaSet;
	readonly pods: Pod;
	readonly events: K8sEvent;
	readonly services: Service;
	readonly endpointslices: EndpointSlice;
	readonly autoscalers: Autoscaler;
	readonly disruptionbudgets: DisruptionBudget;
};

export type ClusterEvent =
	| {[Stream in StreamName]: ObjectsEvent<Stream, StreamObjects[Stream]>}[StreamName]
	| {readonly type: 'stream-changed'; readonly stream: StreamName; readonly condition: StreamCondition}
	/** An object that no rule of the API allows was dropped. */
	| {readonly type: 'malformed'; readonly stream: StreamName; readonly what: string}
	/** A stream proved that it is alive without bringing a change (bookmark, empty watch end). */
	| {readonly type: 'stream-heard'; readonly stream: StreamName; readonly at: number};

/** `id`: which of the targets, in the order in which they were asked for. */
export type SamplerEvent =
	| {
			readonly type: 'sampler-started';
			readonly id: number;
			readonly target: string;
			readonly route: RouteKind;
			readonly intervalMs: number;
			readonly traits: TargetTraits;
			readonly at: number;
	  }
	/** It could not start: no such Service or port, no right to ask. */
	| {readonly type: 'sampler-refused'; readonly problem: string; readonly at: number}
	/** All of them. */
	| {readonly type: 'sampler-stopped'; readonly at: number}
	/** Others will be asked instead. */
	| {readonly type: 'targets-left'}
	| {readonly type: 'sampled'; readonly id: number; readonly sample: Sample}
	/** What one pod answers when it is asked itself: no part of any mix, since no user's request goes there by this way. */
	| {readonly type: 'pod-sampled'; readonly podUid: string; readonly sample: Sample}
	/** What is really sent from now on; `reason`: why it is less than asked for. */
	| {readonly type: 'sampler-paced'; readonly id: number; readonly intervalMs: number; readonly reason: string | undefined}
	/** A person has to agree to this pod, or has been asked: then there is no plan any more. */
	| {readonly type: 'curl-pod-planned'; readonly plan: CurlPodPlan | undefined}
	/** The target whose numbers are shown in full. */
	| {readonly type: 'target-chosen'; readonly id: number}
	| {readonly type: 'window-changed'; readonly seconds: number};

export type CommandEvent =
	| {readonly type: 'command-started'; readonly command: Command; readonly at: number}
	| {readonly type: 'command-ended'; readonly command: Command; readonly result: CommandResult; readonly at: number};

/** What the API server says that we may do; `workload`: one of those behind the watched Service, by name. What is not told of stays as it was. */
export type RightsEvent = {readonly type: 'rights-learned'; readonly rights: Partial<Rights>; readonly workload?: string | undefined};

/** An action is not in the log of actions, and why: the action itself went on. */
export type AuditLostEvent = {readonly type: 'audit-lost'; readonly problem: string; readonly at: number};

/** A workload's own screen is to be shown, of those behind the watched Service; undefined: the Service's again. */
export type OpenedEvent = {readonly type: 'workload-opened'; readonly name: string | undefined};

/** The end of a container's log was read. */
export type LogTailEvent = {readonly type: 'log-tail'; readonly tail: LogTail};

/** Whoever opened the screen for somebody has something to say: the demo, what to try next. */
export type HintEvent = {readonly type: 'hinted'; readonly text: string};

/** A second has passed. `setBy`: ms by which the machine's clock was set meanwhile; absent: it was not. */
export type TickedEvent = {readonly type: 'ticked'; readonly at: number; readonly setBy?: number | undefined};

/** Everything that happens. State is what the reducer makes of these. */
export type Event = ClusterEvent | SamplerEvent | CommandEvent | OpenedEvent | RightsEvent | AuditLostEvent | LogTailEvent | HintEvent | TickedEvent;
