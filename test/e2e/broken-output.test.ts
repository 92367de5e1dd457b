import {spawnSync} from 'node:child_process';
import {existsSync, openSync, readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {writeFile} from '../cluster-io/harness/kubeconfig.ts';
import {startFakeApi} from './fake-api.ts';
import {programEnv, programPath} from './program.ts';
import {runInTerminal} from './terminal.ts';

/** Makes the program throw when it gets the signal. */
const throwsOnSignal = (message: string) => ({
	NODE_OPTIONS: `--import=${writeFile('bug.mjs', `process.on('SIGUSR2', () => { throw new Error(${JSON.stringify(message)}); });`)}`,
});

describe.skipIf(!existsSync('/dev/full'))('a full disk', () => {
	test.for([
		['lines', ['deploy/shop', '--plain']],
		['a snapshot', ['deploy/shop', '--once']],
		['a snapshot as JSON', ['deploy/shop', '--once', '-o', 'json']],
		['kubectl’s lines', ['status', 'deploy/shop']],
		['a list', ['--all', '--once']],
		['help', ['--help']],
	] as const)('is said in a sentence, with a code of its own: %s', async ([, args]) => {
		const api = await startFakeApi();
		const {code, stderr} = await api.run(args, {stdout: openSync('/dev/full', 'w')});
		expect({code, stderr}).toEqual({code: 8, stderr: 'error: the output could not be written: no space left on device\n'});
	});

	test('where even that can’t be said, the code says it', () => {
		const full = openSync('/dev/full', 'w');
		const {status} = spawnSync(process.execPath, [programPath(), '--help'], {env: programEnv({}), stdio: ['ignore', full, full]});
		expect(status).toBe(8);
	});
});

test('without stdout or stdin there is only nothing to write and nothing to read', async () => {
	const api = await startFakeApi();
	const run = (redirections: string) => api.run(['-c', `exec "$0" "$1" deploy/shop --once ${redirections}`, process.execPath, programPath()], {file: 'sh'});
	expect(await run('>&-')).toMatchObject({code: 0, stdout: '', stderr: ''});
	expect(await run('<&-')).toMatchObject({code: 0, stderr: ''});
	expect((await run('<&-')).stdout).toContain('shop-hash2-3');
	expect(await run('2>&-')).toMatchObject({code: 0, stderr: ''});
});

test('a bug gives the terminal back, and is told where it can be read: without escapes, without secrets, with 1', async () => {
	const api = await startFakeApi();
	const screen = api.screen(['deploy/shop'], {
		before: '$ what stood here before\r\n$ ',
		env: throwsOnSignal('boom \u001B[2J\u001B]0;title\u0007 Authorization: Bearer abcdefghijklmnop123'),
	});
	await screen.shows('q quit');
	screen.kill('SIGUSR2');
	expect(await screen.exited).toMatchObject({exitCode: 1});
	expect(screen.isAlternate()).toBe(false);
	expect(screen.isCursorHidden()).toBe(false);
	expect(screen.lines()[0]).toBe('$ what stood here before');
	expect(screen.text()).toMatch(/error: rollwatch itself failed; please report this:\s+Error: boom +Authorization: ••••••\s+at process/);
	expect(screen.written()).not.toMatch(/\u001B\[2J {2}|\u001B\]0;|abcdefghijklmnop123/);
});

test('on a terminal that can’t move its cursor lines are written, and why is said', async () => {
	const {kubeconfig} = await startFakeApi();
	const run = `exec "$0" "$1" deploy/shop`;
	for (const [prefix, reason] of [
		['TERM=dumb', 'TERM=dumb is a terminal without a cursor to move: going on as with --plain'],
		['unset TERM;', 'TERM is not set: nothing is known of the terminal: going on as with --plain'],
	] as const) {
		const screen = runInTerminal('sh', ['-c', `${prefix} ${run}`, process.execPath, programPath()], {env: {KUBECONFIG: kubeconfig}});
		expect(await screen.exited).toMatchObject({exitCode: 0});
		expect(screen.lines()[0]).toBe(reason);
		expect(screen.text()).toContain('successfully rolled out');
		expect(screen.written()).not.toContain('\u001B');
	}
});

test('without a locale of UTF-8 nothing but ASCII is drawn, unless it is asked for', async () => {
	const api = await startFakeApi();
	const screen = api.screen(['deploy/shop'], {env: {LC_ALL: 'C'}});
	expect(await screen.shows('q quit')).toMatch(/^\+-+ Pods|^\+ Pods -|\+- Pods/m);
	await screen.pressFor('?', 'Keys');
	expect(screen.written()).not.toMatch(/[^\0-\u007F]/);
	screen.press('\u0003');
	await screen.exited;
	const unicode = api.screen(['deploy/shop', '--no-ascii'], {env: {LC_ALL: 'C'}});
	await unicode.shows('╭ Pods');
	unicode.press('\u0003');
	await unicode.exited;
});

test('a terminal that is closed under it leaves no word, no core dump and nothing else', async () => {
	const {kubeconfig} = await startFakeApi();
	const errors = writeFile('errors', '');
	const command = `exec "$0" "$1" deploy/shop 2>${errors}`;
	const screen = runInTerminal('sh', ['-c', command, process.execPath, programPath()], {env: {KUBECONFIG: kubeconfig}});
	await screen.shows('q quit');
	screen.hangUp();
	expect(await screen.exited).toEqual({exitCode: 130, signal: 0});
	expect(readFileSync(errors, 'utf8')).toBe('');
});
