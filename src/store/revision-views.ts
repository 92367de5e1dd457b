import type {LastAvailable} from '../domain/last-available.ts';
import type {ActivityWords} from '../domain/revision-activity.ts';
import type {TemplateDiff} from '../domain/template-diff.ts';

/** A revision in the list to choose from. */
export type RevisionRow = {
	readonly revision: number;
	readonly replicaSet: string;
	readonly images: readonly string[];
	readonly changeCause: string | undefined;
	/** It is the text of the revision before: nobody wrote it for this one. */
	readonly isCauseStale: boolean;
	readonly current: boolean;
	/** What going to it changes, most telling first, each in a word or two; empty where its template is the one that runs. */
	readonly differs: readonly string[];
	readonly age: string;
	/** When it had pods last; undefined where nothing is known. */
	readonly lastActive: ActivityWords | undefined;
	/** Numbers that it had before, oldest first. */
	readonly formerNumbers: readonly number[];
	/** It is the last one that was completely available, and what tells so. */
	readonly lastAvailable: LastAvailable | undefined;
	readonly ready: number;
};

/** One of the changes that led to what runs now. */
export type StepRow = {
	/** Undefined: it was not rolled out. */
	readonly revision: number | undefined;
	/** What it changed in the template that lay beneath it; undefined for the lowest one. */
	readonly change: readonly string[] | undefined;
	readonly changeCause: string | undefined;
	readonly lastActive: ActivityWords | undefined;
	/** So many revisions between it and the one beneath are gone from the history. */
	readonly missing: number;
};

/** What runs now, and what ran before each change, newest first. */
export type StepsView = {readonly name: string; readonly rows: readonly StepRow[]};

/** What would change in the template, line for line. */
export type DiffView = TemplateDiff & {
	/** `revision 3 (now)`, `revision 2`. */
	readonly from: string;
	readonly to: string;
};
