import type {Guard} from '../domain/guard.ts';
import {maskText} from '../domain/mask-text.ts';

/** Lines of a log as they are quoted beside other things, where nobody asked for the log itself: without secrets, unless values are to be shown. */
export function quotedLines(lines: readonly string[], {showValues}: Pick<Guard, 'showValues'>): readonly string[] {
	return showValues ? lines : lines.map(maskText);
}
