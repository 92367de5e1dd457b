import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';

const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], {encoding: 'utf8'}));

/**
 * The fields of /proc/PID/stat from the third on: the second, the name, may contain blanks and parentheses.
 * @param {number | 'self'} pid
 */
function statFields(pid) {
	const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
	return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

/** CPU time of a process so far, all threads, in ms. @param {number} pid */
export function cpuMs(pid) {
	const fields = statFields(pid);
	return ((Number(fields[11]) + Number(fields[12])) / ticksPerSecond) * 1000;
}

/** How long a process's first thread, on which JavaScript runs, has waited so far for a core that others kept busy, in ms. @param {number} pid */
export function waitedForCoreMs(pid) {
	const [, waited] = readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ');
	return Number(waited) / 1e6;
}

/** CPU time so far of all our children that have ended, in ms. */
export function endedChildrenCpuMs() {
	const fields = statFields('self');
	return ((Number(fields[13]) + Number(fields[14])) / ticksPerSecond) * 1000;
}

/** Resident memory now, in MB. @param {number} pid */
export const residentMb = pid => statusMb(pid, 'VmRSS');

/** Resident memory when it was highest, in MB. @param {number} pid */
export const peakMb = pid => statusMb(pid, 'VmHWM');

/** @param {number} pid @param {string} field */
function statusMb(pid, field) {
	const [, kib] = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
	return (Number(kib) * 1024) / 1e6;
}

/**
 * Percent of one core that each process takes during the same `ms`.
 * @param {readonly number[]} pids
 * @param {number} ms
 */
export async function cpuPercent(pids, ms) {
	const before = pids.map(cpuMs);
	const startedAt = performance.now();
	await sleep(ms);
	const elapsed = performance.now() - startedAt;
	return pids.map((pid, index) => ((cpuMs(pid) - (before[index] ?? 0)) / elapsed) * 100);
}
