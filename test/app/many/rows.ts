import type {WorkloadListView, WorkloadRow} from '../../../src/store/workload-list/list-views.ts';

/** A row of a workload that is complete. */
export const row = (name: string, change: Partial<WorkloadRow> = {}): WorkloadRow => ({
	uid: name,
	kind: 'Deployment',
	namespace: 'web',
	name,
	target: `deploy/${name}`,
	phase: 'complete',
	word: 'COMPLETE',
	tone: 'good',
	isStuck: false,
	desired: 3,
	updated: 3,
	ready: 3,
	available: 3,
	message: `deployment "${name}" successfully rolled out`,
	why: '',
	images: `example/${name}:v1`,
	keeper: '',
	keptBy: [],
	age: '12d',
	...change,
});

/** A view of rows, live. */
export const listOf = (rows: readonly WorkloadRow[], change: Partial<WorkloadListView> = {}): WorkloadListView => ({
	context: 'prod-eu',
	namespace: 'web',
	asked: '',
	rows,
	counts: [{word: 'complete', tone: 'good', count: rows.length}],
	connection: {kind: 'live', text: 'LIVE'},
	remarks: [],
	...change,
});
