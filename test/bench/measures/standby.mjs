import {setTimeout as sleep} from 'node:timers/promises';
import {createPatcher} from '../api.mjs';
import {watchWithKubectl} from '../kubectl.mjs';
import {cpuMs} from '../process-usage.mjs';
import {programOn} from '../program.mjs';
import {markdownTable, rounded} from '../table.mjs';
import {podsInSight} from '../workload.mjs';
import {whenComplete} from './start-up.mjs';

/** So many changes come within `spreadMs`, evenly. */
const doses = [40, 120, 360];
const spreadMs = 4000;
const warmUp = 120;
const settleMs = 3000;
/** The last frame is painted and counted by then. */
const tailMs = 1000;
const changing = 3;
const firstCount = 10_001;
/** How much more the same changes may cost with more pods standing by, and changes beyond their number: what is left for how coarse CPU time is told. */
const tolerance = 1.5;

/**
 * The curve: the same changes of the same three pods, which are on the screen, while more and more others stand by. It must grow with the changes
 * and not with the others. `curve` is Markdown.
 * @param {string} file
 * @param {readonly import('../workload.mjs').Workload[]} workloads
 */
export async function measureStandby(file, workloads) {
	/** @type {Point[]} */
	const points = [];
	for (const workload of workloads) points.push(...(await curveOf(file, workload)));
	return {rows: verdictRows(points), curve: curveText(points)};
}

/** @typedef {{pods: number, changes: number, cpu: number, peerCpu: number, frames: number, bytes: number}} Point cpu in ms */

/** @param {string} file @param {import('../workload.mjs').Workload} workload */
async function curveOf(file, workload) {
	const api = await createPatcher(changing);
	const screen = programOn(file, workload).screen([], {hourLater: true});
	const peer = watchWithKubectl(['-n', workload.namespace, 'get', 'pods', '-w']);
	const points = [];
	let count = firstCount;
	try {
		await Promise.all([whenComplete(screen, workload), peer.whenLines(workload.size + 1)]);
		const pods = await podsInSight(workload, screen, changing);
		/** Each pod's changes wait for one another, so that the last is the last that is seen. */
		const last = pods.map(async () => 0);
		const change = () => {
			count += 1;
			const [value, which] = [count, count % pods.length];
			const path = `/api/v1/namespaces/${workload.namespace}/pods/${pods[which]}/status`;
			const body = [{op: 'replace', path: '/status/containerStatuses/0/restartCount', value}];
			const changed = (last[which] ?? Promise.resolve(0)).then(() => api.patch(path, 'application/json-patch+json', body));
			last[which] = changed;
			return changed;
		};
		await sleep(settleMs);
		// What is done for the first times costs V8 more than the same later.
		await evenly(warmUp, change);
		await sleep(tailMs);
		for (const changes of doses) {
			const before = {cpu: cpuMs(screen.pid), peerCpu: peer.cpu().ms, frames: screen.frames(), bytes: screen.bytes()};
			await evenly(changes, change);
			await screen.whenShown('the last change', shown => shown.includes(` ${count} `));
			await sleep(tailMs);
			points.push({
				pods: workload.size,
				changes,
				cpu: cpuMs(screen.pid) - before.cpu,
				peerCpu: peer.cpu().ms - before.peerCpu,
				frames: screen.frames() - before.frames,
				bytes: screen.bytes() - before.bytes,
			});
		}
		return points;
	} finally {
		api.close();
		await Promise.all([screen.close(), peer.close()]);
	}
}

/** Does it so many times within the time, each at its moment whether those before are through or not. @param {number} times @param {() => Promise<unknown>} act */
async function evenly(times, act) {
	const startedAt = performance.now();
	const acts = [];
	for (let number = 0; number < times; number++) {
		await sleep(startedAt + (number * spreadMs) / times - performance.now());
		acts.push(act());
	}
	await Promise.all(acts);
}

/** Pods down, changes across. @param {readonly Point[]} points */
function curveText(points) {
	const sizes = [...new Set(points.map(({pods}) => pods))];
	const told = (/** @type {Point | undefined} */ point) =>
		point === undefined ? '' : `${rounded(point.cpu)} ms (${rounded(point.peerCpu)} ms), ${point.frames} frames, ${rounded(point.bytes / 1000)} kB`;
	const lines = sizes.map(pods => [
		pods.toLocaleString('en'),
		...doses.map(changes => told(points.find(point => point.pods === pods && point.changes === changes))),
	]);
	return [
		'## Growth',
		`CPU time (kubectl get pods -w), frames, bytes to the terminal while ${changing} pods that are on the screen change, ${spreadMs / 1000} s long, and all others stand by.`,
		markdownTable([['pods', ...doses.map(changes => `${changes} changes`)], ...lines]),
	].join('\n\n');
}

/** @param {readonly Point[]} points @returns {import('../table.mjs').Row[]} */
function verdictRows(points) {
	const [fewest, , most] = doses;
	const at = (/** @type {number} */ pods, /** @type {number | undefined} */ changes) => points.find(point => point.pods === pods && point.changes === changes);
	const sizes = [...new Set(points.map(({pods}) => pods))];
	const [smallest = 0, largest = 0] = [sizes[0], sizes.at(-1)];
	const cpu = (/** @type {number} */ pods, /** @type {number | undefined} */ changes) => at(pods, changes)?.cpu ?? Number.NaN;
	const linear = sizes.map(pods => ({
		budget: `growth: ${most} changes / ${fewest} changes, CPU`,
		pods,
		unit: '×',
		value: cpu(pods, most) / cpu(pods, fewest),
		limit: ((most ?? 1) / (fewest ?? 1)) * tolerance,
	}));
	if (smallest === largest) return linear;
	return [
		...linear,
		{
			budget: `growth: ${most} changes, CPU with all pods / with ${smallest}`,
			pods: largest,
			unit: '×',
			value: cpu(largest, most) / cpu(smallest, most),
			limit: tolerance,
			note: `${rounded(largest / smallest)} times the pods`,
		},
	];
}
