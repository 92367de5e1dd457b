import {setTimeout as sleep} from 'node:timers/promises';
import {startAnsweringServer} from '../answering.mjs';
import {watchWithKubectl} from '../kubectl.mjs';
import {limitFor} from '../limits.mjs';
import {cpuPercent, peakMb, residentMb} from '../process-usage.mjs';
import {programOn} from '../program.mjs';
import {quantile} from '../statistics.mjs';
import {whenComplete} from './start-up.mjs';

const settleMs = 30_000;
const watchMs = 45_000;

/**
 * Memory and CPU while nothing happens: the screen on Deployments that have been finished for an hour; all in the same minute, with kubectl's watch
 * of each. On the smallest also just after its rollout (its ages change every second), and with the sampler.
 * @param {string} file
 * @param {readonly import('../workload.mjs').Workload[]} workloads
 */
export async function measureRest(file, workloads) {
	const [smallest] = workloads;
	if (smallest === undefined) return [];
	const server = await startAnsweringServer();
	const old = workloads.map(workload => programOn(file, workload).screen([], {hourLater: true}));
	const young = programOn(file, smallest).screen();
	const sampling = programOn(file, smallest).screen(['--curl', server.url]);
	const peers = workloads.map(({namespace}) => watchWithKubectl(['-n', namespace, 'get', 'pods', '-w']));
	try {
		await Promise.all(old.map((screen, index) => whenComplete(screen, workloads[index] ?? smallest)));
		await Promise.all([young, sampling].map(screen => whenComplete(screen, smallest)));
		await sleep(settleMs);
		const running = [...old, young, sampling, ...peers].map(({pid}) => pid);
		const memory = running.map(residentMb);
		const bytesBefore = [...old, young].map(screen => screen.bytes());
		await server.arrivals();
		const cpu = await cpuPercent(running, watchMs);
		const bytes = [...old, young].map((screen, index) => (screen.bytes() - (bytesBefore[index] ?? 0)) / (watchMs / 1000));
		const usageOf = (/** @type {{pid: number}} */ {pid}) => ({
			memory: memory[running.indexOf(pid)] ?? 0,
			cpu: cpu[running.indexOf(pid)] ?? 0,
			peak: peakMb(pid),
		});
		const usage = {old: old.map(usageOf), young: usageOf(young), sampling: usageOf(sampling), peers: peers.map(usageOf)};
		return rows(workloads, usage, {bytes, cadence: cadenceErrors(await server.arrivals())});
	} finally {
		await Promise.all([...old, young, sampling, ...peers, server].map(running => running.close()));
	}
}

/** How far each request was from a second after the one before, in ms. @param {readonly number[]} arrivals */
function cadenceErrors(arrivals) {
	return arrivals.slice(1).map((at, index) => Math.abs(at - (arrivals[index] ?? 0) - 1000));
}

/** @typedef {{memory: number, cpu: number, peak: number}} Usage */

/**
 * @param {readonly import('../workload.mjs').Workload[]} workloads
 * @param {{old: Usage[], young: Usage, sampling: Usage, peers: Usage[]}} usage
 * @param {{bytes: number[], cadence: number[]}} seen
 */
function rows(workloads, {old, young, sampling, peers}, {bytes, cadence}) {
	const [smallest] = workloads;
	const perSecond = (/** @type {number} */ index) => `${Math.round(bytes[index] ?? 0)} bytes/s to the terminal`;
	const own = {pods: smallest?.size ?? 0};
	const each = (/** @type {(usage: Usage, peer: Usage, pods: number, index: number) => import('../table.mjs').Row} */ row) =>
		workloads.map(({size}, index) => row(old[index] ?? young, peers[index] ?? young, size, index));
	const peerOf = (/** @type {number} */ value) => ({name: 'kubectl get pods -w', value});
	return [
		...each((usage, peer, pods) => ({
			budget: 'memory (RSS) after 30 s',
			pods,
			unit: 'MB',
			value: usage.memory,
			...limitFor({3: 90, 5000: 200}, pods),
			peer: peerOf(peer.memory),
			note: `at its highest ${Math.round(usage.peak)}, kubectl ${Math.round(peer.peak)}`,
		})),
		{budget: '  with the sampler at 1/s', ...own, unit: 'MB', value: sampling.memory, peer: peerOf(peers[0]?.memory ?? 0)},
		...each((usage, peer, pods, index) => ({
			budget: 'CPU, nothing happens, ages in minutes',
			pods,
			unit: '%',
			value: usage.cpu,
			...limitFor({3: 0.5, 5000: 2}, pods),
			peer: peerOf(peer.cpu),
			note: perSecond(index),
		})),
		{budget: '  ages in seconds (a frame each)', ...own, unit: '%', value: young.cpu, note: perSecond(workloads.length)},
		{budget: '  with the sampler at 1/s', ...own, unit: '%', value: sampling.cpu},
		{
			budget: 'sampler: cadence error at 1/s, worst',
			...own,
			unit: 'ms',
			value: Math.max(...cadence),
			limit: 5,
			note: `p50 ${quantile(cadence, 0.5).toFixed(1)} ms of ${cadence.length}`,
		},
	];
}
