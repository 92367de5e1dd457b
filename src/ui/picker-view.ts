import type {Tone} from '../store/views.ts';

/** A Deployment to choose. */
export type PickerRow = {
	/** `kubia`: also what is given back. */
	readonly name: string;
	/** PROGRESSING, PAUSED, COMPLETE, STALLED. */
	readonly word: string;
	readonly tone: Tone;
	/** `2/3`. */
	readonly ready: string;
	readonly images: string;
	readonly age: string;
};

export type PickerView = {
	readonly context: string;
	readonly namespace: string;
	/** Rolling first. */
	readonly rows: readonly PickerRow[];
	/** Why the list is not (yet) what is there: `reading…`, `lost 3s ago`, `forbidden: …`. */
	readonly condition: {readonly tone: Tone; readonly text: string} | undefined;
};
