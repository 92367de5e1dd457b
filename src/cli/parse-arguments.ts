import {Command, CommanderError, Option} from 'commander';
import {exitCodesText} from './exit-code.ts';
import {collect, duration, speed, wholeNumber} from './flag-values.ts';
import type {DemoOptions, Options, Surroundings} from './options.ts';
import {addSamplerOptions} from './sampler-flags.ts';
import {type Flags, toDemoOptions, toOptions} from './to-options.ts';

/** What the arguments ask for: work, a text to print (help, version), or nothing that can be done. */
export type Parsed =
	| {readonly kind: 'run'; readonly options: Options}
	| {readonly kind: 'demo'; readonly options: DemoOptions}
	| {readonly kind: 'print'; readonly text: string}
	| {readonly kind: 'usage'; readonly message: string};

/** Reads the arguments (without `node` and the script). Never exits, never prints: what to say is in the answer. */
export function parseArguments(words: readonly string[], version: string, surroundings: Surroundings): Parsed {
	let printed = '';
	let parsed: Parsed | undefined;
	const program = createProgram(version, (mode, args, flags) => {
		const options = mode === 'demo' ? toDemoOptions(args[0], flags, surroundings) : toOptions(mode, args, flags, surroundings);
		if ('error' in options) parsed = {kind: 'usage', message: options.error};
		else parsed = 'speed' in options ? {kind: 'demo', options} : {kind: 'run', options};
	});
	for (const command of [program, ...program.commands]) {
		command.exitOverride();
		command.configureOutput({writeOut: text => (printed += text), writeErr: () => {}});
	}
	try {
		program.parse([...words], {from: 'user'});
	} catch (error) {
		if (!(error instanceof CommanderError)) throw error;
		if (error.exitCode === 0) return {kind: 'print', text: printed};
		return {kind: 'usage', message: error.message.replace(/^error: /, '')};
	}
	return parsed ?? {kind: 'usage', message: 'nothing to do'};
}

type Handler = (mode: 'watch' | 'status' | 'demo', args: readonly string[], flags: Flags) => void;

function createProgram(version: string, handle: Handler): Command {
	const program = new Command('rollwatch')
		.description('Watch and steer a Kubernetes rollout from one terminal screen.')
		.version(version, '--version')
		.argument(
			'[workload...]',
			'deploy/NAME (sts, ds, rollout, app), several of them, TYPE[,TYPE] for all of a kind, or svc/NAME for all that stands behind a Service; without it, the list of the namespace',
		)
		.enablePositionalOptions()
		.addHelpText('after', () => `\nExit codes:\n${exitCodesText()}\n`)
		.action((args: string[], flags: Flags) => handle('watch', args, flags));
	addClusterOptions(program);
	addSelectionOptions(program);
	addSamplerOptions(program, 'Version mix (the curl loop; nothing is sent without --curl or the key c):');
	addSafetyOptions(program);
	addOutputOptions(program);
	const status = new Command('status')
		.description("kubectl's rollout status, line for line, with exit codes that tell more")
		.argument('<workload...>', 'deploy/NAME')
		.addOption(new Option('--revision <n>', 'fail unless this revision is the running one').default(0, 'the latest').argParser(wholeNumber(0)))
		.addOption(new Option('--no-watch', 'print one line, then exit'))
		.action((args: string[], flags: Flags) => handle('status', args, {...program.opts<Flags>(), ...flags}));
	addClusterOptions(status);
	status.addOption(timeoutOption());
	program.addCommand(status);
	program.addCommand(createDemoCommand(handle, program));
	return program;
}

function createDemoCommand(handle: Handler, program: Command): Command {
	const demo = new Command('demo')
		.description('an embedded cluster with a scenario to practise on, and the screen on it; needs nothing else')
		.argument('[scenario]', 'see --list')
		.action((scenario: string | undefined, flags: Flags) => handle('demo', scenario === undefined ? [] : [scenario], {...program.opts<Flags>(), ...flags}));
	demo
		.optionsGroup('Embedded cluster:')
		.option('--list', 'print the scenarios and the images that can run, then exit')
		.option('--no-ui', 'keep the cluster running for kubectl in another terminal; prints its KUBECONFIG')
		.addOption(new Option('--speed <factor>', 'run its time so many times as fast').argParser(speed).default(1));
	addSamplerOptions(demo, 'Version mix (the curl loop; it starts by itself, on the scenario’s Service):');
	addSafetyOptions(demo);
	addOutputOptions(demo);
	return demo;
}

function addClusterOptions(command: Command): void {
	command
		.optionsGroup('Cluster (as kubectl takes them):')
		.option('-n, --namespace <name>', 'namespace; default: that of the context')
		.option('--context <name>', 'context of the kubeconfig')
		.option('--kubeconfig <file>', 'kubeconfig file; default: $KUBECONFIG, then ~/.kube/config, then the pod’s service account')
		.option('--as <user>', 'user to impersonate')
		.option('--as-group <group>', 'group to impersonate (repeatable)', collect)
		.addOption(new Option('--request-timeout <duration>', 'limit for single requests, e.g. 5s; 0: none').argParser(duration));
}

function addSelectionOptions(command: Command): void {
	command
		.optionsGroup('Several workloads at once (a line each; Enter opens one):')
		.option('-l, --selector <labels>', 'all whose labels match, e.g. app=shop or tier in (web,api)')
		.option('-A, --all-namespaces', 'in all namespaces')
		.option('--all', 'all of the namespace; what no name means on a terminal');
}

function addSafetyOptions(command: Command): void {
	command
		.optionsGroup('Safety:')
		.option('--read-only', 'write nothing to the cluster: keys that would are dim (config: readOnly)')
		.option('--no-event', 'tell the cluster nothing of actions; else an accepted one is a Kubernetes event of its workload, where the right to that is there')
		.option('--no-audit', 'append nothing to the local log of actions')
		.option('--show-values', 'show values of env, arguments and annotations also where they look like secrets');
}

function addOutputOptions(command: Command): void {
	command
		.optionsGroup('Output:')
		.option('--plain', 'a line per change instead of the screen (also when stdout is no terminal, or one without a cursor to move: TERM=dumb)')
		.option('--once', 'one snapshot, then exit')
		.addOption(new Option('-o, --output <format>', 'with --once: json').choices(['json']))
		.addOption(
			new Option('--until <phase>', 'with --plain: end when the rollout is in this phase; of several: complete when all are, another when one is').choices([
				'complete',
				'stalled',
				'paused',
			]),
		)
		.option('--until-complete', 'the same as --plain --until complete')
		.addOption(timeoutOption())
		.option('--yes', "p and r don't ask; u and t always do. Without a screen it agrees to the pod of --curl-from-cluster")
		.option('--ascii', 'draw with ASCII only; what a locale without UTF-8 gets by itself (LC_ALL, LC_CTYPE, LANG)')
		.option('--no-ascii', 'draw with Unicode whatever the locale says')
		.option('--no-color', 'no colours (also: NO_COLOR)');
}

const timeoutOption = () => new Option('--timeout <duration>', 'give up after so long (exit code 3); 0: never').argParser(duration);
