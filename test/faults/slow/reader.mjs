import {setTimeout as sleep} from 'node:timers/promises';
import {cpuMs, residentMb} from '../../bench/process-usage.mjs';
import {within} from '../../bench/within.mjs';
import {openLink} from './link.mjs';
import {behind, secondsText, whenShown, whenUp} from './look.mjs';

/** @typedef {import('../report.mjs').Row} Row */
/** @typedef {import('./link.mjs').Link} Link */

/** Nothing but what the system takes holds the program back. */
const silent = {bytesPerSecond: 1_000_000, answers: false};

/** Who looks stops to look, and comes back. @param {readonly string[]} command @param {number} seconds @returns {Promise<Row>} */
export async function stoppedReader(command, seconds) {
	const link = openLink(command, silent);
	try {
		await whenUp(link);
		link.stop();
		await drawMuch(link);
		const [memory, cpu] = [residentMb(link.pid), cpuMs(link.pid)];
		await sleep(seconds * 1000);
		const grown = residentMb(link.pid) - memory;
		const percent = (cpuMs(link.pid) - cpu) / (seconds * 10);
		link.goOn();
		const fresh = await whenShown(link, 'a screen of now', () => behind(link) < 2);
		link.stop();
		await drawMuch(link);
		link.press('\u0003');
		const from = performance.now();
		const exit = await within(30_000, 'the end', /** @type {Promise<{exitCode: number}>} */ (link.exited));
		return {
			fault: `the reader stands still for ${seconds} s, comes back, stands still again; Ctrl-C`,
			seen: `the newest screen ${secondsText(fresh)} after it is back; the end, exit code ${exit.exitCode}, ${secondsText(performance.now() - from)} after Ctrl-C`,
			lost: 'nothing',
			ok: exit.exitCode === 130 && grown < 20,
			note: `memory ${grown < 0 ? '' : '+'}${grown.toFixed(1)} MB, CPU ${percent.toFixed(1)} % meanwhile, with the demo's cluster`,
		};
	} finally {
		await link.close();
	}
}

/** A window that is closed while it is behind. @param {readonly string[]} command @returns {Promise<Row>} */
export async function hangUp(command) {
	const link = openLink(command, silent);
	try {
		await whenUp(link);
		link.stop();
		await drawMuch(link);
		link.hangUp();
		const from = performance.now();
		while (isAlive(link.pid) && performance.now() - from < 30_000) await sleep(50);
		const ended = !isAlive(link.pid);
		return {
			fault: 'the terminal is closed while it is behind',
			seen: ended ? 'nobody is there; the program has ended' : 'the program goes on',
			lost: 'nothing',
			ok: ended,
		};
	} finally {
		await link.close();
	}
}

/** @param {number} pid */
function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

/** Whole screens, until the system takes no more. @param {Link} link */
async function drawMuch(link) {
	for (let count = 0; count < 12; count++) {
		link.resize(119 + (count % 2), 34);
		await sleep(100);
	}
}
