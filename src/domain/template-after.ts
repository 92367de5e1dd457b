import type {Command} from './command.ts';
import type {ReplicaSet} from './replica-set.ts';
import {undoTarget} from './revisions.ts';
import type {Template} from './template.ts';
import type {Workload} from './workload.ts';

/** A template that a command would put in the place of the workload's, and what it is called: `revision 2`. */
export type TemplateAfter = {readonly name: string; readonly template: Template};

/** The template after a command; undefined where it leaves the template as it is, or nothing is there to go to. */
export function templateAfter(command: Command, workload: Workload, replicaSets: readonly ReplicaSet[]): TemplateAfter | undefined {
	if (command.kind !== 'undo') return undefined;
	const target = undoTarget(workload, replicaSets, command.toRevision);
	return target.kind === 'none' ? undefined : {name: `revision ${target.revision}`, template: target.replicaSet.template};
}
