import {containerOf, type ImageEditor} from '../image-editor.ts';
import type {Line} from '../line.ts';
import {cutLine, emptyLine, line, span} from '../line.ts';
import {shownLine} from '../line-editor.ts';
import {wrap} from '../text.ts';
import type {Theme} from '../theme.ts';
import type {Answer} from '../ui-state.ts';
import type {DialogContent} from './dialog-lines.ts';

function containerLines({containers, index}: ImageEditor, width: number, theme: Theme): Line[] {
	return containers.map(({name, image, init}, at) => {
		const text = `${name}${init ? ' (init)' : ''}`;
		const marked: Line = at === index ? [span(`${theme.glyphs.current} `, 'strong'), span(text, 'selected')] : [span('  '), span(text)];
		return cutLine([...marked, span(`  ${image}`, 'quiet')], width);
	});
}

function problemLines(answer: Answer, width: number): Line[] {
	if (!('refusal' in answer)) return [];
	const {message, hint} = answer.refusal;
	return wrap(hint === undefined ? message : `${message}; ${hint}`, width).map(text => line(text, 'change'));
}

/** Which container, then its image as it is typed, with what is wrong with it. Nothing is sent from here: a confirmation follows. */
export function imageContent(editor: ImageEditor, answer: Answer, width: number, theme: Theme): DialogContent {
	const container = containerOf(editor);
	if (editor.line === undefined) {
		const hint = line('Enter edits its image, Esc leaves all as it is.', 'quiet');
		return {title: `The image of which container of ${editor.name}?`, lines: containerLines(editor, width, theme), fixed: [hint]};
	}
	const {before, at, after} = shownLine(editor.line, width - 2);
	const typed: Line = [span('  '), span(before, 'strong'), span(at, 'selected'), span(after, 'strong')];
	const now: Line[] = wrap(`now ${container?.image ?? ''}`, width - 2).map(text => line(`  ${text}`, 'quiet'));
	const hint = 'Enter shows what it does.';
	const hints = width < 60 ? [hint] : wrap(`${hint} Ctrl-U clears, Ctrl-W takes a word, Ctrl-A and Ctrl-E go to the ends.`, width);
	return {
		title: `Which image for ${container?.name ?? ''}${container?.init === true ? ' (init)' : ''} of ${editor.name}?`,
		// On a small screen the rest scrolls away, never what is typed.
		lines: [typed, ...problemLines(answer, width), emptyLine, ...now],
		fixed: hints.map(text => line(text, 'quiet')),
	};
}
