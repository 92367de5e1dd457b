import type {AgreementView} from '../../store/views.ts';
import type {Line} from '../line.ts';
import {emptyLine, line, span} from '../line.ts';
import {wrap} from '../text.ts';
import {contextLine} from './context-line.ts';
import type {DialogContent} from './dialog-lines.ts';

/** What would be created, where, how long it stays; and the question whether it shall be. */
export function agreeContent({context, server, facts, manifest, kubectl}: AgreementView, isProtected: boolean, width: number): DialogContent {
	const listed = facts.flatMap(fact => wrap(fact, width - 2).map((text, index): Line => [span(index === 0 ? '- ' : '  ', 'quiet'), span(text)]));
	const lines: Line[] = [
		contextLine(context, isProtected, 9),
		[span('server     ', 'quiet'), span(server)],
		emptyLine,
		...listed,
		emptyLine,
		...wrap(`$ ${kubectl} <<EOF`, width).map(text => line(text, 'quiet')),
		...manifest.flatMap(row => wrap(row, width).map(text => line(text))),
		line('EOF', 'quiet'),
	];
	const question: Line = [span('Create it? ', 'strong'), span('y', 'key'), span(' yes   '), span('Enter', 'key'), span(' no')];
	return {title: 'Ask from inside the cluster: a pod is needed', lines, fixed: [question]};
}
