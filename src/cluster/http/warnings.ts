import {Buffer} from 'node:buffer';
import {shortText} from '../../domain/short-text.ts';

/** One warning's value: a code of three digits, an agent, a quoted text. RFC 7234 §5.5. */
const oneWarning = /\d{3} [^\s"]+ "((?:[^"\\]|\\.)*)"/g;
const longest = 300;

/** Node reads headers as Latin-1; the API server writes UTF-8. */
const utf8 = (text: string) => Buffer.from(text, 'latin1').toString('utf8');

/** The texts of an answer's `Warning:` headers: the API server says there what it will do differently, or no more in a later version. */
export function warningTexts(header: string | readonly string[] | undefined): readonly string[] {
	const lines = header === undefined ? [] : [header].flat();
	const texts = lines.flatMap(line => Array.from(line.matchAll(oneWarning), ([, text = '']) => shortText(utf8(text).replaceAll(/\\(.)/g, '$1'), longest)));
	return [...new Set(texts)];
}
