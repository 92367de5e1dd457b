import {existsSync, readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {cleanup} from '../cluster-io/harness/cleanup.ts';
import {startFakeApi} from './fake-api.ts';
import {programPath} from './program.ts';
import {runInTerminal, type Terminal} from './terminal.ts';

const prompt = 'sh-ready$';

/** A shell with job control, and the program's command line in it. */
async function openShell({columns = 80, rows = 24}: {columns?: number; rows?: number} = {}) {
	const api = await startFakeApi();
	const shell = runInTerminal('bash', ['--norc', '--noprofile', '-i'], {columns, rows, env: {KUBECONFIG: api.kubeconfig, PS1: `${prompt} `}});
	cleanup(async () => {
		shell.kill('SIGKILL');
		await shell.exited;
	});
	await shell.shows(prompt);
	return {api, shell, program: `${process.execPath} ${programPath()}`};
}

const isDrawn = (text: string) => text.includes('COMPLETE') && text.includes('shop-hash2-3') && text.includes('q quit');

function type(shell: Terminal, command: string): void {
	shell.press(`${command}\r`);
}

/** The shell has the terminal as it gave it away. */
async function expectShell(shell: Terminal): Promise<void> {
	await shell.until('the shell', () => !shell.isAlternate() && /Stopped|ready\$/.test(shell.text()));
	expect(shell.isCursorHidden()).toBe(false);
	expect(shell.written().lastIndexOf('\u001B[?2004l')).toBeGreaterThanOrEqual(0);
	// What an earlier look has left on the screen says nothing about now.
	type(shell, 'clear');
	await shell.until('a clear screen', text => /^\S*ready\$/.test(text));
	type(shell, `stty -a | tr ' ;' '\\n\\n' | grep -cxE 'icanon|echo|isig'; echo modes-told`);
	expect(await shell.shows(/^modes-told$/m)).toMatch(/^3$/m);
}

describe.skipIf(!existsSync('/bin/bash') || !existsSync('/proc/self/stat'))('in a shell with job control', () => {
	test('Ctrl-Z stops it, the terminal is as before, and `fg` draws all of it at the size of now', async () => {
		const {shell, program} = await openShell();
		type(shell, `${program} deploy/shop`);
		await shell.until('the screen', isDrawn);
		shell.press('\u001A');
		await shell.shows(/Stopped/);
		await expectShell(shell);
		shell.resize(100, 30);
		type(shell, 'fg');
		await shell.until('the screen again', text => shell.isAlternate() && isDrawn(text) && /^╭.{98}╮$/m.test(text));
		expect(shell.lines()[28]).toContain('q quit');
		expect(shell.isCursorHidden()).toBe(true);
		await shell.pressFor('?', '╭ Keys');
		shell.press('\u001A');
		await shell.until('the shell', () => !shell.isAlternate());
		type(shell, 'fg');
		// What was open is open.
		await shell.until('the help again', text => shell.isAlternate() && text.includes('╭ Keys'));
		shell.press('\u001B');
		await shell.hides('╭ Keys');
		shell.press('q');
		await shell.until('the end', text => !shell.isAlternate() && text.includes('successfully rolled out'));
		await expectShell(shell);
	});

	test('the whole job stops where others belong to it, and a signal from outside is as good as the key', async () => {
		const {shell, program} = await openShell();
		type(shell, `sh -c '${program} deploy/shop; echo ended with $?'`);
		await shell.until('the screen', isDrawn);
		shell.press('\u001A');
		await expectShell(shell);
		type(shell, 'fg');
		await shell.until('the screen again', text => shell.isAlternate() && isDrawn(text));
		shell.press('q');
		await shell.shows('ended with 0');
		type(shell, `clear; ${program} deploy/shop`);
		await shell.until('the screen', text => shell.isAlternate() && isDrawn(text));
		for (const signal of ['SIGTSTP', 'SIGSTOP'] as const) {
			process.kill(foreground(shell), signal);
			await shell.shows(/Stopped/);
			type(shell, 'clear; fg');
			await shell.until('the screen again', text => shell.isAlternate() && isDrawn(text) && !text.includes('Stopped'));
			await shell.pressFor('?', '╭ Keys');
			shell.press('\u001B');
			await shell.hides('╭ Keys');
		}
		shell.press('q');
		await shell.until('the end', () => !shell.isAlternate());
	});

	test('what goes on in the background waits until it is brought back, and writes nothing meanwhile', async () => {
		const {shell, program} = await openShell();
		type(shell, `${program} deploy/shop`);
		await shell.until('the screen', isDrawn);
		shell.press('\u001A');
		await shell.shows(/Stopped/);
		type(shell, 'clear; bg; wait -n; jobs; echo looked');
		await shell.shows(/^looked$/m);
		expect(shell.isAlternate()).toBe(false);
		expect(shell.text()).toMatch(/Stopped/);
		type(shell, 'fg');
		await shell.until('the screen again', text => shell.isAlternate() && isDrawn(text));
		shell.press('q');
		await shell.until('the end', () => !shell.isAlternate());
	});
});

test('where no shell could let it go on, Ctrl-Z says so, and nothing else happens', async () => {
	const api = await startFakeApi();
	const screen = api.screen();
	await screen.until('the screen', isDrawn);
	await screen.pressFor('\u001A', 'Ctrl-Z does nothing');
	expect(screen.isAlternate()).toBe(true);
	screen.press('q');
	expect(await screen.exited).toMatchObject({exitCode: 0});
});

/** The process group that has the terminal. */
function foreground(shell: Terminal): number {
	// /proc/PID/stat, after the name in brackets: state, parent, group, session, terminal, group in the foreground.
	const fields = readFileSync(`/proc/${shell.pid}/stat`, 'utf8')
		.replace(/^.*\) /, '')
		.split(' ');
	return Number(fields[5]);
}
