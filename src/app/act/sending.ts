import {writeAuditEvent} from '../../cluster/audit-event.ts';
import type {ClusterConnection} from '../../cluster/connect.ts';
import {sendCommand} from '../../cluster/rollout-actions.ts';
import {sendSelector} from '../../cluster/selector-action.ts';
import type {Command, CommandResult} from '../../domain/command.ts';
import {writesEvent} from '../../store/selectors/guard-view.ts';
import {serviceOf} from '../../store/selectors/service/service-of.ts';
import type {State} from '../../store/state.ts';
import {focused} from '../../store/workload-state.ts';
import {afterOf} from '../audit/audit-entry.ts';
import {maskLiterals} from '../audit/hide-literals.ts';
import type {SendCommand} from '../run-command.ts';
import type {Actions, ActionsOptions} from './actions.ts';
import type {Auditing} from './auditing.ts';
import {type Deed, deedOf} from './deed.ts';
import {auditEventOf} from './event-note.ts';

/** Sends commands for what the state shows, writes them down, and tells the cluster of those that were accepted. A dry run leaves no trace. */
export function createSending(options: ActionsOptions, record: Auditing, who: Actions['who']): SendCommand {
	const {connection, state, askRight} = options;
	return async (command, {dryRun}) => {
		const seen = state();
		const deed = dryRun ? undefined : deedOf(command, seen);
		const ended = deed && record(deed);
		const result = withoutSecrets(await sendTo(connection, seen, command, dryRun), seen);
		ended?.(result);
		if (deed !== undefined && result.kind === 'accepted' && writesEvent(seen)) void tell(deed, result, options, who);
		if (result.kind === 'refused') askRight(command.kind, command.workload);
		return result;
	};
}

/** Who refuses a template may quote it: what a diff masks must not come to the screen that way. */
function withoutSecrets(result: CommandResult, {guard, workloads, replicaSets}: State): CommandResult {
	if (guard.showValues) return result;
	const followed = Array.from(workloads.values(), ({workload}) => workload.template.raw);
	const templates = [...followed, ...Array.from(replicaSets.values(), ({template}) => template.raw)];
	const masked = (text: string) => maskLiterals(text, templates);
	const {message} = result;
	if (result.kind === 'accepted') return result.warnings.length === 0 ? result : {...result, warnings: result.warnings.map(masked)};
	return {...result, message: masked(message), hint: result.hint && masked(result.hint)};
}

async function sendTo(connection: ClusterConnection, seen: State, command: Command, dryRun: boolean): Promise<CommandResult> {
	if (command.kind === 'select') {
		const service = serviceOf(seen);
		return service === undefined ? unseen('Service') : sendSelector(command, {connection, service, dryRun});
	}
	const {workload} = focused(seen, command.workload);
	return workload === undefined ? unseen('workload') : sendCommand(command, {connection, workload, dryRun});
}

function unseen(what: string): CommandResult {
	return {kind: 'refused', message: `the ${what} has not been seen yet`, hint: 'wait for the first list'};
}

/** Whoever looks at the object later sees who did what. A courtesy: what keeps from it is nobody's trouble. */
async function tell(deed: Deed, result: Extract<CommandResult, {kind: 'accepted'}>, {connection, now}: ActionsOptions, who: Actions['who']): Promise<void> {
	const event = auditEventOf(deed, afterOf(deed, result), await who(), now());
	if (event !== undefined) await writeAuditEvent(connection, event).catch(() => undefined);
}
