import {execFileSync} from 'node:child_process';
import {cpSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {openScreen} from './screen.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const shiftedClock = new URL('shift-clock.mjs', import.meta.url).href;

/**
 * Builds the program into a folder of its own, so that a build that starts meanwhile pulls nothing away from it.
 * @param {{readable?: boolean}} [options] readable: with the names that the source has, for a CPU profile
 */
export function buildProgram({readable = false} = {}) {
	const folder = mkdtempSync(join(tmpdir(), 'rollwatch-bench-'));
	const remove = () => rmSync(folder, {recursive: true, force: true});
	try {
		execFileSync(process.execPath, [join(root, 'scripts/build.mjs'), ...(readable ? ['--readable'] : [])], {cwd: root, stdio: 'inherit'});
		for (const part of ['bin', 'dist', 'package.json']) cpSync(join(root, part), join(folder, part), {recursive: true});
		return {file: join(folder, 'bin/rollwatch.js'), remove};
	} catch (error) {
		remove();
		throw error;
	}
}

/**
 * The program on one workload.
 * @param {string} file
 * @param {{namespace: string, name: string}} workload
 * @param {string} [kubeconfig] another way to the API server
 */
export function programOn(file, {namespace, name}, kubeconfig) {
	const args = [file, `deploy/${name}`, '-n', namespace, ...(kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig])];
	return {
		/** @param {readonly string[]} [more] @param {{hourLater?: boolean, nodeFlags?: readonly string[]}} [options] */
		screen: (more = [], {hourLater = false, nodeFlags = []} = {}) =>
			openScreen(process.execPath, [...nodeFlags, ...(hourLater ? ['--import', shiftedClock] : []), ...args, ...more]),
	};
}

/** @typedef {ReturnType<typeof programOn>} Program */
