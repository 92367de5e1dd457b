import {cpus, loadavg} from 'node:os';
import {tableText} from './table.mjs';

/**
 * Measures one after the other and prints all as one table; what was measured before something failed is told all the same.
 * @param {Readonly<Record<string, () => Promise<import('./table.mjs').Row[]>>>} measures
 * @param {readonly string[]} [names] default: all
 */
export async function measureAll(measures, names = Object.keys(measures)) {
	const say = (/** @type {string} */ text) => process.stdout.write(`${text}\n`);
	const unknown = names.find(name => !Object.hasOwn(measures, name));
	if (unknown !== undefined) throw new Error(`--only: there is no ${unknown}; there are ${Object.keys(measures).join(', ')}`);
	const rows = [];
	const loads = [];
	try {
		for (const name of names) {
			say(`measuring: ${name} …`);
			rows.push(...((await measures[name]?.()) ?? []));
			loads.push(`${name} ${loadavg()[0]?.toFixed(1)}`);
		}
	} finally {
		say(`\n${tableText(rows)}\n\n${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}; load after each: ${loads.join(', ')}`);
	}
	return rows;
}
