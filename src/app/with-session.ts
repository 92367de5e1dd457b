import {findTarget} from '../cluster/find-object.ts';
import {plainText} from '../domain/sanitise.ts';
import {firstSight, until} from './first-sight.ts';
import {sentenceOf} from './sentence-of.ts';
import {type Session, startSession} from './session.ts';

type Start = Parameters<typeof startSession>[0] & {
	/** Where it is said what could not be cleared away at the end: the screen is closed by then. */
	readonly stderr: {readonly write: (text: string) => unknown};
};

/** Follows a workload or Service that exists for as long as `use` runs. Throws ClusterError where it can't be followed. */
export async function withSession<Result>({stderr, ...start}: Start, use: (session: Session) => Promise<Result>): Promise<Result | undefined> {
	const ended = new AbortController();
	const session = startSession({...start, signal: AbortSignal.any([start.signal, ended.signal])});
	try {
		const sight = await until(session.store, firstSight, start.signal);
		if (sight === undefined) return undefined;
		// Says why it is not there or can't be read; if it came meanwhile all is well.
		if (sight !== 'seen') await findTarget(start.connection, start.watched.kind, start.watched.name, start.signal);
		return await use(session);
	} finally {
		const known = session.sampler.failure();
		ended.abort();
		await Promise.all([session.followed, session.sampler.ended()]);
		const left = session.sampler.failure();
		if (left !== undefined && left !== known) stderr.write(`${plainText(sentenceOf(left))}\n`);
	}
}
