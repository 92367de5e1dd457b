import {execFile} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const longMs = 3_600_000;

/**
 * The tests of this folder with every way to come in against everything that can stand at the other end, in every mode: `npm test` takes each once.
 * @param {readonly string[]} args vitest's: `-t 'plugin'`
 * @returns {Promise<import('../report.mjs').Row[]>}
 */
export async function measure(args) {
	const folder = mkdtempSync(join(tmpdir(), 'rollwatch-secrets-'));
	const file = join(folder, 'results.json');
	const env = {...process.env, ROLLWATCH_FAULTS: 'all'};
	const command = ['node_modules/vitest/vitest.mjs', 'run', 'test/faults/secrets', '--reporter=json', `--outputFile=${file}`, ...args];
	try {
		// Tests that fail are rows like the others.
		await promisify(execFile)(process.execPath, command, {cwd: root, env, timeout: longMs, maxBuffer: 64 * 1024 * 1024}).catch(() => {});
		/** @type {{testResults: {assertionResults: {fullName: string, status: string, failureMessages: string[]}[]}[]}} */
		const {testResults} = JSON.parse(readFileSync(file, 'utf8'));
		const tests = testResults.flatMap(({assertionResults}) => assertionResults).filter(({status}) => status !== 'skipped' && status !== 'pending');
		return tests.map(({fullName, status, failureMessages}) => ({
			fault: fullName,
			seen: status === 'passed' ? 'no part of what was planted' : (failureMessages[0] ?? status).slice(0, 300),
			lost: 'nothing',
			ok: status === 'passed',
		}));
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}
