import {type Actions, createActions} from '../../../src/app/act/actions.ts';
import type {ClusterConnection} from '../../../src/cluster/connect.ts';
import {type Guard, openGuard} from '../../../src/domain/guard.ts';
import {initialState} from '../../../src/store/state.ts';

/** The action layer on a connection, before anything was seen. */
export function actionsOn(connection: ClusterConnection, guard: Guard = openGuard): Actions {
	const state = initialState({context: 'c', server: 'https://s', namespace: 'default', kind: 'Deployment', name: 'web'}, 0, 60, guard);
	return createActions({
		connection,
		audit: undefined,
		state: () => state,
		dispatch: () => undefined,
		askRight: () => undefined,
		now: Date.now,
		signal: new AbortController().signal,
	});
}
