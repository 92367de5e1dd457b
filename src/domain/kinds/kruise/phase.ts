import {conditionOf} from '../../condition-of.ts';
import {counted} from '../../counted.ts';
import {exceededDeadline} from '../../deadline.ts';
import {fieldOf} from '../../json-kind.ts';
import type {KruiseRollout} from '../../release.ts';
import type {StepWait} from '../../release-steps.ts';
import {type RolloutPhase, type WaitReason, waitsForYou} from '../../rollout-phase.ts';
import type {Deployment} from '../../workload.ts';
import {type KruiseStanding, kruiseStanding} from './standing.ts';
import {kruiseWait} from './steps.ts';

/** Names of the closing steps, as people say them. KR/api/v1beta1/rollout_types.go FinalisingStepType. */
const closingWords: Readonly<Record<string, string>> = {
	RestoreStableService: 'the Service gets its selector back',
	FinalisingStepRouteTrafficToStable: 'traffic goes to the stable pods',
	FinalisingStepRouteTrafficToNew: 'traffic goes to the new pods',
	RemoveCanaryService: 'the canary Service goes',
	ResumeWorkload: 'the Deployment takes over the pods',
	ReleaseWorkloadControl: 'the Deployment is given back',
	END: 'nearly done',
};

function closingText(closing: string | undefined): string {
	return closing === undefined ? 'closing work begins' : (fieldOf(closingWords, closing) ?? closing);
}

const waitTexts: Readonly<Record<StepWait['kind'], string>> = {
	person: 'waits for you to continue',
	time: 'waits for its time to pass',
	pods: 'new pods are made',
	traffic: 'the traffic is being routed',
	analysis: 'its checks run',
	finishing: 'closing work',
};

function podsText({progress}: KruiseRollout): string {
	const {canaryReplicas = 0, canaryReadyReplicas = 0} = progress ?? {};
	return canaryReplicas === 0 ? waitTexts.pods : `${canaryReadyReplicas} of ${counted(canaryReplicas, 'new pod')} ready`;
}

function stepReason(rollout: KruiseRollout, step: number, wait: StepWait | undefined): WaitReason {
	const text = wait === undefined ? 'goes on' : wait.kind === 'pods' ? podsText(rollout) : waitTexts[wait.kind];
	return {kind: 'step', step, of: rollout.steps.length, text};
}

const progressing = (waitingFor: WaitReason): RolloutPhase => ({phase: 'progressing', waitingFor, staleDeadline: false});
const inWords = (text: string) => progressing({kind: 'words', text});

function rollingPhase(deployment: Deployment, rollout: KruiseRollout, step: number): RolloutPhase {
	const wait = kruiseWait(rollout);
	const waitingFor = stepReason(rollout, step, wait);
	if (wait?.kind === 'person') {
		return {phase: 'paused', word: waitsForYou, waitingFor, since: rollout.progress?.lastUpdateAt, deadlineExceeded: false};
	}
	const exceeded = wait?.kind === 'pods' ? exceededDeadline(deployment) : undefined;
	if (exceeded !== undefined) return {phase: 'stalled', waitingFor, since: exceeded.lastTransitionAt ?? exceeded.lastUpdateAt};
	return progressing(waitingFor);
}

/** How the rollout of a Deployment stands that an OpenKruise Rollout steers; undefined where it does not steer one now, so that the Deployment's own phase is true. */
export function kruisePhase(deployment: Deployment, rollout: KruiseRollout, standing: KruiseStanding = kruiseStanding(rollout)): RolloutPhase | undefined {
	switch (standing.kind) {
		case 'idle':
		case 'disabled':
			return undefined;
		case 'preparing':
			return inWords('OpenKruise prepares the rollout');
		case 'rolling':
			return rollingPhase(deployment, rollout, standing.step);
		case 'resuming':
			return progressing(stepReason(rollout, standing.step, undefined));
		case 'paused': {
			const since = conditionOf(rollout.conditions, 'Progressing');
			const waitingFor = {kind: 'step', step: standing.step, of: rollout.steps.length, text: 'paused by somebody'} as const;
			return {phase: 'paused', waitingFor, since: since?.reason === 'Paused' ? since.lastUpdateAt : undefined, deadlineExceeded: false};
		}
		case 'cancelling':
			return inWords(`taken back: ${closingText(standing.closing)}`);
		case 'finalising':
			return inWords(`all steps are done: ${closingText(standing.closing)}`);
		case 'leaving':
			return inWords(`OpenKruise lets go of the Deployment (${rollout.phase})`);
	}
}
