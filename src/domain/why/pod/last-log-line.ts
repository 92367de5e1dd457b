import {logTailKey} from '../../log-tail.ts';
import {shortText} from '../../short-text.ts';
import type {PodSubject} from './pod-subject.ts';

/** The last line that a container wrote, as the end of a sentence: `; its last line: Error: no configuration`; empty where no log is known. */
export function lastLogLine({pod, logTails}: Pick<PodSubject, 'pod' | 'logTails'>, container: string): string {
	const tail = logTails.get(logTailKey(pod.uid, container));
	const last = tail?.lines.findLast(line => line.trim() !== '');
	return last === undefined ? '' : `; its last line: ${shortText(last, 120)}`;
}
