import type {LogEntry} from './log-buffer.ts';

/** How a text is looked for: small letters find capital ones, too; a capital letter finds only itself. */
function folder(query: string): (text: string) => string {
	return query === query.toLowerCase() ? text => text.toLowerCase() : text => text;
}

/** Where a text occurs in another, as beginnings in it, without overlap. Nothing is found of an empty one. */
export function occurrences(text: string, query: string): readonly number[] {
	if (query === '') return [];
	const folded = folder(query)(text);
	const found: number[] = [];
	for (let at = folded.indexOf(query); at !== -1; at = folded.indexOf(query, at + query.length)) found.push(at);
	return found;
}

/** Ids of the lines that contain a text, oldest first. */
export function matchesOf(entries: readonly LogEntry[], query: string): readonly number[] {
	if (query === '') return [];
	const fold = folder(query);
	return entries.filter(({text}) => fold(text).includes(query)).map(({id}) => id);
}

/** The match before or behind one, round the ends; the newest where none was chosen, or the chosen one is gone. */
export function nextMatch(matches: readonly number[], current: number | undefined, by: 1 | -1): number | undefined {
	const index = current === undefined ? -1 : matches.indexOf(current);
	if (index === -1) return matches.at(-1);
	return matches[(index + by + matches.length) % matches.length];
}
