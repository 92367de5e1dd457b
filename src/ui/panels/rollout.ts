import type {RolloutView} from '../../store/views.ts';
import {bar} from '../elements/bar.ts';
import {briefSteps, stepLines} from '../elements/track.ts';
import type {Line, Span} from '../line.ts';
import {cell, cutLine, span, spread} from '../line.ts';
import {textWidth, wrapAtMost} from '../text.ts';
import type {Theme} from '../theme.ts';
import {toneStyle} from '../theme.ts';

const notesShown = 6;
const labelWidth = 5;

/** kubectl's line without the part that the screen says anyway, where there is not room for all of it. */
function shortMessage(message: string): string {
	return message.replace(/^Waiting for (deployment|statefulset|daemon set) "[^"]*" rollout to finish: /, '').replace(/\.\.\.$/, '');
}

function phaseWord(view: RolloutView, theme: Theme): Line {
	const isTurning = view.busy && theme.motion;
	// The spinner is made of dots, too.
	const said = isTurning ? view.word.replace(/…$/, '') : view.word;
	const word: Span[] = [span(`${theme.glyphs.phase[view.phase]} ${said}`, toneStyle(view.tone))];
	return isTurning ? [...word, {text: '   ', style: toneStyle(view.tone), spinner: true}] : word;
}

/** The phase, and the line of `kubectl rollout status`: in full where it fits, else what it waits for. */
export function messageLines(view: RolloutView, width: number, limit: number, theme: Theme): Line[] {
	const word = phaseWord(view, theme);
	const indent = word.reduce((sum, part) => sum + textWidth(part.text), 0) + 2;
	if (indent + textWidth(view.message) <= width) return [[...word, span(`  ${view.message}`)]];
	const short = shortMessage(view.message);
	if (indent + textWidth(short) <= width) return [[...word, span(`  ${short}`)]];
	// Less than a few words say nothing; the word alone does.
	if (limit < 2) return [width - indent < 12 ? cutLine(word, width) : cutLine([...word, span(`  ${short}`)], width)];
	return [word, ...wrapAtMost(short, width - 2, limit - 1).map(text => [span(`  ${text}`)])];
}

function shortWords(text: string): string {
	return text.replace('available', 'avail').replace('terminating', 'term');
}

/** Lanes next to each other must have bars of one length, or their shares can't be compared. */
function laneLines(view: RolloutView, width: number, theme: Theme): Line[] {
	const surge = view.surge === undefined ? '' : `surge ${view.surge.used} of ${view.surge.allowed}`;
	const unavailable = view.unavailable === undefined ? '' : `unavailable ${view.unavailable.used} of ${view.unavailable.allowed}`;
	const rightWidth = width >= 64 ? Math.max(surge.length, unavailable.length) : 0;
	const longest = Math.max(0, ...view.lanes.map(lane => textWidth(lane.text)));
	const room = width - labelWidth - 2 - longest - (rightWidth > 0 ? rightWidth + 2 : 0);
	const barWidth = Math.min(27, Math.floor(width / 4), room);
	const words = labelWidth + longest > width ? shortWords : (text: string) => text;
	return view.lanes.map(lane => {
		const right = (lane.label === 'new' ? surge : unavailable).padEnd(rightWidth);
		const share = lane.whole > 0 ? lane.filled / lane.whole : 0;
		const drawnBar = barWidth >= 4 ? [...bar(share, barWidth, lane.label === 'new' ? 'change' : 'plain', theme), span('  ')] : [];
		return spread([cell(lane.label, labelWidth, 'strong'), ...drawnBar, span(words(lane.text))], rightWidth > 0 ? [span(right, 'quiet')] : [], width);
	});
}

type Note = RolloutView['notes'][number];

function noteLine(note: Note, text: string, width: number, limit: number, theme: Theme): Line[] {
	return wrapAtMost(text, width - 2, limit).map((row, index): Line => {
		const mark = index === 0 && note.tone !== 'quiet' ? theme.glyphs.tone[note.tone] : ' ';
		return [span(`${mark} ${row}`, note.tone === 'quiet' ? 'plain' : toneStyle(note.tone))];
	});
}

function noteLines(view: RolloutView, width: number, theme: Theme): Line[] {
	return view.notes.slice(0, notesShown).flatMap(note => noteLine(note, note.text, width, 3, theme));
}

/** The rollout: phase, kubectl's line, the lane of new pods above the lane of old ones, and what to know. */
export function rolloutLines(view: RolloutView, width: number, limit: number, theme: Theme): Line[] {
	const counts = [...stepLines(view.steps, width, theme), ...laneLines(view, width, theme)];
	const notes = noteLines(view, width, theme);
	if (counts.length + notes.length + 1 > limit) return tightLines(view, width, limit, theme);
	return [...messageLines(view, width, messageRows(limit, counts.length + Math.min(1, notes.length)), theme), ...counts, ...notes];
}

function messageRows(limit: number, taken: number): number {
	return limit - taken >= 3 ? 3 : Math.max(1, limit - taken);
}

/** Where there is not room for all: what is wrong comes before all of kubectl's line, before what is spare, and before bars. */
function tightLines(view: RolloutView, width: number, limit: number, theme: Theme): Line[] {
	const [first, ...others] = view.notes.filter(({spare}) => spare !== true);
	const isBad = first?.tone === 'bad';
	const step = briefSteps(view.steps, width, theme);
	const isShort = limit - step.length <= (isBad ? 4 : 2);
	const lanes = [...step, ...(isShort ? [cutLine([span(countsOf(view))], width)] : laneLines(view, width, theme))];
	const message = messageLines(view, width, isBad ? 1 : messageRows(limit, lanes.length + (first === undefined ? 0 : 1)), theme);
	const room = limit - lanes.length - message.length;
	if (first === undefined || room <= 0) return [...message, ...lanes];
	// One line is left for what becomes of it.
	const rows = Math.min(3, room >= 3 && others.length > 0 ? room - 1 : room);
	const told = noteLine(first, room < 3 ? (first.brief ?? first.text) : first.text, width, rows, theme);
	return [...message, ...lanes, ...told, ...others.flatMap(note => noteLine(note, note.text, width, 3, theme))];
}

/** Both lanes in a line: `new 1/3 · 0 available · old 3/3 left`. */
function countsOf({lanes}: RolloutView): string {
	return lanes.map(({label, text}) => `${label} ${text.replace(' updated', '').replace(/ · \d+ (?:ready|terminating)/, '')}`).join(' · ');
}
