import type {FailureReason} from '../../domain/sample.ts';
import {shortText} from '../../domain/short-text.ts';
import type {ProbeFailure} from '../failure-of.ts';

// curl's exit codes: https://everything.curl.dev/cmdline/exitcode. What is not here is `other`.
const reasons: Readonly<Record<number, FailureReason>> = {
	5: 'dns',
	6: 'dns',
	7: 'refused',
	18: 'reset',
	28: 'timeout',
	35: 'tls',
	51: 'tls',
	52: 'reset',
	53: 'tls',
	54: 'tls',
	55: 'reset',
	56: 'reset',
	58: 'tls',
	59: 'tls',
	60: 'tls',
	64: 'tls',
	66: 'tls',
	77: 'tls',
	80: 'tls',
	82: 'tls',
	83: 'tls',
	90: 'tls',
	91: 'tls',
	92: 'reset',
	98: 'tls',
};

/** Why curl brought no answer. Its exit code does not tell a refused connection from a network without a route: its word does. */
export function curlFailure(exitCode: number, message: string): ProbeFailure {
	const detail = shortText(message === '' ? `curl ended with ${exitCode}` : message, 120);
	if (exitCode === 7 && /no route|unreachable/i.test(message)) return {reason: 'unreachable', detail};
	return {reason: reasons[exitCode] ?? 'other', detail};
}
