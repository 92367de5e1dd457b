import {type ActionName, allOf, type NeededRight, neededRights, type Right, type Rights} from '../domain/rights.ts';
import {may} from './access.ts';
import type {ClusterConnection} from './connect.ts';

/** Names of the objects that rights may be given for alone. */
export type RightNames = {readonly workload: string; readonly service: string};

/** What the API server says of some actions; each right is asked for once, all at the same time. Never throws: what got no answer is unknown. */
export async function askRights(
	connection: Pick<ClusterConnection, 'json' | 'namespace'>,
	actions: readonly ActionName[],
	names: RightNames,
	signal: AbortSignal,
): Promise<Partial<Rights>> {
	const answers = new Map<NeededRight, Promise<Right>>();
	// All of them listen at once: to a signal of their own.
	const own = AbortSignal.any([signal]);
	const rightTo = (needed: NeededRight) => {
		const answer = answers.get(needed) ?? askRight(connection, needed, names, own);
		answers.set(needed, answer);
		return answer;
	};
	const answered = actions.map(async action => [action, allOf(await Promise.all(neededRights[action].map(rightTo)))] as const);
	return Object.fromEntries(await Promise.all(answered));
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
