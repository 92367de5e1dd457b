import type {WorkloadCommand} from '../domain/command.ts';
import type {Rights, RightsSubject} from '../domain/rights.ts';
import type {RuleName} from '../domain/sample.ts';
import type {StreamCondition} from '../domain/stream.ts';
import type {TimelineEntry} from '../domain/timeline-entry.ts';
import type {ReleaseStepsView} from './release-views.ts';
import type {ServiceView} from './service-views.ts';

/** What the panels read: derived from State by the selectors, plain and ready to lay out. Times are epoch ms, shares 0…1. */

export type Tone = 'good' | 'bad' | 'change' | 'quiet';

export type PhaseName = 'progressing' | 'paused' | 'complete' | 'stalled';

export type HeaderView = {
	readonly context: string;
	readonly namespace: string;
	/** `deploy/kubia`. */
	readonly target: string;
	/** Nothing is written to the cluster: said all the time. Absent: it may be. */
	readonly readOnly?: boolean | undefined;
	/** Worst stream that the screen needs: its condition, and since when. */
	readonly connection: {readonly kind: 'syncing' | 'live' | 'lost' | 'gone'; readonly text: string};
	/** Seconds since anything was heard from the API server. */
	readonly heardSecondsAgo: number | undefined;
	/** Clock of the last tick. Seconds are left out while nothing happens: each second would cost a frame. */
	readonly clock: {readonly at: number; readonly seconds: boolean};
	/** Images before and after; one element where nothing changes. */
	readonly images: {readonly from: string | undefined; readonly to: string};
	readonly revision: {readonly from: number | undefined; readonly to: number | undefined};
	readonly changeCause: string | undefined;
	/** Who keeps it as it is written somewhere, by its labels: `Argo CD shop`. Absent: nobody that they tell of. */
	readonly keeper?: string | undefined;
	/** Of a Service: what it selects, in place of images and revision. */
	readonly summary?: string | undefined;
};

export type Lane = {
	readonly label: 'new' | 'old';
	/** Filled part of the bar and its whole, in pods. */
	readonly filled: number;
	readonly whole: number;
	readonly text: string;
};

export type RolloutView = {
	readonly phase: PhaseName;
	/** PROGRESSING, PAUSED, COMPLETE, STALLED, or what a command or an action of ours under way says: `PAUSING…`, `ROLLING BACK TO REVISION 2: 1 of 3`. */
	readonly word: string;
	readonly tone: Tone;
	/** True while something moves: the only time the spinner may turn. */
	readonly busy: boolean;
	/** The line of `kubectl rollout status`. */
	readonly message: string;
	readonly lanes: readonly Lane[];
	/** Of a rollout that goes by steps. */
	readonly steps?: ReleaseStepsView | undefined;
	/** Pods above and below the number wanted; absent where the strategy counts neither. */
	readonly surge?: {readonly used: number; readonly allowed: number} | undefined;
	readonly unavailable?: {readonly used: number; readonly allowed: number} | undefined;
	/** `1m42s` since this rollout began; undefined when nothing rolls and nothing is known. */
	readonly elapsed: string | undefined;
	/** Lines below the lanes, most important first: what is wrong and what to do, what becomes of it, what came of our last action, the strategy. */
	readonly notes: readonly {
		readonly tone: Tone;
		readonly text: string;
		/** Only where there is room for all. */
		readonly spare?: true;
		/** The same without the name, the times and the advice, for the smallest screens. */
		readonly brief?: string;
	}[];
};

export type ReplicaSetRow = {
	readonly name: string;
	readonly revision: number | undefined;
	readonly current: boolean;
	readonly desired: number;
	readonly currentReplicas: number;
	readonly ready: number;
	readonly age: string;
};

