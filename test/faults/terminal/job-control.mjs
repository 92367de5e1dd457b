import {readFileSync} from 'node:fs';
import {openPty} from './pty.mjs';

const isDrawn = (/** @type {string} */ text) => text.includes('q quit') && text.includes('Pods');

/**
 * Ctrl-Z, the signals of job control, and where there is none.
 * @param {string} program
 * @returns {Promise<import('../report.mjs').Row[]>}
 */
export async function jobControl(program) {
	const shell = openPty('bash', ['--norc', '--noprofile', '-i'], {env: {PS1: 'ready$ '}});
	const rows = [];
	try {
		await shell.until('the shell', text => text.includes('ready$'));
		shell.press(`${process.execPath} ${program} demo --speed 5\r`);
		await shell.until('the screen', text => shell.isAlternate() && isDrawn(text));
		for (const [how, stop, columns] of /** @type {const} */ ([
			['Ctrl-Z', () => shell.press('\x1A'), 80],
			['Ctrl-Z, and another size meanwhile', () => shell.press('\x1A'), 100],
			['SIGTSTP from outside', () => void process.kill(foregroundOf(shell.pid), 'SIGTSTP'), 80],
			['SIGSTOP from outside, for 6 s', () => void process.kill(foregroundOf(shell.pid), 'SIGSTOP'), 80],
		])) {
			stop();
			await shell.until('the shell’s word', text => /Stopped/.test(text));
			const isGivenBack = !shell.isAlternate();
			shell.press(`stty -a | tr ' ;' '\\n\\n' | grep -cxE 'icanon|echo|isig'; clear; echo told-${rows.length}\r`);
			await shell.until('the modes', text => text.includes(`told-${rows.length}\n`) && !text.includes('echo'));
			const isCooked = /^3\r$/m.test(shell.written().slice(-2000));
			if (how.includes('6 s')) await new Promise(resolve => setTimeout(resolve, 6000));
			shell.resize(columns, 24);
			shell.press('fg\r');
			const isFrame = (/** @type {string} */ text) => isDrawn(text) && new RegExp(`^╭.{${columns - 2}}╮$`, 'm').test(text) && !/told-|ready\$/.test(text);
			await shell.until('the screen again', text => shell.isAlternate() && isFrame(text));
			shell.press('?');
			await shell.until('the help', text => text.includes('╭ Keys'));
			shell.press('\x1B');
			await shell.until('the panels', text => !text.includes('╭ Keys'));
			const isBusy = shell.text().includes('too busy');
			rows.push({
				fault: `${how}, then fg`,
				seen: 'the shell, and after fg a whole frame; keys act',
				lost: isBusy ? 'trust in the machine: it is called too busy' : 'nothing',
				// Of a SIGSTOP nobody hears before: the other screen stays until the shell draws on it.
				ok: (isGivenBack || how.startsWith('SIGSTOP')) && (isCooked || how.startsWith('SIGSTOP')) && !isBusy,
			});
		}
		shell.press('q');
		await shell.until('the shell', text => !shell.isAlternate() && text.includes('ready$'));
	} finally {
		await shell.close();
	}
	return [...rows, await withoutShell(program)];
}

/** @param {string} program @returns {Promise<import('../report.mjs').Row>} */
async function withoutShell(program) {
	const screen = openPty(process.execPath, [program, 'demo']);
	try {
		await screen.until('the screen', isDrawn);
		screen.press('\x1A');
		await screen.until('the notice', text => text.includes('Ctrl-Z does nothing'));
		screen.press('q');
		const {exitCode} = await screen.exited;
		return {fault: 'Ctrl-Z where no shell is', seen: 'a notice that it does nothing', lost: 'nothing', ok: exitCode === 0};
	} finally {
		await screen.close();
	}
}

/** The process group that has the terminal. @param {number} pid */
function foregroundOf(pid) {
	// /proc/PID/stat, after the name in brackets: state, parent, group, session, terminal, group in the foreground.
	return Number(
		readFileSync(`/proc/${pid}/stat`, 'utf8')
			.replace(/^.*\) /, '')
			.split(' ')[5],
	);
}
