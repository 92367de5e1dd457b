import {fork} from 'node:child_process';
import {once} from 'node:events';
import {bundled} from '../bundled.mjs';
import {within} from '../within.mjs';

const changes = 4_000;
const perSecond = 1_000;
const limitMs = 120_000;

/** @typedef {{pods: number, changes: number, cpuMs: number, restMs: number, seconds: number, frames: number, bytes: number, heapMb: number, rssMb: number}} Growth */

/**
 * What the same changes cost while so many pods stand by: streams, store, views and screen in one process, fed from memory. CPU is of the whole process but
 * for the making of the changes.
 * @param {readonly number[]} [sizes]
 * @param {readonly string[]} [flags] for Node
 * @returns {Promise<import('../table.mjs').Row[]>}
 */
export async function measureGrowth(sizes = [3, 100, 1_000, 5_000], flags = []) {
	const program = bundled('growth-process.mjs');
	try {
		const rows = [];
		let first;
		for (const pods of sizes) {
			const seen = await grow(program.file, pods, flags);
			const each = (seen.cpuMs / seen.changes) * 1000;
			first ??= each;
			rows.push(...rowsOf(seen, each, first));
		}
		return rows;
	} finally {
		program.remove();
	}
}

/** @param {string} file @param {number} pods @param {readonly string[]} flags @returns {Promise<Growth>} */
async function grow(file, pods, flags) {
	const child = fork(file, [pods, changes, perSecond].map(String), {execArgv: [...flags], env: {...process.env, CI: 'false'}});
	const closed = once(child, 'close').then(() => Promise.reject(new Error('the process ended without figures')));
	try {
		const [figures] = await within(limitMs, `${changes} changes with ${pods} pods`, Promise.race([once(child, 'message'), closed]));
		await closed.catch(() => undefined);
		return figures;
	} finally {
		child.kill('SIGKILL');
	}
}

/** @param {Growth} seen @param {number} each @param {number} first @returns {import('../table.mjs').Row[]} */
function rowsOf({pods, restMs, seconds, cpuMs, frames, bytes, heapMb, rssMb, changes: fed}, each, first) {
	const load = `${Math.round(fed / seconds)} changes/s, ${(frames / seconds).toFixed(1)} writes/s, ${Math.round(bytes / seconds / 1000)} kB/s, ${(cpuMs / seconds / 10).toFixed(0)} % of a core`;
	return [
		{budget: `CPU for 1,000 changes, ${pods} pods stand by`, unit: 'ms', value: each, note: `×${(each / first).toFixed(2)} of the first; ${load}`},
		{budget: '  a second in which nothing changes', unit: 'ms', value: restMs, note: `heap ${heapMb.toFixed(0)} MB, RSS ${rssMb.toFixed(0)} MB at the end`},
	];
}
