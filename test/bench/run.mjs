// `npm run bench`: the budgets of DESIGN for three pods, measured on the real control plane next to kubectl, as a table. It judges nothing by its
// exit code: how long things take is the machine's matter too.
//
//	node test/cluster/run.mjs --up -- node test/bench/run.mjs [--only start,rest,changes,command,sampler,cadence] [--minutes 10] [--json FILE] [--program bin/rollwatch.js]
import {writeFileSync} from 'node:fs';
import {parseArgs} from 'node:util';
import {createKubia} from './kubia.mjs';
import {measureAll} from './measure-all.mjs';
import {measureCadence} from './measures/cadence.mjs';
import {measureChanges} from './measures/changes.mjs';
import {measureCommand} from './measures/command.mjs';
import {measureRest} from './measures/rest.mjs';
import {measureSampler, measureWholeSampler} from './measures/sampler.mjs';
import {measureStartUp} from './measures/start-up.mjs';
import {buildProgram, programOn} from './program.mjs';
import {isKept} from './table.mjs';

/**
 * @param {string} file
 * @param {import('./kubia.mjs').Kubia} kubia
 * @param {number} minutes
 * @returns {Record<string, () => Promise<import('./table.mjs').Row[]>>}
 */
function measuresOf(file, kubia, minutes) {
	const program = () => programOn(file, kubia);
	return {
		start: () => measureStartUp(kubia, program()),
		changes: () => measureChanges(kubia, program()),
		command: () => measureCommand(file, kubia),
		rest: () => measureRest(kubia, program()),
		sampler: async () => [...(await measureSampler()), ...(await measureWholeSampler(program()))],
		cadence: () => measureCadence(file, {minutes}),
	};
}

/** @param {string} file @param {number} minutes @param {readonly string[] | undefined} names */
async function measureOnKubia(file, minutes, names) {
	const kubia = await createKubia();
	try {
		return await measureAll(measuresOf(file, kubia, minutes), names);
	} finally {
		await kubia.remove();
	}
}

const options = {only: {type: 'string'}, json: {type: 'string'}, program: {type: 'string'}, minutes: {type: 'string', default: '1'}};
const {values} = parseArgs({options});
const built = values.program === undefined ? buildProgram() : {file: values.program, remove: () => {}};
try {
	const rows = await measureOnKubia(built.file, Number(values.minutes), values.only?.split(','));
	const judged = rows.map(row => ({...row, kept: isKept(row)}));
	if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(judged, null, '\t')}\n`);
} finally {
	built.remove();
}
