import type {Ending} from '../cli/exit-code.ts';
import type {Options} from '../cli/options.ts';
import type {ClusterConnection} from '../cluster/connect.ts';
import {runInformer} from '../cluster/informer.ts';
import {collectionOf, kindSources} from '../cluster/kinds/kind-source.ts';
import {kindWords, type WorkloadKind} from '../domain/kinds/kind-words.ts';
import {rulesOf} from '../domain/kinds/rules-of.ts';
import type {Workload} from '../domain/workload.ts';
import type {ClusterEvent} from '../store/event.ts';

export type StatusOutput = {readonly line: (text: string) => void; readonly error: (text: string) => void};

/**
 * kubectl's `rollout status`, line for line: one for each change of the object, equal ones too. Unlike kubectl it does not wait for ever on a paused
 * rollout. Gives how it ended; `undefined` when the signal came first. kubectl: rollout_status.go.
 */
export async function runStatus(
	connection: ClusterConnection,
	{kind, name}: {readonly kind: WorkloadKind; readonly name: string},
	{status}: Options,
	output: StatusOutput,
	signal: AbortSignal,
): Promise<Ending | undefined> {
	const done = new AbortController();
	let ending: Ending | undefined;
	const end = (how: Ending) => {
		ending ??= how;
		done.abort();
	};
	const onWorkload = (workload: Workload | undefined) => {
		if (ending !== undefined) return;
		if (workload === undefined) {
			output.error('object has been deleted');
			return end('notFound');
		}
		const how = report(workload, status.revision, output);
		if (how !== undefined || !status.watch) end(how ?? 'complete');
	};
	await runInformer({
		connection,
		stream: 'workloads',
		path: collectionOf(kind, connection.namespace),
		fieldSelector: `metadata.name=${name}`,
		parse: kindSources[kind].parse,
		signal: AbortSignal.any([signal, done.signal]),
		emit: event => workloadsIn(event).forEach(onWorkload),
	});
	return ending;
}

/** Each state of the workload that an event brings; `undefined` for its end. */
function workloadsIn(event: ClusterEvent): readonly (Workload | undefined)[] {
	if (event.type === 'listed' && event.stream === 'workloads') return event.items.length === 0 ? [undefined] : event.items;
	if (event.type !== 'changed' || event.stream !== 'workloads') return [];
	return event.changes.map(change => (change.kind === 'observed' ? change.object : undefined));
}

function report(workload: Workload, revision: number, output: StatusOutput): Ending | undefined {
	const {message, done, error} = rulesOf(workload).status(revision);
	if (error !== undefined) {
		output.error(error);
		return 'failed';
	}
	output.line(message);
	if (done) return 'complete';
	if (!workload.paused) return undefined;
	output.error(`${kindWords[workload.kind].kind.toLowerCase()} "${workload.name}" is paused`);
	return 'paused';
}
