import type {CommandResult, WorkloadCommand} from '../domain/command.ts';
import {rulesOf} from '../domain/kinds/rules-of.ts';
import type {ReplicaSet} from '../domain/replica-set.ts';
import type {Workload} from '../domain/workload.ts';
import {conflictOf} from '../domain/workload-conflict.ts';
import {isUnchanged, sightOf} from '../domain/workload-sight.ts';
import type {CommandOptions} from './command-options.ts';
import {noRevisions, readRevisions} from './read-workload.ts';

/** Why nothing is sent to what the workload is by now: it is no longer what the person saw. */
export async function conflictResult(
	command: WorkloadCommand,
	{connection, workload: shown}: CommandOptions,
	fresh: Workload,
	replicaSets: readonly ReplicaSet[],
): Promise<CommandResult | undefined> {
	const seen = command.seen ?? sightOf(shown);
	const before = isUnchanged(seen, sightOf(shown)) ? shown : undefined;
	const sights = {seen, before, fresh, replicaSets};
	if (conflictOf(command, sights) === undefined) return targetConflict(command, fresh, replicaSets);
	// Only the history tells whether somebody has undone it; who can't read it is told of the fields alone.
	const history = command.kind === 'undo' ? replicaSets : (await readRevisions(connection, shown).catch(() => noRevisions)).replicaSets;
	const conflict = conflictOf(command, {...sights, replicaSets: history});
	return conflict && {kind: 'conflicted', ...conflict};
}

/** The workload is as it was seen, but its history is not: the controller has numbered its ReplicaSets anew. */
function targetConflict(command: WorkloadCommand, fresh: Workload, replicaSets: readonly ReplicaSet[]): CommandResult | undefined {
	const said = command.kind === 'undo' ? command.seen?.undoTo : undefined;
	if (command.kind !== 'undo' || said === undefined) return undefined;
	const target = rulesOf(fresh).undoTarget(replicaSets, command.toRevision);
	if (target.kind === 'none' || target.revision === said) return undefined;
	return {kind: 'conflicted', message: `the undo would go to revision ${target.revision} by now, not to ${said}`, hint: 'look again, then repeat'};
}
