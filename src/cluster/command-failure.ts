import type {CommandResult} from '../domain/command.ts';
import {unknownOutcome} from '../domain/outcome.ts';
import {ClusterError, messageOf} from './errors.ts';

/** Whether a request that changes something is on its way or was answered; what fails before is known not to have been done. */
export type Sending = {sent: boolean};

/** Nothing was changed, and why. */
export function refused(message: string, hint: string | undefined): CommandResult {
	return {kind: 'refused', message, hint};
}

/** What the API server's own words mean for the person, the first that fits. The words: apiserver admission, authorizer, quota, pod-security-admission, validation. */
const meanings: readonly (readonly [words: RegExp, hint: (found: RegExpExecArray) => string])[] = [
	[/failed calling webhook "([^"]+)"/, ([, name]) => `the cluster's own check ${name} can't be asked, so nothing was changed: tell its owner`],
	[/admission webhook "([^"]+)" denied the request/, ([, name]) => `a policy of the cluster (${name}) refuses this change: ask its owner`],
	[/ValidatingAdmissionPolicy '([^']+)'/, ([, name]) => `a policy of the cluster (${name}) refuses this change: ask its owner`],
	[/exceeded quota: ([^,\s]+)/, ([, name]) => `the namespace's quota ${name} is used up: free some of it, or ask for more`],
	[/violates PodSecurity "([^"]+)"/, ([, level]) => `the namespace allows only pods of the level ${level}: mend the template's securityContext`],
	[/field is immutable/, () => 'this field can never be changed: it takes another object'],
	[/does not match template `labels`/, () => 'that template has other labels than the selector, which can never be changed'],
	[/is forbidden: User "[^"]*" cannot (\S+) resource "([^"]+)" in API group "([^"]*)"/, ([, verb, resource, group]) => missing(verb, resource, group)],
	[/denied the request/, () => 'a policy of the cluster refuses this change: ask its owner'],
];

/** The right as a role would grant it: `patch on deployments.apps`, `update on deployments.apps/scale`. */
function missing(verb = '', resource = '', group = ''): string {
	const [name = '', ...subresource] = resource.split('/');
	const full = [group === '' ? name : `${name}.${group}`, ...subresource].join('/');
	return `needs the verb ${verb} on ${full}: ask for the right, or use another --context or --as`;
}

function meaningOf(message: string): string | undefined {
	for (const [words, hint] of meanings) {
		const found = words.exec(message);
		if (found !== null) return hint(found);
	}
	return undefined;
}

/** Failures before anything could be sent at all. */
const neverConnected: ReadonlySet<string> = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'EADDRNOTAVAIL',
	'UND_ERR_CONNECT_TIMEOUT',
]);

/** No answer, or one of something between us and the storage that does not know either. */
function isWithoutAnswer({kind, code}: ClusterError): boolean {
	if (kind === 'unreachable' || kind === 'timeout') return code === undefined || !neverConnected.has(code);
	return kind === 'garbage' || kind === 'aborted' || kind === 'server';
}

/**
 * A failure as the end of a command. `sent`: a request that changes something was on its way; whether one that got no answer was done is not known,
 * and a person must not be told otherwise.
 */
export function failureOf(error: unknown, sent: boolean): CommandResult {
	if (!(error instanceof ClusterError)) return refused(messageOf(error), sent ? unknownOutcome : undefined);
	const {kind, message, hint} = error;
	const meaning = meaningOf(message);
	if (meaning !== undefined) return refused(message, meaning);
	if (kind === 'conflict') return {kind: 'conflicted', message, hint: hint ?? 'look again, then repeat'};
	if (sent && isWithoutAnswer(error)) return refused(message, unknownOutcome);
	return refused(message, kind === 'not-found' ? 'it was deleted meanwhile' : hint);
}

/** What was read has been written since: 409 of a merge patch or a PUT; of a JSON patch the 422 of any operation that can't be applied, which says no more. */
export function isFailedPrecondition(error: unknown): boolean {
	if (!(error instanceof ClusterError)) return false;
	return error.kind === 'conflict' || (error.status === 422 && error.message === 'the server rejected our request due to an error in our request');
}
