/**
 * @typedef {{
 *   budget: string, unit: string, value: number,
 *   limit?: number, atLeast?: number,
 *   peer?: {name: string, value: number},
 *   note?: string,
 * }} Row one thing that was measured; without `limit` or `atLeast` it is no budget and only told
 */

const headings = ['budget', 'measured', 'limit', 'peer', 'ratio', '', 'note'];

/** @param {readonly Row[]} rows */
export function tableText(rows) {
	const lines = [headings, ...rows.map(cells)];
	const widths = headings.map((_, column) => Math.max(...lines.map(line => line[column].length)));
	return lines
		.map(line =>
			line
				.map((cell, column) => cell.padEnd(widths[column]))
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
	const {budget, unit, value, limit, atLeast, peer, note = ''} = row;
	const shown = (/** @type {number | undefined} */ number, sign = '') => (number === undefined ? '' : `${sign}${rounded(number)} ${unit}`);
	const kept = isKept(row);
	const verdict = kept === undefined ? '' : kept ? 'ok' : 'OVER';
	const ratio = peer === undefined ? '' : `×${rounded(value / peer.value)}`;
	return [
		budget,
		shown(value),
		shown(limit, '≤ ') || shown(atLeast, '≥ '),
		peer === undefined ? '' : `${shown(peer.value)} ${peer.name}`,
		ratio,
		verdict,
		note,
	];
}

/** Three figures are more than a measurement on a shared machine has. @param {number} value */
function rounded(value) {
	if (!Number.isFinite(value)) return '–';
	return Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(2)));
}
