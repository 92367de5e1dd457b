import {cpus, loadavg} from 'node:os';
import {tableText} from './table.mjs';

/**
 * Measures one after the other and prints all as one table. What could be measured is told, even when something else failed; then it throws.
 * @param {Readonly<Record<string, () => Promise<import('./table.mjs').Row[]>>>} measures
 * @param {readonly string[]} [names] default: all
 * @param {(measured: {rows: import('./table.mjs').Row[], loads: string[], missing: string[]}) => unknown} [told] gets what there is after each of them, for
 *   whoever is interrupted; `missing`: what was not asked for, failed, or is still to come
 */
export async function measureAll(measures, names = Object.keys(measures), told = () => {}) {
	const say = (/** @type {string} */ text) => process.stdout.write(`${text}\n`);
	const unknown = names.find(name => !Object.hasOwn(measures, name));
	if (unknown !== undefined) throw new Error(`--only: there is no ${unknown}; there are ${Object.keys(measures).join(', ')}`);
	const rows = [];
	const loads = [];
	const failed = new Set();
	const done = new Set();
	const missing = () =>
		Object.keys(measures)
			.filter(name => !done.has(name))
			.map(name => (failed.has(name) ? `${name} (it failed)` : name));
	/** @type {Error[]} */
	const failures = [];
	for (const name of names) {
		say(`measuring: ${name} …`);
		try {
			const measured = (await measures[name]?.()) ?? [];
			rows.push(...measured);
			done.add(name);
			say(tableText(measured));
		} catch (error) {
			// The others take minutes, and may well have something to tell.
			failures.push(new Error(`${name} failed`, {cause: error}));
			failed.add(name);
		}
		loads.push(`${name} ${loadavg()[0]?.toFixed(1)}`);
		await told({rows, loads, missing: missing()});
	}
	say(`\n${tableText(rows)}\n\n${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}; load after each: ${loads.join(', ')}`);
	if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${names.length} measures failed`);
}
