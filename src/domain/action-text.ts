import type {ActionEnd, FollowedAction, UserErrors} from './after-action.ts';
import {counted} from './counted.ts';
import {humanDuration} from './human-duration.ts';
import {shortText} from './short-text.ts';

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
export function actionText(action: FollowedAction, end: ActionEnd, clock: (at: number) => string): string {
	const {kind, at, errors} = end;
	const took = humanDuration(Math.max(0, at - action.startedAt));
	const done = whatWasDone(action);
	if (kind === 'healthy') return `${done} ${took === '0s' ? 'at once' : `in ${took}`}; ${errorsText(errors, clock)}${beforeText(action)}`;
	const measured = kind === 'reverted' && errors === undefined ? '' : `; ${errorsText(errors, clock)}`;
	return `${done}, but ${endText(action, end, took)}${measured}`;
}

function endText({replaced}: FollowedAction, {kind, keeper}: ActionEnd, took: string): string {
	const kept = keeper === undefined ? '' : ` (${keeper} keeps it)`;
	if (kind === 'superseded') return `another template came ${took} later${kept}`;
	if (kind !== 'reverted') return `stalled after ${took}: its progress deadline is over`;
	const back = replaced?.revision === undefined ? 'what it was before' : `revision ${replaced.revision}'s`;
	return `${took} later the template was changed back to ${back}${kept || ' by somebody else'}`;
}

/** Why somebody undoes is what came before. */
function beforeText({kind, replaced}: FollowedAction): string {
	if (kind !== 'undo' || replaced?.measured === undefined || replaced.measured.failed === 0) return '';
	const {requests, failed} = replaced.measured;
	return ` (${failed} of ${requests} ${replaced.revision === undefined ? 'failed before' : `failed under revision ${replaced.revision}`})`;
}

function errorsText(errors: UserErrors | undefined, clock: (at: number) => string): string {
	if (errors === undefined) return 'nothing was measured meanwhile';
	const {requests, failed, fromAt, lastAt, untilAt} = errors;
	if (failed === 0) return `users saw no error in ${counted(requests, 'request')}`;
	return `users saw errors for ${humanDuration(Math.max(0, untilAt - fromAt))} (${failed} of ${requests} requests), the last at ${clock(lastAt)}`;
}
