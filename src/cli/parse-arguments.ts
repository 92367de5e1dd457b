import {Command, CommanderError, InvalidArgumentError, Option} from 'commander';
import {parseDuration} from './duration.ts';
import {exitCodesText} from './exit-code.ts';
import type {Options, Surroundings} from './options.ts';
import {parseWorkloadReference} from './workload-reference.ts';

/** What the arguments ask for: work, a text to print (help, version), or nothing that can be done. */
export type Parsed = {readonly kind: 'run'; readonly options: Options} | {readonly kind: 'print'; readonly text: string} | {readonly kind: 'usage'; readonly message: string};

type Flags = {
	namespace?: string;
	context?: string;
	kubeconfig?: string;
	as?: string;
	asGroup: string[];
	requestTimeout?: number;
	curl?: string;
	header: {name: string; value: string}[];
	head?: boolean;
	interval: number;
	curlTimeout: number;
	keepAlive?: boolean;
	insecure?: boolean;
	versionFrom: string;
	window: number;
	samples: number;
	plain?: boolean;
	once?: boolean;
	output?: 'json';
	timeout?: number;
	yes?: boolean;
	ascii?: boolean;
	color: boolean;
	revision: number;
	watch: boolean;
};

/** Reads the arguments (without `node` and the script). Never exits, never prints: what to say is in the answer. */
export function parseArguments(words: readonly string[], version: string, surroundings: Surroundings): Parsed {
	let printed = '';
	let parsed: Parsed | undefined;
	const program = createProgram(version, (mode, args, flags) => {
		parsed = toOptions(mode, args, flags, surroundings);
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

type Handler = (mode: 'watch' | 'status', args: readonly string[], flags: Flags) => void;

function createProgram(version: string, handle: Handler): Command {
	const program = new Command('rollwatch')
		.description('Watch and steer a Kubernetes rollout from one terminal screen.')
		.version(version, '--version')
		.argument('[workload...]', 'deploy/NAME; without it, a picker of the namespace')
		.enablePositionalOptions()
		.addHelpText('after', () => `\nExit codes:\n${exitCodesText()}\n`)
		.action((args: string[], flags: Flags) => handle('watch', args, flags));
	addClusterOptions(program);
	addSamplerOptions(program);
	addOutputOptions(program);
	const status = new Command('status')
		.description("kubectl's rollout status, line for line, with exit codes that tell more")
		.argument('<workload...>', 'deploy/NAME')
		.addOption(new Option('--revision <n>', 'fail unless this revision is the running one').default(0, 'the latest').argParser(wholeNumber(0)))
		.addOption(new Option('--no-watch', 'print one line, then exit'))
		.action((args: string[], flags: Flags) => handle('status', args, flags));
	addClusterOptions(status);
	status.addOption(timeoutOption());
	program.addCommand(status);
	return program;
}

function addClusterOptions(command: Command): void {
	command
		.optionsGroup('Cluster (as kubectl takes them):')
		.option('-n, --namespace <name>', 'namespace; default: that of the context')
		.option('--context <name>', 'context of the kubeconfig')
		.option('--kubeconfig <file>', 'kubeconfig file; default: $KUBECONFIG, then ~/.kube/config, then the pod’s service account')
		.option('--as <user>', 'user to impersonate')
		.option('--as-group <group>', 'group to impersonate (repeatable)', collect, [])
		.addOption(new Option('--request-timeout <duration>', 'limit for single requests, e.g. 5s; 0: none').argParser(duration));
}

function addSamplerOptions(command: Command): void {
	command
		.optionsGroup('Version mix (the curl loop; nothing is sent without --curl or the key c):')
		.option('--curl <target>', 'http(s)://… or svc/NAME[:PORT][/PATH] through the API server')
		.addOption(new Option('-H, --header <header>', "header to send, e.g. -H 'Host: shop.example' (repeatable)").argParser(header).default([], 'none'))
		.option('-I, --head', 'send HEAD instead of GET')
		.addOption(new Option('--interval <duration>', 'from one request to the next').argParser(positiveDuration).default(1000, '1s'))
		.addOption(new Option('--curl-timeout <duration>', 'longest wait for one answer').argParser(positiveDuration).default(5000, '5s'))
		.option('--keep-alive', 'keep connections: one may then stay with one pod')
		.option('-k, --insecure', "don't check the certificate of an https target")
		.option('--version-from <rule>', 'header:NAME, body:REGEX, json:PATH, title, pod or auto', 'auto')
		.addOption(new Option('--window <duration>', 'the mix is over so long').argParser(positiveDuration).default(60_000, '60s'))
		.addOption(new Option('--samples <n>', 'with --once --curl: requests before the snapshot').argParser(wholeNumber(1)).default(10));
}

function addOutputOptions(command: Command): void {
	command
		.optionsGroup('Output:')
		.option('--plain', 'a line per change instead of the screen (also when stdout is no terminal)')
		.option('--once', 'one snapshot, then exit')
		.addOption(new Option('-o, --output <format>', 'with --once: json').choices(['json']))
		.addOption(timeoutOption())
		.option('--yes', "p and r don't ask; u and t always do")
		.option('--ascii', 'draw with ASCII only')
		.option('--no-color', 'no colours (also: NO_COLOR)');
}

const timeoutOption = () => new Option('--timeout <duration>', 'give up after so long (exit code 3); 0: never').argParser(duration);
const collect = (value: string, before: string[]) => [...before, value];

function duration(text: string): number {
	const ms = parseDuration(text);
	if (ms === undefined) throw new InvalidArgumentError(`expected a duration such as 30s or 1m30s, got \`${text}\``);
	return ms;
}

function positiveDuration(text: string): number {
	const ms = duration(text);
	if (ms < 1) throw new InvalidArgumentError(`expected a duration of at least 1ms, got \`${text}\``);
	return ms;
}

const wholeNumber = (least: number) => (text: string) => {
	const value = Number(text);
	if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least) throw new InvalidArgumentError(`expected a whole number from ${least} up, got \`${text}\``);
	return value;
};

function header(text: string, before: {name: string; value: string}[]): {name: string; value: string}[] {
	const colon = text.indexOf(':');
	const name = text.slice(0, colon).trim();
	// Field names are tokens (RFC 9110 §5.6.2); a line break in a value would smuggle a second header in.
	if (colon < 1 || !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) || /[\r\n\0]/.test(text)) {
		throw new InvalidArgumentError(`expected 'Name: value', got \`${text.replaceAll(/[\r\n\0]/g, ' ')}\``);
	}
	return [...before, {name, value: text.slice(colon + 1).trim()}];
}

function toOptions(mode: 'watch' | 'status', args: readonly string[], flags: Flags, surroundings: Surroundings): Parsed {
	const reference = parseWorkloadReference(args);
	if ('error' in reference) return {kind: 'usage', message: reference.error};
	if (flags.output === 'json' && flags.once !== true) return {kind: 'usage', message: '-o json needs --once: it prints one snapshot'};
	const screenMode = flags.once === true ? 'once' : flags.plain === true || !surroundings.stdoutIsTerminal || !surroundings.stdinIsTerminal ? 'plain' : 'screen';
	const chosen = mode === 'status' ? 'status' : screenMode;
	if (reference.name === undefined && chosen !== 'screen') return {kind: 'usage', message: 'name the workload (deploy/NAME): there is no terminal to pick it on'};
	return {kind: 'run', options: {...optionsOf(flags, surroundings), mode: chosen, name: reference.name}};
}

function optionsOf(flags: Flags, {env}: Surroundings): Omit<Options, 'mode' | 'name'> {
	return {
		output: flags.output ?? 'text',
		cluster: {
			kubeconfig: flags.kubeconfig,
			context: flags.context,
			namespace: flags.namespace,
			as: flags.as,
			asGroups: flags.asGroup,
			requestTimeoutMs: flags.requestTimeout || undefined,
		},
		sampler: {
			target: flags.curl,
			headers: flags.header ?? [],
			head: flags.head ?? false,
			intervalMs: flags.interval,
			timeoutMs: flags.curlTimeout,
			keepAlive: flags.keepAlive ?? false,
			insecure: flags.insecure ?? false,
			versionFrom: flags.versionFrom,
			windowSeconds: Math.min(600, Math.max(1, Math.round(flags.window / 1000))),
			samples: flags.samples,
		},
		timeoutMs: flags.timeout || undefined,
		yes: flags.yes ?? false,
		ascii: flags.ascii ?? false,
		color: flags.color !== false && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb',
		status: {revision: flags.revision ?? 0, watch: flags.watch !== false},
	};
}
