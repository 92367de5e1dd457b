import {isStepCommand, type Refusal, type WorkloadCommand} from '../command.ts';
import {partitionOf} from '../ordinals.ts';
import {refusalOf} from '../refusal.ts';
import type {ReplicaSet} from '../replica-set.ts';
import type {DaemonSet, StatefulSet} from '../workload.ts';
import {qualifiedPlural} from './kind-words.ts';
import {unable} from './unable.ts';

const instead: Readonly<Partial<Record<StatefulSet['kind'] | DaemonSet['kind'], Readonly<Partial<Record<WorkloadCommand['kind'], string>>>>>> = {
	StatefulSet: {pause: 'P sets a partition: pods below it keep their template', continue: 'P lowers the partition', abort: 'u goes back'},
	DaemonSet: {scale: 'it runs a pod on each node that fits it', abort: 'u goes back'},
};

/** What these kinds can't do, and a partition that makes no sense; all else as for a Deployment. */
export function setRefusal(command: WorkloadCommand, set: StatefulSet | DaemonSet, revisions: readonly ReplicaSet[]): Refusal | undefined {
	if (isStepCommand(command)) return unable(set.kind, command.kind, instead[set.kind]?.[command.kind]);
	switch (command.kind) {
		case 'pause':
		case 'resume':
			return unable(set.kind, command.kind, instead[set.kind]?.[command.kind]);
		case 'scale':
			return set.kind === 'DaemonSet' ? unable(set.kind, command.kind, instead.DaemonSet?.scale) : refusalOf(command, set, revisions);
		case 'set-partition':
			return set.kind === 'DaemonSet' ? unable(set.kind, command.kind) : partitionRefusal(command.partition, set);
		default:
			return refusalOf(command, set, revisions);
	}
}

function partitionRefusal(partition: number, set: StatefulSet): Refusal | undefined {
	const {name, updateType} = set;
	const what = `${qualifiedPlural(set.kind)} "${name}"`;
	if (updateType !== 'RollingUpdate')
		return {message: `${what} has the update strategy ${updateType}: there is no partition`, hint: 'delete the pods that are to be updated (x)'};
	if (!Number.isSafeInteger(partition) || partition < 0) return {message: 'a partition is a whole number from 0 up', hint: 'type another number'};
	return partitionOf(set) === partition ? {message: `${what} has the partition ${partition} already`, hint: 'type another number'} : undefined;
}
