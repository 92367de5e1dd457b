import {json, page, plain, type RealAnswer, shop} from './real-answer.ts';

/** Answers that are mostly their status and headers. */
export const statuses: readonly RealAnswer[] = [
	{what: 'no content', status: 204, headers: {Server: 'nginx'}, reads: 'nothing (204)'},
	{what: 'no content but a version', status: 204, headers: {'X-Version': '1.4.2'}, reads: '1.4.2 (auto:header)'},
	{what: 'not modified', status: 304, headers: {ETag: '"65e6f1a2-267"'}, reads: 'nothing (304)'},
	plain('a part', 'v2', 'v2 (auto:word)', {status: 206, headers: {'Content-Range': 'bytes 0-1/100'}}),
	plain('created', 'shop v2', 'v2 (auto:word)', {status: 201}),
	plain('a password is wanted', 'Who are you?', 'http-401: Who are you?', {status: 401, headers: {'WWW-Authenticate': 'Basic realm="shop"'}}),
	plain('too many requests', 'slow down', 'http-429: slow down', {status: 429, headers: {'Retry-After': '1'}}),
	{what: 'a network’s login', status: 511, headers: {'Content-Type': 'text/html'}, body: page('Login', ''), reads: 'http-511: Login'},
	plain('an error that tells its version', 'v2 is broken', 'http-500: v2 is broken', {status: 500}),
	plain('an error without words', '', 'http-500: ', {status: 500}),
	{what: 'an error in binary', status: 500, headers: {'Content-Type': 'application/octet-stream'}, body: Buffer.from([0, 1, 2, 3]), reads: 'http-500: '},
	plain('an error that wants to colour the terminal', '\u001b]0;owned\u0007\u001b[2J\u001b[31mno', 'http-500: no', {status: 500}),
	plain('a status of nobody', 'v2', 'http-799: v2', {status: 799}),
	json('a version header', {ok: true}, '1.4.2 (auto:header)', {headers: {'X-Service-Version': '1.4.2'}}),
	json('a header of the release', {ok: true}, 'main-3f2a1b7 (auto:header)', {headers: {'X-Release': 'main-3f2a1b7'}}),
	json('a header of the commit', {ok: true}, '9fceb02 (auto:header)', {headers: {'X-Git-Commit': '9fceb02'}}),
	json('a header of the tag', {ok: true}, 'v7 (auto:header)', {headers: {'X-Image-Tag': 'v7'}}),
	json('a header of the API’s version', {ok: true}, 'answer A (auto:body)', {
		headers: {'X-Api-Version': '2024-01-01', 'Api-Supported-Versions': '1.0, 2.0', 'OData-Version': '4.0'},
	}),
	json('a header of a stored object’s version', {ok: true}, 'answer A (auto:body)', {
		headers: {'x-amz-version-id': '3HL4kqtJlcpXroDTDmJ', 'MIME-Version': '1.0'},
	}),
	json('two version headers', {ok: true}, '1.4.2, 1.5.0 (header)', {headers: {'X-Version': '1.4.2, 1.5.0'}, rule: 'header:X-Version'}),
	json('a version of ten thousand characters', {ok: true}, `${'v'.repeat(63)}…${'v'.repeat(63)} (auto:header)`, {headers: {'X-Version': 'v'.repeat(10_000)}}),
	json('a version header that is the image’s tag, against a word', {message: 'v1 of the API'}, '2.4.0 (auto:header)', {
		headers: {'X-Version': '2.4.0'},
		cluster: shop('shop:2.3.0', 'shop:2.4.0'),
	}),
];
