import {setTimeout as sleep} from 'node:timers/promises';
import {median} from '../../bench/statistics.mjs';
import {openLink} from './link.mjs';
import {behind, secondsText, whenShown, whenUp} from './look.mjs';

/** @typedef {import('../report.mjs').Row} Row */
/** @typedef {import('./link.mjs').Link} Link */

const fast = {bytesPerSecond: 1_000_000};
const letters = 'abcdefghijklmnopqrstuvwxyz';

/**
 * A rollout on a slow line, next to the same on a quick one: how far behind the screen is, when a key shows, and whether all that is typed arrives.
 *
 * @param {string} fault
 * @param {readonly string[]} command
 * @param {import('./link.mjs').LinkOptions} options
 * @param {number} seconds
 * @returns {Promise<Row>}
 */
export async function slowLine(fault, command, options, seconds) {
	const slow = openLink(command, options);
	const peer = openLink(command, fast);
	try {
		await Promise.all([whenUp(slow), whenUp(peer)]);
		const [began, peerBegan] = [slow.count(), peer.count()];
		const ages = [];
		for (let second = 0; second < seconds; second++) {
			await sleep(1000);
			ages.push(behind(slow));
		}
		const [ended, peerEnded] = [slow.count(), peer.count()];
		const dropped = peerEnded.frames - peerBegan.frames - (ended.frames - began.frames);
		const {first, whole} = await pressHelp(slow);
		const typed = await typeFilter(slow);
		const kept = options.greedy === true ? `, at most ${ended.mostKept} B wait at the line's near end` : '';
		return {
			fault,
			seen: `the screen is ${median(ages).toFixed(0)} s behind (median), ${Math.max(...ages.slice(-10)).toFixed(0)} s at most in the last 10 s; ? begins to show after ${secondsText(first)}, whole after ${secondsText(whole)}`,
			lost: typed === letters ? `no key of ${letters.length + 3}; ${Math.max(0, dropped)} frames` : `keys: typed ${letters}, seen ${typed}`,
			ok: typed === letters && first < 5000,
			note: `${Math.round((ended.carried - began.carried) / seconds)} B/s${kept}`,
		};
	} finally {
		await Promise.all([slow.close(), peer.close()]);
	}
}

/** @param {Link} link */
async function pressHelp(link) {
	link.press('?');
	const first = await whenShown(link, 'a part of the help', all => all.includes('Keys ─'));
	const whole = first + (await whenShown(link, 'the help', all => all.includes('Esc back') && all.includes('Shift-Tab')));
	link.press('\u001B');
	await whenShown(link, 'the panels', all => all.includes('q quit'));
	return {first, whole};
}

/** What of the alphabet arrives in the filter when it is typed as quickly as people type. @param {Link} link */
async function typeFilter(link) {
	link.press('/');
	await whenShown(link, 'the filter', all => all.includes('Esc clear'));
	for (const letter of letters) {
		link.press(letter);
		await sleep(120);
	}
	const typed = () => /\/ ?([a-z]+)/.exec(link.lines().findLast(line => line.trim() !== '') ?? '')?.[1] ?? '';
	await whenShown(link, 'what was typed', () => typed().length >= letters.length).catch(() => {});
	return typed();
}
