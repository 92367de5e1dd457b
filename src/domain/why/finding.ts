import type {FindingKind} from './finding-kind.ts';

/**
 * What waiting brings. `none`: can't get better by itself (the image does not exist); `doubtful`; `likely`: may well recover (a grace is not over);
 * `waits`: nothing is wrong, something is waited for (a slow pull, a person).
 */
export type Hope = 'none' | 'doubtful' | 'likely' | 'waits';

/** What happens next by itself, and when (epoch ms): another try, the end of a probe's patience, that a pod counts as available, the end of a container's grace period. */
export type NextStep = {readonly what: 'retry' | 'grace-ends' | 'killed' | 'available'; readonly at: number};

/** Why something does not go on, as one rule saw it. Words of others in it are already one short printable line. */
export type Cause = {
	readonly kind: FindingKind;
	readonly hope: Hope;
	/** The API's own word, `CrashLoopBackOff`, or one in its style. */
	readonly reason: string;
	/** The container that it is about, for its log. `previous`: the log of its last run tells. */
	readonly container?: {readonly name: string; readonly previous: boolean} | undefined;
	/** A sentence that goes on after the object's name, without a full stop: `can't pull image app:v9: not found`. No time that passes is in it. */
	readonly message: string;
	/** What the program itself said last, as a clause that ends the sentence: `its last line: Error: no such table`. */
	readonly quote?: string | undefined;
	/** The next action, an imperative: `check the tag, or undo (u)`. */
	readonly advice?: string | undefined;
	/** Epoch ms. */
	readonly sinceAt: number | undefined;
	readonly next?: NextStep | undefined;
};

/** A cause and what it was found at. */
export type Finding = Cause & {
	readonly object: {readonly kind: string; readonly name: string; readonly uid: string | undefined};
	/** How many pods have the same. */
	readonly count: number;
};
