import {counted} from '../../counted.ts';
import {humanDuration} from '../../human-duration.ts';
import type {Termination} from '../../pod.ts';
import {shortText} from '../../short-text.ts';

const signalNames: Readonly<Record<number, string>> = {
	1: 'SIGHUP',
	2: 'SIGINT',
	3: 'SIGQUIT',
	4: 'SIGILL, an instruction that the CPU does not know',
	6: 'SIGABRT',
	7: 'SIGBUS',
	8: 'SIGFPE',
	9: 'SIGKILL',
	11: 'SIGSEGV, a memory fault',
	13: 'SIGPIPE',
	15: 'SIGTERM',
};

/** What shells mean by these codes. */
const shellCodes: Readonly<Record<number, string>> = {126: 'a command could not be run', 127: 'a command was not found'};

/** How a container ended: `exit code 1`, `exit code 137 (SIGKILL)`, `exit code 127 (a command was not found)`, `signal 9 (SIGKILL)`. */
export function exitWords({exitCode, signal, reason}: Termination): string {
	// The kubelet did not see the end; its 137 is made up.
	if (reason === 'ContainerStatusUnknown') return 'nobody saw its end, the node may have restarted';
	if (signal !== 0) return `signal ${signal}${inBrackets(signalNames[signal])}`;
	// Shells and runtimes add 128 to the signal that ended a program.
	return `exit code ${exitCode}${inBrackets(shellCodes[exitCode] ?? signalNames[exitCode - 128])}`;
}

const inBrackets = (words: string | undefined) => (words === undefined ? '' : ` (${words})`);

/** How long the container ran, in ms; undefined where the API does not say. A container that could not start has no time of start. */
export function lifeOf({startedAt, finishedAt}: Termination): number | undefined {
	return startedAt === undefined || finishedAt === undefined || startedAt <= 0 ? undefined : Math.max(0, finishedAt - startedAt);
}

/** `5s after its start`, `at its start`; nothing where it is not known. */
export function lifeWords(termination: Termination): string {
	const life = lifeOf(termination);
	if (life === undefined) return '';
	return life < 1000 ? 'at its start' : `${humanDuration(life)} after its start`;
}

/** ` (3 restarts)`; nothing before the first. */
export function restartWords(restarts: number): string {
	return restarts === 0 ? '' : ` (${counted(restarts, 'restart')})`;
}

/** What a program left as its last words in the termination message, in one line. */
export function lastWords({message}: Termination): string {
	return shortText(message, 120);
}
