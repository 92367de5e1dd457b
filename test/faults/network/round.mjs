import {setTimeout as sleep} from 'node:timers/promises';
import {busiest, differences, leaks, limitMs, longestFalseLife, longestFalseLoss} from './checker.mjs';
import {monotonicMs} from './clock.mjs';
import {createLagMeter} from './lag.mjs';

/**
 * @typedef {{
 *   proxy: import('./proxy.mjs').Proxy, program: import('./program.mjs').Program, truth: import('./program.mjs').Program,
 *   writer: import('./writer.mjs').Writer, patience?: number,
 * }} Stage `patience`: so many times the limits are allowed, where nobody measures
 * @typedef {import('./faults/fault.mjs').Fault} Fault
 * @typedef {{
 *   faults: string, downMs: number, recoveredMs: number, requests: {count: number, stream: string},
 *   falseLifeMs: number, falseLossMs: number, claims: import('./program.mjs').Claim[], problems: string[],
 * }} Outcome
 */

/** What is said is published a moment later, and looked at a moment later. */
const graceMs = 1_500;

/** The longest that a stream was ever seen to take: a watch that is silent for a minute and a half. */
const comebackMs = 150_000;

/** What is open and held when nothing is wrong, after all has come to rest. @param {Stage} stage */
export async function holdingsOf({program, proxy}) {
	return {...(await program.holdings()), sockets: proxy.openOf('program')};
}

/** Waits until all streams are live and known is what a fresh list says. Gives the ms, or what is still wrong. @param {Stage} stage @param {number} within_ */
export async function untilTrue({program, truth, patience = 1}, within_) {
	const startedAt = monotonicMs();
	const meter = createLagMeter();
	const lagBefore = await program.lag();
	try {
		for (;;) {
			const unwell = [...program.conditions().values()].filter(({kind}) => kind !== 'live').map(({stream, kind, reason = ''}) => `${stream} ${kind} ${reason}`);
			const known = await program.known();
			const at = monotonicMs();
			const wrong = unwell.length > 0 ? unwell : differences(known, await truth.fresh());
			if (wrong.length === 0) return {ms: at - startedAt, wrong};
			if (at - startedAt > within_ * patience + 2 * (meter.lag() + (await program.lag()) - lagBefore)) return {ms: at - startedAt, wrong};
			await sleep(200);
		}
	} finally {
		meter.stop();
	}
}

/** Nothing is held that was not held before; what is being closed gets its time. @param {Stage} stage @param {Record<string, number>} before */
async function leftOver(stage, before) {
	// One for each stream, and one on which the server is asked now and then whether it is there.
	const connections = stage.program.conditions().size + 1;
	const allowed = {...before, sockets: Math.max(before.sockets ?? 0, connections), TCPSocketWrap: Math.max(before.TCPSocketWrap ?? 0, connections)};
	let left = ['unknown'];
	for (let tries = 0; tries < 60 && left.length > 0; tries++) {
		if (tries > 0) await sleep(250);
		left = leaks(allowed, await holdingsOf(stage));
	}
	return left;
}

/**
 * Plays faults for a while, lets the network return, and judges all that was claimed and asked meanwhile.
 * @param {Stage} stage @param {readonly Fault[]} faults @param {number} downMs @returns {Promise<Outcome>}
 */
export async function playRound(stage, faults, downMs) {
	const {proxy, program, writer} = stage;
	// What an earlier round left wrong is told there, and is not this one's.
	await untilTrue(stage, comebackMs);
	const before = await holdingsOf(stage);
	const meter = createLagMeter();
	const lagBefore = await program.lag();
	const writing = new AbortController();
	const written = writer.run(writing.signal);
	const from = monotonicMs();
	const firstExchange = proxy.exchanges.findIndex(({endedAt}) => endedAt === undefined);
	for (const fault of faults) {
		if (fault.hooks !== undefined) proxy.faults.add(fault.hooks);
		await fault.start?.(proxy);
	}
	await sleep(downMs);
	await writer.once().catch(() => {});
	writing.abort();
	await written;
	for (const fault of faults) {
		if (fault.hooks !== undefined) proxy.faults.delete(fault.hooks);
		await fault.stop?.(proxy);
	}
	const returned = monotonicMs();
	// What stays half-open has to be noticed before anything can be right again.
	const noticing = faults.some(({leavesDead}) => leavesDead === true) ? limitMs : 0;
	const {ms, wrong} = await untilTrue(stage, limitMs + noticing);
	const to = monotonicMs();
	const late = limitMs * (stage.patience ?? 1) + graceMs + 2 * (meter.lag() + (await program.lag()) - lagBefore);
	meter.stop();
	const left = await leftOver(stage, before);
	const exchanges = proxy.exchanges.slice(Math.max(0, firstExchange)).filter(({client}) => client === 'program');
	const lenient = faults.some(({isOneOfMany}) => isOneOfMany === true);
	const streams = [...program.conditions().keys()];
	const falseLifeMs = Math.max(0, ...streams.map(stream => longestFalseLife(program.claims, exchanges, stream, {from, to}, lenient)));
	const falseLossMs = Math.max(0, ...streams.map(stream => longestFalseLoss(program.claims, stream, {from: returned, to})));
	const requests = busiest(exchanges, {from, to});
	const problems = [
		...wrong.slice(0, 3),
		...(falseLifeMs > late ? [`called live for ${falseLifeMs} ms while its connection was dead`] : []),
		...(falseLossMs > late + noticing ? [`called lost for ${falseLossMs} ms while all was well`] : []),
		...(requests.count > 12 ? [`${requests.count} requests for ${requests.stream} in 10 s`] : []),
		...left.map(leak => `left over: ${leak}`),
	];
	const claims = program.claims.filter(({at}) => at >= from);
	return {faults: faults.map(({what}) => what).join(' + '), downMs, recoveredMs: ms, requests, falseLifeMs, falseLossMs, claims, problems};
}
