import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {closeSync, openSync, readFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {giveWay, yieldingOptions} from '../cluster/harness/yielding.mjs';
import {kubectl} from './kubectl.mjs';

const label = {key: 'rollwatch.dev/bench', value: 'kwok'};
const taint = {key: 'rollwatch.dev/bench', value: 'kwok', effect: 'NoSchedule'};
const podsPerNode = 500;
const resources = {cpu: '1k', memory: '1Ti', pods: String(podsPerNode)};

/** What a pod's spec needs to come to one of KWOK's nodes, where nothing else comes. */
export const placement = {nodeSelector: {[label.key]: label.value}, tolerations: [{key: taint.key, operator: 'Exists'}]};

/**
 * KWOK with nodes for so many pods at a time; `run.mjs --up --kwok` has built it.
 * @param {number} pods
 */
export async function startKwok(pods) {
	const program = process.env.ROLLWATCH_TEST_KWOK;
	if (program === undefined) throw new Error('ROLLWATCH_TEST_KWOK is not set: start the benchmark with "npm run bench"');
	const logFile = join(tmpdir(), 'kwok.log');
	const log = openSync(logFile, 'w');
	const env = {...process.env, ROLLWATCH_TEST_WATCH_STDIN: '1'};
	const child = spawn(program, [process.env.KUBECONFIG ?? '', `${label.key}=${label.value}`], {env, stdio: ['pipe', log, log], ...yieldingOptions});
	giveWay(child.pid);
	closeSync(log);
	const ended = once(child, 'close');
	const close = async () => {
		child.kill('SIGKILL');
		await ended;
		await kubectl(['delete', 'nodes', '-l', `${label.key}=${label.value}`, '--wait=false', '--ignore-not-found']);
	};
	try {
		const items = Array.from({length: Math.ceil(pods / podsPerNode)}, (_, number) => node(`kwok-${number + 1}`));
		await kubectl(['create', '-f', '-'], JSON.stringify({apiVersion: 'v1', kind: 'List', items}));
		const ready = kubectl(['wait', 'nodes', '-l', `${label.key}=${label.value}`, '--for=condition=Ready', '--timeout=50s']);
		const gone = ended.then(([code]) => Promise.reject(new Error(`KWOK ended with ${code}: ${readFileSync(logFile, 'utf8').slice(-1000)}`)));
		await Promise.race([ready, gone]);
		return {close};
	} catch (error) {
		await close();
		throw error;
	}
}

/** @param {string} name */
function node(name) {
	const labels = {[label.key]: label.value, 'kubernetes.io/hostname': name};
	return {apiVersion: 'v1', kind: 'Node', metadata: {name, labels}, spec: {taints: [taint]}, status: {allocatable: resources, capacity: resources}};
}
