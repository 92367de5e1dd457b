import {fork} from 'node:child_process';
import {once} from 'node:events';
import {constants, setPriority} from 'node:os';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {startAnsweringServer} from '../answering.mjs';
import {bundled} from '../bundled.mjs';
import {cpuMs} from '../process-usage.mjs';
import {openScreen} from '../screen.mjs';
import {median, quantile} from '../statistics.mjs';
import {within} from '../within.mjs';

const pods = 1000;
const intervalMs = 1000;
const startMs = 120_000;
/** Until the screen shows all pods and the first rollout goes its way. */
const settleMs = 10_000;

/**
 * One request a second, with the screen on a Deployment of a thousand pods that never stops to roll: how far each is from its second. In the same minute
 * the sampler in a process of its own: what is left of the error there is the machine's.
 * @param {string} file the program
 * @param {{minutes: number}} options
 */
export async function measureCadence(file, {minutes}) {
	const [cluster, server, peer] = await Promise.all([startRolling(), startAnsweringServer(), startPeer()]);
	try {
		const screen = openScreen(process.execPath, [file, 'deploy/rolling', '--kubeconfig', cluster.kubeconfig, '--curl', server.url]);
		try {
			await screen.whenShown('the rollout', text => text.includes('old replicas') || text.includes('new replicas'), 60_000);
			await sleep(settleMs);
			await Promise.all([server.arrivals(), peer.arrivals()]);
			const [turns, cpu, bytes, startedAt] = [cluster.turns(), cpuMs(screen.pid), screen.bytes(), performance.now()];
			await sleep(minutes * 60_000);
			const [errors = [], peerErrors = []] = (await Promise.all([server.arrivals(), peer.arrivals()])).map(offGrid);
			const seconds = (performance.now() - startedAt) / 1000;
			return rows(errors, peerErrors, {
				turns: cluster.turns() - turns,
				cpu: (cpuMs(screen.pid) - cpu) / seconds / 10,
				kilobytes: (screen.bytes() - bytes) / seconds / 1000,
				seconds,
			});
		} finally {
			await screen.close();
		}
	} finally {
		await Promise.all([cluster.close(), server.close(), peer.close()]);
	}
}

/** A cluster whose Deployment rolls, as soon as all of its pods are there. */
async function startRolling() {
	const program = bundled('rolling-process.mjs');
	const kubeconfig = join(program.folder, 'kubeconfig');
	const child = fork(program.file, [kubeconfig, String(pods)]);
	// Elsewhere a cluster has machines of its own: here it gets what the program leaves.
	setPriority(child.pid ?? 0, constants.priority.PRIORITY_LOW);
	const closed = once(child, 'close');
	let turns = 0;
	child.on('message', () => {
		turns += 1;
	});
	const close = async () => {
		child.kill('SIGKILL');
		await closed;
		program.remove();
	};
	try {
		await within(startMs, `${pods} pods to run`, Promise.race([once(child, 'message'), closed.then(() => Promise.reject(new Error('the cluster ended')))]));
		return {kubeconfig, turns: () => turns, close};
	} catch (error) {
		await close();
		throw error;
	}
}

/** The sampler and nothing else, with a server of its own. */
async function startPeer() {
	const server = await startAnsweringServer();
	const program = bundled('sampling-process.mjs');
	const child = fork(program.file, [server.url, String(intervalMs)]);
	return {
		arrivals: server.arrivals,
		async close() {
			child.kill('SIGKILL');
			program.remove();
			await server.close();
		},
	};
}

/** Distance of each arrival from the grid of seconds that fits most of them, in ms. @param {readonly number[]} arrivals */
function offGrid(arrivals) {
	const [first = 0] = arrivals;
	const fromFirst = (/** @type {number} */ at) => at - first - Math.round((at - first) / intervalMs) * intervalMs;
	const phase = median(arrivals.map(fromFirst));
	return arrivals.map(at => Math.abs(fromFirst(at) - phase));
}

/** @param {readonly number[]} errors @param {readonly number[]} peerErrors @param {{turns: number, cpu: number, kilobytes: number, seconds: number}} load */
function rows(errors, peerErrors, {turns, cpu, kilobytes, seconds}) {
	const ms = (/** @type {number} */ share) => quantile(errors, share).toFixed(1);
	return [
		{
			budget: `sampler: cadence error at 1/s, p99, ${pods} pods rolling`,
			unit: 'ms',
			value: quantile(errors, 0.99),
			limit: 5,
			peer: {name: 'a process that only samples', value: quantile(peerErrors, 0.99)},
			note: `p50 ${ms(0.5)}, p90 ${ms(0.9)}, worst ${ms(1)} of ${errors.length}`,
		},
		{budget: '  requests that came', unit: '/s', value: errors.length / seconds, atLeast: 0.98},
		{budget: '  CPU of the program meanwhile', unit: '%', value: cpu, note: `${turns} whole rollouts, ${Math.round(kilobytes)} kB/s to the terminal`},
	];
}
