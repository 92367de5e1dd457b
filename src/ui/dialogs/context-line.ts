import type {Line} from '../line.ts';
import {cell, span} from '../line.ts';

/** Names that call for a second look. */
export function isProtectedName(name: string): boolean {
	return /prod|live/i.test(name);
}

/** In which cluster: shouted where its name calls for a second look. */
export function contextLine(context: string, labelWidth: number): Line {
	const isProtected = isProtectedName(context);
	return [
		cell('context', labelWidth, 'quiet'),
		span(isProtected ? ' ' : '  '),
		span(isProtected ? ` ${context} ` : context, isProtected ? 'danger' : 'strong'),
	];
}
