import type {DiffView} from '../../store/revision-views.ts';
import {memoised} from '../../store/share.ts';
import type {Line, SpanStyle} from '../line.ts';
import {cutLine, emptyLine, line, span} from '../line.ts';
import {wrap} from '../text.ts';
import type {Dialog} from '../ui-state.ts';
import type {DialogContent} from './dialog-lines.ts';

type DiffLine = DiffView['lines'][number];

/** Told by a shape, too: colours are not there for everyone. */
const marks: Readonly<Record<DiffLine['kind'], readonly [mark: string, style: SpanStyle]>> = {
	same: ['  ', 'plain'],
	added: ['+ ', 'good'],
	removed: ['- ', 'bad'],
	place: ['@ ', 'quiet'],
	'left-out': ['… ', 'change'],
};

function rowsOf({kind, text}: DiffLine, width: number): readonly Line[] {
	const [mark, style] = marks[kind];
	if (kind === 'place') return [cutLine(line(`${mark}${text === '' ? 'template' : text}`, style), width)];
	const indent = Math.min(text.search(/[^ ]|$/) + 2, Math.floor(width / 3));
	const [first = '', ...rest] = wrap(text, width - 2);
	// A line that goes on below stands further in than any line of its own would.
	const below = rest.length === 0 ? [] : wrap(rest.join(' '), width - 2 - indent).map(part => line(`${mark}${' '.repeat(indent)}${part}`, style));
	return [line(`${mark}${first}`, style), ...below];
}

function summaryOf({added, removed, masked}: DiffView): string {
	if (added + removed === 0) return 'The templates are the same.';
	const hidden = masked ? ' What looks like a secret is masked; --show-values shows it.' : '';
	return `${removed} ${removed === 1 ? 'line goes' : 'lines go'}, ${added} ${added === 1 ? 'comes' : 'come'}.${hidden}`;
}

function allRows(view: DiffView, width: number): readonly Line[] {
	return [
		line(`- ${view.from}`, 'bad'),
		line(`+ ${view.to}`, 'good'),
		...view.lines.flatMap(one => rowsOf(one, width)),
		emptyLine,
		...wrap(summaryOf(view), width).map(text => line(text, 'quiet')),
	];
}

// It does not change while it is open, and may be thousands of lines long.
const rows = memoised(allRows);

/** What would change in the pod template, line for line. */
export function diffContent({shown}: Extract<Dialog, {kind: 'diff'}>, width: number): DialogContent {
	if (shown.state === 'loading') return {title: 'What changes in the template', lines: [line('comparing…', 'change')], fixed: []};
	if (shown.state === 'failed') return {title: 'What changes in the template', lines: wrap(shown.problem, width).map(text => [span(text)]), fixed: []};
	return {title: `${shown.view.from} → ${shown.view.to}`, lines: rows(shown.view, width), fixed: []};
}
