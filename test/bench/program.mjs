import {execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {cpSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {openScreen} from './screen.mjs';
import {within} from './within.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const shiftedClock = new URL('shift-clock.mjs', import.meta.url).href;

/** Builds the program into a folder of its own, so that a build that starts meanwhile pulls nothing away from it. */
export function buildProgram() {
	const folder = mkdtempSync(join(tmpdir(), 'rollwatch-bench-'));
	const remove = () => rmSync(folder, {recursive: true, force: true});
	try {
		execFileSync(process.execPath, [join(root, 'scripts/build.mjs')], {cwd: root, stdio: 'inherit'});
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
 * @param {import('./kubia.mjs').Kubia} kubia
 */
export function programOn(file, {namespace, name}) {
	const args = [file, `deploy/${name}`, '-n', namespace];
	return {
		/** @param {readonly string[]} [more] */
		screen: (more = [], {hourLater = false} = {}) => openScreen(process.execPath, [...(hourLater ? ['--import', shiftedClock] : []), ...args, ...more]),
		/** No screen, and a snapshot that nobody waits for. @param {readonly string[]} [more] */
		once(more = []) {
			const child = spawn(process.execPath, [...args, '--once', ...more], {stdio: ['ignore', 'ignore', 'inherit']});
			const closed = once(child, 'close');
			return {
				pid: child.pid ?? 0,
				async close() {
					child.kill('SIGTERM');
					await within(5000, 'the program to end', closed).catch(() => child.kill('SIGKILL'));
					await closed;
				},
			};
		},
	};
}

/** @typedef {ReturnType<typeof programOn>} Program */
