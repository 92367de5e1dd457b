import type {ClusterError} from '../errors.ts';
import {provingCode} from './calls.ts';
import {silenceCode} from './watchdog.ts';

/** `code` of a watch that ended as soon as it began. */
export const shortCode = 'SHORT';

/**
 * What helps a stream after a failure. `rest`: nothing soon. `list`: all has to be read again, since what was missed is gone. `check`: nothing was
 * missed, if the API server still is at least as far as we are. `watch`: the same again.
 */
export type Remedy = 'rest' | 'list' | 'check' | 'watch';

/** An API server that does not have that version yet, or does not have it any more. */
export function isTooLarge(error: ClusterError): boolean {
	return error.causes.includes('ResourceVersionTooLarge') || (error.status === 504 && /too large resource version/i.test(error.message));
}

/** Nobody is there, or nobody behind who answers for it: an API server that starts again may have lost what it knew last, and may be past us already. */
function isRestart({code, status}: ClusterError): boolean {
	return code === 'ECONNREFUSED' || status === 502 || status === 503;
}

/** `mayBeAbsent`: a cluster need not have that kind. */
export function remedyFor(error: ClusterError, mayBeAbsent: boolean): Remedy {
	if (error.kind === 'forbidden' || (error.kind === 'not-found' && mayBeAbsent)) return 'rest';
	if (error.kind === 'expired' || error.kind === 'not-found' || isTooLarge(error) || isRestart(error)) return 'list';
	// It had no time for us: nothing happened to what it has.
	return error.kind === 'too-many-requests' || error.code === shortCode ? 'watch' : 'check';
}

/** Whether there was no answer at all, so that the other streams may have lost theirs, too. */
export function isUnanswered({kind, code}: ClusterError): boolean {
	return (kind === 'unreachable' || kind === 'timeout') && code !== silenceCode && code !== provingCode;
}
