// `npm run bench`: the budgets of DESIGN for Deployments of 3 to 5,000 pods, measured on the real control plane next to kubectl, as a table; also
// written to RESULTS.md here, which says what was not measured. It judges nothing by its exit code: how long things take is the machine's matter too.
//
//	node test/cluster/run.mjs --up --kwok -- node test/bench/run.mjs OPTIONS
//
//	--sizes 3,100        pods of the Deployments
//	--only start,roll    start, requests, rest, changes, standby, command, sampler, cadence, roll, profile
//	--profile 5000       which of the sizes is profiled while all of its pods roll (default 1000)
//	--minutes 10         how long the sampler's cadence is measured (default 1)
//	--json FILE          the figures as JSON
//	--program FILE       another program than the one that is built now, as bin/rollwatch.js
//	--write              writes RESULTS.md
import {writeFileSync} from 'node:fs';
import {parseArgs} from 'node:util';
import {startKwok} from './kwok.mjs';
import {describeMachine} from './machine.mjs';
import {measureAll} from './measure-all.mjs';
import {measureCadence} from './measures/cadence.mjs';
import {measureChanges} from './measures/changes.mjs';
import {measureCommand} from './measures/command.mjs';
import {profileOf} from './measures/profile.mjs';
import {measureRest} from './measures/rest.mjs';
import {measureRoll} from './measures/roll.mjs';
import {measureSampler, measureWholeSampler} from './measures/sampler.mjs';
import {measureStandby} from './measures/standby.mjs';
import {measureStartTraffic} from './measures/start-traffic.mjs';
import {measureStartUp} from './measures/start-up.mjs';
import {buildProgram, programOn} from './program.mjs';
import {resultsText} from './results.mjs';
import {isKept} from './table.mjs';
import {startTap} from './tap/tap.mjs';
import {createWorkload} from './workload.mjs';

const resultsFile = new URL('RESULTS.md', import.meta.url);
const sizes = [3, 100, 1000, 5000];

/**
 * @param {{file: string, readable: string}} built
 * @param {{workloads: readonly import('./workload.mjs').Workload[], tap: import('./tap/tap.mjs').Tap, minutes: number, profile: number, sections: string[]}} setting
 * @returns {Record<string, () => Promise<import('./table.mjs').Row[]>>}
 */
function measuresOf({file, readable}, {workloads, tap, minutes, profile, sections}) {
	const [smallest] = workloads;
	if (smallest === undefined) throw new Error('--sizes: there must be one');
	const eachSize = async (/** @type {(workload: import('./workload.mjs').Workload) => Promise<import('./table.mjs').Row[]>} */ measure) => {
		const rows = [];
		for (const workload of workloads) rows.push(...(await measure(workload)));
		return rows;
	};
	return {
		start: () => eachSize(workload => measureStartUp(workload, programOn(file, workload))),
		requests: () => eachSize(workload => measureStartTraffic(file, workload, tap)),
		rest: () => measureRest(file, workloads),
		changes: () => measureChanges(file, workloads, tap),
		standby: async () => {
			const {rows, curve} = await measureStandby(file, workloads);
			sections.push(curve);
			return rows;
		},
		command: () => measureCommand(file, smallest),
		sampler: async () => [...(await measureSampler()), ...(await measureWholeSampler(programOn(file, smallest)))],
		cadence: () => measureCadence(file, {minutes}),
		roll: () => eachSize(workload => measureRoll(file, workload, tap)),
		profile: async () => {
			for (const workload of workloads.filter(({size}) => size === profile)) sections.push(await profileOf(readable, workload));
			return [];
		},
	};
}

/** @param {readonly number[]} wanted @param {(setting: {workloads: readonly import('./workload.mjs').Workload[], tap: import('./tap/tap.mjs').Tap}) => Promise<void>} act */
async function withWorkloads(wanted, act) {
	// Twice as many, since old and new ones are there at the same time.
	const kwok = await startKwok(2 * wanted.reduce((sum, size) => sum + size, 0));
	const tap = await startTap();
	const workloads = [];
	try {
		for (const size of wanted) {
			process.stdout.write(`creating: ${size} pods …\n`);
			workloads.push(await createWorkload(size));
		}
		await act({workloads, tap});
	} finally {
		await Promise.all(workloads.map(workload => workload.remove()));
		await tap.close();
		await kwok.close();
	}
}

const {values} = parseArgs({
	options: {
		only: {type: 'string'},
		sizes: {type: 'string'},
		json: {type: 'string'},
		program: {type: 'string'},
		minutes: {type: 'string', default: '1'},
		profile: {type: 'string', default: '1000'},
		write: {type: 'boolean', default: false},
	},
});
const startedAt = performance.now();
const given = values.program === undefined ? undefined : {file: values.program, remove: () => {}};
// In this order: the build that people use is the one that stays.
const readable = given ?? buildProgram({readable: true});
const built = given ?? buildProgram();
/** @type {string[]} */
const sections = [];
try {
	await withWorkloads(values.sizes?.split(',').map(Number) ?? sizes, async setting => {
		const measures = measuresOf(
			{file: built.file, readable: readable.file},
			{...setting, minutes: Number(values.minutes), profile: Number(values.profile), sections},
		);
		await measureAll(measures, values.only?.split(','), async ({rows, loads, missing}) => {
			const judged = rows.map(row => ({...row, kept: isKept(row)}));
			if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(judged, null, '\t')}\n`);
			if (!values.write) return;
			const about = {date: new Date(), machine: await describeMachine(), minutes: (performance.now() - startedAt) / 60_000};
			writeFileSync(resultsFile, resultsText({...about, loads, missing, rows, sections}));
		}).finally(() => process.stdout.write(sections.map(section => `\n${section}\n`).join('')));
	});
} finally {
	built.remove();
	readable.remove();
}
