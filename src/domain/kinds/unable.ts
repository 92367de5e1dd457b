import type {Refusal, WorkloadCommand} from '../command.ts';
import {kindWords, type WorkloadKind} from './kind-words.ts';

const verbs: Readonly<Record<WorkloadCommand['kind'], string>> = {
	pause: 'be paused',
	resume: 'be resumed',
	undo: 'be undone',
	scale: 'be scaled',
	restart: 'be restarted',
	'set-image': 'have its image set',
	'delete-pod': 'have its pods deleted',
	continue: 'be continued: it has no steps',
	'promote-full': 'be promoted: it has no steps',
	abort: 'be aborted: it has no steps',
	retry: 'be retried: it has no steps',
	'set-partition': 'be given a partition',
	'to-step': 'go to a step: it has none',
};

/** What a kind can't do at all, in a sentence: `a DaemonSet can’t be paused`. */
export function unable(kind: WorkloadKind, command: WorkloadCommand['kind'], hint?: string): Refusal {
	const name = kindWords[kind].kind;
	return {message: `a ${name} can’t ${verbs[command]}`, hint};
}
