// `node test/bench/demo.mjs [--only start,large]`: the budgets of the embedded cluster, as a table. Needs Node alone.
import {parseArgs} from 'node:util';
import {measureAll} from './measure-all.mjs';
import {cpuMs, residentMb} from './process-usage.mjs';
import {buildProgram} from './program.mjs';
import {openScreen} from './screen.mjs';
import {median, quantile} from './statistics.mjs';

/** @typedef {import('./table.mjs').Row} Row */

const starts = 9;
const pods = 5_000;
const limitMs = 300_000;

/** From the command to a frame that has all panels and the first pods of the rollout. @param {string} file @returns {Promise<Row[]>} */
async function measureStart(file) {
	const times = [];
	for (let run = 0; run < starts; run++) {
		const screen = openScreen(process.execPath, [file, 'demo']);
		const at = await screen.whenShown('the first frame', text => text.includes('3/3 left') && text.includes('v3 is rolling out'));
		times.push(at - screen.spawnedAt);
		await screen.close();
	}
	return [
		{
			budget: 'demo: start → complete first frame',
			unit: 'ms',
			value: median(times),
			limit: 2_000,
			note: `median of ${starts}, worst ${Math.round(quantile(times, 1))}`,
		},
	];
}

/** Five thousand pods come, then roll, with the screen on them. @param {string} file @returns {Promise<Row[]>} */
async function measureLarge(file) {
	const screen = openScreen(process.execPath, [file, 'demo', 'large']);
	let peakMb = 0;
	const meter = setInterval(() => {
		peakMb = Math.max(peakMb, residentMb(screen.pid));
	}, 250);
	try {
		const upAt = await screen.whenShown('all pods', text => text.includes('All 5,000 run. '), limitMs);
		const atRestMb = residentMb(screen.pid);
		const begunAt = await screen.whenShown('the rollout', text => text.includes('The rollout replaces'));
		const [cpuBefore, bytesBefore] = [cpuMs(screen.pid), screen.bytes()];
		const doneAt = await screen.whenShown('the end of the rollout', text => text.includes('All 5,000 run v2'), limitMs);
		const seconds = (doneAt - begunAt) / 1_000;
		const kilobytes = (screen.bytes() - bytesBefore) / 1_000;
		return [
			{budget: `demo: ${pods} pods come`, unit: 's', value: (upAt - screen.spawnedAt) / 1_000},
			{budget: `demo: ${pods} pods roll`, unit: 's', value: seconds, limit: 60, note: `CPU ${Math.round((cpuMs(screen.pid) - cpuBefore) / 1_000)} s`},
			{budget: 'demo: memory at its highest', unit: 'MB', value: peakMb, limit: 400, note: `all pods up: ${Math.round(atRestMb)} MB; cluster and screen`},
			{budget: 'demo: to the terminal while they roll', unit: 'kB/s', value: kilobytes / seconds},
		];
	} finally {
		clearInterval(meter);
		await screen.close();
	}
}

const {values} = parseArgs({options: {only: {type: 'string'}}});
const built = buildProgram();
try {
	await measureAll({start: () => measureStart(built.file), large: () => measureLarge(built.file)}, values.only?.split(','));
} finally {
	built.remove();
}
