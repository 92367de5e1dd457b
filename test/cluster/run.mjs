// The entry of `npm run test:cluster`: prepares a cluster's program and a network, then runs vitest in it.
//
//	node test/cluster/run.mjs [VITEST ARGS]          the suite
//	node test/cluster/run.mjs --up                   a cluster to try things by hand, until Ctrl-C
//	node test/cluster/run.mjs --up --argo            the same with the Argo Rollouts controller
//	node test/cluster/run.mjs --up --kwok            the same for a benchmark: the cluster gives way to all else, KWOK's program is in ROLLWATCH_TEST_KWOK
//	node test/cluster/run.mjs --up -- COMMAND ARGS   a command with a cluster, which ends with it
import {spawn} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync} from 'node:fs';
import {constants, tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {bundleUp} from './harness/bundle-up.mjs';
import {argoController, builtProgram, controlPlane, definitionsOf, kwok} from './harness/go-programs.mjs';
import {findNetworkNamespace, podNetwork} from './harness/network-namespace.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const say = (/** @type {string} */ text) => process.stdout.write(`${text}\n`);

/** @param {readonly string[]} args */
async function main(args) {
	const interrupted = new AbortController();
	const onSignal = (/** @type {NodeJS.Signals} */ name) => interrupted.abort(name);
	for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(name, onSignal);

	const cluster = givenKubeconfig() ?? (await ownControlPlane(interrupted.signal));
	const folder = mkdtempSync(join(tmpdir(), 'rollwatch-test-'));
	try {
		const isUp = args[0] === '--up';
		const env = {...process.env, ...cluster.env, TMPDIR: folder, ...(isUp && {ROLLWATCH_TEST_UP: '1'})};
		const {commands, isInteractive, more} = isUp ? await upCommand(args.slice(1), interrupted.signal) : suiteCommands(args);
		const argo = argoFor(cluster, commands, interrupted.signal);
		// Whoever waits for it learns of a failure; until then it must not end the tests that need nothing of it.
		argo.catch(() => {});
		let code = 0;
		for (const {command, needsArgo} of commands) {
			const argoEnv = needsArgo ? await argo : {};
			const options = {env: {...env, ...more, ...argoEnv}, namespace: cluster.namespace, isInteractive, signal: interrupted.signal};
			const ended = await run({command: [process.execPath, ...command], ...options});
			code ||= ended;
			if (interrupted.signal.aborted) break;
		}
		return code;
	} finally {
		rmSync(folder, {recursive: true, force: true, maxRetries: 3});
	}
}

/** Somebody's cluster: nothing to build, and its own network to use. */
function givenKubeconfig() {
	const kubeconfig = process.env.ROLLWATCH_TEST_KUBECONFIG || process.env.KUBECONFIG;
	if (!kubeconfig) return undefined;
	for (const path of kubeconfig.split(delimiter)) {
		if (path && !existsSync(path)) throw new Error(`The kubeconfig ${path} (from ROLLWATCH_TEST_KUBECONFIG or KUBECONFIG) does not exist.`);
	}
	say(`Using the cluster of ${kubeconfig}: the tests make their own namespaces there and delete them.`);
	return {env: {ROLLWATCH_TEST_KUBECONFIG: kubeconfig}, namespace: undefined};
}

/** @param {AbortSignal} signal */
async function ownControlPlane(signal) {
	const program = await builtProgram(controlPlane, signal);
	const namespace = findNetworkNamespace();
	if (namespace === undefined) say('No network namespace is permitted here: the tests that need pods with addresses of their own are skipped.');
	const network = namespace === undefined ? {} : {ROLLWATCH_TEST_POD_NETWORK: podNetwork};
	return {env: {ROLLWATCH_TEST_CONTROL_PLANE: program, ...network}, namespace};
}

/**
 * @typedef {{command: readonly string[], needsArgo: boolean}} Command
 * @typedef {Awaited<ReturnType<typeof ownControlPlane>> | NonNullable<ReturnType<typeof givenKubeconfig>>} Cluster
 */

/**
 * What a command with Argo Rollouts needs in its environment. The controller is built while the other tests run: only what needs it waits for it.
 * @param {Cluster} cluster
 * @param {readonly Command[]} commands
 * @param {AbortSignal} signal
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
async function argoFor(cluster, commands, signal) {
	if (!commands.some(({needsArgo}) => needsArgo)) return {};
	if (cluster.namespace === undefined) {
		say('The tests with Argo Rollouts are skipped: its controller listens on all addresses, so it runs only in a network namespace of our own.');
		return {};
	}
	const program = await builtProgram(argoController, signal, {patiently: commands[0]?.needsArgo !== true});
	return {ROLLWATCH_TEST_ARGO_CONTROLLER: program, ROLLWATCH_TEST_ARGO_DEFINITIONS: definitionsOf(program)};
}

/**
 * The differential suite keeps all cores busy, and other tests look at what happens when: it runs by itself, after them. The tests with Argo
 * Rollouts come last, because their controller takes longest to build.
 * @param {readonly string[]} args
 * @returns {readonly Command[]}
 */
function vitestCommands(args) {
	if (args.length > 0) return [{command: vitestCommand(args), needsArgo: args.some(arg => arg.includes('argo'))}];
	const alone = 'test/cluster/differential.test.ts';
	return [
		{command: vitestCommand(['--exclude', alone, '--exclude', 'test/cluster/argo*.test.ts']), needsArgo: false},
		{command: vitestCommand([alone]), needsArgo: false},
		{command: vitestCommand(['test/cluster/argo']), needsArgo: true},
	];
}

/** @param {readonly string[]} args */
function vitestCommand(args) {
	const vitest = join(root, 'node_modules/vitest/vitest.mjs');
	if (!existsSync(vitest)) throw new Error('vitest is not installed: run "npm ci" first.');
	return [vitest, 'run', '--config', join(root, 'test/cluster/vitest.config.ts'), ...args];
}

/**
 * @typedef {{commands: readonly Command[], isInteractive: boolean, more: NodeJS.ProcessEnv}} Work what to run, and what it finds in its environment
 */

/** @param {readonly string[]} args @returns {Work} */
function suiteCommands(args) {
	return {commands: vitestCommands(args), isInteractive: false, more: {}};
}

/**
 * @param {readonly string[]} args
 * @param {AbortSignal} signal
 * @returns {Promise<Work>}
 */
async function upCommand(args, signal) {
	const needsArgo = args[0] === '--argo';
	const needsKwok = args[0] === '--kwok';
	const rest = needsArgo || needsKwok ? args.slice(1) : args;
	// Built here: where the command runs there is no network to take modules from.
	const more = needsKwok ? {ROLLWATCH_TEST_KWOK: await builtProgram(kwok, signal), ROLLWATCH_TEST_CLUSTER_YIELDS: '1'} : {};
	const command = [await bundleUp(), ...(rest[0] === '--' ? rest.slice(1) : rest)];
	return {commands: [{command, needsArgo}], isInteractive: rest.length > 0, more};
}

/**
 * @param {{command: readonly string[], env: NodeJS.ProcessEnv, namespace: ReturnType<typeof findNetworkNamespace>,
 *   isInteractive: boolean, signal: AbortSignal}} options
 * @returns {Promise<number>} the exit code
 */
function run({command, env, namespace, isInteractive, signal}) {
	signal.throwIfAborted();
	const [program = '', ...args] = namespace === undefined ? command : namespace.wrap(command);
	// A group of its own, so that we can end all of it, and so that Ctrl-C comes from us only, once.
	// A command that a person drives keeps the terminal and gets its Ctrl-C from there.
	const child = spawn(program, args, {env, stdio: isInteractive ? 'inherit' : ['ignore', 'inherit', 'inherit'], detached: !isInteractive});
	const pid = child.pid ?? 0;
	if (namespace !== undefined && env.ROLLWATCH_TEST_UP) say(`Enter its network from another terminal:  ${namespace.enter(pid)}`);
	const end = (/** @type {NodeJS.Signals} */ name) => {
		if (!isInteractive) killGroup(pid, name);
		else if (name !== 'SIGINT') child.kill('SIGKILL');
	};
	signal.addEventListener('abort', () => {
		end(signal.reason);
		setTimeout(() => end('SIGKILL'), 10_000).unref();
	});
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('exit', (code, name) => {
			end('SIGKILL');
			resolve(exitCode(code, signal.aborted ? signal.reason : name));
		});
	});
}

/**
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
function exitCode(code, signal) {
	return signal === null ? (code ?? 1) : 128 + constants.signals[signal];
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} name
 */
function killGroup(pid, name) {
	try {
		process.kill(-pid, name);
	} catch (error) {
		if (error.code !== 'ESRCH') throw error;
	}
}

try {
	process.exitCode = await main(process.argv.slice(2));
} catch (error) {
	process.stderr.write(`${error.message}\n`);
	process.exitCode = 1;
}
