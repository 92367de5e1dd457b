import {randomBytes} from 'node:crypto';
import {messageOf} from '../../cluster/errors.ts';
import type {CommandResult} from '../../domain/command.ts';
import {type AuditPlace, begunLine, endedLine} from '../audit/audit-entry.ts';
import type {AuditFile} from '../audit/audit-file.ts';
import type {Deed} from './deed.ts';

/** Writes an action down: that it begins, and by what is given back how it ended. */
export type Auditing = (deed: Deed) => (result: CommandResult) => void;

type AuditingOptions = {
	/** Absent: nothing is written down. */
	readonly file: AuditFile | undefined;
	readonly place: AuditPlace;
	/** Whom the API server takes us for; undefined where it does not say. */
	readonly who: () => Promise<string | undefined>;
	/** A line is not in the log, and why. */
	readonly onLost: (problem: string) => void;
	/** Epoch ms, the machine's own. */
	readonly now: () => number;
};

/**
 * The log of actions. Nobody waits for it: a full disk must not keep a person from stopping a bad version, but is told to them. An action whose program
 * was killed meanwhile stands there with its beginning alone.
 */
export function createAuditing({file, place, who, onLost, now}: AuditingOptions): Auditing {
	if (file === undefined) return () => () => undefined;
	const run = randomBytes(4).toString('hex');
	let count = 0;
	return deed => {
		const id = `${run}-${++count}`;
		let isLost = false;
		const write = (lineFor: (user: string | undefined) => string) =>
			who()
				.then(user => file.append(lineFor(user)))
				.catch((error: unknown) => {
					// Once for both lines.
					if (!isLost) onLost(messageOf(error));
					isLost = true;
				});
		const begunAt = now();
		void write(user => begunLine({...place, id, user}, deed, begunAt));
		return result => {
			const endedAt = now();
			void write(user => endedLine({...place, id, user}, deed, result, endedAt));
		};
	};
}
