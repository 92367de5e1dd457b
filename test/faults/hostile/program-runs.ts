import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {spawn as spawnOnTerminal} from '@lydell/node-pty';
import headless from '@xterm/headless';
import {nasty, startHostileApi, startHostileWeb} from './hostile-api.ts';
import {foreignOrders, ordersIn} from './terminal-orders.ts';

/** One way to run the program, and what of its output came from outside and would be obeyed. */
export type HostileRun = {readonly what: string; readonly written: number; readonly foreign: readonly string[]; readonly problem: string | undefined};

/** Where a run finds what it needs. */
export type Surroundings = {readonly program: string; readonly folder: string; readonly web: string};

const columns = 110;
const rows = 34;
const patienceMs = 30_000;

export function envOf({folder}: Surroundings, kubeconfig: string): Record<string, string> {
	const {PATH = '', HOME = ''} = process.env;
	return {
		PATH,
		HOME,
		KUBECONFIG: join(folder, kubeconfig),
		XDG_CONFIG_HOME: join(folder, 'config'),
		XDG_STATE_HOME: join(folder, 'state'),
		LANG: 'C.UTF-8',
		TERM: 'xterm-256color',
		COLORTERM: 'truecolor',
	};
}

/** A kubeconfig that calls everything what no sane person would. */
export function kubeconfig(server: string, user: object, context = `prod${nasty}`): string {
	const cluster = `cluster${nasty}`;
	return JSON.stringify({
		apiVersion: 'v1',
		kind: 'Config',
		'current-context': context,
		clusters: [{name: cluster, cluster: {server}}],
		users: [{name: `user${nasty}`, user}],
		contexts: [{name: context, context: {cluster, user: `user${nasty}`, namespace: 'web'}}],
	});
}

/** Runs it into pipes until it ends, or for at most `ms`. */
function piped(surroundings: Surroundings, args: readonly string[], config = 'kubeconfig'): Promise<string> {
	return new Promise(resolve => {
		const child = spawn(process.execPath, [surroundings.program, ...args], {env: envOf(surroundings, config), stdio: ['ignore', 'pipe', 'pipe']});
		const chunks: Buffer[] = [];
		const timer = setTimeout(() => child.kill('SIGTERM'), patienceMs);
		child.stdout.on('data', chunk => chunks.push(chunk));
		child.stderr.on('data', chunk => chunks.push(chunk));
		child.on('close', () => {
			clearTimeout(timer);
			resolve(Buffer.concat(chunks).toString());
		});
	});
}

type Key = readonly [key: string, brings: string];

type Shown = {readonly written: string; readonly problem: string | undefined};

/** Runs it on a terminal and presses keys, each when what the last one brought is on the screen. */
async function onTerminal(surroundings: Surroundings, args: readonly string[], keys: readonly Key[]): Promise<Shown> {
	const emulator = new headless.Terminal({cols: columns, rows, allowProposedApi: true});
	const pty = spawnOnTerminal(process.execPath, [surroundings.program, ...args], {
		cols: columns,
		rows,
		name: 'xterm-256color',
		env: envOf(surroundings, 'kubeconfig'),
	});
	let written = '';
	let onScreen = () => {};
	pty.onData(data => {
		written += data;
		emulator.write(data, () => onScreen());
	});
	const exited = new Promise<void>(resolve => pty.onExit(() => resolve()));
	const screen = () => Array.from({length: rows}, (_, row) => emulator.buffer.active.getLine(row)?.translateToString(true) ?? '').join('\n');
	const shows = (part: string) =>
		new Promise<boolean>(resolve => {
			const timer = setTimeout(() => resolve(false), patienceMs);
			onScreen = () => {
				// A frame that is half drawn shows what is not there any more.
				const isDrawing = written.lastIndexOf('\u001B[?2026h') > written.lastIndexOf('\u001B[?2026l');
				if (isDrawing || !screen().includes(part)) return;
				clearTimeout(timer);
				resolve(true);
			};
			onScreen();
		});
	let problem: string | undefined;
	for (const [key, brings] of keys) {
		if (key !== '') pty.write(key);
		if (await shows(brings)) continue;
		problem = `${JSON.stringify(brings)} was not shown after ${JSON.stringify(key)}: ${screen()}`;
		break;
	}
	pty.write('q');
	const timer = setTimeout(() => pty.kill('SIGKILL'), patienceMs);
	await exited;
	clearTimeout(timer);
	return {written, problem};
}

