import {execFile, fork} from 'node:child_process';
import {once} from 'node:events';
import {setTimeout as sleep} from 'node:timers/promises';
import {promisify} from 'node:util';
import {startAnsweringServer} from '../answering.mjs';
import {bundled} from '../bundled.mjs';
import {cpuMs, endedChildrenCpuMs} from '../process-usage.mjs';

const warmUpMs = 5000;
const sampleMs = 20_000;
const perSecond = 500;
const curls = 200;

/**
 * Five hundred requests a second, each on a connection of its own: by the sampler alone, since the program sends no more than 200. And what one request costs
 * next to what it costs in the loop of curl that people write in a shell.
 */
export async function measureSampler() {
	const server = await startAnsweringServer();
	const program = bundled('sampling-process.mjs');
	const child = fork(program.file, [server.url, String(1000 / perSecond)]);
	try {
		const {cpu, rate} = await load(child.pid ?? 0, server);
		const curlMs = await shellLoopMs(server.url);
		const peer = (/** @type {number} */ scale) => (curlMs === undefined ? {} : {peer: {name: 'a shell’s loop of curl', value: curlMs * scale}});
		const note = curlMs === undefined ? 'no curl here to compare with' : undefined;
		return [
			{budget: `sampler: requests/s when asked for ${perSecond}`, unit: '/s', value: rate, atLeast: perSecond * 0.98},
			{budget: `sampler: CPU at ${perSecond}/s`, unit: '%', value: cpu, limit: 30, ...peer(perSecond / 10)},
			{budget: '  CPU per request', unit: 'ms', value: (cpu * 10) / rate, ...peer(1), ...(note !== undefined && {note})},
		];
	} finally {
		const closed = once(child, 'close');
		child.kill('SIGKILL');
		await closed;
		program.remove();
		await server.close();
	}
}

/**
 * With the whole screen, as many as the program sends at most.
 * @param {import('../program.mjs').Program} program
 */
export async function measureWholeSampler(program) {
	const server = await startAnsweringServer();
	const screen = program.screen(['--rate', '200', '--curl', server.url]);
	try {
		const {cpu, rate} = await load(screen.pid, server);
		return [{budget: 'sampler: CPU with the screen, at its most', unit: '%', value: cpu, note: `${Math.round(rate)}/s`}];
	} finally {
		await screen.close();
		await server.close();
	}
}

/**
 * Percent of a core that a process takes while it samples, and how many requests a second came.
 * @param {number} pid
 * @param {Awaited<ReturnType<typeof startAnsweringServer>>} server
 */
async function load(pid, server) {
	await sleep(warmUpMs);
	await server.arrivals();
	const [startedAt, before] = [performance.now(), cpuMs(pid)];
	await sleep(sampleMs);
	const {length} = await server.arrivals();
	const seconds = (performance.now() - startedAt) / 1000;
	return {cpu: (cpuMs(pid) - before) / seconds / 10, rate: length / seconds};
}

/** CPU time of one request in a shell's loop of curl, in ms; undefined where there is no curl. @param {string} url */
async function shellLoopMs(url) {
	const found = await promisify(execFile)('sh', ['-c', 'command -v curl']).catch(() => undefined);
	if (found === undefined) return undefined;
	const before = endedChildrenCpuMs();
	const loop = `i=0; while [ $i -lt ${curls} ]; do curl -s -o /dev/null "$0" || exit 1; i=$((i+1)); done`;
	await promisify(execFile)('sh', ['-c', loop, url], {timeout: 120_000});
	return (endedChildrenCpuMs() - before) / curls;
}
