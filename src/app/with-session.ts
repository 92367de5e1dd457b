import {findService, findWorkload} from '../cluster/list-workloads.ts';
import {firstSight, until} from './first-sight.ts';
import {type Session, startSession} from './session.ts';

/** Follows a workload or Service that exists for as long as `use` runs. Throws ClusterError where it can't be followed. */
export async function withSession<Result>(start: Parameters<typeof startSession>[0], use: (session: Session) => Promise<Result>): Promise<Result | undefined> {
	const ended = new AbortController();
	const session = startSession({...start, signal: AbortSignal.any([start.signal, ended.signal])});
	try {
		const sight = await until(session.store, firstSight, start.signal);
		if (sight === undefined) return undefined;
		// Says why it is not there or can't be read; if it came meanwhile all is well.
		const find = start.watched.kind === 'Service' ? findService : findWorkload;
		if (sight !== 'seen') await find(start.connection, start.watched.name, start.signal);
		return await use(session);
	} finally {
		ended.abort();
		await Promise.all([session.followed, session.sampler.ended()]);
	}
}
