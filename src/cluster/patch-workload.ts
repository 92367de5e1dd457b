import type {CommandResult} from '../domain/command.ts';
import {rulesOf} from '../domain/kinds/rules-of.ts';
import {restartedAtOf} from '../domain/template-edits.ts';
import type {Workload} from '../domain/workload.ts';
import {conflictResult} from './command-conflict.ts';
import {isFailedPrecondition, refused, type Sending} from './command-failure.ts';
import type {CommandOptions} from './command-options.ts';
import type {ClusterConnection} from './connect.ts';
import {asWorkload, noRevisions, readRevisions, readWorkload, workloadPath} from './read-workload.ts';
import {type Patch, type PatchCommand, type PatchParts, patchByGeneration, patchOf} from './workload-patch.ts';

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
	const listing = command.kind === 'undo' ? readRevisions(connection, shown) : noRevisions;
	let [fresh, revisions] = await Promise.all([readWorkload(connection, shown), listing]);
	for (let tries = 1; ; tries++) {
		const parts: PatchParts = {workload: fresh, ...revisions, time: localTime(Date.now())};
		const ended = await endedBefore(command, options, parts);
		if (ended !== undefined) return ended;
		const patch = (tries < mostTries ? patchOf : patchByGeneration)(command, parts);
		sending.sent = true;
		try {
			return {before: fresh, ...(await sendPatch(options, patch))};
		} catch (error) {
			if (tries === mostTries || !isFailedPrecondition(error)) throw error;
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

/** Why nothing is sent: it is no longer what the person saw, or kubectl would refuse it. */
async function endedBefore(command: PatchCommand, options: CommandOptions, parts: PatchParts): Promise<CommandResult | undefined> {
	return (await conflictResult(command, options, parts.workload, parts.replicaSets)) ?? refusalResult(command, parts);
}

function refusalResult(command: PatchCommand, {workload, replicaSets, time}: PatchParts): CommandResult | undefined {
	const refusal = rulesOf(workload).refusal(command, replicaSets);
	if (refusal !== undefined) return refused(refusal.message, refusal.hint);
	if (command.kind !== 'restart' || restartedAtOf(workload.template) !== time) return undefined;
	// kubectl: rollout_restart.go. The same second makes the same template, so that nothing would happen.
	const message = `failed to create patch for ${workload.name}: if restart has already been triggered within the past second, please wait before attempting to trigger another`;
	return refused(message, 'wait a second, then repeat');
}

async function sendPatch({connection, workload, dryRun}: CommandOptions, {contentType, fieldManager, body}: Patch) {
	const query = {dryRun: dryRun === true ? 'All' : undefined, fieldManager};
	const {value, warnings} = await connection.answer({method: 'PATCH', path: workloadPath(workload), query, contentType, body: JSON.stringify(body)});
	return {after: asWorkload(value, workload.kind), warnings};
}

/** RFC 3339 in seconds, in the zone of whoever asks, as kubectl writes it. */
function localTime(now: number): string {
	const behind = new Date(now).getTimezoneOffset();
	const local = new Date(now - behind * 60_000).toISOString().slice(0, 19);
	if (behind === 0) return `${local}Z`;
	const two = (value: number) => String(value).padStart(2, '0');
	return `${local}${behind > 0 ? '-' : '+'}${two(Math.floor(Math.abs(behind) / 60))}:${two(Math.abs(behind) % 60)}`;
}
