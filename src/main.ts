import {run} from './app/run.ts';
import {UsageError} from './app/usage-error.ts';
import type {World} from './app/world.ts';
import {type Ending, exitCodes} from './cli/exit-code.ts';
import {parseArguments} from './cli/parse-arguments.ts';
import {ClusterError, type ClusterErrorKind} from './cluster/errors.ts';
import {plainText} from './domain/sanitise.ts';

declare const __ROLLWATCH_VERSION__: string;

/** The program: arguments in, work done, exit code set. */
export async function main(): Promise<void> {
	const {stdin, stdout, stderr, env} = process;
	// Node's own warnings (of experimental parts, of TLS to an address) would land on the screen.
	process.removeAllListeners('warning');
	const stop = new AbortController();
	// `on`, not `once`: ink's own handler kills the process unless another one stays.
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
	// A reader that went away (`| head`) ends the program like a signal.
	stdout.on('error', () => stop.abort());
	// The screen gives the terminal back at `exit`; thrown on, Node would print the whole bundle's line before the message.
	process.on('uncaughtException', error => {
		stderr.write(failure(error));
		process.exit(exitCodes.failed.code);
	});
	const ending = await start({stdin, stdout, stderr, env, now: Date.now, signal: stop.signal});
	process.exitCode = exitCodes[ending].code;
}

async function start(world: World): Promise<Ending> {
	const surroundings = {env: world.env, stdoutIsTerminal: world.stdout.isTTY === true, stdinIsTerminal: world.stdin.isTTY === true};
	const parsed = parseArguments(process.argv.slice(2), __ROLLWATCH_VERSION__, surroundings);
	if (parsed.kind === 'print') {
		world.stdout.write(parsed.text);
		return 'complete';
	}
	try {
		if (parsed.kind === 'usage') throw new UsageError(parsed.message);
		if (parsed.kind === 'demo') return await (await import('./app/demo/run-demo.ts')).runDemo(parsed.options, world);
		return await run(parsed.options, world);
	} catch (error) {
		return explain(error, world.stderr);
	}
}

const endingOfError: Readonly<Partial<Record<ClusterErrorKind, Ending>>> = {
	'not-found': 'notFound',
	config: 'noConnection',
	invalid: 'usage',
	aborted: 'interrupted',
};

/** One sentence and what to do; a bug keeps its stack. */
function explain(error: unknown, stderr: NodeJS.WriteStream): Ending {
	if (error instanceof UsageError) {
		stderr.write(`error: ${plainText(error.message)}\nSee 'rollwatch --help'.\n`);
		return 'usage';
	}
	if (!(error instanceof ClusterError)) {
		stderr.write(failure(error));
		return 'failed';
	}
	const ending = endingOfError[error.kind] ?? 'noConnection';
	if (ending !== 'interrupted') stderr.write(`error: ${plainText(error.message)}\n${error.hint === undefined ? '' : `hint: ${plainText(error.hint)}\n`}`);
	return ending;
}

/** Our own fault: the stack helps whoever mends it. */
function failure(error: unknown): string {
	return `error: rollwatch itself failed; please report this:\n${error instanceof Error ? error.stack : String(error)}\n`;
}
