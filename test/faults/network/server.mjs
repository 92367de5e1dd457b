import {setTimeout as sleep} from 'node:timers/promises';
import {bundled} from '../../bench/bundled.mjs';
import {openAccess} from './access.mjs';
import {limitMs} from './checker.mjs';
import {startProgram} from './program.mjs';
import {untilTrue} from './round.mjs';
import {openStory} from './story.mjs';
import {startWorker} from './worker.mjs';
import {createScene, createWriter, workload} from './writer.mjs';

/** @typedef {import('../report.mjs').Row} Row */

/** A control plane of its own: others would not like theirs to die. */
async function startOwnControlPlane() {
	const process_ = bundled(new URL('control-plane-process.mjs', import.meta.url).href);
	let tell = (/** @type {string} */ _kubeconfig) => {};
	const up = new Promise(resolve => {
		tell = resolve;
	});
	const worker = startWorker(process_.file, [], {onMessage: ({kubeconfig}) => tell(kubeconfig)});
	/** @type {string} */
	const kubeconfig = await up;
	return {
		kubeconfig,
		/** @param {'kill' | 'start' | 'keep' | 'restore'} deed */
		ask: deed => worker.ask(deed, 120_000),
		async stop() {
			await worker.ask('stop', 60_000).catch(() => {});
			await worker.disconnect();
			process_.remove();
		},
	};
}

/** Judges what is there when the server is back. @param {string} fault @param {number} since how much the program had said before @param {import('./round.mjs').Stage} stage @param {import('./story.mjs').Story} story @returns {Promise<Row>} */
async function judged(fault, since, stage, story) {
	const {ms, wrong} = await untilTrue(stage, limitMs);
	// The screen has a connection of its own.
	const live = await story.shown('life', story.isLive, limitMs).then(
		() => [],
		() => ['the screen is not live'],
	);
	await sleep(1_000);
	const problems = [...wrong, ...live, ...story.nonsense()];
	return {
		fault,
		seen: story.take(stage.program.claims.slice(since)),
		lost: problems[0] ?? 'nothing',
		ok: problems.length === 0,
		note: [`true again after ${(ms / 1000).toFixed(1)} s`, ...problems.slice(1, 4)].join('\n'),
	};
}

/** The API server killed under a rollout and started again, and etcd put back to what it was before. @param {{file: string}} built @param {import('./random.mjs').Random} random @returns {Promise<Row[]>} */
export async function measureServer(built, random) {
	const controlPlane = await startOwnControlPlane();
	const process_ = bundled(new URL('program-process.mjs', import.meta.url).href);
	const {kubeconfig} = controlPlane;
	const access = await openAccess(kubeconfig);
	const {namespace} = await createScene(access);
	const writer = createWriter(access, namespace, random);
	const program = startProgram(process_.file, {kubeconfig, namespace, name: workload});
	const truth = startProgram(process_.file, {kubeconfig, namespace, name: workload});
	const stage = /** @type {any} */ ({program, truth, writer});
	const story = openStory(built.file, [`deploy/${workload}`, '-n', namespace, '--kubeconfig', kubeconfig]);
	try {
		await program.follow();
		await untilTrue(stage, 60_000);
		await story.shown('life', story.isLive);
		story.take();
		return [await killed(), await putBack()];
	} finally {
		await story.close();
		await Promise.all([program.close(), truth.close()]);
		access.agent.destroy();
		await controlPlane.stop();
		process_.remove();
	}

	async function killed() {
		const since = program.claims.length;
		await roll();
		await controlPlane.ask('kill');
		await sleep(6_000);
		await controlPlane.ask('start');
		return judged('API server killed (-9) during a rollout, started again', since, stage, story);
	}
	async function putBack() {
		await controlPlane.ask('keep');
		await untilTrue(stage, 60_000);
		story.take();
		const since = program.claims.length;
		await roll();
		// So that what is known is of versions that will be unknown.
		await sleep(8_000);
		await untilTrue(stage, 30_000);
		await controlPlane.ask('restore');
		return judged('etcd wiped back to an older revision', since, stage, story);
	}
	async function roll() {
		const rolling = new AbortController();
		const written = writer.run(rolling.signal);
		await sleep(5_000);
		rolling.abort();
		await written;
	}
}
