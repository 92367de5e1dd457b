import {setTimeout as sleep} from 'node:timers/promises';
import {kubectl, watchWithKubectl} from '../kubectl.mjs';
import {countBetween} from '../tap/tap.mjs';

/** Nothing has come for so long: what was to be fetched at the start is there. */
const quietMs = 1500;
const stepMs = 250;
const patienceMs = 60_000;

/**
 * What people have open instead, in three terminals; `rollout status`, which ends with the rollout, starts when it is asked for.
 * @param {import('../workload.mjs').Workload} workload
 * @param {import('../tap/tap.mjs').Way} way
 */
export function watchWithThree({namespace, name}, way) {
	const watch = (/** @type {readonly string[]} */ ...args) => watchWithKubectl(['-n', namespace, ...args], way.kubeconfig);
	const pods = watch('get', 'pods', '-w');
	const running = [pods, watch('get', 'rs', '-w')];
	return {
		pods,
		startStatus() {
			running.push(watch('rollout', 'status', `deploy/${name}`));
		},
		close: () => Promise.all(running.map(one => one.close())),
	};
}

/** kubectl asks a server that it does not know for all of its kinds: it knows this one by now. @param {import('../tap/tap.mjs').Way} way */
export async function introduce(way) {
	await kubectl(['--kubeconfig', way.kubeconfig, 'get', 'deployments,pods,replicasets', '-n', 'default']);
}

/** Waits until nothing comes any more, and gives what came since. @param {import('../tap/tap.mjs').Way} way @param {import('../tap/tap.mjs').Count} since */
export async function countWhenQuiet(way, since) {
	const giveUpAt = performance.now() + patienceMs;
	let last = await way.count();
	for (let quiet = 0; quiet < quietMs && performance.now() < giveUpAt; quiet += stepMs) {
		await sleep(stepMs);
		const now = await way.count();
		if (now.bytesDown !== last.bytesDown) quiet = 0;
		last = now;
	}
	return countBetween(since, last);
}

/**
 * What was asked of the API server, and what it had to send.
 * @param {string} when
 * @param {number} pods
 * @param {import('../tap/tap.mjs').Count} ours
 * @param {import('../tap/tap.mjs').Count} theirs
 * @returns {import('../table.mjs').Row[]}
 */
export function trafficRows(when, pods, ours, theirs) {
	const name = 'get pods -w, rollout status, get rs -w';
	const connections = `${ours.connections} connections, kubectl ${theirs.connections}`;
	return [
		{budget: `requests to the API server, ${when}`, pods, unit: '', value: ours.requests, peer: {name, value: theirs.requests}, note: connections},
		{budget: '  bytes from it', pods, unit: 'kB', value: ours.bytesDown / 1000, peer: {name, value: theirs.bytesDown / 1000}},
	];
}
