import type {CommandResult, SeenWorkload} from '../domain/command.ts';
import {refusalOf} from '../domain/refusal.ts';
import type {ReplicaSet} from '../domain/replica-set.ts';
import {undoTarget} from '../domain/revisions.ts';
import type {Workload} from '../domain/workload.ts';
import {conflictOf} from '../domain/workload-conflict.ts';
import {refused, type Sending} from './command-failure.ts';
import type {CommandOptions} from './command-options.ts';
import type {ClusterConnection} from './connect.ts';
import {ClusterError} from './errors.ts';
import {asWorkload, readReplicaSets, readWorkload, workloadPath} from './read-workload.ts';
import {type Patch, type PatchCommand, patchOf} from './workload-patch.ts';

/** What an accepted patch made of what was read. */
export type Patched = {readonly before: Workload; readonly after: Workload; readonly warnings: readonly string[]};

/** A rollout's controller writes the status several times a second: what it wrote between reading and patching is no conflict of people. */
const mostTries = 5;

/**
 * Reads the workload, refuses what kubectl refuses and what is no longer as the person saw it, and sends the one patch, which the API server takes
 * only as long as the workload is the one that was read; when only its status has moved, again. Gives a result where nothing was changed.
 * Throws ClusterError.
 */
export async function patchWorkload(command: PatchCommand, options: CommandOptions, sending: Sending): Promise<CommandResult | Patched> {
	const {connection, workload: shown} = options;
	const listing = command.kind === 'undo' ? readReplicaSets(connection, shown) : [];
	let [fresh, replicaSets] = await Promise.all([readWorkload(connection, shown), listing]);
	for (let tries = 1; ; tries++) {
		const patch = patchOrEnd(command, shown, fresh, replicaSets);
		if ('kind' in patch) return patch;
		sending.sent = true;
		try {
			return {before: fresh, ...(await sendPatch(options, patch))};
		} catch (error) {
			if (tries === mostTries || !mayHaveMoved(error)) throw error;
			sending.sent = false;
			fresh = await readAfter(error, fresh, connection);
		}
	}
}

/** The workload as it is after its precondition has failed. Throws what was thrown where nobody has written it: what was refused is the change itself. */
async function readAfter(error: unknown, before: Workload, connection: ClusterConnection): Promise<Workload> {
	const fresh = await readWorkload(connection, before);
	if (fresh.resourceVersion === before.resourceVersion) throw error;
	return fresh;
}

/** The patch for the workload as it is now, or why there is none. */
function patchOrEnd(command: PatchCommand, shown: Workload, fresh: Workload, replicaSets: readonly ReplicaSet[]): Patch | CommandResult {
	const ended = conflictResult(command, shown, fresh, replicaSets) ?? refusalResult(command, fresh, replicaSets);
	return ended ?? patchOf(command, fresh, replicaSets, Date.now()) ?? refused('nothing to do', undefined);
}

/** A failed precondition: 409 of a merge patch; of a JSON patch the same 422 as any operation that can't be applied. */
function mayHaveMoved(error: unknown): boolean {
	return error instanceof ClusterError && (error.kind === 'conflict' || (error.status === 422 && error.causes.length === 0));
}

function conflictResult(command: PatchCommand, shown: Workload, fresh: Workload, replicaSets: readonly ReplicaSet[]): CommandResult | undefined {
	const seen: SeenWorkload = command.seen ?? shown;
	const before = shown.uid === seen.uid && shown.generation === seen.generation ? shown : undefined;
	const conflict = conflictOf(command, {seen, before, fresh, replicaSets});
	return conflict === undefined ? targetConflict(command, fresh, replicaSets) : {kind: 'conflicted', ...conflict};
}

/** The workload is as it was seen, but its history is not: the controller has numbered its ReplicaSets anew. */
function targetConflict(command: PatchCommand, fresh: Workload, replicaSets: readonly ReplicaSet[]): CommandResult | undefined {
	const said = command.kind === 'undo' ? command.seen?.undoTo : undefined;
	if (command.kind !== 'undo' || said === undefined) return undefined;
	const target = undoTarget(fresh, replicaSets, command.toRevision);
	if (target.kind === 'none' || target.revision === said) return undefined;
	return {kind: 'conflicted', message: `the undo would go to revision ${target.revision} by now, not to ${said}`, hint: 'look again, then repeat'};
}

function refusalResult(command: PatchCommand, fresh: Workload, replicaSets: readonly ReplicaSet[]): CommandResult | undefined {
	const refusal = refusalOf(command, fresh, replicaSets);
	return refusal === undefined ? undefined : refused(refusal.message, refusal.hint);
}

async function sendPatch({connection, workload, dryRun}: CommandOptions, {contentType, fieldManager, body}: Patch) {
	const query = {dryRun: dryRun === true ? 'All' : undefined, fieldManager};
	const {value, warnings} = await connection.answer({method: 'PATCH', path: workloadPath(workload), query, contentType, body: JSON.stringify(body)});
	return {after: asWorkload(value), warnings};
}
