import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {createInterface} from 'node:readline';
import {cpuMs} from './process-usage.mjs';
import {within} from './within.mjs';

/**
 * The standard output of a kubectl that must succeed.
 * @param {readonly string[]} args
 * @param {string} [input]
 * @param {number} [ms] how long it may take
 */
export async function kubectl(args, input = '', ms = 60_000) {
	const child = spawn('kubectl', args, {stdio: 'pipe'});
	let output = '';
	let errors = '';
	child.stdout.setEncoding('utf8').on('data', text => (output += text));
	child.stderr.setEncoding('utf8').on('data', text => (errors += text));
	child.stdin.end(input);
	const [code] = await within(ms, `kubectl ${args.join(' ')}`, once(child, 'close')).finally(() => child.kill('SIGKILL'));
	if (code !== 0) throw new Error(`kubectl ${args.join(' ')} ended with ${code}: ${errors || output}`);
	return output;
}

/**
 * A kubectl that goes on printing (`-w`).
 * @param {readonly string[]} args
 * @param {string} [kubeconfig] another way to the API server
 */
export function watchWithKubectl(args, kubeconfig = process.env.KUBECONFIG) {
	const child = spawn('kubectl', args, {stdio: ['ignore', 'pipe', 'inherit'], env: {...process.env, KUBECONFIG: kubeconfig}});
	const watchers = new Set();
	let lines = 0;
	let bytes = 0;
	child.stdout.on('data', part => (bytes += part.length));
	createInterface({input: child.stdout}).on('line', line => {
		lines += 1;
		for (const watcher of watchers) watcher(line);
	});
	const closed = once(child, 'close');
	let hasEnded = false;
	closed.then(() => {
		hasEnded = true;
	});
	let lastCpu = {ms: 0, at: performance.now()};
	const whenLine = (/** @type {string} */ what, /** @type {(line: string) => boolean} */ isIt) => {
		let watcher = (/** @type {string} */ _line) => {};
		const printed = new Promise(resolve => {
			watcher = line => isIt(line) && resolve(performance.now());
			watchers.add(watcher);
		});
		return within(20_000, `kubectl to print ${what}`, printed).finally(() => watchers.delete(watcher));
	};
	return {
		pid: child.pid ?? 0,
		/** What it has printed so far. */
		printed: () => ({lines, bytes}),
		/**
		 * Its CPU time so far, in ms, and when that was so. The API server closes the watch of a client that falls behind, and kubectl ends with its
		 * watch: then as it was when somebody last asked.
		 */
		cpu() {
			if (!hasEnded) lastCpu = {ms: cpuMs(child.pid ?? 0), at: performance.now()};
			return {...lastCpu, hasEnded};
		},
		/**
		 * When a line with this text came.
		 * @param {string} part
		 * @returns {Promise<number>}
		 */
		whenPrinted: part => whenLine(part, line => line.includes(part)),
		/** When it has printed so many lines, the title among them. @param {number} count */
		async whenLines(count) {
			if (lines < count) await whenLine(`${count} lines`, () => lines >= count);
		},
		async close() {
			child.kill('SIGKILL');
			await closed;
		},
	};
}

/** @typedef {ReturnType<typeof watchWithKubectl>} KubectlWatch */
