import type {ReleaseStepRow, ReleaseStepsView} from '../../store/release-views.ts';
import type {Line, SpanStyle} from '../line.ts';
import {cell, cutLine, lineWidth, span, spread} from '../line.ts';
import type {Theme} from '../theme.ts';
import {bar} from './bar.ts';

/** A rail longer than this is a bar: nobody counts so many marks. */
const mostMarks = 12;
const barWidth = 16;

/** How a step stands, by shape. */
export function stepGlyph(state: ReleaseStepRow['state'], theme: Theme): string {
	return theme.glyphs.step[state];
}

/** How a step stands, by colour. */
export function stepStyle(state: ReleaseStepRow['state']): SpanStyle {
	return ({done: 'good', current: 'change', left: 'quiet'} as const)[state];
}

/** The steps as a rail: those that are done, the current one, those that are left. */
export function track({rows, current}: ReleaseStepsView, theme: Theme): Line {
	if (rows.length > mostMarks) return bar((current - 1) / rows.length, barWidth, 'good', theme);
	return rows.flatMap(({state}, index): Line => {
		const mark = span(stepGlyph(state, theme), stepStyle(state));
		return index === 0 ? [mark] : [span(theme.glyphs.horizontal, 'quiet'), mark];
	});
}

/** `set 20% · actual 20% · measured 18%` */
export function weightsText({set, actual, measured}: NonNullable<ReleaseStepsView['weights']>): string {
	const said = [
		['set', set],
		['actual', actual],
		['measured', measured],
	] as const;
	return said.flatMap(([word, share]) => (share === undefined ? [] : [`${word} ${share}%`])).join(' · ');
}

const labelWidth = 5;

/** `2 of 4 · pause · waits for you: n continues`; what it waits for comes before what it is called. */
function stepTexts({rows, current, active, wait}: ReleaseStepsView): readonly string[] {
	const count = rows.length;
	if (!active) return [`${count} ${count === 1 ? 'step' : 'steps'}, none under way`];
	const row = rows[current - 1];
	const waiting = wait === undefined ? [] : [wait.text];
	if (row === undefined) return [[`all ${count} done`, ...waiting].join(' · ')];
	const place = `${current} of ${count}`;
	return [[place, row.text, ...waiting].join(' · '), ...(wait === undefined ? [] : [`${place} · ${wait.text}`])];
}

/** Rail and words, as many as fit; undefined where not even the fewest do. */
function railLine(steps: ReleaseStepsView, width: number, theme: Theme): Line | undefined {
	const style = steps.waitsForPerson ? 'change' : steps.active ? 'plain' : 'quiet';
	return stepTexts(steps)
		.map((text): Line => [cell('step', labelWidth, 'strong'), ...track(steps, theme), span('  '), span(text, style)])
		.find(line => lineWidth(line) <= width);
}

/** Where the rollout stands among its steps: a rail, words, and the weights next to it or, where that is too narrow, below. */
export function stepLines(steps: ReleaseStepsView | undefined, width: number, theme: Theme): Line[] {
	if (steps === undefined) return [];
	const said = railLine(steps, width, theme);
	if (said === undefined) return briefSteps(steps, width, theme);
	if (steps.weights === undefined || !steps.active) return [said];
	const weights = [span(`weight ${weightsText(steps.weights)}`)];
	if (lineWidth(said) + 2 + lineWidth(weights) <= width) return [spread(said, weights, width)];
	return [said, cutLine([cell('', labelWidth), ...weights], width)];
}

/** The same in one line: with its rail where that fits, else `step 2/4 · n continues · set 20%`. Nothing where none is under way. */
export function briefSteps(steps: ReleaseStepsView | undefined, width: number, theme: Theme): Line[] {
	if (steps === undefined || !steps.active) return [];
	const rail = railLine(steps, width, theme);
	if (rail !== undefined) return [rail];
	const {rows, current, wait, weights} = steps;
	const parts = [`step ${Math.min(current, rows.length)}/${rows.length}`, wait?.brief ?? rows[current - 1]?.text ?? 'all done'];
	const set = weights === undefined ? [] : [`set ${weights.set}%`];
	return [cutLine([span([...parts, ...set].join(' · '), steps.waitsForPerson ? 'change' : 'plain')], width)];
}
