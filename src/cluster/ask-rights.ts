import {type ActionName, allOf, type NeededRight, neededRights, type Right, type Rights, type RightsSubject} from '../domain/rights.ts';
import {may} from './access.ts';
import type {ClusterConnection} from './connect.ts';

/** Whose rights are asked for, and the names of the objects that they may be given for alone. */
export type RightNames = RightsSubject & {readonly workload: string; readonly service: string};

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
	const needs = neededRights(names);
	const answers = new Map<NeededRight, Right>();
	for (const needed of new Set(actions.flatMap(action => needs[action]))) {
		answers.set(needed, await askRight(connection, needed, names, signal));
	}
	const rightsOf = (action: ActionName) => needs[action].map(needed => answers.get(needed) ?? 'unknown');
	return Object.fromEntries(actions.map(action => [action, allOf(rightsOf(action))]));
}

async function askRight(
	connection: Pick<ClusterConnection, 'json' | 'namespace'>,
	{of, ...permission}: NeededRight,
	names: RightNames,
	signal: AbortSignal,
): Promise<Right> {
	const allowed = await may(connection, {...permission, name: of && nameOf(of, names)}, signal);
	if (allowed === undefined) return 'unknown';
	return allowed ? 'allowed' : 'denied';
}

function nameOf(of: NonNullable<NeededRight['of']>, names: RightNames): string | undefined {
	return of === 'release' ? names.release?.name : names[of];
}
