import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';

/**
 * @typedef {{id: number, callFrame: {functionName: string, url: string, lineNumber: number}}} ProfileNode
 * @typedef {{nodes: readonly ProfileNode[], samples: readonly number[], timeDeltas: readonly number[]}} Profile what `--cpu-prof` writes
 * @typedef {{name: string, place: string, ms: number}} Entry time spent in a function itself; place: its file
 */

/** Of V8, no functions: what waits, and what it can't name. */
const idle = new Set(['(idle)', '(root)']);

/**
 * The profile of a process's main thread, which has most to do: each thread writes its own file.
 * @param {string} folder
 * @returns {Profile}
 */
export function busiestProfile(folder) {
	const profiles = readdirSync(folder).map(name => JSON.parse(readFileSync(join(folder, name), 'utf8')));
	const busy = (/** @type {Profile} */ profile) => entriesOf(profile).reduce((sum, {ms}) => sum + ms, 0);
	const [first] = profiles.sort((a, b) => busy(b) - busy(a));
	if (first === undefined) throw new Error(`there is no profile in ${folder}`);
	return first;
}

/**
 * Where the time went, most first; what a function's callees took is theirs.
 * @param {Profile} profile
 * @param {(url: string, line: number) => string} [placeOf] by the line, counted from 0
 * @returns {Entry[]}
 */
export function entriesOf({nodes, samples, timeDeltas}, placeOf = url => url) {
	const frames = new Map(nodes.map(({id, callFrame}) => [id, callFrame]));
	/** @type {Map<string, Entry>} */
	const entries = new Map();
	for (const [index, id] of samples.entries()) {
		const {functionName, url, lineNumber} = frames.get(id) ?? {functionName: '(unknown)', url: '', lineNumber: 0};
		if (idle.has(functionName)) continue;
		const entry = {name: functionName || '(anonymous)', place: url === '' ? '' : placeOf(url, lineNumber), ms: 0};
		const key = `${entry.name} ${entry.place}`;
		const found = entries.get(key) ?? entry;
		found.ms += (timeDeltas[index] ?? 0) / 1000;
		entries.set(key, found);
	}
	return [...entries.values()].sort((a, b) => b.ms - a.ms);
}

/**
 * The same by what the functions belong to.
 * @param {readonly Entry[]} entries
 * @returns {Entry[]}
 */
export function byPart(entries) {
	/** @type {Map<string, Entry>} */
	const parts = new Map();
	for (const {name, place, ms} of entries) {
		const part = place === '' ? name : partOf(place);
		const found = parts.get(part) ?? {name: part, place: '', ms: 0};
		found.ms += ms;
		parts.set(part, found);
	}
	return [...parts.values()].sort((a, b) => b.ms - a.ms);
}

/** The package, Node itself, or the folder of our own. @param {string} place */
function partOf(place) {
	if (place.startsWith('node:')) return 'Node';
	const [, installed] = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(place) ?? [];
	return installed ?? place.replace(/\/[^/]+$/, '');
}

/**
 * Where a line of a readable bundle comes from: esbuild names each file before what it holds.
 * @param {string} bundle its text
 * @returns {(line: number) => string}
 */
export function originsIn(bundle) {
	let origin = '';
	const origins = bundle.split('\n').map(line => {
		origin = /^\s*\/\/ ((?:src|node_modules|scripts|[\w-]+:)[^\s]*\.\w+)$/.exec(line)?.[1] ?? origin;
		return origin;
	});
	return line => origins[line] ?? '';
}
