import {spawnSync} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {openPty} from './pty.mjs';

/** @typedef {import('../report.mjs').Row} Row */

/** What the shell is asked to do with the program (`$@`), and what shall come of it: its exit code, and what it says on stderr. @type {readonly (readonly [string, string, string, number, RegExp])[]} */
const redirections = [
	['--plain >/dev/full', 'demo --plain', '"$@" >/dev/full', 8, /^error: the output could not be written: no space left on device\n$/],
	['--once -o json >/dev/full', 'demo --once -o json', '"$@" >/dev/full', 8, /^error: the output could not be written: no space left on device\n$/],
	['both outputs full', 'demo --plain', '"$@" >/dev/full 2>/dev/full', 8, /^$/],
	['--plain | head -1', 'demo --plain', 'set -o pipefail; "$@" | head -1 >/dev/null', 130, /^$/],
	['stdout closed: --once >&-', 'demo --once', '"$@" >&-', 0, /^$/],
	['stdin closed: <&-', 'demo --until-complete testpage --speed 20', '"$@" <&- >/dev/null', 0, /^$/],
];

/** Output that nobody takes. @param {string} program @returns {Row[]} */
export function output(program) {
	return redirections.map(([fault, args, script, code, says]) => {
		const {status, stderr} = spawnSync('bash', ['-c', script, 'bash', process.execPath, program, ...args.split(' ')], {encoding: 'utf8', timeout: 60_000});
		const said = stderr.replace(/^npm .*\n/gm, '');
		return {fault, seen: `${said.trim() || 'nothing'}; exit code ${status}`, lost: 'what could not be written', ok: status === code && says.test(said)};
	});
}

/** What a terminal can't do is not asked of it. @param {string} program @returns {Promise<Row[]>} */
export async function lesserTerminals(program) {
	const dumb = openPty('sh', ['-c', 'TERM=dumb exec "$0" "$1" demo testpage --speed 20', process.execPath, program]);
	const {exitCode} = await dumb.exited;
	const [first = ''] = dumb.written().split('\r\n');
	const isPlain = exitCode === 0 && first.endsWith('going on as with --plain') && !dumb.written().includes('\x1B');
	const ascii = openPty(process.execPath, [program, 'demo'], {env: {LC_ALL: 'C'}});
	try {
		await ascii.until('the screen', text => text.includes('q quit'));
		const isAscii = /^[\0-\x7F]*$/.test(ascii.written());
		return [
			{fault: 'TERM=dumb', seen: `${first}; then lines`, lost: 'the screen', ok: isPlain},
			{fault: 'no locale', seen: 'the screen in ASCII', lost: 'rounder corners', ok: isAscii},
		];
	} finally {
		await ascii.close();
	}
}

/** The terminal is closed under the program, some times. @param {string} program @param {string} folder @returns {Promise<Row>} */
export async function hangUp(program, folder) {
	const ends = [];
	for (let turn = 0; turn < 5; turn++) {
		const errors = join(folder, `errors-${turn}`);
		const screen = openPty('sh', ['-c', `exec "$0" "$1" demo 2>${errors}`, process.execPath, program], {env: {TMPDIR: folder}});
		try {
			await screen.until('the screen', text => text.includes('q quit'));
			screen.hangUp();
			const {exitCode, signal} = await screen.exited;
			const left = readdirSync(folder).filter(name => name.startsWith('rollwatch-demo'));
			ends.push({code: exitCode, signal: signal ?? 0, said: readFileSync(errors, 'utf8'), left: left.length});
		} finally {
			await screen.close();
		}
	}
	const isClean = ends.every(({code, signal, said, left}) => code === 130 && signal === 0 && said === '' && left === 0);
	return {
		fault: 'the terminal is closed, 5 times',
		seen: 'nobody is left to see',
		lost: isClean ? 'nothing: no process, file or core dump stays' : JSON.stringify(ends).slice(0, 400),
		ok: isClean,
	};
}

/** An exception that nobody expected. @param {string} program @param {string} bug a module that throws on SIGUSR2 @returns {Promise<Row>} */
export async function crash(program, bug) {
	const screen = openPty(process.execPath, ['--import', bug, program, 'demo']);
	try {
		await screen.until('the screen', text => text.includes('q quit'));
		process.kill(screen.pid, 'SIGUSR2');
		const {exitCode} = await screen.exited;
		await screen.until('the message', text => text.includes('please report this'));
		const isClean = exitCode === 1 && !screen.isAlternate() && !/\x1B\]0;|Bearer abcdefgh/.test(screen.written());
		return {fault: 'an uncaught exception', seen: `the message on the ordinary screen; exit code ${exitCode}`, lost: 'the screen', ok: isClean};
	} finally {
		await screen.close();
	}
}
