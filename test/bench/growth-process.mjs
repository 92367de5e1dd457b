// A process of its own: the program's streams, store, views and screen on a cluster that is made of JSON text in memory. Sends its figures to its parent.
//
//	node growth-process.mjs PODS CHANGES CHANGES-PER-SECOND
import {Buffer} from 'node:buffer';
import {setMaxListeners} from 'node:events';
import {PassThrough, Writable} from 'node:stream';
import {setTimeout as sleep} from 'node:timers/promises';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import {screenPorts} from '../../src/app/screen-ports.ts';
import {startSession} from '../../src/app/session.ts';
import {parseArguments} from '../../src/cli/parse-arguments.ts';
import {ClusterError} from '../../src/cluster/errors.ts';
import {openGuard} from '../../src/domain/guard.ts';
import {runScreen} from '../../src/ui/run-screen.tsx';
import {createTheme} from '../../src/ui/theme.ts';
import {createGrowth} from './growing-cluster.mjs';

const [pods = 0, changes = 0, rate = 0] = process.argv.slice(2).map(Number);
const beatMs = 10;
const size = {columns: 120, rows: 34};
const growth = createGrowth(pods);
const channels = new Map();
const stop = new AbortController();
setMaxListeners(0, stop.signal);

/** A watch: what is put into it comes out as soon as somebody reads. */
function createChannel() {
	const waiting = /** @type {Uint8Array[]} */ ([]);
	let wake = () => {};
	return {
		/** @param {Uint8Array} bytes */
		put(bytes) {
			waiting.push(bytes);
			wake();
		},
		async *read() {
			stop.signal.addEventListener('abort', () => wake(), {once: true});
			while (!stop.signal.aborted) {
				const bytes = waiting.shift();
				if (bytes !== undefined) yield bytes;
				else {
					await new Promise(resolve => {
						wake = () => resolve(undefined);
					});
				}
			}
		},
	};
}

/** In pieces as large as TLS brings them. @param {string} text */
async function* pieces(text) {
	const bytes = Buffer.from(text);
	for (let start = 0; start < bytes.length; start += 16_384) yield bytes.subarray(start, start + 16_384);
}

const connection = {
	context: 'memory',
	server: 'https://192.0.2.1:6443',
	namespace: 'default',
	user: 'someone',
	as: undefined,
	origin: 'https://192.0.2.1:6443',
	pathPrefix: '',
	/** @param {{path: string, query?: Readonly<Record<string, string | undefined>>}} request */
	async open({path, query = {}}) {
		const collection = path.split('/').at(-1) ?? '';
		if (query.watch !== 'true') return {status: 200, body: pieces(growth.list(collection))};
		const channel = createChannel();
		channels.set(collection, channel);
		return {status: 200, body: channel.read()};
	},
	json: refuse,
	answer: refuse,
	text: refuse,
	route: refuse,
	close: async () => {},
};

/** @returns {Promise<never>} */
async function refuse() {
	throw new ClusterError('not here', {kind: 'forbidden'});
}

/** A terminal that takes everything, and answers when it is asked whether it is there. */
function createTerminal() {
	let bytes = 0;
	let writes = 0;
	const stdout = new Writable({
		write(chunk, _encoding, done) {
			bytes += chunk.length;
			writes += 1;
			if (chunk.includes('\u001B[5n')) stdin.write('\u001B[0n');
			done();
		},
	});
	return {stdout: Object.assign(stdout, size, {isTTY: true}), written: () => ({bytes, writes})};
}

/** Memory that is in use, in MB. */
function usedMb() {
	setFlagsFromString('--expose-gc');
	runInNewContext('gc')();
	return process.memoryUsage().heapUsed / 1e6;
}

/** Puts so many changes in, in small chunks, at the pace of a busy cluster. @param {number} count */
async function feed(count) {
	const chunk = Math.max(1, Math.round((rate * beatMs) / 1000));
	const startedAt = performance.now();
	for (let fed = 0; fed < count; fed += chunk) {
		for (let index = 0; index < chunk; index += 1) {
			const {collection, line} = growth.next();
			channels.get(collection)?.put(Buffer.from(line));
		}
		const ahead = startedAt + (fed / rate) * 1000 - performance.now();
		await sleep(Math.max(0, ahead));
	}
}

/** CPU that only the making of the changes takes, in ms. @param {number} count */
function makingMs(count) {
	const spare = createGrowth(pods);
	const before = process.cpuUsage();
	for (let index = 0; index < count; index += 1) Buffer.from(spare.next().line);
	return cpuSince(before);
}

/** @param {NodeJS.CpuUsage} before */
function cpuSince(before) {
	const {user, system} = process.cpuUsage(before);
	return (user + system) / 1000;
}

const parsed = parseArguments(['deploy/rolling'], '0', {env: {}, stdoutIsTerminal: true, stdinIsTerminal: true});
if (parsed.kind !== 'run') throw new Error(`these are no arguments: ${JSON.stringify(parsed)}`);
const {options} = parsed;
const stdin = Object.assign(new PassThrough(), {isTTY: true, setRawMode() {}, ref() {}, unref() {}});
const terminal = createTerminal();
const session = startSession(
	/** @type {any} */ ({
		connection,
		watched: {kind: 'Deployment', name: 'rolling'},
		options,
		rule: {kind: 'auto'},
		safety: {guard: openGuard, audit: undefined},
		env: {},
		now: Date.now,
		signal: stop.signal,
	}),
);
const ports = screenPorts(session, /** @type {any} */ (connection), {kubeconfig: undefined, unreachable: undefined, quit() {}});
const shown = runScreen(
	/** @type {any} */ ({stdin, stdout: terminal.stdout, theme: createTheme({color: true, ascii: false}), signal: stop.signal, view: session.view, ports}),
);
while (session.store.snapshot().pods.size < pods || channels.size < 5) await sleep(50);
makingMs(changes);
await feed(changes);
await sleep(1000);
const heapMb = usedMb();
const restFrom = process.cpuUsage();
await sleep(3000);
const restMs = cpuSince(restFrom) / 3;
const making = makingMs(changes);
const [from, before, at] = [process.cpuUsage(), terminal.written(), performance.now()];
await feed(changes);
const seconds = (performance.now() - at) / 1000;
const after = terminal.written();
const cpu = cpuSince(from) - making;
process.send?.({
	pods,
	changes,
	cpuMs: cpu,
	restMs,
	seconds,
	frames: after.writes - before.writes,
	bytes: after.bytes - before.bytes,
	heapMb,
	rssMb: process.memoryUsage.rss() / 1e6,
});
stop.abort();
await shown;
process.exit();
