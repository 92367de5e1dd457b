import {actionText} from '../../domain/action-text.ts';
import {counted} from '../../domain/counted.ts';
import {humanDuration} from '../../domain/human-duration.ts';
import {rulesOf} from '../../domain/kinds/rules-of.ts';
import type {RolloutPhase} from '../../domain/rollout-phase.ts';
import {sentence} from '../../domain/sentence.ts';
import {shortText} from '../../domain/short-text.ts';
import type {FindingKind} from '../../domain/why/finding-kind.ts';
import type {Workload} from '../../domain/workload.ts';
import type {State} from '../state.ts';
import type {RolloutView} from '../views.ts';
import {failingContainer} from './failing-container.ts';
import {findingText, findingTone} from './finding-text.ts';
import {outlookNotes} from './outlook-notes.ts';
import type {RolloutFacts} from './rollout-facts.ts';
import {timeOfDay} from './time-of-day.ts';

type Notes = RolloutView['notes'];

/** What the panel says in its own words: the strategy names who is waited for, and the phase has a sentence of its own. */
const saidElsewhere: ReadonlySet<FindingKind> = new Set(['paused', 'min-ready-seconds', 'old-pods-ending', 'recreate-waits']);

/** The lines below the lanes, most important first: what is worst, what becomes of it, what else there is, and the strategy where there is room. */
export function rolloutNotes(state: State, facts: RolloutFacts, now: number): Notes {
	const notes = facts.findings
		.filter(({kind}) => !saidElsewhere.has(kind))
		.map((finding, index): Notes[number] => {
			// What to do about the worst; one thing at a time.
			const advice = index > 0 || finding.advice === undefined ? '' : ` → ${finding.advice}`;
			return {tone: findingTone[finding.hope], text: `${findingText(finding, now)}${advice}`, brief: finding.message};
		});
	const [worst, ...others] = notes;
	const first = worst === undefined ? [] : [worst, ...lastLogNote(facts, state.logTails, worst.text)];
	return [...lostNotes(state), ...first, ...phaseNotes(facts, now), ...actionNotes(state), ...others, ...strategyNotes(facts)];
}

/** Why what is shown may be old: the header has room only for the fact. */
function lostNotes({streams}: State): Notes {
	const {condition} = streams.workloads;
	return condition.kind === 'lost' ? [{tone: 'bad', text: `Not live: ${condition.reason}`}] : [];
}

/** What came of our last action: it stays until another template comes, and says for some minutes that one came. */
function actionNotes({action}: Pick<State, 'action'>): Notes {
	if (action?.end === undefined) return [];
	const text = actionText(action, action.end, timeOfDay);
	const tone = action.end.kind === 'healthy' ? 'good' : action.end.kind === 'reverted' ? 'bad' : 'change';
	return [{tone, text: sentence(text)}];
}

/** What the worst container said last, unless the sentence about it says so already. */
function lastLogNote(facts: RolloutFacts, tails: State['logTails'], told: string): Notes {
	const last = failingContainer(facts, tails)?.lines?.findLast(line => line.trim() !== '');
	if (last === undefined || told.includes(shortText(last, 60).replace(/…$/, ''))) return [];
	return [{tone: 'quiet', text: `last log line: ${shortText(last, 200)}`, spare: true}];
}

function phaseNotes(facts: RolloutFacts, now: number): Notes {
	const {phase} = facts;
	switch (phase.phase) {
		case 'paused':
			return pausedNotes(facts, phase, now);
		case 'stalled':
			return [{tone: 'bad', text: `${phase.note ?? 'The rollout has stalled.'}${keyHints(facts, ['retry', 'undo', 'pause'])}`}];
		case 'complete':
			return phase.note === undefined ? [] : [{tone: 'change', text: phase.note}];
		case 'progressing':
			return progressNotes(facts, phase, now);
	}
}

/** Paused by a person, or at a step: which one that is stands above. */
function pausedNotes(facts: RolloutFacts, phase: Extract<RolloutPhase, {phase: 'paused'}>, now: number): Notes {
	const {workload} = facts;
	if (workload.paused) return [pausedNote(phase, now)];
	const hints = keyHints(facts, ['continue', 'delete-pod', 'abort', 'undo']);
	const said = phase.note ?? (phase.waitingFor?.kind === 'words' ? sentence(phase.waitingFor.text) : undefined);
	if (said === undefined && hints === '') return [pausedNote(phase, now)];
	return [{tone: 'change', text: `${said ?? ''}${hints}`.replace(/^ → /, '')}];
}

function pausedNote({since, deadlineExceeded}: Extract<RolloutPhase, {phase: 'paused'}>, now: number): Notes[number] {
	const forHow = since === undefined ? '' : ` for ${humanDuration(Math.max(0, now - since))}`;
	const stalled = deadlineExceeded ? ' It had exceeded its progress deadline before.' : '';
	return {tone: 'change', text: `Paused${forHow}: nothing moves until it is resumed (r).${stalled}`};
}

function progressNotes(facts: RolloutFacts, phase: Extract<RolloutPhase, {phase: 'progressing'}>, now: number): Notes {
	if (phase.waitingFor.kind === 'termination') {
		const {old} = phase.waitingFor;
		return [{tone: 'change', text: `All new pods are available; ${counted(old, 'old pod')} still terminating.`}];
	}
	const stale: Notes = phase.staleDeadline
		? [{tone: 'quiet', text: 'The cluster still reports the exceeded deadline of the earlier template: not this rollout’s.'}]
		: [];
	return [...stale, ...outlookNotes(facts, now, keyHints(facts, ['undo', 'pause']))];
}

type Hinted = 'continue' | 'abort' | 'retry' | 'undo' | 'pause' | 'delete-pod';

/** The keys that help, as far as the kind lets them: ` → u undo to revision 2   p pause`. */
function keyHints(facts: RolloutFacts, wanted: readonly Hinted[]): string {
	const {workload, undoRevision} = facts;
	const words: Readonly<Record<Hinted, string>> = {
		continue: 'n continue',
		abort: 'a abort',
		retry: 'A retry',
		undo: `u undo to revision ${undoRevision}`,
		pause: 'p pause',
		'delete-pod': 'x delete the marked pod',
	};
	// What is held up by a pod of what was undone must not be told to go back to that.
	const goesBack = undoRevision !== undefined && !facts.findings.some(({kind}) => kind === 'ordered-pod');
	const able = wanted.filter(kind => {
		if (kind === 'delete-pod') return workload.strategy.type === 'OnDelete';
		return kind === 'undo' ? goesBack : can(workload, kind);
	});
	// To pause is no help where there is nothing to go back to.
	if (!goesBack && able.every(kind => kind === 'pause')) return '';
	return ` → ${able.map(kind => words[kind]).join('   ')}`;
}

function can(workload: Workload, kind: Exclude<Hinted, 'undo' | 'delete-pod'>): boolean {
	return rulesOf(workload).refusal({kind}, []) === undefined;
}

/** Without the ReplicaSets nobody knows what the controller's next step is. */
function strategyNotes({phase, strategy, findings, replicaSetsKnown}: RolloutFacts): Notes {
	if (!replicaSetsKnown || phase.phase !== 'progressing' || phase.waitingFor.kind === 'termination' || phase.waitingFor.kind === 'observation') return [];
	const text = sentence(strategy.text);
	return [findings.some(({hope}) => hope !== 'waits') ? {tone: 'quiet', text, spare: true} : {tone: 'quiet', text}];
}
