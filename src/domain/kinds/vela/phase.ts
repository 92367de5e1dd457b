import type {Application} from '../../release.ts';
import {type RolloutPhase, waitsForYou} from '../../rollout-phase.ts';
import {sentence} from '../../sentence.ts';
import type {WorkflowStanding} from './standing.ts';

const inWords = (text: string): RolloutPhase => ({phase: 'progressing', waitingFor: {kind: 'words', text}, staleDeadline: false});

function suspendedPhase({workflow}: Application, {step}: Extract<WorkflowStanding, {kind: 'suspended'}>, below: RolloutPhase): RolloutPhase {
	const all = workflow?.steps ?? [];
	if (step === undefined) {
		// Its Rollout was paused with it, or waits at a step of its own.
		if (below.phase === 'paused') return below;
		return {phase: 'paused', waitingFor: {kind: 'words', text: 'the workflow is suspended'}, since: undefined, deadlineExceeded: false};
	}
	// Steps that are still to come are not in the status: how many there are is not known.
	const text = `workflow step ${all.indexOf(step) + 1}, ${step.name}: waits for you to continue`;
	return {phase: 'paused', word: waitsForYou, waitingFor: {kind: 'words', text}, since: undefined, deadlineExceeded: false};
}

function stoppedPhase(word: string, text: string): RolloutPhase {
	return {phase: 'stalled', word, note: sentence(text), waitingFor: {kind: 'words', text}, since: undefined};
}

/** The message of a service or trait that is not healthy; the Rollout's trait says the least: its Rollout says it sooner. */
function unhealthyText({services}: Application): string | undefined {
	const [ill] = services.filter(({healthy}) => !healthy);
	if (ill === undefined) return undefined;
	return ill.message ?? ill.traits.find(({healthy, message}) => !healthy && message !== undefined)?.message;
}

/**
 * How a rollout stands that an Application steers, as far as the workflow says more than the workload. `below`: how the Rollout or the Deployment stands; what goes on
 * there is told before what the Application has yet to notice.
 */
export function velaPhase(application: Application, standing: WorkflowStanding, below: RolloutPhase): RolloutPhase {
	if (standing.kind === 'suspended') return suspendedPhase(application, standing, below);
	return below.phase === 'complete' ? phaseAbove(application, standing, below) : below;
}

/** What is left to be said when all is done below. */
function phaseAbove(application: Application, standing: Exclude<WorkflowStanding, {kind: 'suspended'}>, below: RolloutPhase): RolloutPhase {
	switch (standing.kind) {
		case 'terminated':
			return stoppedPhase('TERMINATED', 'the workflow was terminated: nothing goes on until it is restarted');
		case 'failed':
			return stoppedPhase('FAILED', `the workflow failed${withText(application.workflow?.message)}`);
		case 'unseen':
			return {phase: 'progressing', waitingFor: {kind: 'observation'}, staleDeadline: false};
		case 'rendering':
			return inWords('KubeVela makes the new revision');
		case 'resuming':
			return inWords('the workflow has yet to go on');
		case 'running':
			return inWords(runningText(application, standing));
		case 'done':
			return standing.healthy ? below : inWords(`the Application is not healthy yet${withText(unhealthyText(application))}`);
	}
}

const withText = (text: string | undefined) => (text === undefined ? '' : `: ${text}`);

/** The workflow looks again after pauses that grow: it was seen to lag 21 s behind the Rollout. */
function runningText({rollout}: Application, {step}: Extract<WorkflowStanding, {kind: 'running'}>): string {
	const name = step === undefined ? '' : ` (step ${step.name}${withText(step.message)})`;
	return rollout === undefined ? `the workflow runs${name}` : `the pods are done; the Application has yet to notice${name}`;
}
