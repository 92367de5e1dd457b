import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {median} from '../statistics.mjs';

const runs = 12;

/**
 * From the program's start to a first frame with nothing missing, in turn with `kubectl get pods` from start to end, which prints less.
 * @param {import('../kubia.mjs').Kubia} kubia
 * @param {import('../program.mjs').Program} program
 */
export async function measureStartUp(kubia, program) {
	const ours = [];
	const kubectls = [];
	for (let run = 0; run < runs; run++) {
		const startedAt = performance.now();
		await promisify(execFile)('kubectl', ['-n', kubia.namespace, 'get', 'pods'], {timeout: 20_000});
		kubectls.push(performance.now() - startedAt);
		const screen = program.screen();
		try {
			ours.push((await screen.whenShown('a complete frame', text => isComplete(text, kubia))) - screen.spawnedAt);
		} finally {
			await screen.close();
		}
	}
	const range = `${Math.round(Math.min(...ours))}–${Math.round(Math.max(...ours))} ms in ${runs} runs`;
	return [
		{
			budget: 'start → complete first frame, median',
			unit: 'ms',
			value: median(ours),
			limit: 450,
			peer: {name: 'kubectl get pods', value: median(kubectls)},
			note: range,
		},
	];
}

/**
 * All that a person sees of kubia is there: its status, its ReplicaSet, its three pods.
 * @param {string} text
 * @param {import('../kubia.mjs').Kubia} kubia
 */
export function isComplete(text, {name, replicaSet, pods}) {
	// The ReplicaSet has a row of its own, which doesn't go on with a pod's part of the name.
	const rowOf = (/** @type {string} */ object) => new RegExp(`${object}(?![\\w-])`).test(text);
	return text.includes(`deployment "${name}" successfully rolled out`) && rowOf(replicaSet) && pods.every(rowOf);
}
