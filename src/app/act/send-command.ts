import type {ClusterConnection} from '../../cluster/connect.ts';
import {sendCommand} from '../../cluster/rollout-actions.ts';
import {sendSelector} from '../../cluster/selector-action.ts';
import type {CommandResult} from '../../domain/command.ts';
import {serviceOf} from '../../store/selectors/service/service-of.ts';
import type {State} from '../../store/state.ts';
import {focused, focusOf} from '../../store/workload-state.ts';
import type {SendCommand} from '../run-command.ts';

/** Sends commands for what the state shows: the watched Service, the workload whose screen it is, or the one that a command names. */
export function createSendCommand(connection: ClusterConnection, state: () => State): SendCommand {
	return async (command, {dryRun}) => {
		const now = state();
		if (command.kind === 'select') {
			const service = serviceOf(now);
			return service === undefined ? unseen('Service') : sendSelector(command, {connection, service, dryRun});
		}
		const {workload} = focused(now, command.workload ?? focusOf(now));
		return workload === undefined ? unseen('workload') : sendCommand(command, {connection, workload, dryRun});
	};
}

function unseen(what: string): CommandResult {
	return {kind: 'refused', message: `the ${what} has not been seen yet`, hint: 'wait for the first list'};
}
