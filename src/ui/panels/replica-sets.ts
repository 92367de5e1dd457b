import type {ReplicaSetRow} from '../../store/views.ts';
import type {Column} from '../elements/table.ts';
import {tableLines} from '../elements/table.ts';
import type {Line} from '../line.ts';
import type {Theme} from '../theme.ts';

function columns(theme: Theme, areReplicaSets: boolean): readonly Column<ReplicaSetRow>[] {
	const desired: readonly Column<ReplicaSetRow>[] = areReplicaSets ? [{title: 'DESIRED', value: row => String(row.desired), align: 'right', leaves: 1}] : [];
	return [
		{
			title: 'REV',
			value: row => `${row.current ? theme.glyphs.current : ' '} ${row.revision ?? '?'}`,
			align: 'right',
			style: row => (row.current ? 'strong' : 'plain'),
		},
		{title: 'NAME', value: row => row.name, flexible: 10},
		...desired,
		{title: areReplicaSets ? 'CURRENT' : 'PODS', value: row => String(row.currentReplicas), align: 'right'},
		{title: 'READY', value: row => String(row.ready), align: 'right', style: row => (row.ready < row.currentReplicas ? 'change' : 'plain')},
		{title: 'AGE', value: row => row.age, align: 'right', min: 4, leaves: 2},
	];
}

/** ReplicaSets as `kubectl get rs` shows them, with their revisions; of ControllerRevisions the pods that are of each. */
export function replicaSetLines(
	rows: readonly ReplicaSetRow[],
	width: number,
	theme: Theme,
	areReplicaSets = true,
): {readonly heading: Line; readonly rows: readonly Line[]} {
	return tableLines(columns(theme, areReplicaSets), rows, width);
}
