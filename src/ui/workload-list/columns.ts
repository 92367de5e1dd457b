import {podSuffix} from '../../domain/pod-suffix.ts';
import type {WorkloadListView, WorkloadRow} from '../../store/workload-list/list-views.ts';
import {filledCells} from '../elements/bar.ts';
import type {Column} from '../elements/table.ts';
import type {Theme} from '../theme.ts';
import {toneStyle} from '../theme.ts';

const barWidth = 10;

function glyphOf({phase, isStuck}: WorkloadRow, {glyphs}: Theme): string {
	if (phase === undefined) return ' ';
	return isStuck ? glyphs.failure : glyphs.phase[phase];
}

/** How many pods have the new template. */
function barText({updated, desired, phase}: WorkloadRow, {glyphs}: Theme): string {
	if (phase === undefined) return '';
	const full = filledCells(desired === 0 ? 1 : updated / desired, barWidth);
	return glyphs.barFull.repeat(full) + glyphs.barEmpty.repeat(barWidth - full);
}

const styleOf = ({tone}: WorkloadRow) => (tone === 'quiet' ? 'plain' : toneStyle(tone));

/** Why it does not go on, else what runs. The row names the workload: of its pods the end of the name is enough, and room is dear. */
function reasonText({name, why, images}: WorkloadRow): string {
	if (why === '') return images;
	const [subject = '', ...rest] = why.split(' ');
	if (subject === name) return rest.join(' ');
	return subject.startsWith(`${name}-`) ? [podSuffix(subject), ...rest].join(' ') : why;
}

/** The list's columns; what leaves first when the terminal is narrow. */
export function listColumns(view: WorkloadListView, theme: Theme): readonly Column<WorkloadRow>[] {
	const shown = (column: Column<WorkloadRow>, when: boolean) => (when ? [column] : []);
	return [
		...shown({title: 'NAMESPACE', value: row => row.namespace, flexible: 8, leaves: 1}, view.namespace === undefined),
		{title: 'NAME', value: row => row.target, flexible: 14},
		{title: '  PHASE', value: row => `${glyphOf(row, theme)} ${row.word}`, min: 13, style: styleOf},
		{title: 'ROLLOUT', value: row => barText(row, theme), style: styleOf, leaves: 4},
		{title: 'UPDATED', value: row => (row.phase === undefined ? '' : `${row.updated}/${row.desired}`), align: 'right', leaves: 5},
		{
			title: 'READY',
			value: row => (row.phase === undefined ? '' : `${row.ready}/${row.desired}`),
			align: 'right',
			style: row => (row.ready < row.desired ? 'change' : 'plain'),
		},
		{title: 'AGE', value: row => row.age, leaves: 6},
		...shown(
			{title: 'KEPT BY', value: row => row.keeper, flexible: 8, leaves: 7},
			view.rows.some(({keeper}) => keeper !== ''),
		),
		{title: 'WHY, OR IMAGES', value: reasonText, flexible: 24, prose: true, leaves: 3},
	];
}

/** The rows with the longest text of each column: enough to size a table by. Counting characters is cheap, measuring the width of hundreds of texts is not. */
export function longestRows(columns: readonly Column<WorkloadRow>[], rows: readonly WorkloadRow[]): readonly WorkloadRow[] {
	return columns.flatMap(({value}) => {
		let longest: WorkloadRow | undefined;
		let most = -1;
		for (const row of rows) {
			const {length} = value(row);
			if (length > most) [longest, most] = [row, length];
		}
		return longest ?? [];
	});
}
