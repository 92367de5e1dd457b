import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {limitFor} from '../limits.mjs';
import {cpuMs, endedChildrenCpuMs} from '../process-usage.mjs';
import {median} from '../statistics.mjs';

const runs = 12;
/** Of thousands each run takes seconds. */
const fewRuns = 6;
/** From this size on the budget is what kubectl takes. */
const many = 5000;

/**
 * From the program's start to a first frame with nothing missing, in turn with `kubectl get pods` from start to end, which prints less.
 * @param {import('../workload.mjs').Workload} workload
 * @param {import('../program.mjs').Program} program
 */
export async function measureStartUp(workload, program) {
	const {size} = workload;
	const ours = [];
	const kubectls = [];
	const cpu = [];
	const kubectlCpu = [];
	for (let run = 0; run < (size < 1000 ? runs : fewRuns); run++) {
		const [startedAt, childrenCpu] = [performance.now(), endedChildrenCpuMs()];
		await promisify(execFile)('kubectl', ['-n', workload.namespace, 'get', 'pods'], {timeout: 60_000, maxBuffer: 1e8});
		kubectls.push(performance.now() - startedAt);
		kubectlCpu.push(endedChildrenCpuMs() - childrenCpu);
		const screen = program.screen();
		try {
			ours.push((await whenComplete(screen, workload)) - screen.spawnedAt);
			cpu.push(cpuMs(screen.pid));
		} finally {
			await screen.close();
		}
	}
	const range = `${Math.round(Math.min(...ours))}–${Math.round(Math.max(...ours))} ms in ${ours.length} runs`;
	const peer = {name: 'kubectl get pods', value: median(kubectls)};
	const limit = size >= many ? {limit: peer.value} : limitFor({3: 450}, size);
	return [
		{budget: 'start → complete first frame, median', pods: size, unit: 'ms', value: median(ours), ...limit, peer, note: range},
		{budget: '  CPU until then', pods: size, unit: 'ms', value: median(cpu), peer: {name: peer.name, value: median(kubectlCpu)}},
	];
}

/**
 * When all that a person sees of a finished workload is there.
 * @param {import('../screen.mjs').Screen} screen
 * @param {import('../workload.mjs').Workload} workload
 * @param {number} [patienceMs]
 */
export function whenComplete(screen, workload, patienceMs = 60_000) {
	return screen.whenShown('a complete frame', text => isComplete(text, workload), patienceMs);
}

/**
 * Its status, its ReplicaSet with its numbers, all its pods counted and the first of them as rows.
 * @param {string} text
 * @param {{name: string, size: number}} workload
 */
export function isComplete(text, {name, size}) {
	const grouped = size.toLocaleString('en');
	const counted = new RegExp(`Pods · (?:${size}|${grouped})(?![\\d,])`).test(text);
	const replicaSet = new RegExp(`▶ \\d+ +${name}-\\w+ +${size} +${size} +${size} `).test(text);
	const podRow = new RegExp(`${name}-\\w+-\\w+ +1/1 +Running`).test(text);
	return text.includes(`deployment "${name}" successfully rolled out`) && replicaSet && counted && podRow && !/\d terminating/.test(text);
}
