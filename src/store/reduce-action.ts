import {actionText} from '../domain/action-text.ts';
import {
	type ActionEnd,
	actionAfter,
	askedOf,
	errorsSince,
	type FollowedAction,
	followedAction,
	type Measured,
	type Replaced,
	setsTemplate,
} from '../domain/after-action.ts';
import {rulesOf} from '../domain/kinds/rules-of.ts';
import {keeperOf} from '../domain/ownership.ts';
import {revisionNumber} from '../domain/revision-number.ts';
import {newReplicaSet, runningRevision} from '../domain/revisions.ts';
import type {Workload} from '../domain/workload.ts';
import {chosenTarget, type TargetState} from './sampler-state.ts';
import {timeOfDay} from './selectors/time-of-day.ts';
import type {CommandState, State} from './state.ts';
import {addEntries} from './timeline-log.ts';

/** What was measured so far, to be taken off from what will be. */
export function measuredSoFar({sampler}: Pick<State, 'sampler'>): Measured | undefined {
	const target = sampler.mode === 'running' ? chosenTarget(sampler) : undefined;
	return target && {since: target.since, requests: askedOf(target.outages.now), failed: target.outages.now.failed};
}

/** What a command takes the place of. While the controller has not seen the last change, the number is of an earlier template. */
export function replacedBy(state: State, workload: Workload): Replaced {
	const revision = revisionNumber(runningRevision(workload, [...state.replicaSets.values()]));
	const isKnown = workload.observedGeneration >= workload.generation && revision.kind === 'number' && revision.value > 0;
	return {template: workload.template, revision: isKnown ? revision.value : undefined, measured: measuredUnder(state, workload), keeper: keeperOf(workload)};
}

/** Of a rollout that goes on: since it was seen to begin, else since the first request. */
function measuredUnder(state: State, workload: Workload): Replaced['measured'] {
	const rollout = state.workloads.get(workload.name)?.rollout;
	const now = measuredSoFar(state);
	if (now === undefined || (rollout === undefined && phaseOf(state, workload) === 'complete')) return undefined;
	const base = rollout?.measured?.since === now.since ? rollout.measured : {requests: 0, failed: 0};
	return {requests: now.requests - base.requests, failed: now.failed - base.failed};
}

/** An accepted command whose pods are to be followed takes the place of the one before. */
export function followAction(state: State, {command, workload, startedAt, result, before, replaced, generation}: CommandState, at: number): State {
	if (result?.kind !== 'accepted' || workload === undefined) return state;
	const from = result.change?.after.generation ?? generation + 1;
	const action = followedAction({command, workload, startedAt, before, replaced, generation: from});
	if (action === undefined || isNothingToFollow(state, action)) return state;
	return actionSeen({...state, action}, at);
}

/** A resumed workload that had nothing left to do is not worth a word. */
function isNothingToFollow(state: State, {kind, workload: name}: FollowedAction): boolean {
	const workload = state.workloads.get(name)?.workload;
	return kind === 'resume' && workload !== undefined && phaseOf(state, {...workload, paused: false}) === 'complete';
}

const toneOfEnd: Readonly<Record<ActionEnd['kind'], 'good' | 'bad' | 'change'>> = {healthy: 'good', failed: 'bad', reverted: 'bad', superseded: 'change'};

/** The followed action as it stands now that the workload was seen; its end is told once, and once more what took it back. */
export function actionSeen(state: State, at: number): State {
	const {action} = state;
	const followed = action && state.workloads.get(action.workload);
	if (action === undefined || followed === undefined || isOurNext(state, action)) return state;
	const {workload, gone} = followed;
	const after = gone ? undefined : actionAfter(action, workload, phaseOf(state, workload), at, () => errorsOf(state, action));
	if (after === action) return state;
	const next = {...state, action: after};
	if (after?.end === undefined || after.end === action.end) return next;
	const text = `you: ${actionText(after, after.end, timeOfDay)}`;
	return addEntries(next, [{at, kind: 'command', tone: toneOfEnd[after.end.kind], subject: undefined, workload: action.workload, text, count: 1}]);
}

/** Another template of ours is on its way: the watch may show it before the answer says that it is ours. */
function isOurNext({command}: State, action: FollowedAction): boolean {
	return command !== undefined && command.result === undefined && command.workload === action.workload && setsTemplate(command.command);
}

function phaseOf({workloads, replicaSets}: State, workload: Workload) {
	const all = [...replicaSets.values()];
	const objects = {workload, newReplicaSet: newReplicaSet(workload, all), replicaSets: all};
	const phase = rulesOf(workload).phase(objects, undefined, workloads.get(workload.name)?.rollout?.deadlineBefore);
	// Old pods that run down keep nobody from being served.
	return phase.phase === 'progressing' && phase.waitingFor.kind === 'termination' ? 'complete' : phase.phase;
}

function errorsOf({sampler}: State, action: FollowedAction) {
	const target: TargetState | undefined = chosenTarget(sampler);
	return target && errorsSince(action, target.since, target.outages.now);
}
