import {withEscapes} from '../domain/sanitise.ts';

function escaped(hidden: string): string {
	return Array.from({length: hidden.length}, (_, index) => `\\u${hidden.charCodeAt(index).toString(16).padStart(4, '0')}`).join('');
}

/**
 * JSON that does nothing to a terminal when somebody looks at it there, and hides nothing: `JSON.stringify` itself leaves C1 controls and marks that turn the
 * direction of the text as they are. What it says is the same. `indent`: spaces; absent: in one line.
 */
export function jsonText(value: unknown, indent?: number): string {
	// Line breaks are the only control characters that it writes itself.
	const lines = JSON.stringify(value, undefined, indent).split('\n');
	return lines.map(line => withEscapes(line, escaped)).join('\n');
}
