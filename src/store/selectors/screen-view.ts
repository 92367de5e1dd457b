import {answersByPod} from '../../domain/mix/version-mix.ts';
import {emptyWindow} from '../../domain/sample-window.ts';
import type {StreamName} from '../../domain/stream.ts';
import {chosenTarget} from '../sampler-state.ts';
import {memoised, share} from '../share.ts';
import type {State} from '../state.ts';
import type {PanelCondition, PanelName, ScreenView} from '../views.ts';
import {focused, type WorkloadState} from '../workload-state.ts';
import {conditionText, headerView} from './header-view.ts';
import {mixView} from './mix/mix-view.ts';
import {podRows} from './pod-rows.ts';
import {replicaSetRows} from './replica-set-rows.ts';
import {type RolloutFacts, rolloutFacts} from './rollout-facts.ts';
import {rolloutView} from './rollout-view.ts';
import {timelineView} from './timeline-view.ts';

/** While nothing happens, ages are refreshed this often: each refresh may be a frame. */
const calmStepMs = 10_000;

/** How long the outcome of a command stays in the footer. */
const noticeMs = 8000;

/** Nothing rolls, nothing is measured, all is live: the screen may rest. */
export function isCalm(state: WorkloadState, facts: RolloutFacts | undefined): boolean {
	if (state.sampler.mode === 'running' || facts?.phase.phase === 'progressing' || state.gone) return false;
	return Object.values(state.streams).every(({condition}) => condition.kind === 'live' || condition.kind === 'forbidden');
}

/** Makes the screen's views; parts that did not change keep their identity from one call to the next. */
export function createScreenView(): (state: State) => ScreenView {
	const facts = memoised(rolloutFacts);
	const mix = memoised(mixView);
	const timeline = memoised(timelineView);
	let last: ScreenView | undefined;
	let resting: {readonly state: WorkloadState; readonly now: number} | undefined;
	return whole => {
		const state = focused(whole);
		if (last !== undefined && resting !== undefined && isSameMoment(resting.state, state)) return last;
		const calm = isCalm(state, facts(state, state.now));
		// A proof of life alone moves no age; but no age may be of a time before its object.
		const now = calm && resting !== undefined && isSameWorld(resting.state, state) ? resting.now : state.now;
		const known = facts(state, state.now);
		last = share(last, {
			header: headerView(state, known, now, calm),
			mix: mix(whole),
			...workloadParts(state, known, now),
			timeline: timeline(state.timeline),
			conditions: panelConditions(state, now),
			notice: noticeOf(state),
			hint: state.hint,
			gone: state.gone,
		});
		resting = calm ? {state, now} : undefined;
		return last;
	};
}

/** The panels that are empty until the workload was seen. */
function workloadParts(state: State, facts: RolloutFacts | undefined, now: number): Pick<ScreenView, 'rollout' | 'replicaSets' | 'pods'> {
	if (facts === undefined) return {rollout: undefined, replicaSets: [], pods: []};
	const answers = answersByPod(chosenTarget(state.sampler)?.window ?? emptyWindow, state.now, state.sampler.windowSeconds);
	return {
		rollout: rolloutView(state, facts, now),
		replicaSets: replicaSetRows(facts, now),
		pods: podRows(facts, facts.pods, answers, state.sampler.podAnswers, now),
	};
}

/** Only the clock went on, and not far enough to show: what was said of the first still holds of the second. */
function isSameMoment(before: WorkloadState, after: WorkloadState): boolean {
	return isSameStep(before, after) && (Object.keys(after) as (keyof WorkloadState)[]).every(key => key === 'now' || before[key] === after[key]);
}

/** The same objects, not far enough apart to show. */
function isSameWorld(before: WorkloadState, after: WorkloadState): boolean {
	const objects = ['workload', 'replicaSets', 'pods', 'k8sEvents', 'command'] as const;
	return isSameStep(before, after) && objects.every(key => before[key] === after[key]);
}

function isSameStep(before: State, after: State): boolean {
	return Math.floor(before.now / calmStepMs) === Math.floor(after.now / calmStepMs);
}

const panelStreams: readonly (readonly [PanelName, StreamName])[] = [
	['rollout', 'deployments'],
	['replicasets', 'replicasets'],
	['pods', 'pods'],
	['timeline', 'events'],
	['mix', 'services'],
	['mix', 'endpointslices'],
];

function panelConditions(state: State, now: number): readonly PanelCondition[] {
	return panelStreams.flatMap(([panel, stream]) => {
		const {condition} = state.streams[stream];
		return condition.kind === 'live' ? [] : [{panel, condition, text: conditionText(condition, now)}];
	});
}

function noticeOf({command, sampler: {problem}, now}: State): ScreenView['notice'] {
	if (problem !== undefined && now - problem.at <= noticeMs) return {tone: 'bad', text: problem.text};
	const result = command?.result;
	if (result === undefined || now - (command?.endedAt ?? 0) > noticeMs) return undefined;
	if (result.kind === 'accepted') return {tone: 'good', text: result.warning === undefined ? result.message : `${result.message} — ${result.warning}`};
	return {tone: 'bad', text: `${result.kind}: ${result.message}${result.hint === undefined ? '' : ` → ${result.hint}`}`};
}
