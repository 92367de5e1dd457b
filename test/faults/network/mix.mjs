import {someFaults} from './catalogue.mjs';
import {monotonicMs} from './clock.mjs';
import {createRandom} from './random.mjs';
import {playRound} from './round.mjs';

/** @typedef {import('./round.mjs').Outcome} Outcome */

/** What the rounds have in common, for one row. @param {readonly Outcome[]} outcomes @param {number} seed @returns {import('../report.mjs').Row} */
function summary(outcomes, seed) {
	const bad = outcomes.filter(({problems}) => problems.length > 0);
	const most = (/** @type {(outcome: Outcome) => number} */ of) => Math.max(0, ...outcomes.map(of));
	const seconds = (/** @type {number} */ ms) => `${(ms / 1000).toFixed(1)} s`;
	const down = outcomes.reduce((sum, {downMs}) => sum + downMs, 0);
	return {
		fault: `${outcomes.length} random mixes, seed ${seed}, ${Math.round(down / 1000)} s of faults`,
		seen: `live again and true within ${seconds(most(({recoveredMs}) => recoveredMs))}; live while dead ≤ ${seconds(most(({falseLifeMs}) => falseLifeMs))}; lost while well ≤ ${seconds(most(({falseLossMs}) => falseLossMs))}; ≤ ${most(({requests}) => requests.count)} requests in 10 s of one stream`,
		lost: bad.length === 0 ? 'nothing' : (bad[0]?.problems[0] ?? ''),
		ok: bad.length === 0 && outcomes.length > 0,
		note: bad.map(({faults, problems}) => `${faults}: ${problems.join('; ')}`).join('\n'),
	};
}

/**
 * Random mixes of faults, one after the other, for a number of minutes.
 * @param {import('./stage.mjs').OpenStage} stage @param {{minutes: number, seed: number, longestMs?: number, say?: (text: string) => void}} options
 */
export async function playMixes(stage, {minutes, seed, longestMs = 25_000, say = () => {}}) {
	const random = createRandom(seed);
	const until = monotonicMs() + minutes * 60_000;
	/** @type {Outcome[]} */
	const outcomes = [];
	while (monotonicMs() < until) {
		const faults = someFaults(random);
		const downMs = random.between(800, longestMs);
		const outcome = await playRound(stage, faults, downMs);
		outcomes.push(outcome);
		const verdict = outcome.problems.length === 0 ? 'ok' : `WRONG: ${outcome.problems.join('; ')}`;
		say(
			`seed ${seed} round ${outcomes.length}: ${outcome.faults} for ${downMs} ms → true after ${outcome.recoveredMs} ms, ${outcome.requests.count} requests/10 s (${outcome.requests.stream}), live while dead ${outcome.falseLifeMs} ms: ${verdict}`,
		);
	}
	return {outcomes, row: summary(outcomes, seed)};
}
