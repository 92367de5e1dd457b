import type {Command} from '../../domain/command.ts';
import {humanDuration} from '../../domain/human-duration.ts';
import type {RolloutPhase} from '../../domain/rollout-phase.ts';
import {shortText} from '../../domain/short-text.ts';
import type {Hope} from '../../domain/why/finding.ts';
import type {CommandState, State} from '../state.ts';
import type {Lane, RolloutView, Tone} from '../views.ts';
import {failingContainer} from './failing-container.ts';
import {findingText} from './finding-text.ts';
import type {RolloutFacts} from './rollout-facts.ts';

const phaseTone: Readonly<Record<RolloutPhase['phase'], Tone>> = {progressing: 'change', paused: 'change', stalled: 'bad', complete: 'good'};

const commandWord: Readonly<Record<Command['kind'], string>> = {
	pause: 'PAUSING…',
	resume: 'RESUMING…',
	undo: 'ROLLING BACK…',
	scale: 'SCALING…',
	restart: 'RESTARTING…',
	'set-image': 'SETTING IMAGE…',
	'delete-pod': 'DELETING POD…',
	select: 'SELECTING…',
};

/** How the rollout stands: phase, kubectl's line, both lanes, what holds it up. */
export function rolloutView(state: State, facts: RolloutFacts, now: number): RolloutView {
	const {phase, workload, allowed} = facts;
	const {desired, current, available} = workload.replicas;
	const pending = pendingCommand(state.command);
	return {
		phase: phase.phase,
		...rolloutWord(state, facts),
		busy: pending !== undefined || phase.phase === 'progressing',
		message: facts.status.message,
		lanes: lanesOf(facts),
		surge: {used: Math.max(0, current - desired), allowed: allowed.surge},
		unavailable: {used: Math.max(0, desired - available), allowed: allowed.unavailable},
		elapsed: elapsedOf(facts, now),
		notes: [...lostNotes(state), ...findingNotes(facts, state.logTails, now), ...phaseNotes(facts, now)],
	};
}

/** The phase in a word, or what a command under way does. */
export function rolloutWord({command}: Pick<State, 'command'>, {phase}: RolloutFacts): Pick<RolloutView, 'word' | 'tone'> {
	const pending = pendingCommand(command);
	return {word: pending === undefined ? phase.phase.toUpperCase() : commandWord[pending.kind], tone: phaseTone[phase.phase]};
}

/** Why what is shown may be old: the header has room only for the fact. */
function lostNotes({streams}: State): RolloutView['notes'] {
	const {condition} = streams.deployments;
	return condition.kind === 'lost' ? [{tone: 'bad', text: `Not live: ${condition.reason}`}] : [];
}

/** A command that was sent and whose effect the watch has not shown yet. */
export function pendingCommand(command: CommandState | undefined): Command | undefined {
	if (command === undefined || command.shown || (command.result !== undefined && command.result.kind !== 'accepted')) return undefined;
	return command.command;
}

function lanesOf({workload, newReplicaSet, replicaSetsKnown, terminating, phase}: RolloutFacts): readonly Lane[] {
	const {desired, current, updated} = workload.replicas;
	// What can't be seen is not nothing: the workload's own counts are of both sides, and the nearest that there is.
	const {ready, available} = newReplicaSet ?? (replicaSetsKnown ? {ready: 0, available: 0} : workload.replicas);
	const whole = Math.max(desired, 1);
	const newLane: Lane = {
		label: 'new',
		filled: updated,
		whole,
		text: `${updated}/${desired} updated · ${ready} ready · ${available} available`,
	};
	const left = Math.max(0, current - updated);
	if (phase.phase === 'complete' && left === 0 && terminating.old === 0) return [newLane];
	return [newLane, {label: 'old', filled: left, whole, text: `${left}/${desired} left · ${terminating.old} terminating`}];
}

/** Of a rollout that goes on: since it began. Of one that is over nothing: what is shown must not look as if it ran. */
function elapsedOf({phase, startedAt}: RolloutFacts, now: number): string | undefined {
	if (phase.phase === 'complete' || startedAt === undefined) return undefined;
	return humanDuration(Math.max(0, now - startedAt));
}

const findingTone: Readonly<Record<Hope, Tone>> = {none: 'bad', doubtful: 'bad', likely: 'change', waits: 'quiet'};

/** One line per kind: ten pods that crash alike are one piece of news. */
function findingNotes(facts: RolloutFacts, tails: State['logTails'], now: number): RolloutView['notes'] {
	const notes = facts.findings.map((finding, index) => {
		// What to do about the worst; one thing at a time.
		const advice = index > 0 || finding.advice === undefined ? '' : ` → ${finding.advice}`;
		return {tone: findingTone[finding.hope], text: `${findingText(finding, now)}${advice}`};
	});
	const [worst, ...others] = notes;
	return worst === undefined ? [] : [worst, ...lastLogNote(facts, tails, worst.text), ...others];
}

/** What the worst container said last, unless the sentence about it says so already. */
function lastLogNote(facts: RolloutFacts, tails: State['logTails'], told: string): RolloutView['notes'] {
	const last = failingContainer(facts, tails)?.lines?.findLast(line => line.trim() !== '');
	if (last === undefined || told.includes(shortText(last, 60).replace(/…$/, ''))) return [];
	return [{tone: 'quiet', text: `last log line: ${shortText(last, 200)}`, spare: true}];
}

function phaseNotes(facts: RolloutFacts, now: number): RolloutView['notes'] {
	const {phase, deadlineAt} = facts;
	switch (phase.phase) {
		case 'paused': {
			const since = phase.since === undefined ? '' : ` for ${humanDuration(Math.max(0, now - phase.since))}`;
			const stalled = phase.deadlineExceeded ? ' It had exceeded its progress deadline before.' : '';
			return [{tone: 'change', text: `Paused${since}: nothing moves until it is resumed (r).${stalled}`}];
		}
		case 'stalled':
			return [{tone: 'bad', text: `The rollout has stalled.${undoHint(facts)}`}];
		case 'complete':
			return [];
		case 'progressing':
			return progressNotes(facts, phase, deadlineAt, now);
	}
}

function progressNotes(
	facts: RolloutFacts,
	phase: Extract<RolloutPhase, {phase: 'progressing'}>,
	deadlineAt: number | undefined,
	now: number,
): RolloutView['notes'] {
	if (phase.waitingFor.kind === 'termination') {
		const {old} = phase.waitingFor;
		return [{tone: 'change', text: `All new pods are available; ${old} old ${old === 1 ? 'pod' : 'pods'} still terminating.`}];
	}
	if (phase.staleDeadline) return [{tone: 'quiet', text: 'The cluster still reports the exceeded deadline of the earlier template: not this rollout’s.'}];
	if (deadlineAt === undefined) return [];
	const left = deadlineAt - now;
	const text = left > 0 ? `Deadline in ${humanDuration(left)}.` : 'The deadline has passed; the controller is about to say so.';
	const isTroubled = facts.findings.some(({hope}) => hope === 'none' || hope === 'doubtful');
	return [{tone: isTroubled ? 'bad' : 'quiet', text: `${text}${isTroubled ? undoHint(facts) : ''}`}];
}

function undoHint({undoRevision}: RolloutFacts): string {
	return undoRevision === undefined ? '' : ` → u undo to revision ${undoRevision}   p pause`;
}
