import type {WorkloadKind} from '../../domain/kinds/kind-words.ts';
import type {Owner} from '../../domain/ownership.ts';
import type {HeaderView, PhaseName, Tone} from '../views.ts';

/** A workload in a line. */
export type WorkloadRow = {
	readonly uid: string;
	readonly kind: WorkloadKind;
	readonly namespace: string;
	readonly name: string;
	/** `deploy/kubia`. */
	readonly target: string;
	/** Undefined: it was deleted. */
	readonly phase: PhaseName | undefined;
	/** PROGRESSING, STUCK, DELETED, …, or the kind's own. */
	readonly word: string;
	readonly tone: Tone;
	/** Something holds it up that hardly goes away by waiting. */
	readonly isStuck: boolean;
	readonly desired: number;
	readonly updated: number;
	readonly ready: number;
	readonly available: number;
	/** The line of `kubectl rollout status`. */
	readonly message: string;
	/** Why it stands where it stands, or what it waits for; empty: nothing to say. */
	readonly why: string;
	readonly images: string;
	/** Who keeps it as it is written somewhere: `Argo CD shop`, `Helm shop`; empty: nobody that its labels tell of. */
	readonly keeper: string;
	readonly keptBy: readonly Owner[];
	readonly age: string;
};

/** So many in a state: `3 progressing`. */
export type WorkloadCount = {readonly word: string; readonly tone: Tone; readonly count: number};

export type WorkloadListView = {
	readonly context: string;
	/** Undefined: all of them. */
	readonly namespace: string | undefined;
	/** What was asked for, where that is not simply all: `-l app=shop`, `deploy`. */
	readonly asked: string;
	/** Problems first: stalled, stuck, paused, progressing, complete; then by namespace and name. */
	readonly rows: readonly WorkloadRow[];
	/** The same order. */
	readonly counts: readonly WorkloadCount[];
	readonly connection: HeaderView['connection'];
	/** Why the list may not be all or not be true: a stream that is lost, a kind that may not be read. */
	readonly remarks: readonly {readonly tone: Tone; readonly text: string}[];
};
