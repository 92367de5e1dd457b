import {type ActionName, allOf, type NeededRight, neededRights, type Right, type Rights} from '../domain/rights.ts';
import {may} from './access.ts';
import type {ClusterConnection} from './connect.ts';

/** Names of the objects that rights may be given for alone. */
export type RightNames = {readonly workload: string; readonly service: string};

/**
 * What the API server says of some actions; each right is asked for once, one after the other: nothing waits for it, and a connection for each of them would
 * cost a megabyte apiece. Never throws: what got no answer is unknown.
 */
export async function askRights(
	connection: Pick<ClusterConnection, 'json' | 'namespace'>,
	actions: readonly ActionName[],
	names: RightNames,
	signal: AbortSignal,
): Promise<Partial<Rights>> {
	const answers = new Map<NeededRight, Right>();
	for (const needed of new Set(actions.flatMap(action => neededRights[action]))) {
		answers.set(needed, await askRight(connection, needed, names, signal));
	}
	const rightsOf = (action: ActionName) => neededRights[action].map(needed => answers.get(needed) ?? 'unknown');
	return Object.fromEntries(actions.map(action => [action, allOf(rightsOf(action))]));
}

async function askRight(
	connection: Pick<ClusterConnection, 'json' | 'namespace'>,
	{of, ...permission}: NeededRight,
	names: RightNames,
	signal: AbortSignal,
): Promise<Right> {
	const allowed = await may(connection, {...permission, name: of && names[of]}, signal);
	if (allowed === undefined) return 'unknown';
	return allowed ? 'allowed' : 'denied';
}
