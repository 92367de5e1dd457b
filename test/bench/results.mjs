import {markdownTable, tableMarkdown} from './table.mjs';

/**
 * The file of results.
 * @param {{
 *   date: Date, machine: readonly [string, string][], loads: readonly string[], missing: readonly string[], minutes: number,
 *   rows: readonly import('./table.mjs').Row[], sections: readonly string[],
 * }} results
 */
export function resultsText({date, machine, loads, missing, minutes, rows, sections}) {
	const about = [
		['date', date.toISOString().slice(0, 16).replace('T', ' ')],
		...machine,
		['run', `${Math.round(minutes)} minutes; load after each measure: ${loads.join(', ')}`],
		...(missing.length === 0 ? [] : [['not measured', missing.join(', ')]]),
	];
	const parts = [
		'# Figures',
		'Written by `npm run bench`; not edited by hand. Each figure stands next to kubectl’s in the same run (“peer”, “ratio”: ours by theirs); limits are the budgets ' +
			'of the design, and only two of the four sizes have them. A Deployment of KWOK pods and its Service for each size, on a real control plane. CPU is in percent of one core.',
		markdownTable([['', ''], ...about]),
		'## Budgets',
		tableMarkdown(rows),
		...sections,
	];
	return `${parts.join('\n\n')}\n`;
}
