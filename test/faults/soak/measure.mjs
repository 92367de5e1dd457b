import {fork} from 'node:child_process';
import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {pathToFileURL} from 'node:url';
import {parseArgs} from 'node:util';
import {bundled} from '../../bench/bundled.mjs';
import {buildProgram} from '../../bench/program.mjs';
import {openScreen} from '../../bench/screen.mjs';

/** @typedef {import('./trend.ts').Reading} Reading */
/** @typedef {typeof import('./trend.ts')} Trend */
/** @typedef {{name: string, args: readonly string[], dialogs: readonly string[]}} Watcher */

const dayMs = 24 * 3_600_000;
const escapeKey = '\u001b';
/** What is opened, looked at for a while and closed again; none of it writes. */
const dialogs = ['?', 'l', 'L', 'w', 'm', 't', 'U', 'd', '\r', '\t', 'jjj', 'G', 'p', 'u', '/web', '+', '-'];

/** @type {(intervalMs: number) => readonly Watcher[]} */
const watchers = intervalMs => [
	{name: 'deploy/web', args: ['deploy/web', '--curl', 'svc/web', '--interval', `${intervalMs}ms`], dialogs},
	{name: 'svc/web', args: ['svc/web'], dialogs: ['?', 'l', 'w', '\r', '\t', 'jj', 'e']},
	{name: 'list', args: ['--all'], dialogs: ['?', '\r', 'w', 'jj', '/api']},
];

/**
 * A busy namespace's day, compressed: three screens on it, each measured from the inside.
 *
 * Only the events are compressed. The program lives in real time, so that whatever it keeps for so many seconds holds `speed` times as much as it
 * would in life.
 * @param {readonly string[]} args `--speed 12 --days 1 --seed 1 --every 30 --only deploy/web`; `--keep FOLDER` leaves the readings there, `--read FOLDER` judges them again
 * @returns {Promise<import('../report.mjs').Row[]>}
 */
export async function measure(args) {
	const {values} = parseArgs({
		args: [...args],
		options: {
			speed: {type: 'string', default: '12'},
			days: {type: 'string', default: '1'},
			seed: {type: 'string', default: String(Date.now() % 1e6)},
			every: {type: 'string', default: '30'},
			only: {type: 'string'},
			keep: {type: 'string'},
			read: {type: 'string'},
		},
	});
	const rowsOf = await judging();
	if (values.read !== undefined) return readFrom(values.read, rowsOf);
	const speed = Number(values.speed);
	const lastsMs = (Number(values.days) * dayMs) / speed;
	const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'rollwatch-soak-'));
	const built = buildProgram();
	const day = bundled(new URL('day-process.mjs', import.meta.url).href);
	const meter = bundled(new URL('meter.ts', import.meta.url).href);
	process.stderr.write(
		`soak: ${values.days} days at ${speed} times their speed, ${Math.round(lastsMs / 60_000)} minutes, seed ${values.seed}, readings in ${folder}\n`,
	);
	const kubeconfig = join(folder, 'kubeconfig');
	const cluster = fork(day.file, [kubeconfig, values.speed, values.seed], {stdio: ['ignore', 'ignore', 'inherit', 'ipc']});
	let done = {};
	cluster.on('message', message => {
		done = /** @type {object} */ (message);
	});
	try {
		for (let turn = 0; turn < 600 && !existsSync(kubeconfig); turn++) await sleep(100);
		const interval = Math.max(20, Math.round(1_000 / speed));
		const chosen = watchers(interval).filter(({name}) => values.only === undefined || values.only.split(',').includes(name));
		const endAt = performance.now() + lastsMs;
		const everyMs = Number(values.every) * 1_000;
		const all = await Promise.all(chosen.map(watcher => watch(watcher, {file: built.file, meter: meter.file, kubeconfig, folder, everyMs, endAt})));
		process.stderr.write(`soak: ${JSON.stringify(done)}\n`);
		return all.flatMap(({name, text}) => rowsOf(name, text));
	} finally {
		cluster.disconnect();
		day.remove();
		meter.remove();
		built.remove();
		if (values.keep === undefined) rmSync(folder, {recursive: true, force: true});
	}
}

