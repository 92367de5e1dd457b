import {answersByPod} from '../../domain/mix/version-mix.ts';
import {outcomeWord} from '../../domain/outcome.ts';
import {emptyWindow} from '../../domain/sample-window.ts';
import {type StreamName, streamNames} from '../../domain/stream.ts';
import {keepLast} from '../keep-last.ts';
import {chosenTarget} from '../sampler-state.ts';
import {memoised, share, shareList} from '../share.ts';
import type {State} from '../state.ts';
import type {GuardView, MixView, PanelCondition, PanelName, ScreenView} from '../views.ts';
import {focused, focusOf, type WorkloadState} from '../workload-state.ts';
import {abilitiesOf, unreadHistory} from './abilities.ts';
import {agreementView} from './agreement-view.ts';
import {failingContainer} from './failing-container.ts';
import {guardView} from './guard-view.ts';
import {conditionText, headerView} from './header-view.ts';
import {mixView} from './mix/mix-view.ts';
import {createPodRows, type PodRows} from './pod-rows.ts';
import {replicaSetRows} from './replica-set-rows.ts';
import {type RolloutFacts, rolloutFacts} from './rollout-facts.ts';
import {rolloutView} from './rollout-view.ts';
import {isServiceGone, serviceHeader, serviceView} from './service/service-view.ts';
import {timelineView} from './timeline-view.ts';

/** While nothing happens, ages are refreshed this often: each refresh may be a frame. */
const calmStepMs = 10_000;

/** How long the outcome of a command stays in the footer. */
const noticeMs = 8000;

/** Nothing rolls, nothing is measured, all is live: the screen may rest. `facts`: of the workloads that are shown. */
export function isCalm(state: WorkloadState, facts: readonly (RolloutFacts | undefined)[]): boolean {
	if (state.sampler.mode === 'running' || state.gone || facts.some(one => one?.phase.phase === 'progressing')) return false;
	return streamNames.map(name => state.streams[name]).every(({condition}) => condition.kind === 'live' || condition.kind === 'forbidden');
}

/** Makes the screen's views; parts that did not change keep their identity from one call to the next. */
export function createScreenView(): (state: State) => ScreenView {
	const factsOf = createFactsOf();
	const rowsOf = createRowsOf();
	const mixOf = memoised(mixView);
	const abilities = memoised(abilitiesOf);
	const timeline = memoised(timelineView, shareList);
	let last: ScreenView | undefined;
	let resting: {readonly state: WorkloadState; readonly now: number} | undefined;
	return whole => {
		const state = focused(whole);
		if (last !== undefined && resting !== undefined && isSameMoment(resting.state, state)) return last;
		const calm = isCalm(
			state,
			[...whole.workloads.keys()].map(name => factsOf(whole, name)),
		);
		// A proof of life alone moves no age; but no age may be of a time before its object.
		const now = calm && resting !== undefined && isSameWorld(resting.state, state) ? resting.now : state.now;
		const behind = whole.target.kind === 'Service' ? whole.target.name : undefined;
		const mix = mixOf(whole);
		last = shared(last, {
			...(focusOf(whole) === undefined
				? serviceParts(whole, name => factsOf(whole, name), rowsOf, {now, calm})
				: {
						...workloadParts(state, factsOf(whole), rowsOf, {now, calm, behind, mix}),
						abilities: abilities(state.workload, state.replicaSets, unreadHistory(state.streams.revisions)),
					}),
			mix,
			podsAsked: whole.sampler.podAnswers.size > 0,
			timeline: timeline(state.timeline, behind, focusOf(whole)),
			notice: noticeOf(whole),
			agreement: agreementView(whole),
			hint: state.hint,
			...guardView(whole),
		});
		resting = calm ? {state, now} : undefined;
		return last;
	};
}

/** The facts of each workload, made anew only when it changed. */
function createFactsOf(): (state: State, name?: string) => RolloutFacts | undefined {
	const factsOf = keepLast<string | undefined, typeof rolloutFacts>(() => memoised(rolloutFacts));
	return (state, name = focusOf(state)) => factsOf(name)(focused(state, name), state.now);
}

/** Rows of pods and lines of the timeline share what they can already; there may be thousands, and with each new one all have another place. */
function shared(before: ScreenView | undefined, view: ScreenView): ScreenView {
	if (before === undefined) return view;
	const {pods: rowsBefore, timeline: linesBefore, ...restBefore} = before;
	const {pods, timeline, ...after} = view;
	const [rest, rows, lines] = [share(restBefore, after), shareList(rowsBefore, pods), shareList(linesBefore, timeline)];
	return rest === restBefore && rows === rowsBefore && lines === linesBefore ? before : {...rest, pods: rows, timeline: lines};
}

/** The rows of each workload's pods, made anew only where they changed. */
type RowsOf = (state: State, facts: RolloutFacts, now: number) => PodRows;

function createRowsOf(): RowsOf {
	const rowsOf = keepLast<string, ReturnType<typeof createPodRows>>(createPodRows);
	return (state, facts, now) => rowsOf(facts.workload.name)({facts, pods: state.pods, answers: podAnswers(state), own: state.sampler.podAnswers}, now);
}

