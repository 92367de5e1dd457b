import {fork} from 'node:child_process';
import {once} from 'node:events';
import {within} from '../../bench/within.mjs';

/**
 * A process of ours that is asked by name and answers over IPC; what it says unasked goes to `onMessage`.
 * @param {string} file @param {readonly string[]} args
 * @param {{imports?: readonly string[], env?: NodeJS.ProcessEnv, onMessage?: (message: any) => void}} [options]
 */
export function startWorker(file, args, {imports = [], env = {}, onMessage = () => {}} = {}) {
	const child = fork(file, [...args], {execArgv: imports.flatMap(url => ['--import', url]), env: {...process.env, NODE_ENV: 'production', ...env}});
	/** @type {Map<number, {resolve(value: any): void, reject(error: Error): void}>} */
	const waiting = new Map();
	let asked = 0;
	child.on('message', (/** @type {any} */ message) => {
		if (message.type !== 'answer') return onMessage(message);
		const {resolve, reject} = waiting.get(message.id) ?? {};
		waiting.delete(message.id);
		if (message.error === undefined) resolve?.(message.value);
		else reject?.(new Error(message.error));
	});
	const exited = once(child, 'exit');
	child.once('exit', code => {
		for (const {reject} of waiting.values()) reject(new Error(`${file} ended with ${code}`));
	});
	return {
		pid: child.pid ?? 0,
		/** @param {string} what @param {number} [patienceMs] @returns {Promise<any>} */
		ask(what, patienceMs = 60_000) {
			const id = ++asked;
			const answer = new Promise((resolve, reject) => waiting.set(id, {resolve, reject}));
			child.send({id, ask: what});
			return within(patienceMs, `the answer to ${what}`, answer);
		},
		async close() {
			if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
			await exited;
		},
		/** As a person's end: it clears up after itself. */
		async disconnect() {
			if (child.connected) child.disconnect();
			await within(20_000, `${file} to end`, exited).catch(() => child.kill('SIGKILL'));
		},
	};
}

/** @typedef {ReturnType<typeof startWorker>} Worker */
