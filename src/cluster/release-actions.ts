import type {CommandResult, WorkloadCommand} from '../domain/command.ts';
import {qualifiedName} from '../domain/kinds/kind-words.ts';
import {type KruisePatchCommand, kruisePatch} from '../domain/kinds/kruise/patch.ts';
import {isApprovable, isReleasing} from '../domain/kinds/kruise/standing.ts';
import {rulesOf} from '../domain/kinds/rules-of.ts';
import type {Application, KruiseRollout, Release} from '../domain/release.ts';
import type {ReplicaSet} from '../domain/replica-set.ts';
import type {Workload} from '../domain/workload.ts';
import {conflictOf} from '../domain/workload-conflict.ts';
import {refused, type Sending} from './command-failure.ts';
import type {CommandOptions} from './command-options.ts';
import {ClusterError, messageOf} from './errors.ts';
import {releasePath} from './read-release.ts';
import {noRevisions, readRevisions, readWorkload} from './read-workload.ts';
import {rollBackApplication} from './vela-rollback.ts';
import {type VelaVerb, writeWorkflow} from './vela-workflow.ts';

/** What goes to the object above the workload. */
export type ReleaseCommand = Extract<
	WorkloadCommand,
	{kind: 'pause' | 'resume' | 'continue' | 'to-step' | 'abort' | 'retry' | 'undo' | 'promote-full' | 'set-partition'}
>;

const done: Readonly<Record<KruisePatchCommand['kind'] | VelaVerb | 'rollback', string>> = {
	pause: 'paused',
	resume: 'resumed',
	continue: 'approved',
	'to-step': 'sent to another step',
	suspend: 'suspended',
	terminate: 'terminated',
	restart: 'restarted',
	rollback: 'rolled back',
};

/** The command, where it goes to what steers the workload: an undo of OpenKruise's goes to the Deployment. */
export function releaseCommandOf(command: WorkloadCommand, release: Release | undefined): ReleaseCommand | undefined {
	switch (command.kind) {
		case 'undo':
			return release?.kind === 'Application' ? command : undefined;
		case 'scale':
		case 'restart':
		case 'set-image':
		case 'delete-pod':
			return undefined;
		default:
			return release === undefined ? undefined : command;
	}
}

/** What writes the controllers make between reading and writing is no conflict of people. */
const mostTries = 5;

/**
 * Sends what a person asks of an OpenKruise Rollout or an Application, but only as long as it stands as it was read: the state of a step moves by itself, and an
 * approval must not hit the next one. Throws ClusterError.
 */
export async function sendRelease(command: ReleaseCommand, options: CommandOptions, sending: Sending): Promise<CommandResult> {
	for (let tries = 1; ; tries++) {
		const [fresh, {replicaSets}] = await Promise.all([
			readWorkload(options.connection, options.workload),
			command.kind === 'undo' ? readRevisions(options.connection, options.workload) : noRevisions,
		]);
		const ended = endedBefore(command, options, fresh, replicaSets);
		if (ended !== undefined) return ended;
		try {
			return await sendOnce(command, fresh.release, options, sending);
		} catch (error) {
			if (tries === mostTries || !(error instanceof ClusterError) || error.kind !== 'conflict') throw error;
			sending.sent = false;
		}
	}
}

function endedBefore(command: ReleaseCommand, {workload}: CommandOptions, fresh: Workload, replicaSets: readonly ReplicaSet[]): CommandResult | undefined {
	const conflict = stepConflict(command, workload, fresh) ?? conflictOf(command, {seen: command.seen ?? workload, before: workload, fresh, replicaSets});
	if (conflict !== undefined) return {kind: 'conflicted', ...conflict};
	const refusal = rulesOf(fresh).refusal(command, replicaSets);
	return refusal && refused(refusal.message, refusal.hint);
}

async function sendOnce(command: ReleaseCommand, release: Release | undefined, options: CommandOptions, sending: Sending): Promise<CommandResult> {
	if (release === undefined) return refused('nothing steers it any more', 'look again');
	return release.kind === 'KruiseRollout' ? patchRollout(command, release, options, sending) : sendToApplication(command, release, options, sending);
}

/** An undo takes effect only when its Rollout is not paused: the second step of `resume and undo`. Gives the first one's result with what came of it. */
export async function resumedAfter(undone: CommandResult, options: CommandOptions): Promise<CommandResult> {
	if (undone.kind !== 'accepted') return undone;
	const resumed = await sendRelease({kind: 'resume'}, options, {sent: false}).catch(error => refused(messageOf(error), undefined));
	if (resumed.kind === 'accepted') return {...undone, warnings: [...undone.warnings, ...resumed.warnings]};
	return {...undone, warnings: [...undone.warnings, `its Rollout is still paused: ${resumed.message}`]};
}

