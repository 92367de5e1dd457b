// `npm run faults -- slow`: slow lines, readers that stand still, and sizes that change without end.
//
//	npm run faults -- slow [--only lines,reader,hangup,sizes] [--seconds 40] [--resizes 10000] [--seed N] [--program bin/rollwatch.js]
import {parseArgs} from 'node:util';
import {buildProgram} from '../../bench/program.mjs';
import {hangUp, stoppedReader} from './reader.mjs';
import {resizeStorm} from './resize-storm.mjs';
import {slowLine} from './slow-line.mjs';

/** @typedef {import('../report.mjs').Row} Row */

const baud9600 = {bytesPerSecond: 960, roundTripMs: 300};
const text = /** @type {const} */ ('string');

/**
 * @param {readonly string[]} args
 * @returns {Promise<Row[]>}
 */
export async function measure(args) {
	const options = {
		only: {type: text},
		seconds: {type: text, default: '40'},
		resizes: {type: text, default: '10000'},
		seed: {type: text, default: `${Date.now() % 100_000}`},
		program: {type: text},
	};
	const {values} = parseArgs({args: [...args], options});
	process.stdout.write(`seed ${values.seed}\n`);
	const built = values.program === undefined ? buildProgram() : {file: values.program, remove: () => {}};
	const command = [process.execPath, built.file, 'demo'];
	const seconds = Number(values.seconds);
	const wanted = values.only?.split(',');
	/** @type {readonly (readonly [string, () => Promise<Row>])[]} */
	const all = [
		['lines', () => slowLine('9,600 baud, 300 ms, a rollout runs', command, baud9600, seconds)],
		['lines', () => slowLine('the same behind an ssh that takes all at once', command, {...baud9600, greedy: true}, seconds)],
		['lines', () => slowLine('the same, a terminal that never answers', command, {...baud9600, answers: false}, seconds)],
		['reader', () => stoppedReader(command, seconds)],
		['hangup', () => hangUp(command)],
		['sizes', () => resizeStorm(command, Number(values.resizes), Number(values.seed))],
	];
	try {
		const rows = [];
		for (const [name, run] of all) if (wanted === undefined || wanted.includes(name)) rows.push(await run());
		return rows;
	} finally {
		built.remove();
	}
}
