import type {Line} from '../line.ts';
import {cell, span} from '../line.ts';

/** In which cluster: shouted where a mistake is dear. */
export function contextLine(context: string, isProtected: boolean, labelWidth: number): Line {
	if (!isProtected) return [cell('context', labelWidth, 'quiet'), span('  '), span(context, 'strong')];
	return [cell('context', labelWidth, 'quiet'), span(' '), span(` ${context} `, 'danger'), span(' PROTECTED', 'bad')];
}
