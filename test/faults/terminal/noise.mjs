import {spawn} from 'node:child_process';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {within} from '../../bench/within.mjs';
import {createRandom} from '../network/random.mjs';
import {openPty} from './pty.mjs';

/** What terminals, mice and pastes send; each holds letters that are keys with consequences. */
const noise = [
	'\x1B[?62;1;6c',
	'\x1B[24;80R',
	'\x1B[?2026;2$y',
	'\x1B[4;2$y',
	'\x1B[I',
	'\x1B[O',
	'\x1B[M !!',
	'\x1B[Myuy',
	'\x1B[<0;10;10M',
	'\x1B[<0;10;10m',
	'\x1B]11;rgb:0000/0000/0000\x1B\\',
	'\x1B]11;rgb:ffff/ffff/ffff\x07',
	'\x1BP1+r544e=787465726d\x1B\\',
	'\x1B_Gi=31;OK\x1B\\',
	'\x1B[121u',
	'\x1B[121;1:3u',
	'\x1B[97;2u',
	'\x1B[27;2;13~',
	'\x1B[89;21;121;1;0;1_',
	'\x1B[13;28;13;1;0;1_',
	'\x1BOP',
	'\x1B[15~',
	'\x1By',
	'\x1B\r',
	'\x1B[200~uy\r\x1B[201~',
	`\x1B[200~${'kubectl rollout undo deploy/kubia; y\r'.repeat(100)}\x1B[201~`,
	'uy',
	'uyyy\ry',
	'kubectl rollout undo',
	'\x1B[A\x1B[B',
	'\x1B[1;5A',
	'\r\n',
];

/**
 * A demo's cluster, the screen on it, and noise for it: cut anywhere, in any order. What is sent to the cluster would stand in the log of actions.
 * @param {string} program @param {string} folder @param {{seed: number, pieces: number}} how
 * @returns {Promise<import('../report.mjs').Row>}
 */
export async function keyboardNoise(program, folder, {seed, pieces}) {
	const cluster = spawn(process.execPath, [program, 'demo', '--no-ui'], {stdio: ['ignore', 'pipe', 'ignore'], env: {...process.env, TMPDIR: folder}});
	try {
		const kubeconfig = await within(20_000, 'the cluster', kubeconfigOf(cluster));
		const screen = openPty(process.execPath, [program, 'deploy/kubia-deploy-canary', '--kubeconfig', kubeconfig, '--yes'], {env: {XDG_STATE_HOME: folder}});
		try {
			await screen.until('the screen', text => text.includes('q quit'));
			const random = createRandom(seed);
			for (let piece = 0; piece < pieces; piece++) await sendCut(screen, random.pick(noise), random);
			// What is open after all of it is closed by Esc; then keys act as ever.
			for (let turn = 0; turn < 5; turn++) {
				screen.press('\x1B');
				await pause(200);
			}
			screen.press('?');
			await screen.until('the help', text => text.includes('╭ Keys'));
			const sent = actionsIn(folder);
			// That a key which acts is told there shows that none was.
			screen.press('\x1B');
			await screen.until('the panels', text => !text.includes('╭ Keys'));
			screen.press('p');
			await within(
				20_000,
				'the log of actions',
				until(() => actionsIn(folder).length > sent.length),
			);
			return {
				fault: `${pieces} pieces of noise at the keyboard (seed ${seed})`,
				seen: 'nothing acts; keys do afterwards',
				lost: sent.length === 0 ? 'nothing: no action was sent' : sent.join('\n').slice(0, 400),
				ok: sent.length === 0,
			};
		} finally {
			await screen.close();
		}
	} finally {
		cluster.kill('SIGTERM');
	}
}

/** In up to three reads, as close as a slow line brings them. @param {import('./pty.mjs').Pty} screen @param {string} text @param {import('../network/random.mjs').Random} random */
async function sendCut(screen, text, random) {
	// A letter with Alt is no key, but its escape alone and the letter alone are two.
	const isWhole = /^(?:\x1B[y\r]|[^\x1B]*)$/.test(text);
	const places = isWhole ? [] : [random.next(), random.next()].map(part => 1 + Math.floor(part * (text.length - 1))).sort((left, right) => left - right);
	for (const [index, from] of [0, ...places].entries()) {
		screen.press(text.slice(from, places[index]));
		await pause(random.next() * 40);
	}
	await pause(40);
}

/** @param {import('node:child_process').ChildProcess} cluster @returns {Promise<string>} */
function kubeconfigOf(cluster) {
	return new Promise(resolve => {
		let told = '';
		cluster.stdout?.setEncoding('utf8').on('data', text => {
			told += text;
			const path = /^export KUBECONFIG=(\S+)$/m.exec(told)?.[1];
			if (path !== undefined) resolve(path);
		});
	});
}

/** @param {() => boolean} holds */
async function until(holds) {
	while (!holds()) await pause(50);
}

/** Lines of the log of actions. @param {string} folder */
function actionsIn(folder) {
	const own = join(folder, 'rollwatch');
	if (!existsSync(own)) return [];
	return readdirSync(own).flatMap(name => readFileSync(join(own, name), 'utf8').split('\n').filter(Boolean));
}
