import type {CommandResult, WorkloadCommand} from '../domain/command.ts';
import type {JsonObject} from '../domain/json.ts';
import {qualifiedName} from '../domain/kinds/kind-words.ts';
import {rulesOf} from '../domain/kinds/rules-of.ts';
import type {Workload} from '../domain/workload.ts';
import {conflictOf} from '../domain/workload-conflict.ts';
import {refused, type Sending} from './command-failure.ts';
import {type CommandOptions, changeOf} from './command-options.ts';
import type {ClusterConnection} from './connect.ts';
import {ClusterError} from './errors.ts';
import {isRawObject, objectOf} from './parse/fields.ts';
import {readWorkload, workloadPath} from './read-workload.ts';

type ScaleCommand = Extract<WorkloadCommand, {kind: 'scale'}>;

/** A controller that writes the Deployment's status between reading and writing its scale is no conflict of people. kubectl tries for 5 minutes. */
const mostTries = 5;

/**
 * Sets the number of replicas through the scale subresource, as `kubectl scale --current-replicas` does: reads it, insists on the number that the
 * person saw, writes it back with its resource version. Throws ClusterError.
 */
export async function sendScale(command: ScaleCommand, options: CommandOptions, sending: Sending): Promise<CommandResult> {
	const {connection, workload, dryRun} = options;
	const before = await readWorkload(connection, workload);
	const conflict = conflictOf(command, {seen: command.seen ?? workload, before: undefined, fresh: before, replicaSets: []});
	if (conflict !== undefined) return {kind: 'conflicted', ...conflict};
	const refusal = rulesOf(before).refusal(command, []);
	if (refusal !== undefined) return refused(refusal.message, refusal.hint);
	const written = await writeScale(command, options, sending);
	if ('kind' in written) return written;
	return {
		kind: 'accepted',
		message: `${qualifiedName(workload.kind)}/${workload.name} scaled${dryRun === true ? ' (server dry run)' : ''}`,
		warnings: written.warnings,
		change: changeOf(before, scaled(before, command.replicas)),
	};
}

/** As the API server stored it: a Scale does not tell the generation, but another number is always the next one. */
function scaled(before: Workload, desired: number): Workload {
	return {...before, generation: before.generation + 1, replicas: {...before.replicas, desired}};
}

async function writeScale(command: ScaleCommand, {connection, workload, dryRun}: CommandOptions, sending: Sending) {
	const path = `${workloadPath(workload)}/scale`;
	const query = {dryRun: dryRun === true ? 'All' : undefined};
	for (let tries = 1; ; tries++) {
		const scale = await readScale(connection, path);
		const conflict = numberConflict(command, scale);
		if (conflict !== undefined) return conflict;
		sending.sent = true;
		try {
			return await connection.answer({method: 'PUT', path, query, contentType: 'application/json', body: bodyOf(scale, command.replicas)});
		} catch (error) {
			if (!isConflict(error) || tries === mostTries) throw error;
			sending.sent = false;
		}
	}
}

async function readScale(connection: ClusterConnection, path: string): Promise<JsonObject> {
	const scale = await connection.json({path});
	if (!isRawObject(scale)) throw new ClusterError('the API server sent no Scale', {kind: 'garbage'});
	return scale;
}

/** Somebody else has scaled it since the person looked; in kubectl's words. */
function numberConflict({from}: ScaleCommand, scale: JsonObject): CommandResult | undefined {
	const current = objectOf(scale.spec).replicas ?? 0;
	if (from === undefined || current === from) return undefined;
	return {kind: 'conflicted', message: `Expected replicas to be ${from}, was ${String(current)}`, hint: 'look again, then repeat'};
}

function isConflict(error: unknown): boolean {
	return error instanceof ClusterError && error.kind === 'conflict';
}

/** As the API's own type is written: none at all instead of 0. */
function bodyOf(scale: JsonObject, replicas: number): string {
	const {replicas: _before, ...rest} = objectOf(scale.spec);
	return JSON.stringify({...scale, spec: replicas === 0 ? rest : {...rest, replicas}});
}
