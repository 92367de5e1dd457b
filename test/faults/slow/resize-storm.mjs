import {setTimeout as sleep} from 'node:timers/promises';
import {cpuMs, residentMb} from '../../bench/process-usage.mjs';
import {within} from '../../bench/within.mjs';
import {createRandom} from '../network/random.mjs';
import {openLink} from './link.mjs';
import {behind, whenShown, whenUp} from './look.mjs';

/** @typedef {import('../report.mjs').Row} Row */
/** @typedef {import('./link.mjs').Link} Link */

/** A window whose edge is dragged without end. @param {readonly string[]} command @param {number} resizes @param {number} seed @returns {Promise<Row>} */
export async function resizeStorm(command, resizes, seed) {
	const random = createRandom(seed);
	const link = openLink(command, {bytesPerSecond: 1_000_000});
	try {
		await whenUp(link);
		const [cpu, began] = [cpuMs(link.pid), link.count()];
		let memory = 0;
		for (let count = 0; count < resizes; count++) {
			link.resize(random.between(1, 500), random.between(1, 200));
			if (count % 20 === 0) await sleep(10);
			if (count === Math.floor(resizes / 2)) memory = residentMb(link.pid);
		}
		link.resize(120, 34);
		await whenShown(link, 'the last size', all => all.includes('q quit') && all.includes('╭ Pods') && behind(link) < 2);
		const frames = link.count().frames - began.frames;
		const used = cpuMs(link.pid) - cpu;
		const grown = residentMb(link.pid) - memory;
		const isWhole = link
			.lines()
			.filter(line => line.startsWith('╭'))
			.every(line => line.trimEnd().endsWith('╮'));
		link.press('\u0003');
		const exit = await within(30_000, 'the end', /** @type {Promise<{exitCode: number}>} */ (link.exited));
		return {
			fault: `${resizes} sizes from 1×1 to 500×200, as quick as they come`,
			seen: `${frames} frames; at the end the whole screen at the last size`,
			lost: 'nothing',
			ok: isWhole && exit.exitCode === 130 && grown < 60,
			note: `${(used / resizes).toFixed(2)} ms of CPU each, memory ${grown < 0 ? '' : '+'}${grown.toFixed(1)} MB in the second half`,
		};
	} finally {
		await link.close();
	}
}
