import {setTimeout as sleep} from 'node:timers/promises';
import {createPatcher} from '../api.mjs';
import {limitFor} from '../limits.mjs';
import {cpuMs, waitedForCoreMs} from '../process-usage.mjs';
import {programOn} from '../program.mjs';
import {quantile} from '../statistics.mjs';
import {countBetween} from '../tap/tap.mjs';
import {isComplete, whenComplete} from './start-up.mjs';
import {introduce, trafficRows, watchWithThree} from './traffic.mjs';

const patienceMs = 600_000;
const settleMs = 3000;
/** The last frame and the last line are out by then. */
const tailMs = 1500;
const betweenCausesMs = 700;
/** Fewer say nothing. */
const enoughCauses = 10;

/**
 * All pods are replaced, as fast as the control plane does it, while the program and three kubectls watch: CPU time, frames, bytes to the terminal,
 * requests to the API server and bytes from it. Meanwhile the change cause of the new ReplicaSet changes now and then: how long such a change needs
 * to come through.
 * @param {string} file
 * @param {import('../workload.mjs').Workload} workload
 * @param {import('../tap/tap.mjs').Tap} tap
 */
export async function measureRoll(file, workload, tap) {
	const [way, peerWay] = [await tap.open('program'), await tap.open('kubectl')];
	await introduce(peerWay);
	const api = await createPatcher();
	const screen = programOn(file, workload, way.kubeconfig).screen();
	const peers = watchWithThree(workload, peerWay);
	try {
		await Promise.all([whenComplete(screen, workload), peers.pods.whenLines(workload.size + 1)]);
		await sleep(settleMs);
		const usage = async () => ({
			at: performance.now(),
			cpu: cpuMs(screen.pid),
			waited: waitedForCoreMs(screen.pid),
			peer: peers.pods.cpu(),
			frames: screen.frames(),
			bytes: screen.bytes(),
			printed: peers.pods.printed(),
			count: await way.count(),
			peerCount: await peerWay.count(),
		});
		const before = await usage();
		await workload.roll();
		peers.startStatus();
		const replicaSet = await workload.replicaSet();
		const path = `/apis/apps/v1/namespaces/${workload.namespace}/replicasets/${replicaSet}`;
		const rolled = new AbortController();
		const meter = setInterval(() => peers.pods.cpu(), 250);
		rolled.signal.addEventListener('abort', () => clearInterval(meter));
		const latencies = changeCauses({api, path, screen, way, signal: rolled.signal});
		const endedAt = await screen.whenShown('the end of the rollout', isRolled(workload, replicaSet), patienceMs).finally(() => rolled.abort());
		const latency = await latencies;
		await sleep(tailMs);
		screen.mustRun();
		const after = await usage();
		return rows(workload.size, {before, after, seconds: (endedAt - before.at) / 1000, latency});
	} finally {
		api.close();
		await Promise.all([screen.close(), peers.close()]);
	}
}

/** @param {import('../workload.mjs').Workload} workload @param {string} replicaSet */
export function isRolled(workload, replicaSet) {
	return (/** @type {string} */ text) => text.includes(replicaSet) && text.includes('COMPLETE') && isComplete(text, workload);
}

/** From the API server's bytes to the screen, and for how much of that the program waited for a core, in ms. @typedef {{ms: number, waited: number}} Latency */

/**
 * Changes the change cause until the rollout is over: how long each needed.
 * @param {{api: import('../api.mjs').Patcher, path: string, screen: import('../screen.mjs').Screen, way: import('../tap/tap.mjs').Way, signal: AbortSignal}} options
 */
async function changeCauses({api, path, screen, way, signal}) {
	/** @type {Latency[]} */
	const latencies = [];
	for (let number = 1000; !signal.aborted; number++) {
		const cause = `rolling-${number}`;
		const came = (await way.expect(cause)).at().then(at => ({at, waited: waitedForCoreMs(screen.pid)}));
		const shown = screen.whenShown('the change cause', text => text.includes(cause), patienceMs);
		await api.patch(path, 'application/merge-patch+json', {metadata: {annotations: {'kubernetes.io/change-cause': cause}}});
		const end = {at: await shown, waited: waitedForCoreMs(screen.pid)};
		const begin = await came;
		const ms = end.at - begin.at;
		latencies.push({ms, waited: Math.min(ms, Math.max(0, end.waited - begin.waited))});
		await sleep(Math.random() * betweenCausesMs);
	}
	return latencies;
}

