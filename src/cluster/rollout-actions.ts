import {type CommandResult, isStepCommand, type StepCommand, type WorkloadCommand} from '../domain/command.ts';
import {qualifiedName} from '../domain/kinds/kind-words.ts';
import {rulesOf} from '../domain/kinds/rules-of.ts';
import {unable} from '../domain/kinds/unable.ts';
import {isArgoCommand} from './argo/argo-requests.ts';
import {sendArgo} from './argo/send-argo.ts';
import {failureOf, refused} from './command-failure.ts';
import {type CommandOptions, changeOf} from './command-options.ts';
import {sendDeletePod} from './delete-pod-action.ts';
import {type Patched, patchWorkload} from './patch-workload.ts';
import {releaseCommandOf, resumedAfter, sendRelease} from './release-actions.ts';
import {sendScale} from './scale-action.ts';
import {undoWarnings} from './undo-warnings.ts';
import type {PatchCommand} from './workload-patch.ts';

/** In kubectl's words. */
const done: Readonly<Record<PatchCommand['kind'], string>> = {
	pause: 'paused',
	resume: 'resumed',
	undo: 'rolled back',
	restart: 'restarted',
	'set-image': 'image updated',
	'set-partition': 'partition set',
};

function acceptedOf(command: PatchCommand, {before, after, warnings}: Patched, dryRun: boolean | undefined): CommandResult {
	const both = command.kind === 'undo' && before.paused ? 'resumed and rolled back' : done[command.kind];
	return {
		kind: 'accepted',
		message: `${qualifiedName(after.kind)}/${after.name} ${both}${dryRun === true ? ' (server dry run)' : ''}`,
		// A dry run's question says itself who may take it back.
		warnings: dryRun === true ? warnings : [...warnings, ...undoWarnings(command, before)],
		change: changeOf(before, after),
	};
}

/** Kinds that have no steps say so. */
async function sendStep(command: StepCommand, {workload}: CommandOptions): Promise<CommandResult> {
	const {message, hint} = rulesOf(workload).refusal(command, []) ?? unable(workload.kind, command.kind);
	return refused(message, hint);
}

/**
 * Sends what a person asks of a workload as kubectl does, request for request, but only to the object that the person saw. Never throws: `accepted`
 * means that the API server took it, the effect comes through the watch.
 */
export async function sendCommand(command: WorkloadCommand, options: CommandOptions): Promise<CommandResult> {
	const sending = {sent: false};
	try {
		if (options.workload.kind === 'ArgoRollout' && isArgoCommand(command)) return await sendArgo(command, options, sending);
		const {release} = options.workload;
		const above = releaseCommandOf(command, release);
		if (above !== undefined) return await sendRelease(above, options, sending);
		if (isStepCommand(command)) return await sendStep(command, options);
		switch (command.kind) {
			case 'scale':
				return await sendScale(command, options, sending);
			case 'delete-pod':
				sending.sent = true;
				return await sendDeletePod(command, options);
			default: {
				const ended = await patchWorkload(command, options, sending);
				if ('kind' in ended) return ended;
				const result = acceptedOf(command, ended, options.dryRun);
				const resumes = command.kind === 'undo' && command.resume === true && ended.before.paused && release !== undefined;
				return resumes ? await resumedAfter(result, options) : result;
			}
		}
	} catch (error) {
		// What was only tried is not done, whatever became of it.
		return failureOf(error, sending.sent && options.dryRun !== true);
	}
}
