import type {KruiseRollout, KruiseStep} from '../../release.ts';
import type {ReleaseStep, ReleaseSteps, StepWait, StepWeight} from '../../release-steps.ts';
import {type KruiseStanding, kruiseStanding} from './standing.ts';

function amountText(amount: string, of: string): string {
	return amount.endsWith('%') ? `${amount.slice(0, -1)} % of ${of}` : `${amount} ${of}`;
}

function percentOf(traffic: string | undefined): number | undefined {
	const percent = Number(traffic?.replace(/%$/, '') ?? 'none');
	return Number.isFinite(percent) ? percent : undefined;
}

/** Without a routing the weights of v1alpha1 are numbers of pods alone. */
function stepOf({traffic, replicas, pauses, pauseSeconds}: KruiseStep, isRouted: boolean): ReleaseStep {
	const weight = isRouted ? percentOf(traffic) : undefined;
	const pods = replicas === undefined ? undefined : amountText(replicas, 'pods');
	const requests = weight === undefined ? undefined : amountText(`${weight}%`, 'traffic');
	return {
		text: [pods, requests].filter(part => part !== undefined).join(', ') || 'no change',
		weight,
		replicas,
		pause: pauseSeconds === undefined ? (pauses ? 'person' : undefined) : {ms: pauseSeconds * 1000},
	};
}

/** The step that runs now; undefined where there is none of that number. */
export function currentStep({steps, progress}: KruiseRollout): KruiseStep | undefined {
	return progress === undefined ? undefined : steps[progress.currentStepIndex - 1];
}

/** Until when a step that waits for a time does so, epoch ms. The time is that of the last change of its state. */
function pauseEnd({progress}: KruiseRollout, seconds: number): number | undefined {
	const since = progress?.lastUpdateAt;
	return since === undefined ? undefined : since + seconds * 1000;
}

function stateWait(rollout: KruiseRollout, state: string): StepWait | undefined {
	switch (state) {
		case 'StepTrafficRouting':
			return {kind: 'traffic'};
		case 'StepMetricsAnalysis':
			return {kind: 'analysis'};
		case 'StepPaused': {
			const seconds = currentStep(rollout)?.pauseSeconds;
			return seconds === undefined ? {kind: 'person'} : {kind: 'time', until: pauseEnd(rollout, seconds)};
		}
		// It goes on at once.
		case 'StepReady':
			return undefined;
		default:
			return {kind: 'pods'};
	}
}

/** What the rollout waits for; undefined where nothing is waited for. A person's pause is no step's. */
export function kruiseWait(rollout: KruiseRollout, standing: KruiseStanding = kruiseStanding(rollout)): StepWait | undefined {
	if (standing.kind === 'rolling') return stateWait(rollout, standing.state);
	return standing.kind === 'cancelling' || standing.kind === 'finalising' ? {kind: 'finishing'} : undefined;
}

/** In force from the state after the routing on; before that the last step's still are. */
function weightOf(rollout: KruiseRollout, standing: KruiseStanding): StepWeight | undefined {
	if (rollout.routings.length === 0 || !('state' in standing)) return undefined;
	const weights = rollout.steps.map(({traffic}) => percentOf(traffic));
	const upTo = (step: number) => weights.slice(0, step).findLast(weight => weight !== undefined) ?? 0;
	const isRouted = ['StepMetricsAnalysis', 'StepPaused', 'StepReady'].includes(standing.state);
	return {set: upTo(standing.step), actual: upTo(isRouted ? standing.step : standing.step - 1)};
}

function currentOf(rollout: KruiseRollout, standing: KruiseStanding): number {
	if (standing.kind === 'preparing') return 0;
	if (standing.kind === 'idle' || standing.kind === 'finalising') return rollout.steps.length;
	return Math.min(rollout.steps.length, Math.max(0, (rollout.progress?.currentStepIndex ?? 1) - 1));
}

/** The steps of an OpenKruise Rollout, and where it stands in them; undefined where it steers nothing. */
export function kruiseSteps(rollout: KruiseRollout): ReleaseSteps | undefined {
	const standing = kruiseStanding(rollout);
	if (standing.kind === 'disabled') return undefined;
	const isRouted = rollout.routings.length > 0;
	return {
		steps: rollout.steps.map(step => stepOf(step, isRouted)),
		current: currentOf(rollout, standing),
		active: standing.kind !== 'idle' && standing.kind !== 'leaving',
		wait: kruiseWait(rollout, standing),
		weight: weightOf(rollout, standing),
		checks: [],
	};
}
