import {setTimeout as sleep} from 'node:timers/promises';
import {createPatcher} from '../api.mjs';
import {watchWithKubectl} from '../kubectl.mjs';
import {limitFor} from '../limits.mjs';
import {programOn} from '../program.mjs';
import {quantile} from '../statistics.mjs';
import {podsInSight} from '../workload.mjs';
import {whenComplete} from './start-up.mjs';

const causes = 100;
const restarts = 40;
/** What follows a change (timeline line, second event) is on its way by then. */
const tailMs = 150;
/** Between two changes of the same Deployment, at least half of it; others have their turns meanwhile. */
const quietMs = 400;
const changing = 3;
/** Of pods' restarts: larger than any other number that stands alone on the screen. */
const firstCount = 7001;

/**
 * From the moment when the bytes of a change come from the API server until the screen shows it, and what that costs on the wire to the terminal;
 * next to kubectl's watch of the same changes. The changes are visible ones that no controller answers with more: a ReplicaSet's change cause
 * (header), a pod's restarts (row and timeline). All Deployments take turns, so that each of them is quiet before its next change.
 * @param {string} file
 * @param {readonly import('../workload.mjs').Workload[]} workloads
 * @param {import('../tap/tap.mjs').Tap} tap
 */
export async function measureChanges(file, workloads, tap) {
	const api = await createPatcher();
	/** @type {Seen[]} */
	const seen = [];
	try {
		for (const workload of workloads) seen.push(await watch(file, workload, tap, api));
		await inTurn(causes, seen, async (number, one) => one.causes.push(await changeCause(number, one)));
		await inTurn(restarts, seen, async (number, one) => one.restarts.push(await changePod(number, one)));
		const each = (/** @type {(one: Seen) => import('../table.mjs').Row[]} */ rows) => seen.flatMap(rows);
		return [
			...each(({causes, pods}) => latencyRows('API change → on the screen', pods, causes)),
			...each(({restarts, pods}) => latencyRows('  a pod’s row', pods, restarts)),
			...each(({restarts, pods}) => [bytesRow(pods, restarts)]),
		];
	} finally {
		api.close();
		await Promise.all(seen.flatMap(({screen, peers}) => [screen, ...peers]).map(running => running.close()));
	}
}

/** @param {number} times @param {readonly Seen[]} seen @param {(number: number, one: Seen) => Promise<unknown>} act */
async function inTurn(times, seen, act) {
	for (let number = 0; number < times; number++) {
		for (const one of seen) {
			// At any moment of the program's own second, and after a quiet while of its own.
			await sleep((quietMs / seen.length) * (0.5 + Math.random()));
			await act(number, one);
		}
	}
}

/**
 * @typedef {{
 *   screen: import('../screen.mjs').Screen, way: import('../tap/tap.mjs').Way,
 *   peers: readonly import('../kubectl.mjs').KubectlWatch[], peerWay: import('../tap/tap.mjs').Way,
 *   api: import('../api.mjs').Patcher, namespace: string, replicaSet: string, rows: readonly string[], pods: number,
 *   causes: Timed[], restarts: Timed[],
 * }} Seen the program and two kubectls on one Deployment; `rows`: the pods that have one on the screen
 * @typedef {{shownMs: number, printedMs: number, bytes: number}} Timed
 */

/**
 * @param {string} file
 * @param {import('../workload.mjs').Workload} workload
 * @param {import('../tap/tap.mjs').Tap} tap
 * @param {import('../api.mjs').Patcher} api
 * @returns {Promise<Seen>}
 */
async function watch(file, workload, tap, api) {
	const {namespace, size} = workload;
	const [way, peerWay] = [await tap.open('program'), await tap.open('kubectl')];
	const screen = programOn(file, workload, way.kubeconfig).screen([], {hourLater: true});
	const columns = 'custom-columns=CAUSE:.metadata.annotations.kubernetes\\.io/change-cause,RESTARTS:.status.containerStatuses[0].restartCount';
	const peers = ['replicasets', 'pods'].map(kind => watchWithKubectl(['-n', namespace, 'get', kind, '-w', '-o', columns], peerWay.kubeconfig));
	await Promise.all([whenComplete(screen, workload), peers[0]?.whenLines(2), peers[1]?.whenLines(size + 1)]);
	const rows = await podsInSight(workload, screen, changing);
	return {screen, way, peers, peerWay, api, namespace, replicaSet: await workload.replicaSet(), rows, pods: size, causes: [], restarts: []};
}

/** @param {number} number @param {Seen} seen */
function changeCause(number, seen) {
	const cause = `bench-${1000 + number}`;
	const path = `/apis/apps/v1/namespaces/${seen.namespace}/replicasets/${seen.replicaSet}`;
	const body = {metadata: {annotations: {'kubernetes.io/change-cause': cause}}};
	const change = () => seen.api.patch(path, 'application/merge-patch+json', body);
	return timed(seen, {change, marker: cause, isShown: text => text.includes(cause), peer: seen.peers[0], printed: cause});
}

/** @param {number} number @param {Seen} seen */
function changePod(number, seen) {
	const pod = seen.rows[number % seen.rows.length];
	const count = firstCount + number;
	const path = `/api/v1/namespaces/${seen.namespace}/pods/${pod}/status`;
	const body = [{op: 'replace', path: '/status/containerStatuses/0/restartCount', value: count}];
	const change = () => seen.api.patch(path, 'application/json-patch+json', body);
	return timed(seen, {change, marker: `"restartCount":${count}`, isShown: text => text.includes(` ${count} `), peer: seen.peers[1], printed: String(count)});
}

/**
 * @param {Seen} seen
 * @param {{change: () => Promise<number>, marker: string, isShown: (text: string) => boolean, peer: import('../kubectl.mjs').KubectlWatch | undefined, printed: string}} what
 * @returns {Promise<Timed>}
 */
async function timed({screen, way, peerWay}, {change, marker, isShown, peer, printed}) {
	const [came, peerCame] = [await way.expect(marker), await peerWay.expect(marker)];
	const bytesBefore = screen.bytes();
	const [, shownAt, printedAt] = await Promise.all([change(), screen.whenShown('the change', isShown), peer?.whenPrinted(printed) ?? 0]);
	await sleep(tailMs);
	return {shownMs: shownAt - (await came.at()), printedMs: printedAt - (await peerCame.at()), bytes: screen.bytes() - bytesBefore};
}

/** @param {string} budget @param {number} pods @param {readonly Timed[]} changes */
function latencyRows(budget, pods, changes) {
	const row = (/** @type {number} */ percent, /** @type {Record<number, number>} */ limits) => {
		const of = (/** @type {'shownMs' | 'printedMs'} */ name) =>
			quantile(
				changes.map(change => change[name]),
				percent / 100,
			);
		return {
			budget: `${budget}, p${percent}`,
			pods,
			unit: 'ms',
			value: of('shownMs'),
			...limitFor(limits, pods),
			peer: {name: 'kubectl get -w', value: of('printedMs')},
			note: `${changes.length} changes`,
		};
	};
	return [row(50, {3: 60}), row(99, {3: 150, 5000: 250})];
}

/** @param {number} pods @param {readonly Timed[]} changes */
function bytesRow(pods, changes) {
	const bytes = changes.map(change => change.bytes);
	const note = `most of ${bytes.length}; median ${quantile(bytes, 0.5)}`;
	return {budget: 'bytes to the terminal, one pod changes', pods, unit: 'bytes', value: Math.max(...bytes), limit: 2048, note};
}
