import {fork} from 'node:child_process';
import {once} from 'node:events';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {apiAccess} from '../api-access.mjs';
import {bundled} from '../bundled.mjs';
import {within} from '../within.mjs';

/** What turns the system's monotonic clock, which all processes share, into this one's `performance.now`. */
const clockOffset = offsetOfClocks();
const patienceMs = 20_000;

/** Of several readings the one that was interrupted least. */
function offsetOfClocks() {
	const readings = Array.from({length: 9}, () => {
		const before = performance.now();
		const at = Number(process.hrtime.bigint()) / 1e6;
		const after = performance.now();
		return {offset: at - (before + after) / 2, doubt: after - before};
	});
	return readings.reduce((best, reading) => (reading.doubt < best.doubt ? reading : best)).offset;
}

/**
 * A place between clients and the API server where their requests and bytes are counted, and where one sees when an answer came.
 * @param {import('../api-access.mjs').ApiAccess} [access] default: the kubeconfig's
 */
export async function startTap(access) {
	const {server, token, ...tls} = access ?? (await apiAccess());
	const url = new URL(server);
	const upstream = {host: url.hostname, port: Number(url.port || 443), ...tls};
	const program = bundled('tap/tap-process.mjs');
	const child = fork(program.file);
	const message = (/** @type {string} */ what, /** @type {(content: any) => boolean} */ isIt) =>
		within(patienceMs, `the tap to tell ${what}`, firstMessage(child, isIt));
	return {
		pid: child.pid ?? 0,
		/** A client's own way to the API server. @param {string} client its name */
		async open(client) {
			const opened = message('its port', content => content.opened !== undefined);
			child.send({open: upstream});
			const {opened: port, certificate} = await opened;
			const kubeconfig = join(program.folder, `kubeconfig-${client}-${port}`);
			writeFileSync(kubeconfig, kubeconfigOf(`https://127.0.0.1:${port}`, certificate, token), {mode: 0o600});
			const own = (/** @type {string} */ what, /** @type {(content: any) => boolean} */ isIt) =>
				message(what, content => content.port === port && isIt(content));
			return {
				kubeconfig,
				/** What went through so far, in plain bytes of HTTP. @returns {Promise<Count>} */
				async count() {
					const counted = own('what went through', ({count}) => count !== undefined);
					child.send({count: port});
					return (await counted).count;
				},
				/**
				 * From now on looks for a text in what the API server sends; `at` tells when it came, on the clock of `performance.now`.
				 * @param {string} text
				 * @returns {Promise<{at: () => Promise<number>}>}
				 */
				async expect(text) {
					const came = own(`that ${text} came`, ({marker}) => marker === text);
					// Who waits for it learns of a failure; it must not end the benchmark when something else has failed before.
					came.catch(() => {});
					const expected = own('that it looks for it', ({expects}) => expects === text);
					child.send({port, expect: text});
					await expected;
					return {at: async () => (await came).at - clockOffset};
				},
			};
		},
		async close() {
			const closed = once(child, 'close');
			child.kill('SIGKILL');
			await closed;
			program.remove();
		},
	};
}

/** @typedef {{requests: number, bytesUp: number, bytesDown: number, podEvents: number, connections: number}} Count `podEvents`: events of watches for whole pods */
/** @typedef {Awaited<ReturnType<typeof startTap>>} Tap */
/** @typedef {Awaited<ReturnType<Tap['open']>>} Way */

/** @param {Count} before @param {Count} after @returns {Count} */
export function countBetween(before, after) {
	return {
		requests: after.requests - before.requests,
		bytesUp: after.bytesUp - before.bytesUp,
		bytesDown: after.bytesDown - before.bytesDown,
		podEvents: after.podEvents - before.podEvents,
		connections: after.connections - before.connections,
	};
}

/** @param {import('node:child_process').ChildProcess} child @param {(content: any) => boolean} isIt @returns {Promise<any>} */
function firstMessage(child, isIt) {
	return new Promise(resolve => {
		const onMessage = (/** @type {unknown} */ content) => {
			if (!isIt(content)) return;
			child.off('message', onMessage);
			resolve(content);
		};
		child.on('message', onMessage);
	});
}

/** @param {string} server @param {string} authority PEM @param {string | undefined} token */
function kubeconfigOf(server, authority, token) {
	const name = 'rollwatch-bench';
	return JSON.stringify({
		apiVersion: 'v1',
		kind: 'Config',
		clusters: [{name, cluster: {server, 'certificate-authority-data': Buffer.from(authority).toString('base64')}}],
		users: [{name, user: token === undefined ? {} : {token}}],
		contexts: [{name, context: {cluster: name, user: name}}],
		'current-context': name,
	});
}
