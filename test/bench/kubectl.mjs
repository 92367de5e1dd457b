import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {createInterface} from 'node:readline';
import {within} from './within.mjs';

/**
 * The standard output of a kubectl that must succeed.
 * @param {readonly string[]} args
 * @param {string} [input]
 */
export async function kubectl(args, input = '') {
	const child = spawn('kubectl', args, {stdio: 'pipe'});
	let output = '';
	let errors = '';
	child.stdout.setEncoding('utf8').on('data', text => (output += text));
	child.stderr.setEncoding('utf8').on('data', text => (errors += text));
	child.stdin.end(input);
	const [code] = await within(60_000, `kubectl ${args.join(' ')}`, once(child, 'close')).finally(() => child.kill('SIGKILL'));
	if (code !== 0) throw new Error(`kubectl ${args.join(' ')} ended with ${code}: ${errors || output}`);
	return output;
}

/**
 * A kubectl that goes on printing (`-w`).
 * @param {readonly string[]} args
 */
export function watchWithKubectl(args) {
	const child = spawn('kubectl', args, {stdio: ['ignore', 'pipe', 'inherit']});
	const watchers = new Set();
	createInterface({input: child.stdout}).on('line', line => {
		for (const watcher of watchers) watcher(line);
	});
	const closed = once(child, 'close');
	return {
		pid: child.pid ?? 0,
		/**
		 * When a line with this text came.
		 * @param {string} part
		 * @returns {Promise<number>}
		 */
		whenPrinted(part) {
			let watcher = () => {};
			const printed = new Promise(resolve => {
				watcher = line => line.includes(part) && resolve(performance.now());
				watchers.add(watcher);
			});
			return within(20_000, `kubectl to print ${part}`, printed).finally(() => watchers.delete(watcher));
		},
		async close() {
			child.kill('SIGKILL');
			await closed;
		},
	};
}
