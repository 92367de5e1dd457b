import type {WorkloadCommand} from '../../../domain/command.ts';
import {counted} from '../../../domain/counted.ts';
import {rulesOf} from '../../../domain/kinds/rules-of.ts';
import type {ReleaseSteps} from '../../../domain/release-steps.ts';
import type {Workload} from '../../../domain/workload.ts';
import type {ConfirmView} from '../../confirm-views.ts';
import type {WorkloadState} from '../../workload-state.ts';
import {canaryOf, measuredFacts, standingFact} from './canary.ts';
import type {ConfirmExtras} from './extras.ts';
import {objectOf, question} from './question.ts';
import {stepText} from './step-confirm.ts';
import {ownerNotes, staleNotes} from './warnings.ts';

/** What pausing, or resuming, would do. To resume what runs in two revisions is to promote the new one. */
export function pauseConfirm(
	state: WorkloadState,
	workload: Workload,
	command: Extract<WorkloadCommand, {kind: 'pause' | 'resume'}>,
	extras: ConfirmExtras,
): ConfirmView {
	const {name} = workload;
	const isPause = command.kind === 'pause';
	const canary = canaryOf(state, workload);
	const steps = rulesOf(workload).steps();
	const isPromotion = !isPause && steps === undefined && canary !== undefined && canary.newPods > 0 && canary.oldPods > 0;
	return question(state, extras, {
		command,
		name,
		title: isPromotion ? `Promote revision ${canary.revision} of ${name}?` : `${isPause ? 'Pause' : 'Resume'} the rollout of ${name}?`,
		object: objectOf(workload, command),
		changes: [{label: rulesOf(workload).pauseField, from: String(!isPause), to: String(isPause)}],
		facts: canary === undefined ? [] : [standingFact(canary), ...(isPromotion ? measuredFacts(state, canary) : [])],
		notes: [
			isPause
				? 'Pods stay as they are: nothing is rolled on or back until it is resumed.'
				: resumeNote(workload, isPromotion ? canary.oldPods : undefined, steps),
			...ownerNotes(workload, command, extras),
			...staleNotes(state, ['workloads']),
		],
	});
}

function resumeNote(workload: Workload, rest: number | undefined, steps: ReleaseSteps | undefined): string {
	if (workload.kind === 'ArgoRollout' && workload.status.abort) return 'It was aborted: its pods go back to the stable version then.';
	if (steps?.active === true) return `It goes on with step ${stepText(steps.steps, steps.current)}. n, instead, also skips what is left of that step.`;
	if (rest === undefined) return 'The rollout goes on at once.';
	return `The rollout goes on at once: the other ${rest === 1 ? 'pod is' : `${counted(rest, 'pod')} are`} replaced, too. u goes back instead.`;
}
