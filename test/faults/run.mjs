// `npm run faults -- NAME… [OPTIONS]`: what people see and what is lost when things break, as a table. Each folder here with a `measure.mjs` is a
// NAME; the options go to it. Ends with 1 when a row is not as it shall be.
//
//	npm run faults -- network --minutes 30 --seed 7
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, readdirSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {reportText} from './report.mjs';

/**
 * What a `measure.mjs` exports. `needsCluster`: it is run with KUBECONFIG set to a cluster; where there is none, one is started for it.
 * @typedef {{
 *   measure(args: readonly string[]): Promise<import('./report.mjs').Row[]>,
 *   needsCluster?: boolean,
 * }} FaultModule
 */

const here = new URL('./', import.meta.url);
const clusterRun = fileURLToPath(new URL('../cluster/run.mjs', here));
const say = (/** @type {string} */ text) => process.stdout.write(`${text}\n`);

/** @param {readonly string[]} args */
async function main(args) {
	const firstOption = args.findIndex(arg => arg.startsWith('-'));
	const names = firstOption === -1 ? args : args.slice(0, firstOption);
	const options = args.slice(names.length);
	const problem = problemOf(names);
	if (problem !== undefined) {
		process.stderr.write(`${problem}\n`);
		return 2;
	}
	const rows = [];
	let failed = false;
	for (const name of names) {
		/** @type {FaultModule} */
		const {measure, needsCluster = false} = await import(new URL(`${name}/measure.mjs`, here).href);
		say(`faults: ${name} …`);
		if (needsCluster && !hasCluster()) failed = (await withCluster([name, ...options])) !== 0 || failed;
		else rows.push(...(await measure(options)));
	}
	if (rows.length > 0) say(`\n${reportText(rows)}\n`);
	return failed || rows.some(({ok}) => !ok) ? 1 : 0;
}

/** What is wrong with what was asked for. @param {readonly string[]} names */
function problemOf(names) {
	const existing = existingNames();
	const unknown = names.find(name => !existing.includes(name));
	if (unknown !== undefined) return `there is no ${unknown}; there are ${existing.join(', ')}`;
	return names.length === 0 ? `say which: npm run faults -- ${existing.join('|')} [OPTIONS]` : undefined;
}

function existingNames() {
	const folders = readdirSync(here, {withFileTypes: true}).filter(entry => entry.isDirectory());
	return folders.map(({name}) => name).filter(name => existsSync(new URL(`${name}/measure.mjs`, here)));
}

function hasCluster() {
	return process.env.KUBECONFIG !== undefined && process.env.KUBECONFIG !== '';
}

/** Once more with a control plane around it. @param {readonly string[]} args @returns {Promise<number>} the exit code */
async function withCluster(args) {
	const child = spawn(process.execPath, [clusterRun, '--up', '--', process.execPath, fileURLToPath(import.meta.url), ...args], {stdio: 'inherit'});
	const [code] = await once(child, 'exit');
	return code ?? 1;
}

try {
	const code = await main(process.argv.slice(2));
	// Not by itself: after half an hour of torn connections Node's own clean-up was seen to wait for one of them for ever, at full speed.
	process.stdout.write('', () => process.exit(code));
} catch (error) {
	process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
	process.exitCode = 1;
}