type Parts = Omit<ScreenView, 'mix' | 'podsAsked' | 'timeline' | 'notice' | 'hint' | 'agreement' | keyof GuardView>;

const noRows: PodRows = {rows: [], at: 0};

type Moment = {readonly now: number; readonly calm: boolean; readonly behind: string | undefined; readonly mix: MixView};

/** A workload's own screen; its panels are empty until it was seen. */
function workloadParts(state: WorkloadState, facts: RolloutFacts | undefined, rowsOf: RowsOf, {now, calm, behind, mix}: Moment): Omit<Parts, 'abilities'> {
	const {rows: pods, at: podsAt} = facts === undefined ? noRows : rowsOf(state, facts, now);
	return {
		kind: 'workload',
		header: headerView(state, facts, now, calm, behind),
		rollout: facts && rolloutView(state, facts, now, mix),
		service: undefined,
		failing: failingContainer(facts, state.logTails),
		isStuck: facts?.isStuck ?? false,
		behind,
		replicaSets: facts === undefined ? [] : replicaSetRows(facts, now),
		pods,
		podsAt,
		conditions: panelConditions(workloadPanels, state, now),
		gone: state.gone,
	};
}

/** A Service's screen: all that stands behind it. */
function serviceParts(state: State, factsOf: (name: string) => RolloutFacts | undefined, rowsOf: RowsOf, {now, calm}: Pick<Moment, 'now' | 'calm'>): Parts {
	const sides = [...state.workloads.keys()]
		.toSorted()
		.map(factsOf)
		.filter(facts => facts !== undefined);
	const rows = sides.map(facts => rowsOf(state, facts, now));
	return {
		kind: 'service',
		header: serviceHeader(state, now, calm),
		rollout: undefined,
		abilities: {},
		service: serviceView(state, factsOf),
		failing: sides.map(facts => failingContainer(facts, state.logTails)).find(failing => failing !== undefined),
		isStuck: sides.some(facts => facts.isStuck),
		behind: undefined,
		replicaSets: [],
		// What is not well first, whoever's it is.
		pods: rows.flatMap(({rows}) => rows).toSorted((left, right) => Number(left.tone === 'good') - Number(right.tone === 'good')),
		// Who was looked at longer ago has the same ages still.
		podsAt: Math.max(0, ...rows.map(({at}) => at)),
		conditions: panelConditions(servicePanels, state, now),
		gone: isServiceGone(state),
	};
}

function podAnswers({sampler, now}: State): ReturnType<typeof answersByPod> {
	return answersByPod(chosenTarget(sampler)?.window ?? emptyWindow, now, sampler.windowSeconds);
}

/** Only the clock went on, and not far enough to show: what was said of the first still holds of the second. */
function isSameMoment(before: WorkloadState, after: WorkloadState): boolean {
	return isSameStep(before, after) && (Object.keys(after) as (keyof WorkloadState)[]).every(key => key === 'now' || before[key] === after[key]);
}

/** The same objects, not far enough apart to show. */
function isSameWorld(before: WorkloadState, after: WorkloadState): boolean {
	const objects = ['workloads', 'opened', 'replicaSets', 'pods', 'k8sEvents', 'logTails', 'command'] as const;
	return isSameStep(before, after) && objects.every(key => before[key] === after[key]);
}

function isSameStep(before: State, after: State): boolean {
	return Math.floor(before.now / calmStepMs) === Math.floor(after.now / calmStepMs);
}

type PanelStreams = readonly (readonly [PanelName, StreamName])[];

const workloadPanels: PanelStreams = [
	['rollout', 'workloads'],
	['revisions', 'revisions'],
	['pods', 'pods'],
	['timeline', 'events'],
	['mix', 'services'],
	['mix', 'endpointslices'],
];

const servicePanels: PanelStreams = [
	['workloads', 'workloads'],
	['workloads', 'endpointslices'],
	['service', 'services'],
	['pods', 'pods'],
	['timeline', 'events'],
];

function panelConditions(panels: PanelStreams, state: State, now: number): readonly PanelCondition[] {
	return panels.flatMap(([panel, stream]) => {
		const {condition} = state.streams[stream];
		return condition.kind === 'live' ? [] : [{panel, condition, text: conditionText(condition, now)}];
	});
}

function noticeOf(state: State): ScreenView['notice'] {
	const {auditLost, now} = state;
	const notice = outcomeNotice(state);
	if (auditLost === undefined || now - auditLost.at > noticeMs) return notice;
	return {tone: 'bad', text: [...(notice === undefined ? [] : [notice.text]), auditLost.text].join(' — ')};
}

function outcomeNotice({command, sampler: {problem}, now}: State): ScreenView['notice'] {
	if (problem !== undefined && now - problem.at <= noticeMs) return {tone: 'bad', text: problem.text};
	const result = command?.result;
	if (result === undefined || now - (command?.endedAt ?? 0) > noticeMs) return undefined;
	if (result.kind === 'accepted') return {tone: 'good', text: [result.message, ...result.warnings].join(' — ')};
	return {tone: 'bad', text: `${outcomeWord(result)}: ${result.message}${result.hint === undefined ? '' : ` → ${result.hint}`}`};
}
