import {describe, expect, it} from 'vitest';
import {failureOf, proxyFailureOf} from '../../src/sampler/failure-of.ts';

function systemError(code: string, message = code): Error {
	return Object.assign(new Error(message), {code});
}

describe('failureOf', () => {
	it.each([
		['ECONNREFUSED', 'refused'],
		['ECONNRESET', 'reset'],
		['EPIPE', 'reset'],
		['UND_ERR_SOCKET', 'reset'],
		['ETIMEDOUT', 'timeout'],
		['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
		['ENOTFOUND', 'dns'],
		['EAI_AGAIN', 'dns'],
		['EHOSTUNREACH', 'unreachable'],
		['ENETUNREACH', 'unreachable'],
		['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
		['CERT_HAS_EXPIRED', 'tls'],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'],
		['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
		['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
		['ERR_HTTP2_STREAM_ERROR', 'reset'],
		['HPE_INVALID_CONSTANT', 'other'],
		['SOMETHING_NEW', 'other'],
	])('%s is %s', (code, reason) => {
		expect(failureOf(systemError(code, 'words'))).toEqual({reason, detail: expect.stringMatching(/^words( \(|$)/)});
	});

	it('takes the first of several addresses’ errors', () => {
		const error = new AggregateError([systemError('ECONNREFUSED', 'connect ECONNREFUSED ::1:80'), systemError('EHOSTUNREACH')]);
		expect(failureOf(error)).toEqual({reason: 'refused', detail: 'connect ECONNREFUSED ::1:80'});
	});

	it('looks for the cause of an error without a code', () => {
		expect(failureOf(new TypeError('fetch failed', {cause: systemError('ENOTFOUND', 'getaddrinfo ENOTFOUND x')}))).toEqual({
			reason: 'dns',
			detail: 'getaddrinfo ENOTFOUND x',
		});
	});

	it('says something of whatever was thrown', () => {
		expect(failureOf('text\u001b[2J')).toEqual({reason: 'other', detail: 'text'});
		expect(failureOf(systemError('ECONNRESET', ''))).toEqual({reason: 'reset', detail: 'ECONNRESET'});
		expect(failureOf(new Error('x'.repeat(1000))).detail).toHaveLength(120);
	});
});

it('blames the API server for broken connections of its proxy, but nobody for a time-out', () => {
	expect(proxyFailureOf(systemError('ECONNREFUSED', 'connect ECONNREFUSED 10.0.0.1:6443'))).toEqual({
		reason: 'proxy-unreachable',
		detail: 'API server: connect ECONNREFUSED 10.0.0.1:6443',
	});
	expect(proxyFailureOf(systemError('ECONNRESET', 'read ECONNRESET')).reason, 'a pod may have broken it').toBe('proxy-error');
	expect(proxyFailureOf(systemError('DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate')).detail, '--cacert is not for the API server').toBe(
		'API server: self-signed certificate',
	);
	expect(proxyFailureOf(systemError('ETIMEDOUT', 'too late'))).toEqual({reason: 'timeout', detail: 'too late'});
});
