import type {Mode} from '../../app/keymap.ts';
import {disabledReason, keymap, keyWord, modeWords} from '../../app/keymap.ts';
import type {ScreenView} from '../../store/views.ts';
import type {Line} from '../line.ts';
import {cell, emptyLine, line, span} from '../line.ts';
import {wrap} from '../text.ts';
import type {DialogContent} from './dialog-lines.ts';

/** Where keys work, first on the screen that is shown. */
function sectionsOf(view: ScreenView | undefined): readonly Mode[] {
	return [view?.kind === 'service' ? 'service' : 'screen', 'dialog', 'list', 'filter', 'details', 'logs'];
}

function sectionLines(mode: Mode, view: ScreenView | undefined, width: number): Line[] {
	const rows = keymap.filter(binding => binding.modes.includes(mode));
	const keyWidth = Math.min(14, Math.floor(width / 3));
	return rows.flatMap(binding => {
		const reason = (mode === 'screen' || mode === 'service') && view !== undefined ? disabledReason(binding, view) : undefined;
		const text = reason === undefined ? binding.description : `${binding.description}. Not now: ${reason}`;
		return wrap(text, width - keyWidth - 2).map(
			(part, index): Line => [
				cell(index === 0 ? binding.keys.map(keyWord).join(' ') : '', keyWidth, 'key'),
				span('  '),
				span(part, reason === undefined ? 'plain' : 'quiet'),
			],
		);
	});
}

/** The keymap's table, with what can't act now and why. */
export function helpContent(view: ScreenView | undefined, width: number, modes: readonly Mode[] = sectionsOf(view)): DialogContent {
	const lines = modes.flatMap((mode, index): Line[] => [
		...(index === 0 ? [] : [emptyLine]),
		line(modeWords[mode], 'strong'),
		...sectionLines(mode, view, width),
	]);
	return {title: 'Keys', lines, fixed: []};
}
