import type {NumberEditor, SelectorEditor} from '../editors.ts';
import type {Line} from '../line.ts';
import {emptyLine, line, span} from '../line.ts';
import {wrap} from '../text.ts';
import type {Theme} from '../theme.ts';
import type {Answer, Dialog} from '../ui-state.ts';
import {confirmParts, questionLine, withRemark} from './confirm.ts';
import type {DialogContent} from './dialog-lines.ts';
import {imageContent} from './image.ts';

function numberLines({kind, from: before, text}: NumberEditor, answer: Answer): Line[] {
	// Somebody else may have changed it since the question was opened.
	const asked = 'command' in answer && (answer.command.kind === 'scale' || answer.command.kind === 'set-partition') ? answer.command : undefined;
	const from = asked?.from ?? before;
	return [[span(kind === 'scale' ? 'replicas  ' : 'partition  '), span(`${from} → `), span(text, 'strong'), span(' ', 'selected')]];
}

function typedLine(text: string): Line {
	return [span('  '), span(text, 'strong'), span(' ', 'selected')];
}

function labelLines({labels, index, typing}: SelectorEditor, width: number, theme: Theme): Line[] {
	const rows = labels.map(({name, value}, at): Line => {
		if (typing?.index === at) return typedLine(typing.text);
		const text = `${name}=${value}`;
		return at === index && typing === undefined ? [span(`${theme.glyphs.current} `, 'strong'), span(text, 'selected')] : [span('  '), span(text)];
	});
	const added = typing !== undefined && typing.index === undefined ? [typedLine(typing.text)] : [];
	const none = rows.length + added.length === 0 ? [line('  no label', 'change')] : [];
	const problem = typing?.problem === undefined ? [] : wrap(typing.problem, width - 2).map(text => line(`  ${text}`, 'bad'));
	return [...rows, ...added, ...none, ...problem];
}

function titleOf(editor: NumberEditor | SelectorEditor): string {
	if (editor.kind === 'selector') return 'Which pods shall the Service select?';
	return editor.kind === 'scale' ? `How many replicas of ${editor.name}?` : `From which ordinal on shall pods of ${editor.name} get the new template?`;
}

function hintLine(editor: NumberEditor | SelectorEditor): Line {
	if (editor.kind !== 'selector') return line('Esc leaves it as it is.', 'quiet');
	return line(
		editor.typing === undefined ? 'Enter changes the marked label, a adds one, x takes it away.' : 'NAME=VALUE; Enter keeps it, Esc leaves it as it was.',
		'quiet',
	);
}

/** What is typed, and below it all that a confirmation of it shows; or why there is nothing to confirm. */
export function editContent({editor, answer, dryRun, remark}: Extract<Dialog, {kind: 'edit'}>, width: number, rows: number, theme: Theme): DialogContent {
	if (editor.kind === 'image') return imageContent(editor, answer, width, theme);
	const typed = editor.kind === 'selector' ? labelLines(editor, width, theme) : numberLines(editor, answer);
	if ('refusal' in answer) {
		const {message, hint} = answer.refusal;
		const text = hint === undefined ? message : `${message}; ${hint}`;
		return {title: titleOf(editor), lines: [...typed, emptyLine, ...wrap(text, width).map(part => line(part, 'change'))], fixed: [hintLine(editor)]};
	}
	const isTyping = editor.kind === 'selector' && editor.typing !== undefined;
	const asked = [isTyping ? hintLine(editor) : questionLine('Esc')];
	return {title: answer.title, ...withRemark(remark, asked, tight => [typed, ...confirmParts(answer, dryRun, width, theme, tight)], {width, rows, theme})};
}
