import {writeFileSync} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';
import {limitMs} from './checker.mjs';
import {refused} from './faults/connections.mjs';
import {untilTrue} from './round.mjs';
import {openStory} from './story.mjs';
import {workload} from './writer.mjs';

/** @typedef {import('../report.mjs').Row} Row @typedef {import('./stage.mjs').OpenStage} OpenStage */

const hourMs = 3_600_000;
const stepClock = new URL('step-clock.mjs', import.meta.url).href;

/** The screen beside the program, on the same proxy, with a Service that is asked; both live. @param {OpenStage} stage @param {{file: string}} built @param {{samples: boolean}} options */
async function openStoryOn(stage, built, {samples}) {
	const kubeconfig = stage.proxy.kubeconfigFor('screen', stage.namespace);
	const curl = samples ? ['--curl', `svc/${workload}`] : [];
	const story = openStory(built.file, [`deploy/${workload}`, '-n', stage.namespace, '--kubeconfig', kubeconfig, ...curl], [stepClock]);
	await story.shown('life', story.isLive);
	return story;
}

/** Both programs live at another time from now on. @param {OpenStage} stage @param {import('./story.mjs').Story} story @param {number} offset */
function step({program, clockFile}, story, offset) {
	writeFileSync(clockFile, String(offset));
	for (const pid of [program.pid, story.screen.pid]) process.kill(pid, 'SIGUSR2');
}

/** Streams that were called lost since. @param {OpenStage} stage @param {number} since */
function lostSince({program}, since) {
	return [...new Set(program.claims.slice(since).flatMap(({kind, stream, reason = ''}) => (kind === 'lost' ? [`${stream} called lost: ${reason}`] : [])))];
}

/** @param {string} fault @param {import('./story.mjs').Story} story @param {readonly import('./program.mjs').Claim[]} claims @param {readonly string[]} wrong @param {string} note @returns {Row} */
function rowOf(fault, story, claims, wrong, note) {
	const problems = [...wrong, ...story.nonsense().map(word => `the screen says ${word}`)];
	return {fault, seen: story.take(claims), lost: problems[0] ?? 'nothing', ok: problems.length === 0, note: [note, ...problems.slice(1, 4)].join('\n')};
}

/** The clock is set by an hour, in both directions, while all is well and while nothing can be reached. @param {OpenStage} stage @param {{file: string}} built @returns {Promise<Row[]>} */
export async function measureClock(stage, built) {
	const story = await openStoryOn(stage, built, {samples: true});
	try {
		const rows = [];
		for (const [offset, fault] of /** @type {const} */ ([
			[hourMs, 'clock one hour forward'],
			[0, 'and back again'],
			[-hourMs, 'clock one hour back'],
			[0, 'and forward again'],
		])) {
			story.take();
			const said = stage.program.claims.length;
			step(stage, story, offset);
			await stage.writer.once();
			await sleep(5_000);
			const {ms, wrong} = await untilTrue(stage, limitMs);
			const ages = story.screen
				.text()
				.split('\n')
				.filter(line => /web-\w+-\w+/.test(line))
				.slice(0, 1);
			rows.push(
				rowOf(
					fault,
					story,
					stage.program.claims.slice(said),
					[...wrong, ...lostSince(stage, said)],
					`true after ${(ms / 1000).toFixed(1)} s; ${ages.join('').replaceAll(/\s+/g, ' ').trim()}`,
				),
			);
		}
		return [...rows, await whileLost(stage, story)];
	} finally {
		await story.close();
	}
}

/** For how long a stream is lost and when it is tried again has nothing to do with the time of day. @param {OpenStage} stage @param {import('./story.mjs').Story} story */
async function whileLost(stage, story) {
	const fault = refused();
	const said = stage.program.claims.length;
	story.take();
	await fault.start?.(stage.proxy);
	await story.shown('the loss', text => /LOST \d+s ago/.test(text));
	const wrong = [];
	for (const offset of [hourMs, 0, -hourMs, 0]) {
		step(stage, story, offset);
		// The clock on the screen looks at it each second.
		await sleep(3_000);
		wrong.push(...(story.screen.text().match(/LOST \d{3,}s ago|retry in \d{3,}s|updated \d+m ago/g) ?? []));
	}
	await fault.stop?.(stage.proxy);
	const {ms, wrong: untrue} = await untilTrue(stage, limitMs);
	const claims = stage.program.claims.slice(said);
	return rowOf('clock one hour forward and back while nothing is reached', story, claims, [...wrong, ...untrue], `true after ${(ms / 1000).toFixed(1)} s`);
}

/** A machine's sleep. */
const sleptMs = 600_000;

/**
 * The machine sleeps while the cluster goes on: both programs are stopped for `stoppedMs`, and their clocks are ten minutes further when they go on.
 * @param {OpenStage} stage @param {{file: string}} built @param {{stoppedMs?: number}} [options] @returns {Promise<Row[]>}
 */
export async function measureSleep(stage, built, {stoppedMs = 40_000} = {}) {
	const story = await openStoryOn(stage, built, {samples: false});
	const pids = [stage.program.pid, story.screen.pid];
	const asleep = async (/** @type {boolean} */ forgotten) => {
		story.take();
		const said = stage.program.claims.length;
		const writing = new AbortController();
		for (const pid of pids) process.kill(pid, 'SIGSTOP');
		const written = stage.writer.run(writing.signal);
		await sleep(stoppedMs);
		if (forgotten) stage.proxy.front.stall();
		writing.abort();
		await written;
		step(stage, story, Math.max(0, sleptMs - stoppedMs));
		for (const pid of pids) process.kill(pid, 'SIGCONT');
		const {ms, wrong} = await untilTrue(stage, limitMs);
		await sleep(2_000);
		const text = story.isLive(story.screen.text()) ? [] : ['the screen is not live'];
		step(stage, story, 0);
		await untilTrue(stage, limitMs);
		const what = `10 min of sleep (SIGSTOP for ${stoppedMs / 1000} s${stoppedMs < sleptMs ? ', clock 10 min further' : ''})${forgotten ? ', connections dead on waking' : ''}`;
		return rowOf(what, story, stage.program.claims.slice(said), [...wrong, ...text], `true after ${(ms / 1000).toFixed(1)} s`);
	};
	try {
		return [await asleep(false), await asleep(true)];
	} finally {
		for (const pid of pids) process.kill(pid, 'SIGCONT');
		await story.close();
	}
}
