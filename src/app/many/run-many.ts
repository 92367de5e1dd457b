import type {Ending} from '../../cli/exit-code.ts';
import type {Options} from '../../cli/options.ts';
import type {ClusterConnection} from '../../cluster/connect.ts';
import {ClusterError} from '../../cluster/errors.ts';
import type {WorkloadSelection} from '../../domain/workload-selection.ts';
import {emptyText} from '../../store/workload-list/empty-text.ts';
import {until} from '../first-sight.ts';
import {jsonText} from '../json-text.ts';
import type {World} from '../world.ts';
import {listJson} from './list-json.ts';
import {createListReporter} from './list-reporter.ts';
import type {ListSession} from './list-session.ts';
import {listText} from './list-text.ts';
import {isWhole, manyEnding, manySnapshotEnding} from './many-ending.ts';
import {withList} from './with-list.ts';

/** Several workloads without a screen: a snapshot, or lines until all have ended and a table. Gives how they ended; `undefined` when the signal came first. */
export function runMany(
	options: Pick<Options, 'mode' | 'output' | 'until'>,
	selection: WorkloadSelection,
	connection: ClusterConnection,
	{now, signal, stdout}: Pick<World, 'now' | 'signal' | 'stdout'>,
): Promise<Ending | undefined> {
	const write = (text: string) => stdout.write(text);
	return withList({connection, selection, now, signal}, session =>
		options.mode === 'once' ? snapshotOf(session, options.output, write, now, signal) : waitForAll(session, options.until, write, signal),
	);
}

/** Pods of those that are not done only add to the picture: worth this wait, and no longer. */
const closerWithinMs = 1_000;

async function snapshotOf(
	{store, view}: ListSession,
	output: Options['output'],
	write: (text: string) => void,
	now: () => number,
	signal: AbortSignal,
): Promise<Ending | undefined> {
	await until(
		store,
		state => [...state.closer.values()].every(({streams}) => streams.pods.synced && streams.revisions.synced) || undefined,
		AbortSignal.any([signal, AbortSignal.timeout(closerWithinMs)]),
	);
	if (signal.aborted) return undefined;
	store.dispatch({type: 'ticked', at: now()});
	store.flush();
	write(output === 'json' ? `${jsonText(listJson(store.snapshot()), 2)}\n` : listText(view.snapshot()));
	return view.snapshot().rows.length === 0 ? 'complete' : manySnapshotEnding(view.snapshot().rows);
}

/** Writes a line per change until all have ended, then the table of them; the table also where the time is over. */
async function waitForAll(
	{store, view}: ListSession,
	wanted: Options['until'],
	write: (text: string) => void,
	signal: AbortSignal,
): Promise<Ending | undefined> {
	if (view.snapshot().rows.length === 0)
		throw new ClusterError(emptyText(view.snapshot()).replace(/\.$/, ''), {kind: 'not-found', hint: 'nothing is waited for'});
	const reporter = createListReporter();
	const ending = await until(
		store,
		state => {
			const {rows} = view.snapshot();
			for (const line of reporter.report(view.snapshot(), state.now)) write(`${line}\n`);
			return isWhole(state) ? manyEnding(rows, wanted) : undefined;
		},
		signal,
	);
	write(`\n${listText(view.snapshot())}`);
	return ending;
}
