import {setTimeout as sleep} from 'node:timers/promises';
import {createPatcher} from '../api.mjs';
import {watchWithKubectl} from '../kubectl.mjs';
import {quantile} from '../statistics.mjs';
import {isComplete} from './start-up.mjs';

const causes = 80;
const restarts = 40;
/** What follows a change (timeline line, second event) is on its way by then. */
const tailMs = 150;

/**
 * From the API server's answer to a change until the screen shows it, and what that costs on the wire to the terminal; next to kubectl's watch of
 * the same changes. The changes are visible ones that no controller answers with more: a ReplicaSet's change cause (header), a pod's restarts (row
 * and timeline).
 * @param {import('../kubia.mjs').Kubia} kubia
 * @param {import('../program.mjs').Program} program
 */
export async function measureChanges(kubia, program) {
	const api = await createPatcher();
	const screen = program.screen();
	const columns = 'custom-columns=CAUSE:.metadata.annotations.kubernetes\\.io/change-cause,RESTARTS:.status.containerStatuses[0].restartCount';
	const peers = ['replicasets', 'pods'].map(kind => watchWithKubectl(['-n', kubia.namespace, 'get', kind, '-w', '-o', columns]));
	try {
		await screen.whenShown('a complete frame', text => isComplete(text, kubia));
		await sleep(2000);
		const seen = {screen, api, peers, kubia};
		const cause = await repeat(causes, number => changeCause(number, seen));
		const pod = await repeat(restarts, number => changePod(number, seen));
		return [...latencyRows('API change → on the screen', cause), ...latencyRows('  a pod’s row', pod), bytesRow('bytes to the terminal, one pod changes', pod)];
	} finally {
		api.close();
		await Promise.all([screen, ...peers].map(running => running.close()));
	}
}

/**
 * @template Result
 * @param {number} times
 * @param {(number: number) => Promise<Result>} act
 */
async function repeat(times, act) {
	const results = [];
	for (let number = 0; number < times; number++) {
		// At any moment of the program's own second.
		await sleep(300 + Math.random() * 700);
		results.push(await act(number));
	}
	return results;
}

/** @param {number} number @param {Seen} seen */
function changeCause(number, {screen, api, peers, kubia}) {
	const cause = `bench-${1000 + number}`;
	const path = `/apis/apps/v1/namespaces/${kubia.namespace}/replicasets/${kubia.replicaSet}`;
	const body = {metadata: {annotations: {'kubernetes.io/change-cause': cause}}};
	return timed(
		screen,
		text => text.includes(cause),
		peers[0].whenPrinted(cause),
		() => api.patch(path, 'application/merge-patch+json', body),
	);
}

/** @param {number} number @param {Seen} seen */
function changePod(number, {screen, api, peers, kubia}) {
	const pod = kubia.pods[number % kubia.pods.length];
	const count = `${1000 + number}`;
	const path = `/api/v1/namespaces/${kubia.namespace}/pods/${pod}/status`;
	const body = [{op: 'replace', path: '/status/containerStatuses/0/restartCount', value: Number(count)}];
	return timed(
		screen,
		text => text.includes(` ${count} `),
		peers[1].whenPrinted(count),
		() => api.patch(path, 'application/json-patch+json', body),
	);
}

/**
 * @param {import('../screen.mjs').Screen} screen
 * @param {(text: string) => boolean} isShown
 * @param {Promise<number>} printed
 * @param {() => Promise<number>} change
 */
async function timed(screen, isShown, printed, change) {
	const bytesBefore = screen.bytes();
	const [answeredAt, shownAt, printedAt] = await Promise.all([change(), screen.whenShown('the change', isShown), printed]);
	await sleep(tailMs);
	return {shownMs: shownAt - answeredAt, printedMs: printedAt - answeredAt, bytes: screen.bytes() - bytesBefore};
}

/** @typedef {{screen: import('../screen.mjs').Screen, api: Awaited<ReturnType<typeof createPatcher>>, peers: readonly ReturnType<typeof watchWithKubectl>[], kubia: import('../kubia.mjs').Kubia}} Seen */
/** @typedef {{shownMs: number, printedMs: number, bytes: number}} Timed */

/** @param {string} budget @param {readonly Timed[]} changes */
function latencyRows(budget, changes) {
	const row = (/** @type {number} */ percent, /** @type {number} */ limit) => {
		const of = (/** @type {'shownMs' | 'printedMs'} */ name) =>
			quantile(
				changes.map(change => change[name]),
				percent / 100,
			);
		return {
			budget: `${budget}, p${percent}`,
			unit: 'ms',
			value: of('shownMs'),
			limit,
			peer: {name: 'kubectl get -w', value: of('printedMs')},
			note: `${changes.length} changes`,
		};
	};
	return [row(50, 60), row(99, 150)];
}

/** @param {string} budget @param {readonly Timed[]} changes */
function bytesRow(budget, changes) {
	const bytes = changes.map(change => change.bytes);
	return {budget, unit: 'bytes', value: Math.max(...bytes), limit: 2048, note: `most of ${bytes.length}; median ${quantile(bytes, 0.5)}`};
}
