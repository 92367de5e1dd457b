import type {WorkloadListView} from './list-views.ts';

/** That there is nothing, in a sentence. */
export function emptyText({namespace, asked}: Pick<WorkloadListView, 'namespace' | 'asked'>): string {
	const where = namespace === undefined ? 'in any namespace' : `in namespace ${namespace}`;
	return asked === '' ? `There is no workload ${where}.` : `There is nothing for ${asked} ${where}.`;
}
