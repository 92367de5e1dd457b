import {checkSelection} from '../../cluster/find-many.ts';
import {isListSettled} from '../../store/workload-list/list-state.ts';
import {until} from '../first-sight.ts';
import {type ListSession, type ListSessionOptions, startListSession} from './list-session.ts';

/** Follows a selection of workloads for as long as `use` runs; `undefined` when the signal came first. Throws ClusterError where none can be read, or a named one is not there. */
export async function withList<Result>(options: ListSessionOptions, use: (session: ListSession) => Promise<Result>): Promise<Result | undefined> {
	const ended = new AbortController();
	const signal = AbortSignal.any([options.signal, ended.signal]);
	const session = startListSession({...options, signal});
	try {
		const isSettled = await until(session.store, state => isListSettled(state) || undefined, signal);
		if (isSettled === undefined) return undefined;
		const {entries, streams} = session.store.snapshot();
		const listed = [...streams].filter(([, {synced}]) => synced).map(([kind]) => kind);
		await checkSelection(options.connection, options.selection, {listed, found: [...entries.values()].map(entry => entry.listed)}, signal);
		return await use(session);
	} finally {
		ended.abort();
		await session.followed;
	}
}
