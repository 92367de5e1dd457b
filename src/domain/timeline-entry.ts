export type TimelineKind =
	| 'revision-began'
	| 'paused'
	| 'resumed'
	| 'rolled-back'
	| 'step'
	| 'aborted'
	| 'complete'
	| 'stalled'
	| 'verdict'
	| 'scaled'
	| 'selector'
	| 'created'
	| 'scheduled'
	| 'pulling'
	| 'running'
	| 'ready'
	| 'available'
	| 'unready'
	| 'restarted'
	| 'waiting'
	| 'terminating'
	| 'gone'
	| 'first-answer'
	| 'last-answer'
	| 'outage'
	| 'warning'
	| 'command';

/** One line of what changed. */
export type TimelineEntry = {
	/** Epoch ms. */
	readonly at: number;
	readonly kind: TimelineKind;
	/** Decides shape and colour. */
	readonly tone: 'good' | 'bad' | 'change' | 'quiet';
	/** Object it is about (pod or workload name), where there is one. */
	readonly subject: string | undefined;
	/** Name of the workload that it belongs to, where that is known. */
	readonly workload?: string | undefined;
	/** Sentence without the subject: `became unready: HTTP probe failed with statuscode: 500`. */
	readonly text: string;
	/** Same line seen so many times. */
	readonly count: number;
	/** Of an outage's line, which changes in its place until the outage is over. */
	readonly outage?: {readonly id: string; readonly isOver: boolean};
};
