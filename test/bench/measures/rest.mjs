import {setTimeout as sleep} from 'node:timers/promises';
import {startAnsweringServer} from '../answering.mjs';
import {watchWithKubectl} from '../kubectl.mjs';
import {cpuPercent, residentMb} from '../process-usage.mjs';
import {quantile} from '../statistics.mjs';
import {isComplete} from './start-up.mjs';

const settleMs = 30_000;
const watchMs = 60_000;

/**
 * Memory and CPU while nothing happens: the screen on a Deployment that has been finished for an hour, the same just after its rollout (its ages
 * change every second), and with the sampler; all in the same minute as kubectl's watch.
 * @param {import('../kubia.mjs').Kubia} kubia
 * @param {import('../program.mjs').Program} program
 */
export async function measureRest(kubia, program) {
	const server = await startAnsweringServer();
	const old = program.screen([], {hourLater: true});
	const young = program.screen();
	const sampling = program.screen(['--curl', server.url]);
	const peer = watchWithKubectl(['-n', kubia.namespace, 'get', 'pods', '-w']);
	try {
		await Promise.all([old, young, sampling].map(screen => screen.whenShown('a complete frame', text => isComplete(text, kubia))));
		await sleep(settleMs);
		const pids = [old, young, sampling, peer].map(({pid}) => pid);
		const memory = pids.map(residentMb);
		const bytesBefore = [old, young].map(screen => screen.bytes());
		await server.arrivals();
		const cpu = await cpuPercent(pids, watchMs);
		const bytes = [old, young].map((screen, index) => (screen.bytes() - bytesBefore[index]) / (watchMs / 1000));
		return rows({memory, cpu, bytes, cadence: cadenceErrors(await server.arrivals())});
	} finally {
		await Promise.all([old, young, sampling, peer, server].map(running => running.close()));
	}
}

/** How far each request was from a second after the one before, in ms. @param {readonly number[]} arrivals */
function cadenceErrors(arrivals) {
	return arrivals.slice(1).map((at, index) => Math.abs(at - arrivals[index] - 1000));
}

/** @param {{memory: number[], cpu: number[], bytes: number[], cadence: number[]}} measured */
function rows({memory, cpu, bytes, cadence}) {
	const [oldMemory, , samplingMemory, kubectlMemory] = memory;
	const [oldCpu, youngCpu, samplingCpu, kubectlCpu] = cpu;
	const peer = (/** @type {number} */ value) => ({name: 'kubectl get pods -w', value});
	const perSecond = (/** @type {number} */ count) => `${Math.round(count)} bytes/s to the terminal`;
	return [
		{budget: 'memory (RSS) after 30 s', unit: 'MB', value: oldMemory, limit: 90, peer: peer(kubectlMemory)},
		{budget: '  with the sampler at 1/s', unit: 'MB', value: samplingMemory, peer: peer(kubectlMemory)},
		{budget: 'CPU, nothing happens, ages in minutes', unit: '%', value: oldCpu, limit: 0.5, peer: peer(kubectlCpu), note: perSecond(bytes[0])},
		{budget: '  ages in seconds (a frame each)', unit: '%', value: youngCpu, peer: peer(kubectlCpu), note: perSecond(bytes[1])},
		{budget: '  with the sampler at 1/s', unit: '%', value: samplingCpu},
		{
			budget: 'sampler: cadence error at 1/s, worst',
			unit: 'ms',
			value: Math.max(...cadence),
			limit: 5,
			note: `p50 ${quantile(cadence, 0.5).toFixed(1)} ms of ${cadence.length}`,
		},
	];
}
