import type {Command, WorkloadCommand} from './command.ts';
import type {JsonObject} from './json.ts';
import {rulesOf} from './kinds/rules-of.ts';
import type {ReplicaSet} from './replica-set.ts';
import type {Template} from './template.ts';
import {restartedTemplate, templateWithImage} from './template-edits.ts';
import type {Workload} from './workload.ts';

/** The template that a command would leave, as the API would store it, and what it is called: `revision 2`. */
export type TemplateAfter = {readonly name: string; readonly template: Pick<Template, 'raw'>};

const edited = (name: string, raw: JsonObject): TemplateAfter => ({name, template: {raw}});

/** Whether a command is one that changes the template at all. */
export function changesTemplate({kind}: Command): boolean {
	return kind === 'undo' || kind === 'restart' || kind === 'set-image';
}

/** The template after a command; undefined where it leaves the template as it is, or nothing is there to go to. */
export function templateAfter(command: WorkloadCommand, workload: Workload, replicaSets: readonly ReplicaSet[]): TemplateAfter | undefined {
	if (command.kind === 'restart') return edited('restarted', restartedTemplate(workload.template, '(the time of the restart)'));
	if (command.kind === 'set-image') {
		const {container, image, init = false} = command;
		return edited('the new image', templateWithImage(workload.template, {name: container, image, init}));
	}
	if (command.kind !== 'undo') return undefined;
	const target = rulesOf(workload).undoTarget(replicaSets, command.toRevision);
	return target.kind === 'none' ? undefined : {name: `revision ${target.revision}`, template: target.replicaSet.template};
}
