import {autoscalerOf} from '../../../domain/autoscaler.ts';
import type {WorkloadCommand} from '../../../domain/command.ts';
import {type Service, selectsTemplate} from '../../../domain/service.ts';
import type {Workload} from '../../../domain/workload.ts';
import type {ConfirmView} from '../../confirm-views.ts';
import type {WorkloadState} from '../../workload-state.ts';
import {sidesOf} from '../service/service-of.ts';
import {type ConfirmExtras, shareText} from './extras.ts';
import {objectOf, question} from './question.ts';
import {ownerNotes, staleNotes} from './warnings.ts';

/** What scaling a workload would do: to the number of its pods, and to what each side behind its Service ought to get. */
export function scaleConfirm(state: WorkloadState, workload: Workload, command: Extract<WorkloadCommand, {kind: 'scale'}>, extras: ConfirmExtras): ConfirmView {
	const from = workload.replicas.desired;
	const {replicas} = command;
	const service = [...state.services.values()].find(one => selectsTemplate(one, workload.template.labels));
	const shares = service === undefined ? [] : sharesOf(state, service, workload.name, replicas);
	const scaler = autoscalerOf(state.autoscalers.values(), workload);
	return question(state, extras, {
		command,
		name: workload.name,
		title: `Scale ${workload.name} to ${replicas}?`,
		object: objectOf(workload, command),
		changes: [{label: 'spec.replicas', from: String(from), to: String(replicas)}, ...shares.filter(({from: before, to}) => before !== to)],
		notes: [
			...(replicas === 0 ? [stopNote(service, shares)] : []),
			...(shares.length > 0 && replicas > 0 ? ['What each gets is by ready endpoints, once all of its pods are ready.'] : []),
			...(scaler === undefined ? [] : [`The autoscaler ${scaler.name} keeps it between ${scaler.min} and ${scaler.max} and may change the number again.`]),
			...ownerNotes(workload, command, extras),
			...staleNotes(state, ['workloads']),
		],
	});
}

/** What each side ought to get now, and when the workload has so many ready pods and the others what they have now. */
function sharesOf(state: WorkloadState, service: Service, name: string, replicas: number): ConfirmView['changes'] {
	const sides = sidesOf(state, service.name);
	const ready = new Map(Array.from(sides, ([owner, side]) => [owner, side.endpoints.ready] as const)).set(name, replicas);
	const all = [...ready.values()].reduce((sum, count) => sum + count, 0);
	return Array.from(ready, ([owner, count]) => ({
		label: owner === undefined ? 'others get' : `${owner} gets`,
		from: shareText(sides.get(owner)?.share ?? (sides.size === 0 ? undefined : 0)),
		to: shareText(all === 0 ? undefined : count / all),
	}));
}

function stopNote(service: Service | undefined, shares: ConfirmView['changes']): string {
	if (service !== undefined && shares.every(({to}) => to === 'nothing'))
		return `All of its pods are stopped, and nobody else answers at svc/${service.name}: every request will fail.`;
	return 'All of its pods are stopped.';
}
