import {crashText} from './app/crash-text.ts';
import {letGoOfLostTerminal} from './app/lost-terminal.ts';
import {watchOutput} from './app/output-errors.ts';
import {run} from './app/run.ts';
import {UsageError} from './app/usage-error.ts';
import type {World} from './app/world.ts';
import {type Ending, exitCodes} from './cli/exit-code.ts';
import {parseArguments} from './cli/parse-arguments.ts';
import {terminalTraits} from './cli/terminal-traits.ts';
import {ClusterError, type ClusterErrorKind} from './cluster/errors.ts';
import {plainText} from './domain/sanitise.ts';

declare const __ROLLWATCH_VERSION__: string;

/** The program: arguments in, work done, exit code set. */
export async function main(): Promise<void> {
	const {stdin, stdout, stderr, env} = process;
	// Node's own warnings (of experimental parts, of TLS to an address) would land on the screen.
	process.removeAllListeners('warning');
	letGoOfLostTerminal();
	const stop = new AbortController();
	// `on`, not `once`: ink's own handler kills the process unless another one stays.
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
	// A reader that went away (`| head`) ends the program like a signal, and so does a disk that is full.
	const output = watchOutput(stdout, () => stop.abort());
	// Nowhere is left to tell of it.
	stderr.on('error', () => undefined);
	// Thrown on, Node would print the whole bundle's line before the message.
	process.on('uncaughtException', error => {
		// The screen gives the terminal back at `exit`; what was written before went away with it.
		process.once('exit', () => stderr.write(crashText(error)));
		process.exit(exitCodes.failed.code);
	});
	const ending = await start({stdin, stdout, stderr, env, now: Date.now, signal: stop.signal});
	const problem = await output.settled();
	if (problem !== undefined) stderr.write(`error: the output could not be written: ${problem}\n`);
	process.exitCode = exitCodes[problem === undefined ? ending : 'unwritten'].code;
	// When nothing is left to do; what is under way, a line for the log of actions for instance, is waited for. The rest is not left to Node: after half an hour of
	// torn connections its own clean-up was seen to wait for one of them for ever, at full speed.
	process.once('beforeExit', () => process.exit());
}

async function start(world: World): Promise<Ending> {
	const surroundings = {
		env: world.env,
		stdoutIsTerminal: world.stdout.isTTY === true,
		stdinIsTerminal: world.stdin.isTTY === true,
		terminal: terminalTraits(world.env, process.platform),
	};
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
		stderr.write(crashText(error));
		return 'failed';
	}
	const ending = endingOfError[error.kind] ?? 'noConnection';
	if (ending !== 'interrupted') stderr.write(`error: ${plainText(error.message)}\n${error.hint === undefined ? '' : `hint: ${plainText(error.hint)}\n`}`);
	return ending;
}
