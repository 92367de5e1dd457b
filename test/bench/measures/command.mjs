import {setTimeout as sleep} from 'node:timers/promises';
import {createPatcher} from '../api.mjs';
import {kubectl, watchWithKubectl} from '../kubectl.mjs';
import {programOn} from '../program.mjs';
import {quantile} from '../statistics.mjs';

const undos = 20;
const name = 'bench-undo';

/**
 * From the `y` that answers the question of an undo until a watch shows the change, next to a `kubectl rollout undo` that is typed at the same
 * moment, and to one bare PATCH over a connection that is open already: what of it is the server's own time.
 * @param {string} file
 * @param {import('../workload.mjs').Workload} workload
 */
export async function measureCommand(file, workload) {
	const inside = (/** @type {string[]} */ ...args) => kubectl(['-n', workload.namespace, ...args]);
	await kubectl(['-n', workload.namespace, 'create', '-f', '-'], JSON.stringify(deployment));
	await sleep(1000);
	await inside('set', 'image', `deployment/${name}`, 'app=idle:2');
	const api = await createPatcher();
	const watch = watchWithKubectl(['-n', workload.namespace, 'get', 'deployment', name, '-w', '-o', 'custom-columns=G:.metadata.generation,END:.kind']);
	const screen = programOn(file, {...workload, name}).screen();
	// Deployments that nothing happens to: generations are 1, 2 and then one for each undo.
	let generation = 2;
	const next = () => watch.whenPrinted(`${++generation} `);
	try {
		await screen.whenShown('a frame', text => text.includes('idle:1 → idle:2') || text.includes('revision 2'));
		/** @type {number[]} */
		const keys = [];
		/** @type {number[]} */
		const typed = [];
		const bare = [];
		for (let number = 0; number < undos; number++) {
			await sleep(400);
			keys.push(await byKeys(screen, next));
			await sleep(400);
			typed.push(await timed(next, () => inside('rollout', 'undo', `deployment/${name}`)));
			await sleep(400);
			bare.push(await timed(next, () => api.patch(pathOf(workload), 'application/merge-patch+json', {metadata: {annotations: {bench: `${number}`}}})));
		}
		const server = quantile(bare, 0.5);
		return [0.5, 0.95].map(share => ({
			budget: `undo: y → the patch is accepted, p${share * 100}`,
			unit: 'ms',
			value: quantile(keys, share),
			// Three requests, two of them at once, each with the server's own time.
			limit: 100 + 2 * server,
			peer: {name: 'kubectl rollout undo', value: quantile(typed, share)},
			note: `${undos} undos; one bare PATCH takes ${server.toFixed(1)} ms until a watch shows it`,
		}));
	} finally {
		api.close();
		await Promise.all([screen, watch].map(running => running.close()));
	}
}

/** @param {import('../screen.mjs').Screen} screen @param {() => Promise<number>} next */
async function byKeys(screen, next) {
	screen.press('u');
	await screen.whenShown('the question', text => text.includes('Send it?') && text.includes('dry run: '));
	await sleep(300);
	return timed(next, () => screen.press('y'));
}

/** @param {() => Promise<number>} next @param {() => unknown} act */
async function timed(next, act) {
	const shown = next();
	const startedAt = performance.now();
	await act();
	return (await shown) - startedAt;
}

/** @param {import('../workload.mjs').Workload} workload */
const pathOf = ({namespace}) => `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`;

const labels = {app: name};
const spec = {nodeSelector: {'rollwatch.bench/node': 'none'}, containers: [{name: 'app', image: 'idle:1'}]};
const deployment = {
	apiVersion: 'apps/v1',
	kind: 'Deployment',
	metadata: {name},
	spec: {replicas: 2, selector: {matchLabels: labels}, template: {metadata: {labels}, spec}},
};
