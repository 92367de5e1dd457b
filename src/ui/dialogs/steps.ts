import {summaryText} from '../../domain/change-summary.ts';
import {activityText} from '../../domain/revision-activity.ts';
import type {StepRow} from '../../store/revision-views.ts';
import type {Line} from '../line.ts';
import {cutLine, emptyLine, line, span} from '../line.ts';
import {wrapAtMost} from '../text.ts';
import type {Theme} from '../theme.ts';
import type {Dialog} from '../ui-state.ts';
import type {DialogContent} from './dialog-lines.ts';

function changesOf(count: number): string {
	return count === 1 ? 'the last change' : `the last ${count} changes`;
}

function revisionName({revision}: StepRow): string {
	return revision === undefined ? 'the template that is not rolled out' : `revision ${revision}`;
}

/** What a revision changed, and whether more may have come between. */
function changeText({change, missing}: StepRow): string {
	if (change === undefined) return missing > 0 ? 'what ran before it is gone from the history' : 'the first one';
	const words = change.length === 0 ? 'nothing' : summaryText(change, 4);
	const gone = missing === 1 ? '1 revision' : `${missing} revisions`;
	return missing === 0 ? words : `${words} (and what ${gone} in between did, gone from the history)`;
}

function rowLines(row: StepRow, index: number, chosen: number, width: number, theme: Theme): readonly Line[] {
	const isUndone = index < chosen;
	const mark = index === chosen ? theme.glyphs.current : isUndone ? theme.glyphs.failure : ' ';
	const where = index === 0 ? ' (now)' : '';
	const active = row.lastActive === undefined || index === 0 ? '' : `  ${activityText(row.lastActive)}`;
	const style = index === chosen ? 'strong' : 'plain';
	const head: Line = [span(`${mark} `, isUndone ? 'bad' : 'strong'), span(`${revisionName(row)}${where}`, style), span(active, 'quiet')];
	const cause = row.changeCause === undefined ? '' : `  “${row.changeCause}”`;
	const what = wrapAtMost(`${changeText(row)}${cause}`, width - 4, 1).map((text): Line => [span('    '), span(text, isUndone ? 'bad' : 'quiet')]);
	return [cutLine(head, width), ...what];
}

function targetLines({view: {rows}, chosen}: Extract<Dialog, {kind: 'steps'}>, width: number): Line[] {
	const to = rows[chosen];
	if (to === undefined) return [];
	const isUnsure = rows.slice(0, chosen).some(({missing}) => missing > 0);
	const unsure = isUnsure ? ' as far as the history tells' : '';
	const text = `Undo ${changesOf(chosen)}: back to ${revisionName(to)}${unsure}.`;
	return wrapAtMost(text, width, 2).map(part => line(part, 'strong'));
}

/** The changes that led to what runs now, how many of them shall be undone, and where that leads. */
export function stepsContent(dialog: Extract<Dialog, {kind: 'steps'}>, width: number, height: number, theme: Theme): DialogContent {
	const {view, chosen} = dialog;
	const rows = view.rows.map((row, index) => rowLines(row, index, chosen, width, theme));
	const target = targetLines(dialog, width);
	const from = rows.slice(0, chosen).flat().length;
	return {
		title: `Undo how many changes of ${view.name}?`,
		lines: rows.flat(),
		fixed: height < 10 ? target : [emptyLine, ...target],
		marked: {from, to: from + (rows[chosen]?.length ?? 0)},
	};
}
