import {maskStated, maskText} from '../domain/mask-text.ts';
import {printable} from '../domain/sanitise.ts';

/** What is said of our own fault: the stack helps whoever mends it. Nothing in it acts on a terminal, and no secret is in what people paste into a report. */
export function crashText(error: unknown): string {
	const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
	// Of the places in a stack only what says that it is a secret is one: paths are as random as tokens.
	const lines = text.split('\n').map(line => (/^\s+at /.test(line) ? maskStated(printable(line)) : maskText(printable(line))));
	return `error: rollwatch itself failed; please report this:\n${lines.join('\n')}\n`;
}