export type PodRow = {
	readonly uid: string;
	readonly name: string;
	readonly revision: number | undefined;
	/** Belongs to the new ReplicaSet. */
	readonly isNew: boolean;
	readonly ready: string;
	readonly status: string;
	readonly restarts: string;
	/** Epoch ms. */
	readonly createdAt: number | undefined;
	readonly ip: string;
	readonly node: string;
	/** Answers and failures of this pod among the window's samples. */
	readonly answers: number;
	readonly failures: number;
	/** What the pod itself answered last, where it is asked itself. */
	readonly own: {readonly text: string; readonly tone: Tone} | undefined;
	readonly tone: Tone;
};

/** Latencies in ms, rounded. */
export type Latencies = {readonly p50: number; readonly p95: number; readonly p99: number};

/** A sentence with the weight it has. */
export type Remark = {readonly tone: Tone; readonly text: string};

export type MixRow = {
	/** `v2`, or the failure kind for the row of failures. */
	readonly label: string;
	readonly kind: 'version' | 'unrecognised' | 'failure';
	readonly count: number;
	readonly share: number;
	readonly expectedShare: number | undefined;
	/** What the step of a progressive rollout asks for. */
	readonly declaredShare?: number | undefined;
	readonly revision: number | undefined;
	/** Row of failures: `500 ×2 from kubia-x2x7k`. */
	readonly detail: string | undefined;
	/** Stable index of the version: chooses glyph and colour, the same in rows and strip. -1 for failures. */
	readonly slot: number;
	/** Where the share lies with 95 % certainty; of versions that answered. */
	readonly interval: {readonly low: number; readonly high: number} | undefined;
	/** Failures of this version's pods, as far as answers tell. */
	readonly failures: number;
	/** Of this version's answers alone. */
	readonly latencyMs: Latencies | undefined;
};

/** A stretch of time in which nothing was answered well, in words. */
export type OutageRow = {readonly at: number; readonly tone: Tone; readonly text: string};

/** One of several targets, in a line. */
export type TargetRow = {
	readonly id: number;
	readonly target: string;
	readonly chosen: boolean;
	readonly samples: number;
	readonly rows: readonly MixRow[];
	readonly verdict: Remark | undefined;
};

export type MixView = {
	/** `off`: nothing is sent; `target` then names what `c` would start on. `offReason`: why it can't, or why one of the targets is not asked any more. */
	readonly mode: 'off' | 'running' | 'stopped';
	readonly target: string | undefined;
	readonly offReason: string | undefined;
	readonly route: string | undefined;
	readonly intervalMs: number;
	readonly windowSeconds: number;
	readonly samples: number;
	readonly rows: readonly MixRow[];
	/** Newest last: slot of the version, -1 failure, -2 unrecognised. */
	readonly strip: readonly number[];
	readonly latencyMs: Latencies | undefined;
	/** Which rule decided, in words; a given rule that never matched is said here. */
	readonly rule: {readonly name: RuleName | undefined; readonly text: string; readonly tone: Tone};
	/** Why less is sent than was asked for, and how much. */
	readonly pace: string | undefined;
	/** Whether what is measured is what the ready endpoints let expect. */
	readonly verdict: Remark | undefined;
	/** Failed requests in time: none, or how often, how long, next to what. */
	readonly downtime: Remark | undefined;
	/** Old against new, a pod that gets nothing or alone fails, a source that always gets the same: most important first. */
	readonly remarks: readonly Remark[];
	/** Newest first. */
	readonly outages: readonly OutageRow[];
	/** All requests since the first one (epoch ms), by version. */
	readonly total: {readonly since: number; readonly rows: readonly MixRow[]} | undefined;
	/** All targets, where there are several. */
	readonly targets: readonly TargetRow[];
};

/** What is to be created in the cluster, before it is. */
export type AgreementView = {
	readonly context: string;
	readonly server: string;
	readonly facts: readonly string[];
	/** Lines of the manifest. */
	readonly manifest: readonly string[];
	/** What would do the same by hand. */
	readonly kubectl: string;
};

