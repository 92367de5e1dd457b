import {logTailKey} from '../../log-tail.ts';
import {shortText} from '../../short-text.ts';
import type {PodSubject} from './pod-subject.ts';

/** The last line that a container wrote, as a clause: `its last line: Error: no configuration`; undefined where no log is known. */
export function lastLogLine({pod, logTails}: Pick<PodSubject, 'pod' | 'logTails'>, container: string): string | undefined {
	const tail = logTails.get(logTailKey(pod.uid, container));
	const last = tail?.lines.findLast(line => line.trim() !== '');
	return last === undefined ? undefined : `its last line: ${shortText(last, 120)}`;
}
