import type {DemoOptions, Options, Surroundings} from './options.ts';
import {type SamplerFlags, samplerProblem, toSamplerOptions} from './to-sampler-options.ts';
import {parseWorkloadReference} from './workload-reference.ts';

/** What commander gives for the flags that were there. */
export type Flags = SamplerFlags & {
	namespace?: string;
	context?: string;
	kubeconfig?: string;
	as?: string;
	asGroup?: string[];
	requestTimeout?: number;
	plain?: boolean;
	once?: boolean;
	output?: 'json';
	timeout?: number;
	yes?: boolean;
	ascii?: boolean;
	color?: boolean;
	readOnly?: boolean;
	event?: boolean;
	audit?: boolean;
	showValues?: boolean;
	revision?: number;
	watch?: boolean;
	list?: boolean;
	ui?: boolean;
	speed?: number;
	until?: 'complete' | 'stalled' | 'paused';
};

/** Also for commands that do not have the flag. */
const defaults = {
	asGroup: [],
	output: 'text',
	yes: false,
	ascii: false,
	color: true,
	readOnly: false,
	event: true,
	audit: true,
	showValues: false,
	revision: 0,
	watch: true,
} as const;

/** What to do, from the flags and where the program runs; or a sentence where they don't go together. */
export function toOptions(mode: 'watch' | 'status', words: readonly string[], flags: Flags, surroundings: Surroundings): Options | {readonly error: string} {
	const reference = parseWorkloadReference(words);
	if ('error' in reference) return reference;
	const problem = problemOf(flags);
	if (problem !== undefined) return {error: problem};
	const chosen = mode === 'status' ? 'status' : watchMode(flags, surroundings);
	if (reference.name === undefined && chosen !== 'screen') return {error: 'name the workload (deploy/NAME): there is no terminal to pick it on'};
	if (chosen === 'status' && reference.kind === 'Service')
		return {error: 'status follows one workload (deploy/NAME, sts/NAME, ds/NAME), as kubectl rollout status does'};
	return {...commonOptions(flags, surroundings), mode: chosen, kind: reference.kind, name: reference.name};
}

/** What a demo shall be; or a sentence where the flags don't go together. */
export function toDemoOptions(scenario: string | undefined, flags: Flags, surroundings: Surroundings): DemoOptions | {readonly error: string} {
	const problem = problemOf(flags);
	if (problem !== undefined) return {error: problem};
	const mode = watchMode(flags, surroundings);
	if (flags.until !== undefined && mode !== 'plain') return {error: '--until needs --plain: the screen ends with q'};
	const {cluster: _cluster, ...common} = commonOptions(flags, surroundings);
	return {scenario, list: flags.list ?? false, ui: flags.ui ?? true, speed: flags.speed ?? 1, watch: {...common, mode}};
}

function problemOf(flags: Flags): string | undefined {
	if (flags.output === 'json' && flags.once !== true) return '-o json needs --once: it prints one snapshot';
	return samplerProblem(flags);
}

function watchMode({once, plain}: Flags, {stdoutIsTerminal, stdinIsTerminal}: Surroundings): Options['mode'] {
	if (once === true) return 'once';
	return plain === true || !stdoutIsTerminal || !stdinIsTerminal ? 'plain' : 'screen';
}

function commonOptions(flags: Flags, {env}: Surroundings): Omit<Options, 'mode' | 'kind' | 'name'> {
	const given = {...defaults, ...flags};
	return {
		output: given.output,
		cluster: {
			kubeconfig: flags.kubeconfig,
			context: flags.context,
			namespace: flags.namespace,
			as: flags.as,
			asGroups: given.asGroup,
			requestTimeoutMs: flags.requestTimeout || undefined,
		},
		sampler: toSamplerOptions(flags),
		timeoutMs: flags.timeout || undefined,
		until: flags.until,
		yes: given.yes,
		ascii: given.ascii,
		// no-color.org: set and not empty.
		color: given.color && !env.NO_COLOR && env.TERM !== 'dumb',
		safety: {readOnly: given.readOnly, events: given.event, audit: given.audit, showValues: given.showValues},
		status: {revision: given.revision, watch: given.watch},
	};
}
