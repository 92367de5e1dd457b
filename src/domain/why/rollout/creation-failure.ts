import {shortText} from '../../short-text.ts';
import type {Cause} from '../finding.ts';

/** Why the API server did not take a pod, as far as its message tells. */
export type CreationFailure = Pick<Cause, 'kind' | 'hope' | 'message' | 'advice'>;

type Reader = (message: string) => CreationFailure | undefined;

/** `pods=1,requests.cpu=500m` by name. */
function amounts(text: string): ReadonlyMap<string, string> {
	return new Map(text.split(',').flatMap(part => (part.includes('=') ? [[part.slice(0, part.indexOf('=')).trim(), part.slice(part.indexOf('=') + 1)]] : [])));
}

/** kubernetes: quota/v1 resource_quota admission, `exceeded quota: …`. */
function quota(message: string): CreationFailure | undefined {
	const [, name = '', asked = '', used = '', limited = ''] = /exceeded quota: (\S+), requested: (\S+), used: (\S+), limited: (\S+)/.exec(message) ?? [];
	if (name === '') return undefined;
	const [has, most] = [amounts(used), amounts(limited)];
	const parts = Array.from(amounts(asked), ([what, more]) => `${what} ${has.get(what) ?? '?'} of ${most.get(what) ?? '?'} used, ${more} more needed`);
	return {
		kind: 'quota-exceeded',
		hope: 'none',
		message: `can't create pods: quota ${name} is full: ${shortText(parts.join('; '), 160)}`,
		advice: `free room or raise quota ${name}`,
	};
}

/** kubernetes: the same admission, where a quota is on something that the pod does not state. */
function unstated(message: string): CreationFailure | undefined {
	const [, name, what = ''] = /failed quota: ([^:\s]+): must specify (.*)$/s.exec(message) ?? [];
	if (name === undefined) return undefined;
	return {
		kind: 'quota-incomplete',
		hope: 'none',
		message: `can't create pods: quota ${name} wants them to state ${shortText(what, 120)}`,
		advice: 'set it in the template, or undo (u)',
	};
}

function webhookDenied(message: string): CreationFailure | undefined {
	const [, name, why = ''] = /admission webhook "([^"]+)" denied the request(?::\s*(.*)| without explanation)/s.exec(message) ?? [];
	if (name === undefined) return undefined;
	return denied(`admission webhook ${name}`, why);
}

function policyDenied(message: string): CreationFailure | undefined {
	const [, name, why = ''] = /ValidatingAdmissionPolicy '([^']+)' (?:with binding '[^']+' )?denied request: (.*)$/s.exec(message) ?? [];
	return name === undefined ? undefined : denied(`policy ${name}`, why);
}

function denied(who: string, why: string): CreationFailure {
	const words = shortText(why, 160);
	return {
		kind: 'admission-denied',
		hope: 'none',
		message: `can't create pods: ${who} denies them${words === '' ? '' : `: ${words}`}`,
		advice: 'change the template to what it asks for, or undo (u)',
	};
}

function webhookUnreachable(message: string): CreationFailure | undefined {
	const [, name, why = ''] = /failed calling webhook "([^"]+)": (.*)$/s.exec(message) ?? [];
	if (name === undefined) return undefined;
	// The address in the middle is long and says little.
	const short = why.replace(/^failed to call webhook: /, '').replace(/^(?:Post|Get) "[^"]*": /, '');
	return {
		kind: 'admission-unreachable',
		hope: 'doubtful',
		message: `can't create pods: admission webhook ${name} does not answer: ${shortText(short, 120)}`,
		advice: 'get the webhook to answer; it is tried again',
	};
}

function podSecurity(message: string): CreationFailure | undefined {
	const [, level, why = ''] = /violates PodSecurity "([^":]+)[^"]*": (.*)$/s.exec(message) ?? [];
	if (level === undefined) return undefined;
	return {
		kind: 'pod-security',
		hope: 'none',
		message: `can't create pods: the namespace allows only ${level} ones: ${shortText(why, 160)}`,
		advice: 'set the securityContext that it asks for, or undo (u)',
	};
}

/** kubernetes: plugin/pkg/admission/limitranger. */
function limitRange(message: string): CreationFailure | undefined {
	const [rule] = /(?:(?:maximum|minimum) \S{1,100} usage per \w{1,40} is|(?<!\S)\S{1,100} max limit to request ratio per \w{1,40} is).*$/s.exec(message) ?? [];
	if (rule === undefined) return undefined;
	return {
		kind: 'limit-range',
		hope: 'none',
		message: `can't create pods: a limit range forbids it: ${shortText(rule.replace(/\]$/, ''), 160)}`,
		advice: 'change the requests or limits, or undo (u)',
	};
}

const missing: readonly (readonly [RegExp, string])[] = [
	[/serviceaccount "([^"]+)" not found/, 'service account'],
	[/no PriorityClass with name (\S+) was found/, 'priority class'],
	[/RuntimeClass "([^"]+)" not found/, 'runtime class'],
];

function missingObject(message: string): CreationFailure | undefined {
	for (const [pattern, what] of missing) {
		const name = pattern.exec(message)?.[1];
		if (name === undefined) continue;
		return {
			kind: 'creation-lacks',
			hope: 'none',
			message: `can't create pods: ${what} ${shortText(name, 80)} does not exist`,
			advice: `create the ${what}, or undo (u)`,
		};
	}
	return undefined;
}

const readers: readonly Reader[] = [quota, unstated, webhookDenied, webhookUnreachable, policyDenied, podSecurity, limitRange, missingObject];

/** Takes the message of a ReplicaFailure apart; what nobody knows is said in its own words. Never throws. */
export function creationFailure(message: string): CreationFailure {
	for (const read of readers) {
		const failure = read(message);
		if (failure !== undefined) return failure;
	}
	const plain = message.replace(/^pods "[^"]*" is forbidden: /, '');
	return {kind: 'replica-failure', hope: 'doubtful', message: `can't create pods${plain === '' ? '' : `: ${shortText(plain, 240)}`}`, advice: undefined};
}
