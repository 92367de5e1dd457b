import type {Refusal, WorkloadCommand} from './command.ts';
import type {ReplicaSet} from './replica-set.ts';
import {revisions, undoTarget} from './revisions.ts';
import {sameTemplate} from './same-template.ts';
import type {Workload} from './workload.ts';

function knownRevisions(workload: Workload, replicaSets: readonly ReplicaSet[]): string {
	return revisions(workload, replicaSets)
		.map(({revision}) => revision)
		.join(', ');
}

/** kubectl's order: is there a target, is it paused, would anything change. */
function undoRefusal(toRevision: number | undefined, workload: Workload, replicaSets: readonly ReplicaSet[]): Refusal | undefined {
	const target = undoTarget(workload, replicaSets, toRevision);
	if (target.kind === 'none') {
		const known = knownRevisions(workload, replicaSets);
		return {message: target.message, hint: known === '' ? 'there is no earlier revision to go to' : `revisions in the history: ${known}`};
	}
	if (workload.paused) {
		return {message: "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again", hint: 'resume first, then undo'};
	}
	if (sameTemplate(target.replicaSet.template, workload.template)) {
		return {message: `skipped rollback (current template already matches revision ${toRevision ?? 0})`, hint: 'choose another revision'};
	}
	return undefined;
}

/** Why the command can't act on what the watch shows, in kubectl's words, with what to do instead; undefined when it can. */
export function refusalOf(command: WorkloadCommand, workload: Workload, replicaSets: readonly ReplicaSet[]): Refusal | undefined {
	switch (command.kind) {
		case 'pause':
			return workload.paused ? {message: `deployments.apps "${workload.name}" is already paused`, hint: 'resume it to let the rollout go on'} : undefined;
		case 'resume':
			return workload.paused ? undefined : {message: `deployments.apps "${workload.name}" is not paused`, hint: 'nothing to resume'};
		case 'undo':
			return undoRefusal(command.toRevision, workload, replicaSets);
		case 'scale':
			return command.replicas === workload.replicas.desired
				? {message: `deployments.apps "${workload.name}" is already to have ${countOf(command.replicas)}`, hint: 'type another number'}
				: undefined;
	}
}

const countOf = (replicas: number) => `${replicas} ${replicas === 1 ? 'replica' : 'replicas'}`;
