import {eachFault} from './catalogue.mjs';
import {playRound} from './round.mjs';
import {openStory} from './story.mjs';
import {workload} from './writer.mjs';

const downMs = 8_000;

/** Each kind of fault by itself, as a row: what the screen says meanwhile, and how it ended. @param {import('./stage.mjs').OpenStage} stage @param {{file: string}} built @param {{say: (text: string) => void, match?: string | undefined}} options */
export async function playEach(stage, built, {say, match}) {
	const kubeconfig = stage.proxy.kubeconfigFor('screen', stage.namespace);
	const story = openStory(built.file, [`deploy/${workload}`, '-n', stage.namespace, '--kubeconfig', kubeconfig]);
	/** @type {import('../report.mjs').Row[]} */
	const rows = [];
	try {
		for (const fault of eachFault().filter(({what}) => match === undefined || what.includes(match))) {
			await story.shown('life', story.isLive, 150_000);
			story.take();
			say(`${fault.what} …`);
			const row = rowOf(fault, await playRound(stage, [fault], downMs), story);
			say(`  ${row.ok ? 'ok' : 'WRONG'} — ${row.seen} — lost: ${row.lost} — ${row.note.replaceAll('\n', '; ')}`);
			rows.push(row);
		}
	} finally {
		await story.close();
	}
	return rows;
}

/** @param {import('./faults/fault.mjs').Fault} fault @param {import('./round.mjs').Outcome} outcome @param {import('./story.mjs').Story} story */
function rowOf({what}, {problems: found, recoveredMs, requests, falseLifeMs, claims}, story) {
	const problems = [...found, ...story.nonsense().map(word => `the screen says ${word}`)];
	const seconds = (/** @type {number} */ ms) => (ms / 1000).toFixed(1);
	const note = `true again after ${seconds(recoveredMs)} s; ${requests.count} requests in 10 s; live while dead ${seconds(falseLifeMs)} s`;
	return {fault: what, seen: story.take(claims), lost: problems[0] ?? 'nothing', ok: problems.length === 0, note: [note, ...problems.slice(1)].join('\n')};
}
