import type {Command} from './command.ts';
import {humanDuration} from './human-duration.ts';
import type {Outages} from './mix/outages.ts';
import type {RolloutPhase} from './rollout-phase.ts';
import {sameTemplate} from './same-template.ts';
import {shortText} from './short-text.ts';
import type {Template} from './template.ts';
import type {Workload} from './workload.ts';

/** An action that pods follow for a while. Times are epoch ms. */
export type FollowedAction = {
	readonly kind: 'undo' | 'restart' | 'set-image' | 'resume';
	/** Name of the workload. */
	readonly workload: string;
	/** Of an undo: the revision that it goes to. */
	readonly revision: number | undefined;
	/** Of a new image. */
	readonly image: string | undefined;
	readonly startedAt: number;
	/** The workload's generation from which on it holds. */
	readonly generation: number;
	/** What was measured until it was sent; undefined: nothing. */
	readonly before: Measured | undefined;
	/** The template that holds since; undefined until the watch has shown it. */
	readonly template: Template | undefined;
	readonly end: ActionEnd | undefined;
};

/** Requests of one target of the sampler, and those that failed. `since`: when it was first asked, which tells it from others. */
export type Measured = {readonly since: number; readonly requests: number; readonly failed: number};

/** How it ended: all new pods are available, somebody set another template, or the progress deadline is over. */
export type ActionEnd = {readonly kind: 'healthy' | 'superseded' | 'failed'; readonly at: number; readonly errors: UserErrors | undefined};

/** What a person's users got from the action to its end: requests, and failures from the first to the last. */
export type UserErrors = {readonly requests: number; readonly failed: number; readonly fromAt: number; readonly lastAt: number; readonly untilAt: number};

type Accepted = {
	readonly command: Command;
	readonly workload: string;
	readonly generation: number;
	readonly startedAt: number;
	readonly before: Measured | undefined;
};

/** What is to be followed of an accepted command; undefined where no pods follow it. */
export function followedAction({command, ...known}: Accepted): FollowedAction | undefined {
	const {kind} = command;
	if (kind !== 'undo' && kind !== 'restart' && kind !== 'set-image' && kind !== 'resume') return undefined;
	const revision = kind === 'undo' ? (command.seen?.undoTo ?? command.toRevision) : undefined;
	return {...known, kind, revision, image: kind === 'set-image' ? command.image : undefined, template: undefined, end: undefined};
}

/** What happens to an action once the workload is seen again: the same object when nothing did, undefined when there is nothing to say of it any more. */
export function actionAfter(
	action: FollowedAction,
	workload: Workload,
	phase: RolloutPhase['phase'],
	at: number,
	errors: () => UserErrors | undefined,
): FollowedAction | undefined {
	if (workload.generation < action.generation) return action;
	// Somebody was quicker than the answer to it (a GitOps controller, say): whose template this is cannot be told.
	if (action.template === undefined && workload.generation > action.generation) return undefined;
	const isOther = action.template !== undefined && !isSameTemplate(action.template, workload.template);
	// What came after it is another story.
	if (action.end !== undefined) return isOther ? undefined : action;
	if (isOther) return {...action, end: {kind: 'superseded', at, errors: errors()}};
	const seen = action.template === undefined ? {...action, template: workload.template} : action;
	if (phase === 'complete') return {...seen, end: {kind: 'healthy', at, errors: errors()}};
	return phase === 'stalled' ? {...seen, end: {kind: 'failed', at, errors: errors()}} : seen;
}

/** Each change of the status brings the same template in another object. */
function isSameTemplate(left: Template, right: Template): boolean {
	return left === right || sameTemplate(left, right);
}

/** What failed since the action, of the target that was measured then; undefined where none was, or none was asked since. */
export function errorsSince({before, startedAt}: FollowedAction, since: number, outages: Outages): UserErrors | undefined {
	const base = before?.since === since ? before : {requests: 0, failed: 0};
	const requests = askedOf(outages) - base.requests;
	const failed = outages.failed - base.failed;
	if (requests <= 0) return undefined;
	const hit = failed > 0 ? outages.list.filter(({lastAt}) => lastAt >= startedAt) : [];
	const [first, last] = [hit[0], hit.at(-1)];
	if (first === undefined || last === undefined) return {requests, failed, fromAt: startedAt, lastAt: startedAt, untilAt: startedAt};
	return {requests, failed, fromAt: Math.max(startedAt, first.startAt), lastAt: last.lastAt, untilAt: last.failedUntil};
}

/** Requests that came as far as the Service. */
export function askedOf({samples, unasked}: Outages): number {
	return samples - unasked;
}

/** What the action does, as the phase's word; `available` of `desired` new pods are there. */
export function actionWord({kind, revision}: FollowedAction, available: number, desired: number): string {
	const how = `${Math.min(available, desired)} of ${desired}`;
	switch (kind) {
		case 'undo':
			return `ROLLING BACK${revision === undefined ? '' : ` TO REVISION ${revision}`}: ${how}`;
		case 'restart':
			return `RESTARTING: ${how}`;
		case 'set-image':
			return `SETTING IMAGE: ${how}`;
		case 'resume':
			return `ROLLING OUT: ${how}`;
	}
}

const longestImage = 120;

function whatWasDone({kind, revision, image}: FollowedAction): string {
	switch (kind) {
		case 'undo':
			return revision === undefined ? 'rolled back' : `rolled back to revision ${revision}`;
		case 'restart':
			return 'restarted';
		case 'set-image':
			return `set the image ${shortText(image ?? '', longestImage)}`;
		case 'resume':
			return 'resumed and rolled out';
	}
}

/** `rolled back to revision 2 in 41s; users saw errors for 12s (3 of 40 requests), the last at 14:02:48`. `clock` writes a time of day. */
export function actionText(action: FollowedAction, {kind, at, errors}: ActionEnd, clock: (at: number) => string): string {
	const took = humanDuration(Math.max(0, at - action.startedAt));
	const done = whatWasDone(action);
	if (kind === 'healthy') return `${done} in ${took}; ${errorsText(errors, clock)}`;
	const what = kind === 'superseded' ? `another template came ${took} later` : `stalled after ${took}: its progress deadline is over`;
	return `${done}, but ${what}; ${errorsText(errors, clock)}`;
}

function errorsText(errors: UserErrors | undefined, clock: (at: number) => string): string {
	if (errors === undefined) return 'nothing was measured meanwhile';
	const {requests, failed, fromAt, lastAt, untilAt} = errors;
	if (failed === 0) return `users saw no error in ${requests} ${requests === 1 ? 'request' : 'requests'}`;
	return `users saw errors for ${humanDuration(Math.max(0, untilAt - fromAt))} (${failed} of ${requests} requests), the last at ${clock(lastAt)}`;
}