/** A way by which requests can go, to choose. */
export type RouteRow = {
	readonly id: string;
	readonly title: string;
	/** What `--curl` would be given. */
	readonly target: string;
	/** One sentence each. */
	readonly measures: string;
	readonly not: string;
	/** Something is made in the cluster for it: a confirmation follows. */
	readonly asks: boolean;
	readonly unavailable: string | undefined;
	readonly current: boolean;
};

/** Why a key can't act on the workload as it stands, by what it would ask for; absent: it can. `history`: why there is no revision to choose. */
export type Abilities = Readonly<Partial<Record<WorkloadCommand['kind'] | 'history', string>>>;

/** What keeps keys from acting. */
export type GuardView = {
	/** Nothing is written to the cluster. */
	readonly readOnly: boolean;
	/** A context where a mistake is dear. */
	readonly isProtected: boolean;
	/** What the API server says that we may do. */
	readonly rights: Rights;
	/** Whose rights they are. */
	readonly subject: RightsSubject;
};

/** A pod's details. Logs come from a separate request and may be absent. */
export type PodDetailsView = {
	readonly name: string;
	readonly lines: readonly {readonly label: string; readonly value: string; readonly tone: Tone}[];
	readonly containers: readonly {
		readonly name: string;
		readonly image: string;
		readonly state: string;
		readonly ready: boolean;
		readonly restarts: number;
		readonly probe: string | undefined;
		readonly tone: Tone;
	}[];
	readonly conditions: readonly {readonly type: string; readonly status: string; readonly reason: string; readonly message: string}[];
	readonly events: readonly {readonly age: string; readonly type: string; readonly reason: string; readonly message: string; readonly count: number}[];
};

/** The container whose log tells most about what holds the rollout up, with the end of its log once that was read. */
export type FailingContainer = {
	readonly podUid: string;
	readonly pod: string;
	readonly container: string;
	/** Its run before the last restart is meant. */
	readonly previous: boolean;
	readonly restarts: number;
	/** Oldest first. */
	readonly lines: readonly string[] | undefined;
	/** They are of the run before, and all that it wrote last; else it may have written on. */
	readonly linesAreFinal?: boolean | undefined;
};

export type PanelName = 'rollout' | 'workloads' | 'revisions' | 'service' | 'mix' | 'pods' | 'timeline';

/** A stream's condition where it is not live, as the panel's title says it. */
export type PanelCondition = {readonly panel: PanelName; readonly condition: StreamCondition; readonly text: string};

export type ScreenView = GuardView & {
	readonly header: HeaderView;
	readonly rollout: RolloutView | undefined;
	/** What the workload can't do as it stands; empty on the screen of a Service, where each question says it. */
	readonly abilities: Abilities;
	/** Whose screen it is: a workload's own, or that of a Service and what stands behind it. */
	readonly kind: 'workload' | 'service';
	/** On the screen of a Service, once it was seen. */
	readonly service: ServiceView | undefined;
	/** On the own screen of a workload behind a watched Service: that Service, to go back to. */
	readonly behind: string | undefined;
	readonly replicaSets: readonly ReplicaSetRow[];
	readonly mix: MixView;
	/** Not-ready first, new revision before old. */
	readonly pods: readonly PodRow[];
	/** Epoch ms: when they are seen. As long as no age of theirs has other words it stays. */
	readonly podsAt: number;
	/** Pods were asked themselves: some rows may have their `own` answer. */
	readonly podsAsked: boolean;
	/** Newest first. */
	readonly timeline: readonly TimelineEntry[];
	readonly conditions: readonly PanelCondition[];
	/** What last happened to a command, for the footer: `paused` / `refused: …`. */
	readonly notice: {readonly tone: Tone; readonly text: string} | undefined;
	/** A person has to agree to something before it is created. */
	readonly agreement: AgreementView | undefined;
	readonly failing: FailingContainer | undefined;
	/** Something is wrong that waiting alone hardly mends. */
	readonly isStuck: boolean;
	/** What to try next, in a demo. */
	readonly hint: string | undefined;
	/** What is watched does not exist any more, or its namespace. */
	readonly gone: boolean;
};