function stepOf({release}: Workload): number | undefined {
	const rollout = release?.kind === 'Application' ? release.rollout : release;
	return rollout?.progress?.currentStepIndex;
}

/** Somebody else has approved meanwhile: what is approved now is not what the person saw. */
function stepConflict(command: ReleaseCommand, shown: Workload, fresh: Workload) {
	if (command.kind !== 'continue' && command.kind !== 'to-step') return undefined;
	const [seen, now] = [stepOf(shown), stepOf(fresh)];
	return seen === now ? undefined : {message: `the rollout is at step ${now} by now, not at ${seen}`, hint: 'look again, then repeat'};
}

function accepted(release: Release, what: string, dryRun: boolean | undefined, warnings: readonly string[]): CommandResult {
	return {kind: 'accepted', message: `${qualifiedName(release.kind)}/${release.name} ${what}${dryRun === true ? ' (server dry run)' : ''}`, warnings};
}

function isKruisePatch(command: ReleaseCommand): command is ReleaseCommand & KruisePatchCommand {
	return command.kind === 'pause' || command.kind === 'resume' || command.kind === 'continue' || command.kind === 'to-step';
}

async function patchRollout(command: ReleaseCommand, rollout: KruiseRollout, {connection, dryRun}: CommandOptions, sending: Sending): Promise<CommandResult> {
	if (!isKruisePatch(command)) return refused(`OpenKruise knows no ${command.kind}`, undefined);
	const {subresource, body} = kruisePatch(command, rollout);
	const path = subresource === undefined ? releasePath(rollout) : `${releasePath(rollout)}/${subresource}`;
	sending.sent = true;
	const {warnings} = await connection.answer({
		method: 'PATCH',
		path,
		query: {dryRun: dryRun === true ? 'All' : undefined},
		contentType: 'application/merge-patch+json',
		body: JSON.stringify({metadata: {resourceVersion: rollout.resourceVersion}, ...body}),
	});
	return accepted(rollout, done[command.kind], dryRun, [...warnings, ...jumpWarnings(command, rollout)]);
}

/** Recorded: back at an earlier step, the pods of the later one stay. */
function jumpWarnings(command: ReleaseCommand, {style, progress}: KruiseRollout): readonly string[] {
	const isBack = command.kind === 'to-step' && command.step < (progress?.currentStepIndex ?? 0);
	return isBack && style === 'partition' ? ['the pods that are new already stay: this style takes none back'] : [];
}

async function sendToApplication(command: ReleaseCommand, application: Application, options: CommandOptions, sending: Sending): Promise<CommandResult> {
	const {rollout} = application;
	const approves = command.kind === 'to-step' || (command.kind === 'continue' && rollout !== undefined && isApprovable(rollout));
	if (approves && rollout !== undefined) return patchRollout(command, rollout, options, sending);
	const verb = verbs[command.kind];
	if (verb === undefined) return refused(`KubeVela knows no ${command.kind}`, undefined);
	// vela pauses and resumes the Rollout before the workflow.
	const first = command.kind === 'undo' ? [] : await patchPause(verb, rollout, options, sending);
	const warnings = verb === 'rollback' ? await rollBackApplication(application, options, sending) : await writeWorkflow(verb, application, options, sending);
	const last = command.kind === 'undo' ? await patchPause('resume', rollout, options, sending) : [];
	return accepted(application, done[verb], options.dryRun, [...first, ...warnings, ...last]);
}

const verbs: Readonly<Record<ReleaseCommand['kind'], VelaVerb | 'rollback' | undefined>> = {
	pause: 'suspend',
	resume: 'resume',
	continue: 'resume',
	abort: 'terminate',
	retry: 'restart',
	undo: 'rollback',
	'to-step': undefined,
	'promote-full': undefined,
	'set-partition': undefined,
};

/** A Rollout in the middle of a release is paused and resumed with its workflow. */
async function patchPause(
	verb: VelaVerb | 'rollback',
	rollout: KruiseRollout | undefined,
	options: CommandOptions,
	sending: Sending,
): Promise<readonly string[]> {
	if (rollout === undefined) return [];
	if (verb === 'suspend' && isReleasing(rollout) && !rollout.paused) return warningsOf(await patchRollout({kind: 'pause'}, rollout, options, sending));
	if (verb === 'resume' && rollout.paused) return warningsOf(await patchRollout({kind: 'resume'}, rollout, options, sending));
	return [];
}

function warningsOf(result: CommandResult): readonly string[] {
	return result.kind === 'accepted' ? result.warnings : [result.message];
}