function jsonProblem(text: string): string | undefined {
	try {
		JSON.parse(text);
		return undefined;
	} catch (error) {
		return String(error);
	}
}

const esc = '\u001B';

/** Through the screen and its dialogs; each name stands in the dialog itself. */
const screenKeys: readonly Key[] = (
	[
		['\r', 'delete pod'],
		['w', '╭ Why'],
		['l', ' Logs · '],
		['u', '╭ Undo'],
		['t', 'which revision'],
		['m', 'h history'],
		['?', '╭ Keys'],
	] as const
).flatMap((key): readonly Key[] => [['', 'shop-one-3'], key, [esc, '╭ Timeline']]);

type Piped = readonly [what: string, args: readonly string[], config?: string];

async function pipedRuns(at: Surroundings, brief: boolean): Promise<readonly HostileRun[]> {
	const runs: readonly Piped[] = [
		['lines into a file, with a curl loop', ['deploy/shop', '--plain', '--curl', at.web, '--interval', '100ms', '--timeout', '4s']],
		['one snapshot', ['deploy/shop', '--once', '--curl', at.web, '--interval', '50ms']],
		['a snapshot as JSON', ['deploy/shop', '--once', '-o', 'json', '--curl', at.web, '--interval', '50ms']],
		['the list as JSON', ['--all', '--once', '-o', 'json']],
		['the list', ['--all', '--once']],
		['status', ['status', 'deploy/shop', '--timeout', '2s']],
		['what is not there', ['deploy/other']],
		['a hostile name', [`deploy/x${nasty.replaceAll('\0', '')}`]],
		['a hostile context', ['deploy/shop', '--context', nasty.replaceAll('\0', '')]],
		['a credential plugin that fails', ['deploy/shop', '--once'], 'exec-kubeconfig'],
		['a kubeconfig that is none', ['deploy/shop', '--once'], 'broken-kubeconfig'],
		['help', ['--help']],
	];
	const results: HostileRun[] = [];
	for (const [what, args, config] of brief ? runs.filter((_, index) => index % 3 === 0) : runs) {
		const written = await piped(at, args, config);
		const problem = what.endsWith('JSON') ? jsonProblem(written) : written === '' ? 'nothing was written' : undefined;
		results.push({what, written: written.length, foreign: ordersIn(written), problem});
	}
	return results;
}

/** Runs the program in each of its ways against servers that send hostile text wherever text is; `brief`: in some of them. `program`: path of `bin/rollwatch.js`. */
export async function runAllWays(program: string, brief = false): Promise<readonly HostileRun[]> {
	const folder = mkdtempSync(join(tmpdir(), 'rollwatch-hostile-'));
	const [api, web] = await Promise.all([startHostileApi(), startHostileWeb()]);
	const at = {program, folder, web: web.url};
	try {
		writeFileSync(join(folder, 'kubeconfig'), kubeconfig(api.url, {token: 'x'}));
		const script = join(folder, 'plugin.mjs');
		writeFileSync(script, `process.stderr.write(${JSON.stringify(nasty)}); process.exit(1);`);
		const exec = {apiVersion: 'client.authentication.k8s.io/v1', command: process.execPath, args: [script], interactiveMode: 'Never', installHint: nasty};
		writeFileSync(join(folder, 'exec-kubeconfig'), kubeconfig(api.url, {exec}));
		writeFileSync(join(folder, 'broken-kubeconfig'), `clusters: [${nasty}`);
		const seen = async (what: string, args: readonly string[], keys: readonly Key[]): Promise<HostileRun> => {
			const {written, problem} = await onTerminal(at, args, keys);
			return {what, written: written.length, foreign: foreignOrders(written, rows), problem};
		};
		const screen = await seen('the screen and its dialogs', ['deploy/shop', '--curl', web.url, '--interval', '100ms'], screenKeys);
		const list = await seen('the list on a terminal', ['--all'], [['', 'shop']]);
		return [screen, list, ...(await pipedRuns(at, brief))];
	} finally {
		await Promise.all([api.close(), web.close()]);
		rmSync(folder, {recursive: true, force: true});
	}
}
