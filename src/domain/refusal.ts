import type {Refusal, WorkloadCommand} from './command.ts';
import {counted} from './counted.ts';
import {imageRefusal} from './image-reference.ts';
import {qualifiedPlural} from './kinds/kind-words.ts';
import {unable} from './kinds/unable.ts';
import type {ReplicaSet} from './replica-set.ts';
import {revisions, type UndoTarget, undoTarget} from './revisions.ts';
import {sameTemplate} from './same-template.ts';
import {shortText} from './short-text.ts';
import {templateContainers} from './template-containers.ts';
import type {Workload} from './workload.ts';

type CommandOf<Kind extends WorkloadCommand['kind']> = Extract<WorkloadCommand, {kind: Kind}>;

function knownRevisions(workload: Workload, replicaSets: readonly ReplicaSet[]): string {
	return revisions(workload, replicaSets)
		.map(({revision}) => revision)
		.join(', ');
}

/** Why an undo has nowhere to go, or would change nothing. */
export function targetRefusal(target: UndoTarget, toRevision: number | undefined, workload: Workload, replicaSets: readonly ReplicaSet[]): Refusal | undefined {
	if (target.kind === 'none') {
		const known = knownRevisions(workload, replicaSets);
		return {message: target.message, hint: known === '' ? 'there is no earlier revision to go to' : `revisions in the history: ${known}`};
	}
	if (!sameTemplate(target.replicaSet.template, workload.template)) return undefined;
	const hint = workload.paused ? 'resume it: its template is that one already' : 'choose another revision';
	return {message: `skipped rollback (current template already matches revision ${toRevision ?? 0})`, hint};
}

/** kubectl's order: is there a target, is it paused, would anything change. */
function undoRefusal({toRevision, resume}: CommandOf<'undo'>, workload: Workload, replicaSets: readonly ReplicaSet[]): Refusal | undefined {
	const target = undoTarget(workload, replicaSets, toRevision);
	if (target.kind !== 'none' && workload.paused && resume !== true) {
		return {message: "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again", hint: 'resume first, then undo'};
	}
	return targetRefusal(target, toRevision, workload, replicaSets);
}

/** Why an image can't be set in the template. kubectl: set_image.go, which prints nothing at all where nothing changes. */
export function imageRefusalOf({container, image, init = false}: CommandOf<'set-image'>, {template}: Workload): Refusal | undefined {
	const containers = templateContainers(template);
	const found = containers.find(one => one.name === container && one.init === init);
	if (found === undefined) {
		const names = containers.map(({name}) => shortText(name, 80)).join(', ');
		return {message: `unable to find container named "${container}"`, hint: `containers of the template: ${names}`};
	}
	if (found.image === image) return {message: `container ${container} has the image ${image} already`, hint: 'type another one'};
	return imageRefusal(image);
}

/** kubectl: objectrestarter.go. */
function restartRefusal({name, paused}: Workload): Refusal | undefined {
	if (!paused) return undefined;
	return {message: `deployments.apps "${name}" can't restart paused deployment (run rollout resume first)`, hint: 'resume first, then restart'};
}

/** Why the command can't act on what the watch shows, in kubectl's words, with what to do instead; undefined when it can. */
export function refusalOf(command: WorkloadCommand, workload: Workload, replicaSets: readonly ReplicaSet[]): Refusal | undefined {
	switch (command.kind) {
		case 'pause':
			return workload.paused
				? {message: `${qualifiedPlural(workload.kind)} "${workload.name}" is already paused`, hint: 'resume it to let the rollout go on'}
				: undefined;
		case 'resume':
			return workload.paused ? undefined : {message: `${qualifiedPlural(workload.kind)} "${workload.name}" is not paused`, hint: 'nothing to resume'};
		case 'undo':
			return undoRefusal(command, workload, replicaSets);
		case 'scale':
			return command.replicas === workload.replicas.desired
				? {
						message: `${qualifiedPlural(workload.kind)} "${workload.name}" is already to have ${counted(command.replicas, 'replica')}`,
						hint: 'type another number',
					}
				: undefined;
		case 'restart':
			return restartRefusal(workload);
		case 'set-image':
			return imageRefusalOf(command, workload);
		case 'delete-pod':
			return undefined;
		case 'continue':
		case 'promote-full':
		case 'abort':
		case 'retry':
		case 'set-partition':
		case 'to-step':
			return unable('Deployment', command.kind, command.kind === 'continue' ? 'r resumes what is paused' : undefined);
	}
}
