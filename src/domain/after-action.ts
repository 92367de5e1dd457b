import type {Command} from './command.ts';
import type {Outages} from './mix/outages.ts';
import {keeperOf} from './ownership.ts';
import type {RolloutPhase} from './rollout-phase.ts';
import {sameTemplate} from './same-template.ts';
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
	/** What it took the place of; undefined where it changed no template. */
	readonly replaced: Replaced | undefined;
	/** The template that holds since; undefined until the watch has shown it. */
	readonly template: Template | undefined;
	readonly end: ActionEnd | undefined;
};

/** Requests of one target of the sampler, and those that failed. `since`: when it was first asked, which tells it from others. */
export type Measured = {readonly since: number; readonly requests: number; readonly failed: number};

/** The template before an action, and the number of its revision where it had one then. */
export type Replaced = {
	readonly template: Template;
	readonly revision: number | undefined;
	/** Requests and failures since its rollout began, until the action; undefined: nothing was measured, or nobody knows when it began. */
	readonly measured: Pick<Measured, 'requests' | 'failed'> | undefined;
	/** Who was known to keep the workload then: with a template an undo brings its revision's annotations, which may be older (kubectl: rollback.go). */
	readonly keeper: string | undefined;
};

/**
 * How it ended: all new pods are available, somebody set another template, somebody set the one that was there before, or the progress deadline is over.
 * `keeper`: who is known to take back what others change.
 */
export type ActionEnd = {
	readonly kind: 'healthy' | 'superseded' | 'reverted' | 'failed';
	readonly at: number;
	readonly errors: UserErrors | undefined;
	readonly keeper?: string | undefined;
};

/** What a person's users got from the action to its end: requests, and failures from the first to the last. */
export type UserErrors = {readonly requests: number; readonly failed: number; readonly fromAt: number; readonly lastAt: number; readonly untilAt: number};

type Accepted = {
	readonly command: Command;
	readonly workload: string;
	readonly generation: number;
	readonly startedAt: number;
	readonly before: Measured | undefined;
	readonly replaced: Replaced | undefined;
};

/** The command sets another template once it is accepted. */
export function setsTemplate({kind}: Command): boolean {
	return kind === 'undo' || kind === 'restart' || kind === 'set-image';
}

/** What is to be followed of an accepted command; undefined where no pods follow it. */
export function followedAction({command, replaced, ...known}: Accepted): FollowedAction | undefined {
	const {kind} = command;
	if (kind !== 'undo' && kind !== 'restart' && kind !== 'set-image' && kind !== 'resume') return undefined;
	const revision = kind === 'undo' ? (command.seen?.undoTo ?? command.toRevision) : undefined;
	const image = kind === 'set-image' ? command.image : undefined;
	return {...known, kind, revision, image, replaced: setsTemplate(command) ? replaced : undefined, template: undefined, end: undefined};
}

/** How long after its end it is still told that it was taken back: who reconciles by a clock mostly does so within ten minutes. */
const mayBeTakenBackMs = 600_000;

/** What happens to an action once the workload is seen again: the same object when nothing did, undefined when there is nothing to say of it any more. */
export function actionAfter(
	action: FollowedAction,
	workload: Workload,
	phase: RolloutPhase['phase'],
	at: number,
	errors: () => UserErrors | undefined,
): FollowedAction | undefined {
	if (workload.generation < action.generation) return action;
	const end = (kind: ActionEnd['kind']): ActionEnd => ({kind, at, errors: errors()});
	const stands = templateNow(action, workload);
	if (stands === 'nobody knows') return undefined;
	// From here on the note is about the other template.
	if (stands !== 'ours') {
		const keeper = keeperOf(workload) ?? action.replaced?.keeper;
		return isOver(action, at) ? undefined : {...action, template: workload.template, end: {...end(stands), keeper}};
	}
	if (action.end !== undefined) return action;
	const seen = action.template === undefined ? {...action, template: workload.template} : action;
	if (phase === 'complete') return {...seen, end: end('healthy')};
	return phase === 'stalled' ? {...seen, end: end('failed')} : seen;
}

function templateNow({template, replaced, generation}: FollowedAction, workload: Workload): 'ours' | 'superseded' | 'reverted' | 'nobody knows' {
	const isOurs = template === undefined ? workload.generation === generation : isSameTemplate(template, workload.template);
	if (isOurs) return 'ours';
	if (replaced !== undefined && isSameTemplate(replaced.template, workload.template)) return 'reverted';
	// Somebody was quicker than the answer to it (a GitOps controller, say): whose template this is cannot be told, unless it is the one before.
	return template === undefined ? 'nobody knows' : 'superseded';
}

/** What came after it is another story. */
function isOver({end}: FollowedAction, at: number): boolean {
	if (end === undefined) return false;
	return end.kind === 'superseded' || end.kind === 'reverted' || at - end.at > mayBeTakenBackMs;
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
	// Those that were sent before it and failed meanwhile are no errors of its time.
	if (first === undefined || last === undefined)
		return requests === failed ? undefined : {requests: requests - failed, failed: 0, fromAt: startedAt, lastAt: startedAt, untilAt: startedAt};
	return {requests, failed, fromAt: Math.max(startedAt, first.startAt), lastAt: last.lastAt, untilAt: last.failedUntil};
}

/** Requests that came as far as the Service. */
export function askedOf({samples, unasked}: Outages): number {
	return samples - unasked;
}
