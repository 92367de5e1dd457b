import type {RolloutView} from '../../store/views.ts';
import {bar} from '../elements/bar.ts';
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
	const word: Span[] = [span(`${theme.glyphs.phase[view.phase]} ${view.word}`, toneStyle(view.tone))];
	return view.busy && theme.motion ? [...word, {text: '   ', style: toneStyle(view.tone), spinner: true}] : word;
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
	const surge = `surge ${view.surge.used} of ${view.surge.allowed}`;
	const unavailable = `unavailable ${view.unavailable.used} of ${view.unavailable.allowed}`;
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

function noteLines(view: RolloutView, width: number, theme: Theme): Line[] {
	return view.notes.slice(0, notesShown).flatMap(note =>
		wrapAtMost(note.text, width - 2, 3).map((text, index): Line => {
			const mark = index === 0 && note.tone !== 'quiet' ? theme.glyphs.tone[note.tone] : ' ';
			return [span(`${mark} ${text}`, note.tone === 'quiet' ? 'plain' : toneStyle(note.tone))];
		}),
	);
}

/** The rollout: phase, kubectl's line, the lane of new pods above the lane of old ones, and what to know. */
export function rolloutLines(view: RolloutView, width: number, limit: number, theme: Theme): Line[] {
	const lanes = laneLines(view, width, theme);
	const all = noteLines(view, width, theme);
	const isRoomy = lanes.length + all.length + 1 <= limit;
	const notes = isRoomy ? all : noteLines({...view, notes: view.notes.filter(({spare}) => spare !== true)}, width, theme);
	const messageLimit = limit - lanes.length - Math.min(1, notes.length) >= 3 ? 3 : Math.max(1, limit - lanes.length);
	return [...messageLines(view, width, messageLimit, theme), ...lanes, ...notes];
}
