import type {WorkloadSelection} from '../domain/workload-selection.ts';
import type {CommonOptions, DemoOptions, Options, Surroundings} from './options.ts';
import {type SelectionFlags, selectionOf} from './selection.ts';
import {type SamplerFlags, samplerProblem, toSamplerOptions} from './to-sampler-options.ts';
import {parseWorkloadReferences} from './workload-reference.ts';

/** What commander gives for the flags that were there. */
export type Flags = SamplerFlags &
	SelectionFlags & {
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
		until?: Options['until'] & string;
		untilComplete?: boolean;
	};

/** Also for commands that do not have the flag. */
const defaults = {
	asGroup: [],
	output: 'text',
	yes: false,
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
	const references = parseWorkloadReferences(words);
	if ('error' in references) return references;
	const watched = selectionOf(references, flags);
	if ('error' in watched) return watched;
	const chosen: Pick<CommonOptions, 'mode' | 'remark'> = mode === 'status' ? {mode} : drawableMode(flags, surroundings);
	const error = problemOf(flags, chosen.mode) ?? (watched.many === undefined ? undefined : manyProblem(watched.many, chosen.mode, flags));
	if (error !== undefined) return {error};
	if (mode === 'status' && watched.kind === 'Service')
		return {error: 'status follows one workload (deploy/NAME, sts/NAME, ds/NAME), as kubectl rollout status does'};
	return {...commonOptions(flags, surroundings), ...chosen, ...watched};
}

/** Why several can't be watched like this. */
function manyProblem(selection: WorkloadSelection, mode: Options['mode'], flags: Flags): string | undefined {
	const isAsked = selection.kind === 'named' || selection.labelSelector !== undefined || selection.allNamespaces || flags.all === true;
	if (mode === 'status')
		return isAsked ? 'status follows one workload, as kubectl rollout status does: --plain waits for several' : 'name the workload: deploy/NAME';
	if (mode !== 'screen' && !isAsked) return 'name the workload (deploy/NAME), or several, or take all (-l, --all, -A): there is no terminal to pick it on';
	if (flags.curl !== undefined || flags.curlFromCluster === true) return '--curl measures what users of one workload get: name one (deploy/NAME)';
	return undefined;
}

/** What a demo shall be; or a sentence where the flags don't go together. */
export function toDemoOptions(scenario: string | undefined, flags: Flags, surroundings: Surroundings): DemoOptions | {readonly error: string} {
	const chosen = drawableMode(flags, surroundings);
	const problem = problemOf(flags, chosen.mode);
	if (problem !== undefined) return {error: problem};
	const {cluster: _cluster, ...common} = commonOptions(flags, surroundings);
	return {scenario, list: flags.list ?? false, ui: flags.ui ?? true, speed: flags.speed ?? 1, watch: {...common, ...chosen}};
}

/** The phase to end with; `--until-complete` is the short way to say the one that scripts want. */
const wantedPhase = ({until, untilComplete}: Flags): Options['until'] => until ?? (untilComplete === true ? 'complete' : undefined);

function problemOf(flags: Flags, mode: Options['mode']): string | undefined {
	return endProblem(flags, mode) ?? (flags.output === 'json' && flags.once !== true ? '-o json needs --once: it prints one snapshot' : samplerProblem(flags));
}

function endProblem(flags: Flags, mode: Options['mode']): string | undefined {
	if (flags.untilComplete === true && flags.until !== undefined && flags.until !== 'complete')
		return `--until-complete and --until ${flags.until} name two ends: give one`;
	if (wantedPhase(flags) !== undefined && flags.once === true) return '--until waits, --once does not: give one';
	return flags.until !== undefined && mode === 'screen' ? '--until needs --plain: the screen ends with q' : undefined;
}

function watchMode({once, plain, untilComplete}: Flags, {stdoutIsTerminal, stdinIsTerminal}: Surroundings): 'once' | 'plain' | 'screen' {
	if (once === true) return 'once';
	return plain === true || untilComplete === true || !stdoutIsTerminal || !stdinIsTerminal ? 'plain' : 'screen';
}

/** The mode, and why it is not the screen where that was asked for: on a terminal that can't draw it lines are the best there is. */
function drawableMode(flags: Flags, surroundings: Surroundings): Pick<CommonOptions, 'mode' | 'remark'> {
	const mode = watchMode(flags, surroundings);
	const why = surroundings.terminal?.screenless;
	return mode === 'screen' && why !== undefined ? {mode: 'plain', remark: `${why}: going on as with --plain`} : {mode};
}

function commonOptions(flags: Flags, {env, terminal}: Surroundings): Omit<CommonOptions, 'mode'> {
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
		until: wantedPhase(flags),
		yes: given.yes,
		ascii: flags.ascii ?? terminal?.unicode === false,
		// no-color.org: set and not empty.
		color: given.color && !env.NO_COLOR && env.TERM !== 'dumb',
		safety: {readOnly: given.readOnly, events: given.event, audit: given.audit, showValues: given.showValues},
		status: {revision: given.revision, watch: given.watch},
	};
}
