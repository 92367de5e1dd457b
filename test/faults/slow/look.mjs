import {setTimeout as sleep} from 'node:timers/promises';
import {within} from '../../bench/within.mjs';

/** @typedef {import('./link.mjs').Link} Link */

const patienceMs = 120_000;

/** What is on the screen. @param {Link} link */
export const text = link => link.lines().join('\n');

/** @param {Link} link @param {string} what @param {(text: string) => boolean} holds @returns {Promise<number>} ms that it took */
export async function whenShown(link, what, holds) {
	const from = performance.now();
	const seen = async () => {
		while (!holds(text(link))) await sleep(10);
	};
	await within(patienceMs, what, seen(), () => text(link));
	return performance.now() - from;
}

/** @param {Link} link */
export const whenUp = link => whenShown(link, 'the first frame', all => all.includes('q quit'));

/** How old the clock on the screen is, in seconds. @param {Link} link */
export function behind(link) {
	const [, hours, minutes, seconds] = /(\d\d):(\d\d):(\d\d)\s*$/.exec(link.lines()[0] ?? '') ?? [];
	const shown = new Date();
	shown.setHours(Number(hours), Number(minutes), Number(seconds), 0);
	return Math.max(0, (Date.now() - shown.getTime()) / 1000 - 1);
}

/** @param {number} ms */
export const secondsText = ms => `${(ms / 1000).toFixed(1)} s`;
