import {actionAfter, actionText, askedOf, errorsSince, type FollowedAction, followedAction, type Measured} from '../domain/after-action.ts';
import {newReplicaSet} from '../domain/revisions.ts';
import {rolloutPhase} from '../domain/rollout-phase.ts';
import {chosenTarget, type TargetState} from './sampler-state.ts';
import {timeOfDay} from './selectors/time-of-day.ts';
import type {CommandState, State} from './state.ts';
import {addEntries} from './timeline-log.ts';

/** What was measured so far, to be taken off from what will be. */
export function measuredSoFar({sampler}: Pick<State, 'sampler'>): Measured | undefined {
	const target = sampler.mode === 'running' ? chosenTarget(sampler) : undefined;
	return target && {since: target.since, requests: askedOf(target.outages.now), failed: target.outages.now.failed};
}

/** An accepted command whose pods are to be followed takes the place of the one before. */
export function followAction(state: State, {command, workload, startedAt, result, before, generation}: CommandState, at: number): State {
	if (result?.kind !== 'accepted' || workload === undefined) return state;
	const from = result.change?.after.generation ?? generation + 1;
	const action = followedAction({command, workload, startedAt, before, generation: from});
	if (action === undefined || isNothingToFollow(state, action)) return state;
	return actionSeen({...state, action}, at);
}

/** A resumed workload that had nothing left to do is not worth a word. */
function isNothingToFollow(state: State, {kind, workload: name}: FollowedAction): boolean {
	const workload = state.workloads.get(name)?.workload;
	return kind === 'resume' && workload !== undefined && phaseOf(state, {...workload, paused: false}) === 'complete';
}

/** The followed action as it stands now that the workload was seen; its end is told once. */
export function actionSeen(state: State, at: number): State {
	const {action} = state;
	const followed = action && state.workloads.get(action.workload);
	if (action === undefined || followed === undefined) return state;
	const {workload, gone} = followed;
	const after = gone ? undefined : actionAfter(action, workload, phaseOf(state, workload), at, () => errorsOf(state, action));
	if (after === action) return state;
	const next = {...state, action: after};
	if (after?.end === undefined || action.end !== undefined) return next;
	const tone = after.end.kind === 'healthy' ? 'good' : after.end.kind === 'failed' ? 'bad' : 'change';
	const text = `you: ${actionText(after, after.end, timeOfDay)}`;
	return addEntries(next, [{at, kind: 'command', tone, subject: undefined, workload: action.workload, text, count: 1}]);
}

function phaseOf({workloads, replicaSets}: State, workload: NonNullable<ReturnType<State['workloads']['get']>>['workload']) {
	const all = [...replicaSets.values()];
	const objects = {workload, newReplicaSet: newReplicaSet(workload, all), replicaSets: all};
	const phase = rolloutPhase(objects, undefined, workloads.get(workload.name)?.rollout?.deadlineBefore);
	// Old pods that run down keep nobody from being served.
	return phase.phase === 'progressing' && phase.waitingFor.kind === 'termination' ? 'complete' : phase.phase;
}

function errorsOf({sampler}: State, action: FollowedAction) {
	const target: TargetState | undefined = chosenTarget(sampler);
	return target && errorsSince(action, target.since, target.outages.now);
}
