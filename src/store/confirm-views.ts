import type {Command} from '../domain/command.ts';
import type {Remark} from './views.ts';

/** What a confirmation shows before anything is sent. */
export type ConfirmView = {
	/** What `y` sends: with what the person saw, so that it is refused where that is no longer so. */
	readonly command: Command;
	readonly title: string;
	readonly context: string;
	readonly server: string;
	readonly namespace: string;
	readonly object: string;
	/** `revision 3 → 2`, images from → to, changed fields of the template. */
	readonly changes: readonly {readonly label: string; readonly from: string; readonly to: string}[];
	/** The pods that it is about, where they must be seen before. */
	readonly list?: {readonly title: string; readonly lines: readonly Remark[]} | undefined;
	/** What a person may think is part of it and is not: `3 replicas`, `ConfigMap kubia-config`. */
	readonly keeps: readonly string[];
	/** How it stands now, in counts that go on changing while the question is open: no part of what is asked. */
	readonly facts: readonly string[];
	/** What will happen besides, and who may take it back. */
	readonly notes: readonly string[];
	/** The exact kubectl command line. */
	readonly kubectl: string;
	/** In a protected context: the name that must be typed in place of `y`. */
	readonly typeName: string | undefined;
};
