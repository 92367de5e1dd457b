import {apiPaths, objectPath} from '../cluster/api-paths.ts';
import type {ClusterConnection} from '../cluster/connect.ts';
import {messageOf} from '../cluster/errors.ts';
import {listPods} from '../cluster/list-for-confirm.ts';
import {readUpkeep} from '../cluster/read-upkeep.ts';
import type {Command} from '../domain/command.ts';
import {selectorText} from '../domain/service-selector.ts';
import {confirmView} from '../store/selectors/confirm/confirm-view.ts';
import type {ConfirmExtras} from '../store/selectors/confirm/extras.ts';
import {selectConfirm} from '../store/selectors/confirm/select-confirm.ts';
import {guardRefusal} from '../store/selectors/guard-view.ts';
import type {State} from '../store/state.ts';
import {focused, focusOf} from '../store/workload-state.ts';
import type {ScreenPorts} from '../ui/ports.ts';

/** What the questions before a command are made of: the state, and what is read from the API just for them. */
export function createConfirming(
	state: () => State,
	connection: ClusterConnection,
	kubeconfig: string | undefined,
	signal: AbortSignal,
): Pick<ScreenPorts, 'confirmOf' | 'prepare'> {
	let extras: ConfirmExtras = {kubeconfig};
	return {
		confirmOf(command) {
			const refusal = guardRefusal(state(), command.kind, command.workload);
			if (refusal !== undefined) return {refusal};
			return command.kind === 'select' ? selectConfirm(state(), command, extras) : confirmView(focused(state(), command.workload), command, extras);
		},
		async prepare(command) {
			const path = upkeepPath(command, connection, state());
			const [listed, upkeep] = await Promise.all([
				command.kind === 'select' ? listedPods(command, connection, signal) : undefined,
				path === undefined ? undefined : readUpkeep(connection, path, signal),
			]);
			extras = {...extras, ...(listed === undefined ? {} : {listed}), ...(upkeep === undefined ? {} : {upkeep})};
		},
	};
}

/** Where the object is that the command changes. */
function upkeepPath(command: Command, {namespace}: ClusterConnection, state: State): string | undefined {
	if (command.kind === 'select') return objectPath(apiPaths.services(namespace), state.target.name);
	const name = command.workload ?? focusOf(state);
	return name === undefined ? undefined : objectPath(apiPaths.deployments(namespace), name);
}

async function listedPods(
	{selector}: Extract<Command, {kind: 'select'}>,
	connection: ClusterConnection,
	signal: AbortSignal,
): Promise<ConfirmExtras['listed']> {
	const query = selectorText(selector);
	try {
		return {query, pods: await listPods(connection, query, signal)};
	} catch (error) {
		return {query, problem: messageOf(error)};
	}
}
