import {execFile} from 'node:child_process';
import {setTimeout as sleep} from 'node:timers/promises';
import {promisify} from 'node:util';
import {startAnsweringServer} from '../answering.mjs';
import {cpuPercent, endedChildrenCpuMs} from '../process-usage.mjs';

const warmUpMs = 5000;
const sampleMs = 20_000;
const perSecond = 500;
const curls = 100;

/**
 * Five hundred requests a second, each on a connection of its own: by --once, which is the sampler with next to nothing around it, and
 * with the whole screen; and what as many processes of curl would take.
 * @param {import('../program.mjs').Program} program
 */
export async function measureSampler(program) {
	const server = await startAnsweringServer();
	try {
		const args = ['--interval', '2ms', '--curl', server.url];
		const alone = await load(program.once([...args, '--samples', '1000000']), server);
		const whole = await load(program.screen(args), server);
		const peer = await curlPercent(server.url);
		return [
			{
				budget: 'sampler: requests/s at --interval 2ms',
				unit: '/s',
				value: alone.rate,
				atLeast: perSecond * 0.98,
				note: `with the screen ${Math.round(whole.rate)}/s`,
			},
			{budget: 'sampler: CPU at 500/s (--once)', unit: '%', value: alone.cpu, limit: 30, ...peer},
			{budget: '  with the screen', unit: '%', value: whole.cpu, ...peer},
		];
	} finally {
		await server.close();
	}
}

/**
 * @param {{pid: number, close: () => Promise<void>}} running
 * @param {Awaited<ReturnType<typeof startAnsweringServer>>} server
 */
async function load(running, server) {
	try {
		await sleep(warmUpMs);
		await server.arrivals();
		const startedAt = performance.now();
		const [cpu = Number.NaN] = await cpuPercent([running.pid], sampleMs);
		const {length} = await server.arrivals();
		return {cpu, rate: (length / (performance.now() - startedAt)) * 1000};
	} finally {
		await running.close();
	}
}

/** A shell's loop of curl, one process per request, were it asked for as many. @param {string} url */
async function curlPercent(url) {
	const before = endedChildrenCpuMs();
	try {
		for (let count = 0; count < curls; count++) await promisify(execFile)('curl', ['-s', url], {timeout: 10_000});
	} catch (error) {
		if (error.code === 'ENOENT') return {};
		throw error;
	}
	const eachMs = (endedChildrenCpuMs() - before) / curls;
	return {peer: {name: 'a loop of curl', value: (eachMs * perSecond) / 10}};
}
