import type {ClusterConnection} from '../cluster/connect.ts';
import {messageOf} from '../cluster/errors.ts';
import {listPods} from '../cluster/list-for-confirm.ts';
import type {Command} from '../domain/command.ts';
import {selectorText} from '../domain/service-selector.ts';
import type {ConfirmExtras} from '../store/selectors/confirm-extras.ts';
import {confirmView} from '../store/selectors/confirm-view.ts';
import {guardRefusal} from '../store/selectors/guard-view.ts';
import {selectConfirm} from '../store/selectors/select-confirm.ts';
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
			return command.kind === 'select'
				? selectConfirm(state(), command, extras)
				: confirmView(focused(state(), command.workload ?? focusOf(state())), command, extras);
		},
		async prepare(command) {
			if (command.kind === 'select') {
				const listed = await listedPods(command, connection, signal);
				extras = {...extras, listed};
			}
		},
	};
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
