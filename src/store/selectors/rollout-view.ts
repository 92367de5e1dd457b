import {actionWord} from '../../domain/action-text.ts';
import type {FollowedAction} from '../../domain/after-action.ts';
import type {Command} from '../../domain/command.ts';
import {humanDuration} from '../../domain/human-duration.ts';
import {runsBeside} from '../../domain/kinds/kruise/runs-beside.ts';
import {wantedNew} from '../../domain/ordinals.ts';
import type {RolloutPhase} from '../../domain/rollout-phase.ts';
import type {CommandState, State} from '../state.ts';
import type {Lane, MixView, RolloutView, Tone} from '../views.ts';
import {releaseStepsView} from './release-steps-view.ts';
import type {RolloutFacts} from './rollout-facts.ts';
import {rolloutNotes} from './rollout-notes.ts';

const phaseTone: Readonly<Record<RolloutPhase['phase'], Tone>> = {progressing: 'change', paused: 'change', stalled: 'bad', complete: 'good'};

const commandWord: Readonly<Record<Command['kind'], string>> = {
	pause: 'PAUSING…',
	resume: 'RESUMING…',
	undo: 'ROLLING BACK…',
	scale: 'SCALING…',
	restart: 'RESTARTING…',
	'set-image': 'SETTING IMAGE…',
	'delete-pod': 'DELETING POD…',
	continue: 'CONTINUING…',
	'promote-full': 'PROMOTING…',
	abort: 'ABORTING…',
	retry: 'RETRYING…',
	'set-partition': 'SETTING PARTITION…',
	'to-step': 'GOING TO STEP…',
	select: 'SELECTING…',
};

/** How the rollout stands: phase, kubectl's line, its steps, both lanes, what holds it up. `mix`: what is measured meanwhile. */
export function rolloutView(state: State, facts: RolloutFacts, now: number, mix?: MixView): RolloutView {
	const {phase, workload, allowed} = facts;
	const {desired, current, available} = workload.replicas;
	const pending = pendingCommand(state.command);
	const counts = workload.strategy.type !== 'BlueGreen' && workload.strategy.type !== 'OnDelete' && !runsBeside(workload);
	return {
		phase: phase.phase,
		...rolloutWord(state, facts),
		busy: pending !== undefined || phase.phase === 'progressing',
		message: facts.status.message,
		lanes: lanesOf(facts),
		steps: releaseStepsView(facts, mix),
		...(counts ? {surge: {used: Math.max(0, current - desired), allowed: allowed.surge}} : {}),
		...(counts ? {unavailable: {used: Math.max(0, desired - available), allowed: allowed.unavailable}} : {}),
		elapsed: elapsedOf(facts, now),
		notes: rolloutNotes(state, facts, now),
	};
}

/** The phase in a word, or what a command under way does. */
export function rolloutWord({command, action}: Pick<State, 'command' | 'action'>, facts: RolloutFacts): Pick<RolloutView, 'word' | 'tone'> {
	const {phase} = facts;
	const pending = pendingCommand(command);
	const word = pending === undefined ? actionUnderWay(action, facts) : commandWord[pending.kind];
	return {word: word ?? phase.word ?? phase.phase.toUpperCase(), tone: phaseTone[phase.phase]};
}

/** An action of ours goes on by this very rollout. */
function actionUnderWay(action: FollowedAction | undefined, {phase, workload, newReplicaSet}: RolloutFacts): string | undefined {
	if (action === undefined || action.end !== undefined || phase.phase !== 'progressing') return undefined;
	return actionWord(action, newReplicaSet?.available ?? 0, wantedNew(workload));
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
	const wanted = wantedNew(workload);
	const newLane: Lane = {
		label: 'new',
		filled: updated,
		whole,
		text: `${updated}/${wanted} updated · ${ready} ready · ${available} available`,
	};
	const left = Math.max(0, current - updated);
	if (phase.phase === 'complete' && left === 0 && terminating.old === 0) return [newLane];
	const kept = wanted < desired && left > 0 ? `${Math.min(left, desired - wanted)} kept (partition) · ` : '';
	return [newLane, {label: 'old', filled: left, whole, text: `${left}/${desired} left · ${kept}${terminating.old} terminating`}];
}

/** Of a rollout that goes on: since it began. Of one that is over nothing: what is shown must not look as if it ran. */
function elapsedOf({phase, startedAt}: RolloutFacts, now: number): string | undefined {
	if (phase.phase === 'complete' || startedAt === undefined) return undefined;
	return humanDuration(Math.max(0, now - startedAt));
}
