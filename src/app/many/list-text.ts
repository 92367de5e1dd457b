import {plainText} from '../../domain/sanitise.ts';
import {shortText} from '../../domain/short-text.ts';
import {emptyText} from '../../store/workload-list/empty-text.ts';
import type {WorkloadListView, WorkloadRow} from '../../store/workload-list/list-views.ts';
import {type Column, tableLines} from '../../ui/elements/table.ts';
import {lineText} from '../../ui/line.ts';

/** Nothing is cut in a text that goes to a file. */
const anyWidth = 100_000;

const longestWhy = 200;

function columns(view: WorkloadListView): readonly Column<WorkloadRow>[] {
	const isKept = view.rows.some(({keeper}) => keeper !== '');
	const shown = (column: Column<WorkloadRow>, when: boolean) => (when ? [column] : []);
	return [
		...shown({title: 'NAMESPACE', value: row => row.namespace}, view.namespace === undefined),
		{title: 'NAME', value: row => row.target},
		{title: 'PHASE', value: row => row.word},
		{title: 'UPDATED', value: row => `${row.updated}/${row.desired}`},
		{title: 'READY', value: row => `${row.ready}/${row.desired}`},
		{title: 'AGE', value: row => row.age},
		...shown({title: 'KEPT BY', value: row => row.keeper}, isKept),
		{title: 'IMAGES', value: row => row.images},
		{title: 'WHY', value: row => shortText(row.why, longestWhy)},
	];
}

/** The list as a table for people, problems first, and what is not known; ends with a line break. */
export function listText(view: WorkloadListView): string {
	const table = tableLines(columns(view), view.rows, anyWidth);
	const lines = view.rows.length === 0 ? [emptyText(view)] : [table.heading, ...table.rows].map(lineText);
	return [...lines, ...view.remarks.map(({text}) => text)].map(line => `${plainText(line)}\n`).join('');
}

/** How many are in which state: `1 stalled · 3 progressing · 496 complete`. */
export function countsText({counts}: WorkloadListView): string {
	return counts.map(({count, word}) => `${count} ${word}`).join(' · ');
}
