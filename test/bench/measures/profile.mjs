import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {busiestProfile, byPart, entriesOf, originsIn} from '../profile.mjs';
import {programOn} from '../program.mjs';
import {markdownTable, rounded} from '../table.mjs';
import {isRolled} from './roll.mjs';
import {whenComplete} from './start-up.mjs';

const functionsShown = 15;
const partsShown = 10;
const patienceMs = 600_000;

/**
 * Where the program's own time goes while it starts on a Deployment and while all of its pods roll, function by function.
 * @param {string} file a build that keeps names
 * @param {import('../workload.mjs').Workload} workload
 * @returns {Promise<string>} Markdown
 */
export async function profileOf(file, workload) {
	const start = await profiled(file, workload, async () => {});
	const roll = await profiled(file, workload, async screen => {
		await workload.roll();
		await screen.whenShown('the end of the rollout', isRolled(workload, await workload.replicaSet()), patienceMs);
	});
	const pods = workload.size.toLocaleString('en');
	return [section(`start on ${pods} pods`, start), section(`start on ${pods} pods, then all of them roll`, roll)].join('\n\n');
}

/**
 * @param {string} file
 * @param {import('../workload.mjs').Workload} workload
 * @param {(screen: import('../screen.mjs').Screen) => Promise<void>} act
 */
async function profiled(file, workload, act) {
	const folder = mkdtempSync(join(tmpdir(), 'rollwatch-profile-'));
	try {
		const screen = programOn(file, workload).screen([], {nodeFlags: ['--cpu-prof', `--cpu-prof-dir=${folder}`]});
		try {
			await whenComplete(screen, workload);
			await act(screen);
		} finally {
			// It writes the profile when it ends, which takes a moment.
			await screen.close(60_000);
		}
		return entriesOf(busiestProfile(folder), createPlaces());
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}

/** Where a line of a file of the program comes from. @returns {(url: string, line: number) => string} */
function createPlaces() {
	/** @type {Map<string, (line: number) => string>} */
	const origins = new Map();
	return (url, line) => {
		if (!url.startsWith('file:')) return url;
		const known = origins.get(url) ?? originsIn(readFileSync(fileURLToPath(url), 'utf8'));
		origins.set(url, known);
		return known(line) || url.replace(/^.*\//, '');
	};
}

/** @param {string} title @param {ReturnType<typeof entriesOf>} entries */
function section(title, entries) {
	const total = entries.reduce((sum, {ms}) => sum + ms, 0);
	const share = (/** @type {number} */ ms) => `${((ms / total) * 100).toFixed(1)} %`;
	const functions = entries.slice(0, functionsShown).map(({name, place, ms}) => [`\`${name}\``, place, share(ms), `${rounded(ms)} ms`]);
	const parts = byPart(entries)
		.slice(0, partsShown)
		.map(({name, ms}) => [name, share(ms)]);
	return [
		`## Where the time goes: ${title}`,
		`${rounded(total)} ms on the main thread in all, by \`node --cpu-prof\` in a build that keeps names. Each function’s own time, its callees’ is theirs.`,
		markdownTable([['function', 'of', 'share', 'self'], ...functions]),
		markdownTable([['part', 'share'], ...parts]),
	].join('\n\n');
}