/**
 * @typedef {{at: number, cpu: number, waited: number, peer: {ms: number, at: number, hasEnded: boolean}, frames: number, bytes: number, printed: {lines: number, bytes: number}}} Usage
 * @typedef {Usage & {count: import('../tap/tap.mjs').Count, peerCount: import('../tap/tap.mjs').Count}} Measured
 */

/**
 * @param {number} pods
 * @param {{before: Measured, after: Measured, seconds: number, latency: readonly Latency[]}} measured
 * @returns {import('../table.mjs').Row[]}
 */
function rows(pods, {before, after, seconds, latency}) {
	const cpu = after.cpu - before.cpu;
	const frames = after.frames - before.frames;
	const changes = after.count.podEvents - before.count.podEvents;
	const name = 'kubectl get pods -w';
	const peerCpu = after.peer.ms - before.peer.ms;
	// It prints one line for each change.
	const peerChanges = after.printed.lines - before.printed.lines;
	const peerSeconds = Math.min(seconds, (after.peer.at - before.at) / 1000);
	const lost = after.peer.hasEnded ? {note: `kubectl’s watch was closed after ${peerChanges} of them`} : {};
	const kilobytes = (after.bytes - before.bytes) / 1000;
	const peerKilobytes = (after.printed.bytes - before.printed.bytes) / 1000;
	return [
		{budget: 'all pods roll: changes of pods', pods, unit: '', value: changes, note: `in ${seconds.toFixed(1)} s: ${Math.round(changes / seconds)}/s`},
		{budget: '  CPU', pods, unit: '%', value: cpu / seconds / 10, ...limitFor({5000: 15}, pods), peer: {name, value: peerCpu / peerSeconds / 10}, ...lost},
		{
			budget: '  runnable, but waiting for a core that others kept busy',
			pods,
			unit: '%',
			value: (after.waited - before.waited) / seconds / 10,
			note: 'of the time, its first thread',
		},
		{budget: '  CPU of 1,000 changes', pods, unit: 'ms', value: (cpu / changes) * 1000, peer: {name, value: (peerCpu / peerChanges) * 1000}},
		{budget: '  CPU of a frame, changes included', pods, unit: 'ms', value: cpu / frames, note: `${frames} frames, ${(frames / seconds).toFixed(1)}/s`},
		{budget: '  to the terminal', pods, unit: 'kB', value: kilobytes, peer: {name, value: peerKilobytes}, note: `${(kilobytes / seconds).toFixed(1)} kB/s`},
		...latencyRows(pods, latency),
		...trafficRows('all pods roll', pods, countBetween(before.count, after.count), countBetween(before.peerCount, after.peerCount)),
	];
}

/** @param {number} pods @param {readonly Latency[]} latency @returns {import('../table.mjs').Row[]} */
function latencyRows(pods, latency) {
	if (latency.length < enoughCauses) return [];
	const all = latency.map(({ms}) => ms);
	// The control plane and all pods run on the same cores, which they never do where people watch.
	const own = latency.map(({ms, waited}) => ms - waited);
	const row = (/** @type {string} */ what, /** @type {readonly number[]} */ values, /** @type {number} */ percent, limit = {}) => ({
		budget: `  ${what}, p${percent}`,
		pods,
		unit: 'ms',
		value: quantile(values, percent / 100),
		...limit,
		note: `${latency.length} changes of the change cause`,
	});
	const [what, less] = ['API change → on the screen', '– less what it waited for a core'];
	return [row(what, all, 50), row(what, all, 99, limitFor({5000: 250}, pods)), row(less, own, 50), row(less, own, 99)];
}
