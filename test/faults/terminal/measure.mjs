// The terminal: stopped and continued, closed, full, dumb, noisy. Needs nothing but this machine.
//
//	npm run faults -- terminal [--seed N] [--pieces 300]
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {buildProgram} from '../../bench/program.mjs';
import {jobControl} from './job-control.mjs';
import {keyboardNoise} from './noise.mjs';
import {crash, hangUp, lesserTerminals, output} from './output.mjs';

/** @param {readonly string[]} args @returns {Promise<import('../report.mjs').Row[]>} */
export async function measure(args) {
	const {values} = parseArgs({args: [...args], options: {seed: {type: 'string'}, pieces: {type: 'string', default: '300'}}});
	const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
	const program = buildProgram();
	const folder = mkdtempSync(join(tmpdir(), 'rollwatch-terminal-'));
	const bug = join(folder, 'bug.mjs');
	writeFileSync(bug, `process.on('SIGUSR2', () => { throw new Error('boom \\u001B]0;title\\u0007 Authorization: Bearer abcdefghijklmnop123'); });`);
	try {
		return [
			...(await jobControl(program.file)),
			...output(program.file),
			...(await lesserTerminals(program.file)),
			await hangUp(program.file, folder),
			await crash(program.file, bug),
			await keyboardNoise(program.file, folder, {seed, pieces: Number(values.pieces)}),
		];
	} finally {
		rmSync(folder, {recursive: true, force: true});
		program.remove();
	}
}
