import type {ReleaseStepRow, ReleaseStepsView} from '../../store/release-views.ts';
import type {ScreenView} from '../../store/views.ts';
import type {Column} from '../elements/table.ts';
import {tableLines} from '../elements/table.ts';
import {stepGlyph, stepStyle, weightsText} from '../elements/track.ts';
import type {Line} from '../line.ts';
import {emptyLine, line, span} from '../line.ts';
import {wrap} from '../text.ts';
import type {Theme} from '../theme.ts';
import {toneStyle} from '../theme.ts';
import type {DialogContent} from './dialog-lines.ts';

type Marked = ReleaseStepRow & {readonly isMarked: boolean; readonly note: string};

function columns(theme: Theme): readonly Column<Marked>[] {
	return [
		{title: ' ', value: row => stepGlyph(row.state, theme), style: row => stepStyle(row.state)},
		{title: '#', value: row => String(row.number), align: 'right'},
		{
			title: 'STEP',
			value: row => row.text,
			flexible: 12,
			prose: true,
			style: row => (row.isMarked ? 'selected' : row.state === 'current' ? 'strong' : 'plain'),
		},
		{title: 'WEIGHT', value: row => row.weight ?? '', align: 'right', leaves: 2},
		{title: 'PODS', value: row => row.pods ?? '', align: 'right', leaves: 3},
		{title: 'PAUSE', value: row => row.pause ?? '', leaves: 4},
		{title: 'NOW', value: row => row.note, flexible: 8, prose: true, leaves: 1, style: () => 'change'},
	];
}

function noteOf(row: ReleaseStepRow, {wait, active}: ReleaseStepsView): string {
	if (row.state === 'done') return 'done';
	return row.state === 'current' && active ? (wait?.text ?? 'under way') : '';
}

/** Columns that no step has anything to say in are left out. */
function isSaid(column: Column<Marked>, rows: readonly Marked[]): boolean {
	return !['WEIGHT', 'PODS', 'PAUSE', 'NOW'].includes(column.title) || rows.some(row => column.value(row) !== '');
}

function belowLines({weights, checks, active}: ReleaseStepsView, width: number): Line[] {
	const said: Line[] = weights === undefined || !active ? [] : [line(`weight  ${weightsText(weights)}`)];
	return [...said, ...checks.flatMap(({tone, text}) => wrap(text, width).map(part => line(part, tone === 'quiet' ? 'plain' : toneStyle(tone))))];
}

function hintLines({abilities, readOnly}: ScreenView, width: number): Line[] {
	const reason = readOnly ? 'read-only' : abilities['to-step'];
	const text = reason === undefined ? 'Enter goes to the marked step, after a confirmation.' : `No step can be chosen: ${reason}.`;
	return wrap(text, width).map(part => line(part, 'quiet'));
}

/** All steps of the rollout, the current one and what it waits for, and the one that Enter goes to. */
export function releaseStepsContent(view: ScreenView, index: number, width: number, height: number, theme: Theme): DialogContent {
	const steps = view.rollout?.steps;
	const title = steps?.active === false ? 'Steps of the next rollout' : 'Steps';
	if (steps === undefined) return {title, lines: [line('The rollout has no steps any more.', 'change')], fixed: []};
	const rows = steps.rows.map((row, at): Marked => ({...row, isMarked: at === index, note: noteOf(row, steps)}));
	const table = tableLines(
		columns(theme).filter(column => isSaid(column, rows)),
		rows,
		width - 2,
	);
	const marked = table.rows.map((row, at): Line => [span(at === index ? `${theme.glyphs.focus} ` : '  ', 'strong'), ...row]);
	const below = belowLines(steps, width);
	const head: Line = [span('  '), ...table.heading];
	const fixed = height < 8 ? [] : [emptyLine, ...hintLines(view, width)];
	return {
		title,
		lines: [head, ...marked, ...(below.length === 0 ? [] : [emptyLine, ...below])],
		fixed,
		marked: {from: index === 0 ? 0 : index + 1, to: index + 2},
	};
}
