import {conditionOf} from '../../condition-of.ts';
import {counted} from '../../counted.ts';
import {fieldOf} from '../../json-kind.ts';
import {type RolloutPhase, type WaitReason, waitsForYou} from '../../rollout-phase.ts';
import {sentence} from '../../sentence.ts';
import type {ArgoRollout} from '../../workload.ts';
import {pauseEnds, standsAt} from './argo-wait.ts';
import {type ShownStatus, shownStatus} from './shown-status.ts';
import {isObserved, isPromoted, isUnpausing} from './standing.ts';

/** What stays true after an abort. */
const abortedIsNotRolledBack = 'aborted is not rolled back: the template is still the new one';

/** A person's pause holds the numbers of pods, aborted or not. argo-rollouts: haltProgress. */
const abortedWhilePaused = 'aborted while it is paused: the new pods stay until it is resumed (r)';

const pauseWords: Readonly<Record<string, string>> = {
	CanaryPauseStep: 'pause',
	BlueGreenPause: 'promotion',
	InconclusiveAnalysisRun: 'an analysis run was inconclusive',
	InconclusiveExperiment: 'an experiment was inconclusive',
};

const words = (text: string): WaitReason => ({kind: 'words', text});
const moving = (waitingFor: WaitReason): RolloutPhase => ({phase: 'progressing', waitingFor, staleDeadline: false});

/** How it stands, truly: what was asked for and not yet done goes before what the status still says. */
export function argoPhase(rollout: ArgoRollout): RolloutPhase {
	const {status} = rollout;
	if (!isObserved(rollout)) return moving({kind: 'observation'});
	if (isUnpausing(rollout)) return moving(words('told to go on, which the controller has yet to do'));
	const shown = shownStatus(rollout);
	switch (shown.phase) {
		case 'Healthy':
			return {phase: 'complete', note: oldPodsNote(rollout)};
		case 'Degraded':
			return degraded(rollout, shown);
		case 'Paused':
			// For a moment both stand there: what was asked for, and the pause.
			if (status.abort) return moving(words('told to abort, which the controller has yet to do'));
			return status.promoteFull ? moving(words('told to promote, which the controller has yet to do')) : paused(rollout);
		case 'Progressing':
			return moving(stepReason(rollout) ?? words(shown.message));
	}
}

/** Behind a router or a Service that was switched, old pods stay for a while, in case somebody goes back: it is over all the same. */
function oldPodsNote({replicas: {current, desired}}: ArgoRollout): string | undefined {
	const old = current - desired;
	if (old <= 0) return undefined;
	return `${counted(old, 'old pod')} still ${old === 1 ? 'runs' : 'run'} for a while, in case somebody goes back: that is no part of the rollout.`;
}

/** The step that is gone through; undefined when none is left. */
function stepReason(rollout: ArgoRollout): WaitReason | undefined {
	const {steps, current} = standsAt(rollout);
	// The first version of all is stable from the start.
	const step = isPromoted(rollout) ? undefined : steps[current];
	return step === undefined ? undefined : {kind: 'step', step: current + 1, of: steps.length, text: step.text};
}

function degraded(rollout: ArgoRollout, {message}: ShownStatus): RolloutPhase {
	const {status, conditions} = rollout;
	const since = status.abort ? status.abortedAt : conditionOf(conditions, 'Progressing')?.lastUpdateAt;
	if (status.abort)
		return {
			word: 'ABORTED',
			phase: 'stalled',
			note: sentence(rollout.paused ? abortedWhilePaused : abortedIsNotRolledBack),
			waitingFor: words(`${abortedIsNotRolledBack}; u goes back, A retries`),
			since,
		};
	return {word: 'DEGRADED', phase: 'stalled', waitingFor: stepReason(rollout) ?? words(message), since};
}

function paused(rollout: ArgoRollout): RolloutPhase {
	const [pause] = rollout.status.pauses;
	const base = {phase: 'paused', since: pause?.since, deadlineExceeded: false} as const;
	if (rollout.paused) return {...base, since: undefined, waitingFor: stepReason(rollout) ?? words('paused by a person')};
	const isTimed = pauseEnds(rollout) !== undefined;
	return {
		...base,
		word: isTimed ? undefined : waitsForYou,
		waitingFor:
			pause === undefined || pause.reason === 'CanaryPauseStep'
				? stepReason(rollout)
				: withReason(stepReason(rollout), fieldOf(pauseWords, pause.reason) ?? pause.reason),
	};
}

/** Why it is held, where the step does not say. */
function withReason(reason: WaitReason | undefined, text: string): WaitReason {
	return reason?.kind === 'step' ? {...reason, text: reason.text === text ? text : `${reason.text}: ${text}`} : words(text);
}
