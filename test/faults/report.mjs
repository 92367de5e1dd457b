/**
 * @typedef {{
 *   fault: string, seen: string, lost: string, ok: boolean, note?: string,
 * }} Row what was done, what the user sees meanwhile, what is lost by it (nothing), and whether that is as it shall be
 */

const headings = ['fault', 'the user sees', 'lost', '', 'note'];
/** Widest column but the last: longer texts go on below. */
const widest = 60;

/** The rows as a table for people. @param {readonly Row[]} rows */
export function reportText(rows) {
	const lines = [headings, ...rows.map(cells)].map(line => line.map((cell, column) => wrapped(cell, column)));
	const widths = headings.map((_, column) => Math.max(...lines.flatMap(line => (line[column] ?? []).map(part => part.length))));
	return lines.flatMap(line => folded(line, widths)).join('\n');
}

/** @param {Row} row */
function cells({fault, seen, lost, ok, note = ''}) {
	return [fault, seen, lost, ok ? 'ok' : 'WRONG', note];
}

/** @param {string} text @param {number} column */
function wrapped(text, column) {
	if (column === headings.length - 1) return text.split('\n');
	return text.split('\n').flatMap(line => line.match(new RegExp(`.{1,${widest}}(?:\\s|$)|\\S{${widest}}`, 'g'))?.map(part => part.trimEnd()) ?? ['']);
}

/** A row's cells side by side, as many lines as its longest cell has. @param {readonly string[][]} line @param {readonly number[]} widths */
function folded(line, widths) {
	const height = Math.max(...line.map(cell => cell.length));
	return Array.from({length: height}, (_, index) =>
		line
			.map((cell, column) => (cell[index] ?? '').padEnd(widths[column] ?? 0))
			.join('  ')
			.trimEnd(),
	);
}
