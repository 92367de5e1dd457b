import {startWorker} from './worker.mjs';

/**
 * What the program said of a stream, and when.
 * @typedef {{at: number, stream: string, kind: 'syncing' | 'live' | 'lost' | 'forbidden', since: number, reason?: string, retryAt?: number}} Claim
 * @typedef {Record<string, Record<string, string>>} Known by stream and uid, what is known of each object
 */

/**
 * The program without its screen.
 * @param {string} file the bundled process
 * @param {{kubeconfig: string, namespace: string, name: string, imports?: readonly string[], env?: NodeJS.ProcessEnv}} what
 */
export function startProgram(file, {kubeconfig, namespace, name, ...options}) {
	/** @type {Claim[]} */
	const claims = [];
	const worker = startWorker(file, [kubeconfig, namespace, name], {...options, onMessage: claim => claims.push(claim)});
	return {
		pid: worker.pid,
		claims,
		/** Begins to follow. @returns {Promise<void>} */
		follow: () => worker.ask('follow'),
		/** What it knows now. @returns {Promise<Known>} */
		known: () => worker.ask('known'),
		/** What a fresh list says. @returns {Promise<Known>} */
		fresh: () => worker.ask('fresh'),
		/** Sockets, timers, listeners. @returns {Promise<Record<string, number>>} */
		holdings: () => worker.ask('holdings'),
		/** How late it got its turn since its start, in ms all together. @returns {Promise<number>} */
		lag: () => worker.ask('lag'),
		/** The last thing said of each stream. */
		conditions() {
			/** @type {Map<string, Claim>} */
			const last = new Map();
			for (const claim of claims) last.set(claim.stream, claim);
			return last;
		},
		close: worker.close,
	};
}

/** @typedef {ReturnType<typeof startProgram>} Program */
