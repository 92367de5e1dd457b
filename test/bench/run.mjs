// `npm run bench`: the budgets of DESIGN for three pods, measured on the real control plane next to kubectl, as a table. It judges nothing by its
// exit code: how long things take is the machine's matter too.
//
//	node test/cluster/run.mjs --up -- node test/bench/run.mjs [--only start,rest,changes,sampler] [--json FILE] [--program bin/rollwatch.js]
import {writeFileSync} from 'node:fs';
import {cpus, loadavg} from 'node:os';
import {parseArgs} from 'node:util';
import {createKubia} from './kubia.mjs';
import {measureChanges} from './measures/changes.mjs';
import {measureRest} from './measures/rest.mjs';
import {measureSampler} from './measures/sampler.mjs';
import {measureStartUp} from './measures/start-up.mjs';
import {buildProgram, programOn} from './program.mjs';
import {isKept, tableText} from './table.mjs';

/** @type {Record<string, (kubia: import('./kubia.mjs').Kubia, program: import('./program.mjs').Program) => Promise<import('./table.mjs').Row[]>>} */
const measures = {start: measureStartUp, changes: measureChanges, rest: measureRest, sampler: (_, program) => measureSampler(program)};

const say = (/** @type {string} */ text) => process.stdout.write(`${text}\n`);

async function main() {
	const {values} = parseArgs({options: {only: {type: 'string'}, json: {type: 'string'}, program: {type: 'string'}}});
	const names = values.only?.split(',') ?? Object.keys(measures);
	const unknown = names.find(name => !Object.hasOwn(measures, name));
	if (unknown !== undefined) throw new Error(`--only: there is no ${unknown}; there are ${Object.keys(measures).join(', ')}`);
	const built = values.program === undefined ? buildProgram() : {file: values.program, remove: () => {}};
	try {
		const rows = await measureAll(names, built.file);
		if (values.json !== undefined)
			writeFileSync(
				values.json,
				`${JSON.stringify(
					rows.map(row => ({...row, kept: isKept(row)})),
					null,
					'\t',
				)}\n`,
			);
	} finally {
		built.remove();
	}
}

/** @param {readonly string[]} names @param {string} file */
async function measureAll(names, file) {
	const kubia = await createKubia();
	const rows = [];
	const loads = [];
	try {
		for (const name of names) {
			say(`measuring: ${name} …`);
			rows.push(...(await measures[name](kubia, programOn(file, kubia))));
			loads.push(`${name} ${loadavg()[0]?.toFixed(1)}`);
		}
	} finally {
		await kubia.remove();
		// What was measured before something failed is told all the same.
		say(`\n${tableText(rows)}\n\n${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}; load after each: ${loads.join(', ')}`);
	}
	return rows;
}

await main();