/**
 * One screen on the day, its keys pressed now and then.
 * @param {Watcher} watcher
 * @param {{file: string, meter: string, kubeconfig: string, folder: string, everyMs: number, endAt: number}} where
 */
async function watch({name, args, dialogs: keys}, {file, meter, kubeconfig, folder, everyMs, endAt}) {
	const readingsFile = join(folder, `${name.replace('/', '-')}.jsonl`);
	const preload = pathToFileURL(meter);
	preload.search = new URLSearchParams({file: readingsFile, every: String(everyMs)}).toString();
	const screen = openScreen(process.execPath, ['--expose-gc', '--import', preload.href, file, ...args, '--kubeconfig', kubeconfig, '--no-audit', '--no-event']);
	try {
		for (let turn = 0; performance.now() < endAt; turn++) {
			// The keys are looked at for less than what lies between two readings, so that those see all kinds of screens.
			await sleep(Math.min(everyMs * 0.7, Math.max(0, endAt - performance.now())));
			screen.press(escapeKey);
			await sleep(200);
			if (turn % 2 === 0) screen.press(keys[(turn / 2) % keys.length] ?? '');
		}
		screen.press(escapeKey);
		await sleep(500);
	} finally {
		await screen.close();
	}
	return {name, text: readFileSync(readingsFile, 'utf8')};
}

/** What was measured so far, or in an earlier run. @param {string} folder @param {(name: string, text: string) => import('../report.mjs').Row[]} rowsOf */
function readFrom(folder, rowsOf) {
	const names = readdirSync(folder).filter(name => name.endsWith('.jsonl'));
	return names.flatMap(name => rowsOf(name.replace('.jsonl', ''), readFileSync(join(folder, name), 'utf8')));
}

/** What makes rows of readings, one in each line. */
async function judging() {
	const built = bundled(new URL('trend.ts', import.meta.url).href);
	/** @type {Trend} */
	const trend = await import(pathToFileURL(built.file).href).finally(built.remove);
	return (/** @type {string} */ name, /** @type {string} */ text) => rowsOf(trend, name, text);
}

/** @param {Trend} trend @param {string} name @param {string} text */
function rowsOf({flat, growing, median, riseOf, slopeOf}, name, text) {
	/** @type {readonly Reading[]} */
	const all = text
		.trim()
		.split('\n')
		.map(line => JSON.parse(line));
	return /** @type {const} */ (['main', 'worker']).flatMap(thread => {
		const readings = all.filter(reading => reading.thread === thread);
		if (readings.length === 0) return [];
		const fault = `${name}${thread === 'worker' ? ', sampler thread' : ''}`;
		const sizes = [
			{what: 'heap', values: readings.map(({heap, external}) => heap + external)},
			...(thread === 'main' ? [{what: 'memory', values: readings.map(({rss}) => rss)}] : []),
		];
		const grown = growing(readings);
		return [
			...sizes.map(({what, values}) => ({
				fault: `${fault}: ${what}`,
				seen: `${megabytes(median(values))} MB, ${percent(riseOf(values))} from the second quarter to the last, ${percent(slopeOf(values))} by the slope`,
				lost: 'nothing',
				ok: riseOf(values) <= flat,
			})),
			{
				fault: `${fault}: maps, arrays, timers, listeners`,
				seen: grown.length === 0 ? 'none goes on growing' : grown.map(({name: what, from, to}) => `${what}: ${from} → ${to}`).join('; '),
				lost: 'nothing',
				ok: grown.length === 0,
				note: `${readings.length} readings`,
			},
		];
	});
}

/** @param {number} bytes */
function megabytes(bytes) {
	return (bytes / 1e6).toFixed(1);
}

/** @param {number} share */
function percent(share) {
	return `${share >= 0 ? '+' : ''}${(share * 100).toFixed(1)} %`;
}
