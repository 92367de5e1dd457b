import type {CommandResult} from '../domain/command.ts';
import {ClusterError, messageOf} from './errors.ts';

/** Whether a request that changes something is on its way or was answered; what fails before is known not to have been done. */
export type Sending = {sent: boolean};

/** Nothing was changed, and why. */
export function refused(message: string, hint: string | undefined): CommandResult {
	return {kind: 'refused', message, hint};
}

/** Whether a request that got no answer was done is not known, and a person must not be told otherwise. */
export function failureOf(error: unknown, sent: boolean): CommandResult {
	const {kind, message, hint}: {kind?: string; message: string; hint?: string | undefined} =
		error instanceof ClusterError ? error : {message: messageOf(error)};
	if (kind === 'conflict') return {kind: 'conflicted', message, hint: hint ?? 'look again, then repeat'};
	if (/admission webhook|denied the request|ValidatingAdmissionPolicy/i.test(message))
		return refused(message, 'a policy of the cluster refuses this change: ask its owner');
	if (sent && (kind === 'timeout' || kind === 'unreachable' || kind === 'garbage')) {
		return refused(message, 'whether it was done is not known: watch what the cluster shows before you repeat it');
	}
	if (kind === 'not-found') return refused(message, 'it was deleted meanwhile');
	return refused(message, hint);
}
