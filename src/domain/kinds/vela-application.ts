import type {WorkloadCommand} from '../command.ts';
import type {Application} from '../release.ts';
import {rolloutPhase} from '../rollout-phase.ts';
import {waiting} from '../rollout-status.ts';
import type {Deployment} from '../workload.ts';
import {deploymentRules} from './deployment.ts';
import {isApprovable} from './kruise/standing.ts';
import {kruiseRules, steeredRefusal} from './kruise-rollout.ts';
import {kubectlLines} from './kubectl-lines.ts';
import {velaPhase} from './vela/phase.ts';
import {velaRefusal} from './vela/refusal.ts';
import {workflowStanding} from './vela/standing.ts';
import {velaSteps} from './vela/steps.ts';
import type {Aborting, CommandLine, WorkloadRules} from './workload-rules.ts';

const aborting: Aborting = {
	goesBack: false,
	leaves: [
		'The workflow ends where it stands: pods and traffic stay as they are, and a Rollout under way goes on by itself.',
		'A begins it anew. To go back to the revision before: u.',
	],
	begins: 'The workflow begins anew, with its first step.',
};

const verbs = {pause: 'suspend', resume: 'resume', continue: 'resume', abort: 'terminate', retry: 'restart', undo: 'rollback'} as const;

/** vela's own verbs; the step of a Rollout is approved by its patch, since `vela workflow resume` fails with OpenKruise 0.6 and later. */
function commandLines(command: WorkloadCommand, deployment: Deployment, application: Application, below: WorkloadRules): readonly CommandLine[] {
	switch (command.kind) {
		case 'continue':
			if (application.rollout !== undefined && isApprovable(application.rollout)) return below.commandLines(command);
			return [velaLine(command.kind, application.name)];
		case 'pause':
		case 'resume':
		case 'abort':
		case 'retry':
		case 'undo':
			return [velaLine(command.kind, application.name)];
		case 'to-step':
			return below.commandLines(command);
		default:
			return kubectlLines(command, deployment);
	}
}

/** What the Deployment has to be asked, too, once the Application does not object. */
function isOfDeployment({kind}: WorkloadCommand): boolean {
	return kind === 'undo' || kind === 'restart' || kind === 'delete-pod';
}

function velaLine(kind: keyof typeof verbs, name: string): CommandLine {
	return {program: ['vela'], words: ['workflow', verbs[kind], name]};
}

/** The line of `vela status`: where the Rollout stands, as its trait's message has it. */
function messageOf({rollout, phase, workflow}: Application): string {
	if (rollout !== undefined && rollout.phase === 'Progressing') return rollout.message;
	return workflow?.message ?? phase;
}

/** The rules of a Deployment that an Application has made: its workflow's, and under them those of the Rollout that it applied, or the Deployment's. */
export function velaRules(deployment: Deployment, application: Application): WorkloadRules {
	const standing = workflowStanding(application);
	const below = application.rollout === undefined ? deploymentRules(deployment) : kruiseRules(deployment, application.rollout);
	const target: WorkloadRules['undoTarget'] = (replicaSets, toRevision) => {
		const before = below.undoTarget(replicaSets, undefined);
		if (toRevision === undefined || toRevision === 0 || (before.kind === 'target' && before.revision === toRevision)) return before;
		return {kind: 'none', message: 'an Application goes back to the version before only: to another one by its own file'};
	};
	return {
		status: revision => {
			const own = below.status(revision);
			return own.done && !(standing.kind === 'done' && standing.healthy) ? waiting(messageOf(application)) : own;
		},
		phase: (objects, pods, deadlineBefore) => {
			// Whether the workflow is suspended says velaPhase, with what it waits for.
			const unpaused = application.rollout?.paused === true ? objects : {...objects, workload: {...objects.workload, paused: false}};
			const own = application.rollout === undefined ? rolloutPhase(unpaused, pods, deadlineBefore) : below.phase(unpaused, pods, deadlineBefore);
			return velaPhase(application, standing, own);
		},
		undoTarget: target,
		refusal: (command, replicaSets) => {
			const refusal = velaRefusal(command, application);
			if (refusal !== undefined || !isOfDeployment(command)) return refusal;
			return steeredRefusal(command, deployment, replicaSets, () => target(replicaSets, command.kind === 'undo' ? command.toRevision : undefined));
		},
		steps: () => velaSteps(application, standing),
		nextStep: below.nextStep,
		aborting,
		pauseField: 'workflow suspended',
		restart: below.restart,
		commandLines: command => commandLines(command, deployment, application, below),
	};
}
