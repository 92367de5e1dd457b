/**
 * @typedef {{
 *   budget: string, unit: string, value: number,
 *   pods?: number,
 *   limit?: number, atLeast?: number,
 *   peer?: {name: string, value: number},
 *   note?: string,
 * }} Row one thing that was measured; without `limit` or `atLeast` it is no budget and only told; `pods`: how
 * many the Deployment has
 */

const headings = ['budget', 'pods', 'measured', 'limit', 'peer', 'ratio', '', 'note'];

/** @param {readonly Row[]} rows */
export function tableText(rows) {
	return aligned([headings, ...rows.map(cells)]);
}

/** The same for a Markdown file. @param {readonly Row[]} rows */
export function tableMarkdown(rows) {
	return markdownTable([headings, ...rows.map(row => cells(row).map(cell => cell.replace(/^ +/, indent => '&emsp;'.repeat(indent.length / 2))))]);
}

/** A Markdown table of these lines, the first of which holds the headings. @param {readonly (readonly string[])[]} lines */
export function markdownTable(lines) {
	const line = (/** @type {readonly string[]} */ line) => `| ${line.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;
	const [first = [], ...rest] = lines;
	return [line(first), line(first.map(() => '---')), ...rest.map(line)].join('\n');
}

/** @param {readonly (readonly string[])[]} lines */
function aligned(lines) {
	const widths = headings.map((_, column) => Math.max(...lines.map(line => line[column]?.length ?? 0)));
	return lines
		.map(line =>
			line
				.map((cell, column) => cell.padEnd(widths[column] ?? 0))
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}

/** Whether a budget is kept; undefined where there is none. @param {Row} row */
export function isKept({value, limit, atLeast}) {
	if (limit === undefined && atLeast === undefined) return undefined;
	return value <= (limit ?? Number.POSITIVE_INFINITY) && value >= (atLeast ?? Number.NEGATIVE_INFINITY);
}

/** @param {Row} row */
function cells(row) {
	const {budget, pods, unit, value, limit, atLeast, peer, note = ''} = row;
	const shown = (/** @type {number | undefined} */ number, sign = '') => (number === undefined ? '' : `${sign}${rounded(number)} ${unit}`.trim());
	const kept = isKept(row);
	const verdict = kept === undefined ? '' : kept ? 'ok' : 'OVER';
	const ratio = peer === undefined ? '' : `×${rounded(value / peer.value)}`;
	return [
		budget,
		pods === undefined ? '' : pods.toLocaleString('en'),
		shown(value),
		shown(limit, '≤ ') || shown(atLeast, '≥ '),
		peer === undefined ? '' : `${shown(peer.value)} ${peer.name}`,
		ratio,
		verdict,
		note,
	];
}

/** Three figures are more than a measurement on a shared machine has. @param {number} value */
export function rounded(value) {
	if (!Number.isFinite(value)) return '–';
	return Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(2)));
}
