import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const vitest = fileURLToPath(new URL('../../../node_modules/vitest/vitest.mjs', import.meta.url));

/**
 * Everything hostile that can be sent, in full: the tests of this folder, with more objects and in all ways of running the program, which write the rows.
 * @param {readonly string[]} args `--seed N`, which a failure prints
 * @returns {Promise<import('../report.mjs').Row[]>}
 */
export async function measure(args) {
	const {values} = parseArgs({args: [...args], options: {seed: {type: 'string', default: String(Date.now() % 1_000_000)}}});
	const folder = mkdtempSync(join(tmpdir(), 'rollwatch-hostile-'));
	const file = join(folder, 'rows.ndjson');
	writeFileSync(file, '');
	process.stderr.write(`hostile: seed ${values.seed}\n`);
	try {
		const env = {...process.env, HOSTILE_ROWS: file, HOSTILE_LONG: '1', SEED: values.seed};
		const run = spawn(process.execPath, [vitest, 'run', 'test/faults/hostile', '--testTimeout=900000'], {cwd: root, env, stdio: ['ignore', 2, 2]});
		const [code] = await once(run, 'exit');
		/** @type {import('../report.mjs').Row[]} */
		const rows = readFileSync(file, 'utf8')
			.split('\n')
			.filter(line => line !== '')
			.map(line => JSON.parse(line));
		if (code !== 0) rows.push({fault: 'the tests of hostile data', seen: 'what failed is printed above', lost: '?', ok: false});
		return rows;
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}
