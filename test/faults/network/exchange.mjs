import {setTimeout as sleep} from 'node:timers/promises';
import {constants, createGzip} from 'node:zlib';
import {monotonicMs} from './clock.mjs';

/**
 * One request of a client and what becomes of it. `stream`: what the program calls what is asked for; times as `monotonicMs` gives them.
 * @typedef {{
 *   client: string, method: string, path: string, stream: string, isWatch: boolean, at: number,
 *   link: import('./front.mjs').Link | undefined,
 *   answer: string, openedAt: number | undefined, endedAt: number | undefined,
 * }} Exchange
 */

const streams = /** @type {const} */ ({
	deployments: 'workloads',
	replicasets: 'revisions',
	horizontalpodautoscalers: 'autoscalers',
	poddisruptionbudgets: 'disruptionbudgets',
});

/** What the program calls what is asked for; `other`: no collection. @param {string} path */
export function streamOf(path) {
	const {pathname} = new URL(path, 'https://localhost');
	const resource = /^\/(?:api|apis\/[^/]+)\/[^/]+\/namespaces\/[^/]+\/([a-z]+)$/.exec(pathname)?.[1];
	if (resource === undefined) return /^\/(?:version|readyz|livez|healthz)/.test(pathname) ? 'heartbeat' : 'other';
	return streams[/** @type {keyof typeof streams} */ (resource)] ?? resource;
}

/**
 * The way back to a client: in order, at the pace that the faults of the moment allow, in gzip where one wants that.
 * @param {import('node:http').ServerResponse} response
 * @param {() => {bytes: number, everyMs: number} | undefined} pace
 */
export function createOutlet(response, pace) {
	/** @type {Buffer[]} */
	const waiting = [];
	/** @type {'clean' | 'cut' | undefined} */
	let ending;
	let isDraining = false;
	/** @type {import('node:zlib').Gzip | undefined} */
	let gzip;

	const finish = () => {
		if (ending === 'cut') response.destroy();
		else response.end();
	};
	const drain = async () => {
		if (isDraining) return;
		isDraining = true;
		while (waiting.length > 0 && !response.destroyed) await sendNext();
		isDraining = false;
		if (ending !== undefined) finish();
	};
	const sendNext = async () => {
		const slow = pace();
		const [bytes] = waiting.splice(
			0,
			1,
			...(slow === undefined ? [] : [/** @type {Buffer} */ (waiting[0]).subarray(slow.bytes)].filter(({length}) => length > 0)),
		);
		response.write(slow === undefined ? bytes : bytes?.subarray(0, slow.bytes));
		if (slow !== undefined) await sleep(slow.everyMs);
	};
	const push = (/** @type {Buffer} */ bytes) => {
		if (bytes.length === 0) return;
		waiting.push(bytes);
		void drain();
	};
	return {
		/** @param {number} status @param {import('node:http').OutgoingHttpHeaders} headers @param {boolean} inGzip */
		begin(status, headers, inGzip) {
			response.writeHead(status, inGzip ? {...headers, 'content-encoding': 'gzip'} : headers);
			response.flushHeaders();
			if (!inGzip) return;
			gzip = createGzip({flush: constants.Z_SYNC_FLUSH});
			gzip.on('data', push);
			gzip.on('end', () => end(ending ?? 'clean'));
		},
		/** What the API server still says after the end is lost. @param {Buffer} bytes */
		write(bytes) {
			if (ending !== undefined) return;
			if (gzip === undefined) push(bytes);
			else gzip.write(bytes);
		},
		/** `cut`: without what HTTP ends a body with. @param {'clean' | 'cut'} how */
		end(how) {
			ending = how;
			if (gzip !== undefined && !gzip.writableEnded) gzip.end();
			else void drain();
		},
	};
	/** @param {'clean' | 'cut'} how */
	function end(how) {
		ending = how;
		void drain();
	}
}

/** A request as it came. @param {import('node:http').IncomingMessage} request @param {string} client @param {import('./front.mjs').Link | undefined} link @returns {Exchange} */
export function exchangeOf({method = '', url = ''}, client, link) {
	const isWatch = new URL(url, 'https://localhost').searchParams.get('watch') === 'true';
	return {client, method, path: url, stream: streamOf(url), isWatch, at: monotonicMs(), link, answer: '', openedAt: undefined, endedAt: undefined};
}
