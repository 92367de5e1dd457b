import {type Command, isStepCommand, type StepCommand} from '../domain/command.ts';
import {rulesOf} from '../domain/kinds/rules-of.ts';
import {outcomeWord} from '../domain/outcome.ts';
import {sameSelector} from '../domain/service-selector.ts';
import type {Workload} from '../domain/workload.ts';
import type {Event} from './event.ts';
import {followAction, measuredSoFar, replacedBy} from './reduce-action.ts';
import type {CommandState, State} from './state.ts';
import {addEntries} from './timeline-log.ts';
import {focused, focusOf} from './workload-state.ts';

/** A command is on its way. Nothing else changes: the cluster decides, the watch tells. */
export function startCommand(state: State, {command, at}: Extract<Event, {type: 'command-started'}>): State {
	const workload = command.kind === 'select' ? undefined : (command.workload ?? focusOf(state));
	const {workload: seen} = focused(state, workload);
	const [before, replaced] = [measuredSoFar(state), seen && replacedBy(state, seen)];
	const sent = {command, workload, startedAt: at, result: undefined, endedAt: undefined, before, replaced, generation: seen?.generation ?? 0, shown: false};
	return {...state, command: seen === undefined ? sent : {...sent, standing: standingOf(seen)}};
}

/** The command as it stands once the watch has brought this workload. */
export function commandAfter(command: CommandState | undefined, workload: Workload): CommandState | undefined {
	if (command === undefined || command.workload !== workload.name || command.shown || !isShown(command, workload)) return command;
	return {...command, shown: true};
}

/** How a workload and what steers it stand, where a command moves no generation of the workload's own. */
function standingOf(workload: Workload): string {
	const rules = rulesOf(workload);
	return JSON.stringify([rules.status(), rules.steps(), releaseStanding(workload)]);
}

function releaseStanding({release}: Workload): readonly unknown[] {
	if (release === undefined) return [];
	return release.kind === 'Application' ? [release.generation, release.phase, release.workflow?.suspend, release.workflow?.status] : [release.paused];
}

/** Whether a command is about what steers the workload from above. */
function isAboveWorkload(command: Command, {release}: Workload): boolean {
	if (release === undefined) return false;
	return command.kind === 'pause' || command.kind === 'resume' || (command.kind === 'undo' && release.kind === 'Application');
}

/** The answer tells which generation is ours. Until it comes, what looks like the effect is taken for it: the watch is often the quicker one. */
function isShown({command, result, generation, standing}: CommandState, workload: Workload): boolean {
	if (isStepCommand(command) || isAboveWorkload(command, workload)) return standingOf(workload) !== standing;
	if (result?.kind === 'accepted' && result.change !== undefined) return workload.generation >= result.change.after.generation;
	return workload.generation > generation && looksDone(command, workload);
}

function looksDone(command: Exclude<Command, StepCommand>, {paused, replicas}: Workload): boolean {
	switch (command.kind) {
		case 'scale':
			return replicas.desired === command.replicas;
		case 'pause':
		case 'resume':
			return paused === (command.kind === 'pause');
		case 'undo':
		case 'restart':
		case 'set-image':
		case 'set-partition':
			return true;
		// Shown by the pods and by the Service.
		case 'delete-pod':
		case 'select':
			return false;
	}
}

/** The command as it stands once the watch has brought these pods: one that ends is as good as gone. */
export function commandAfterPods({command: sent, pods}: Pick<State, 'command' | 'pods'>): CommandState | undefined {
	if (sent === undefined || sent.shown || sent.command.kind !== 'delete-pod') return sent;
	const pod = pods.get(sent.command.uid);
	return pod === undefined || pod.deletedAt !== undefined ? {...sent, shown: true} : sent;
}

/** The command as it stands once the watch has brought this Service. */
export function commandAfterService(state: State): CommandState | undefined {
	const {command: sent, services, target} = state;
	if (sent === undefined || sent.shown || sent.command.kind !== 'select') return sent;
	const {selector} = sent.command;
	const isShown = [...services.values()].some(service => service.name === target.name && sameSelector(service.selector, selector));
	return isShown ? {...sent, shown: true} : sent;
}

/** What looked like the effect may have been somebody else's change: the answer tells. */
function isEndShown(state: State, command: CommandState): boolean {
	if (command.result?.kind !== 'accepted' || command.result.change === undefined) return command.shown;
	const {workload} = focused(state, command.workload);
	return workload !== undefined && isShown(command, workload);
}

/** It was accepted, refused or conflicted. */
export function endCommand(state: State, {command, result, at}: Extract<Event, {type: 'command-ended'}>): State {
	if (state.command === undefined) return state;
	const tone = result.kind === 'accepted' ? 'change' : 'bad';
	const text = result.kind === 'accepted' ? `you: ${result.message}` : `you: ${command.kind} ${outcomeWord(result)}: ${result.message}`;
	const tell = (ended: State, workload: string | undefined) => addEntries(ended, [{at, kind: 'command', tone, subject: undefined, workload, text, count: 1}]);
	// Another one was sent meanwhile: the screen is about that one, but this one was not for nothing.
	if (state.command.command !== command) return tell(state, command.kind === 'select' ? undefined : command.workload);
	const answered = {...state.command, result, endedAt: at};
	const told = tell({...state, command: {...answered, shown: isEndShown(state, answered)}}, state.command.workload);
	return followAction(told, answered, at);
}

/** The log of actions could not be written: whoever acts must know that nobody will read of it. */
export function loseAudit(state: State, {problem, at}: Extract<Event, {type: 'audit-lost'}>): State {
	const text = `not in the log of actions: ${problem}`;
	return addEntries({...state, auditLost: {text, at}}, [{at, kind: 'command', tone: 'bad', subject: undefined, workload: undefined, text, count: 1}]);
}
