import type {Refusal, WorkloadCommand} from '../../command.ts';
import type {Application} from '../../release.ts';
import {kruiseRefusal} from '../kruise/refusal.ts';
import {isApprovable, isReleasing} from '../kruise/standing.ts';
import {type WorkflowStanding, workflowStanding} from './standing.ts';

/** What a person does to a rollout again and again: the Application would put it back. */
const keptByApplication = (name: string, what: string): Refusal => ({
	message: `KubeVela would take it back: ${what} stands in the Application`,
	hint: `change it there: kubectl edit application.core.oam.dev/${name}`,
});

function suspendRefusal({name}: Application, {kind}: WorkflowStanding): Refusal | undefined {
	if (kind === 'suspended') return {message: `workflow ${name} is suspended already`, hint: 'resume or continue it'};
	if (kind === 'terminated') return {message: 'can not suspend a terminated workflow', hint: 'retry restarts it'};
	return kind === 'done' || kind === 'failed' ? {message: 'the workflow is finished', hint: 'there is nothing to suspend'} : undefined;
}

function resumeRefusal({name, rollout}: Application, {kind}: WorkflowStanding): Refusal | undefined {
	if (kind === 'suspended' || rollout?.paused === true) return undefined;
	if (kind === 'terminated') return {message: 'can not resume a terminated workflow', hint: 'retry restarts it'};
	const isWaiting = rollout !== undefined && isApprovable(rollout);
	return {message: `workflow ${name} is not suspended.`, hint: isWaiting ? 'its step waits: continue' : 'nothing to resume'};
}

/** `vela workflow resume` does both: it approves the step of the Rollout, and lets a suspended workflow go on. */
function continueRefusal(application: Application, standing: WorkflowStanding): Refusal | undefined {
	const {rollout} = application;
	if (standing.kind === 'suspended' && standing.step !== undefined) return undefined;
	if (rollout !== undefined && isReleasing(rollout)) return kruiseRefusal({kind: 'continue'}, rollout);
	if (standing.kind === 'suspended') return {message: `workflow ${application.name} is suspended`, hint: 'resume it first'};
	return resumeRefusal(application, standing);
}

/** `vela workflow rollback`: VE/pkg/workflow/operation/operation.go:242-399. */
function rollbackRefusal(application: Application, standing: WorkflowStanding): Refusal | undefined {
	if (!['suspended', 'terminated', 'failed', 'done'].includes(standing.kind)) {
		return {message: 'can not rollback a running workflow', hint: 'pause suspends it: then undo'};
	}
	if (application.publishVersion === undefined) return undefined;
	const hint = `vela workflow rollback ${application.name} --namespace ${application.namespace}`;
	return {message: 'an Application with a publishVersion is rolled back by vela alone: it rewrites its history in five places', hint};
}

/** What an Application is asked; undefined where it can. */
export function velaRefusal(command: WorkloadCommand, application: Application): Refusal | undefined {
	const standing = workflowStanding(application);
	const {name, rollout} = application;
	switch (command.kind) {
		case 'pause':
			return suspendRefusal(application, standing);
		case 'resume':
			return resumeRefusal(application, standing);
		case 'continue':
			return continueRefusal(application, standing);
		case 'undo':
			return rollbackRefusal(application, standing);
		case 'abort':
			return ['suspended', 'resuming', 'running'].includes(standing.kind)
				? undefined
				: {message: 'the workflow does not run', hint: standing.kind === 'terminated' ? 'retry restarts it' : 'there is nothing to terminate'};
		case 'retry':
			return standing.kind === 'terminated' || standing.kind === 'failed' || standing.kind === 'done'
				? undefined
				: {message: 'the workflow runs', hint: 'abort terminates it'};
		case 'to-step':
		case 'promote-full':
		case 'set-partition':
			return rollout === undefined
				? {message: 'a workflow can’t go to another step', hint: 'continue goes on to the next one'}
				: kruiseRefusal(command, rollout);
		case 'set-image':
			return keptByApplication(name, 'the image');
		case 'scale':
			return keptByApplication(name, 'the number of replicas');
		case 'restart':
		case 'delete-pod':
			return undefined;
	}
}
