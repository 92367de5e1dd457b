import {brotliCompressSync, deflateRawSync, deflateSync, gzipSync} from 'node:zlib';
import {page, type RealAnswer} from './real-answer.ts';

const text = 'This is v2 running in pod kubia-7d9c8f5b6-zx4cv\n';
const read = 'v2 (auto:word) from kubia-7d9c8f5b6-zx4cv';
const big = page('Big shop', `<p>${'All that we have. '.repeat(60_000)}</p>`);
const bundle = `/*! vendor v9.8.7 | (c) */${'!function(e,t){"use strict";var n="version",r={version:"17.0.2"};e.exports=t(n,r)}(this,function(){});'.repeat(10_000)}`;
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const sjis = Buffer.concat([
	Buffer.from('<html><head><title>'),
	Buffer.from([0x83, 0x56, 0x83, 0x87, 0x83, 0x62, 0x83, 0x76]),
	Buffer.from('</title></head></html>'),
]);

const as = (what: string, type: string, body: Buffer | string, reads: string, headers: Readonly<Record<string, string>> = {}): RealAnswer => ({
	what,
	headers: {'Content-Type': type, ...headers},
	body,
	reads,
});

/** Bytes that first have to become text, and bytes that never do. */
export const encodings: readonly RealAnswer[] = [
	as('gzip that nobody asked for', 'text/plain', gzipSync(text), read, {'Content-Encoding': 'gzip'}),
	as('deflate', 'text/plain', deflateSync(text), read, {'Content-Encoding': 'deflate'}),
	as('deflate without zlib’s header', 'text/plain', deflateRawSync(text), read, {'Content-Encoding': 'deflate'}),
	as('brotli', 'text/plain', brotliCompressSync(text), read, {'Content-Encoding': 'br'}),
	as('gzip that is text', 'text/plain', text, read, {'Content-Encoding': 'gzip'}),
	as('gzip that is cut', 'text/html', gzipSync(page('Shop', text.repeat(100))).subarray(0, 120), 'Shop (auto:title)', {'Content-Encoding': 'gzip'}),
	as('a mebibyte in gzip', 'text/html', gzipSync(big), 'Big shop (auto:title)', {'Content-Encoding': 'gzip'}),
	as('a mebibyte in brotli', 'text/html', brotliCompressSync(big), 'Big shop (auto:title)', {'Content-Encoding': 'br'}),
	as('a bomb of gzip', 'text/plain', gzipSync(Buffer.concat([Buffer.from('v2\n'), Buffer.alloc(32 * 1024 * 1024, ' ')])), 'v2 (auto:word)', {
		'Content-Encoding': 'gzip',
	}),
	as('zstd', 'text/plain', Buffer.from('28b52ffd2003190000763220', 'hex'), 'nothing (200)', {'Content-Encoding': 'zstd'}),
	as('zstd with a version in its headers', 'text/plain', Buffer.from('28b52ffd2003190000763220', 'hex'), '1.4.2 (auto:header)', {
		'Content-Encoding': 'zstd',
		'X-Version': '1.4.2',
	}),
	as('a page in Shift_JIS', 'text/html; charset=Shift_JIS', sjis, 'ショップ (auto:title)'),
	as('a page in Shift_JIS that is said to be UTF-8', 'text/html; charset=utf-8', Buffer.concat([sjis, Buffer.from('<p>v2</p>')]), 'v2 (auto:word)'),
	as('a page in UTF-16', 'text/html', Buffer.from(`\uFEFF${page('Größe', '')}`, 'utf16le'), 'Größe (auto:title)'),
	as('a page in Latin-1', 'text/html; charset=iso-8859-1', Buffer.from(page('Größe', ''), 'latin1'), 'Größe (auto:title)'),
	as('JSON behind a byte-order mark', 'application/json', '\uFEFF{"a":{"b":1},"c":{"version":"1.4.2"}}', '1.4.2 (auto:word)'),
	as('a charset that is none', 'text/plain; charset=klingon', 'v2', 'v2 (auto:word)'),
	as('an image', 'image/png', png, 'nothing (200)'),
	as('a program', 'application/octet-stream', Buffer.from('\x7FELF\x02\x01\x01\0\0\0version 1.2.3', 'latin1'), 'nothing (200)'),
	as('gzip as a file', 'application/gzip', gzipSync(text), 'nothing (200)'),
	as('gRPC', 'application/grpc', Buffer.from([0, 0, 0, 0, 5, 10, 3, 0x76, 0x32, 0x33]), 'nothing (200)', {'grpc-status': '0'}),
	as('a text with C’s end', 'text/plain', 'v2\0', 'v2 (auto:word)'),
	as('a mebibyte of minified script', 'application/javascript', bundle, 'answer A (auto:body)'),
	as('nothing', 'text/plain', '', 'nothing (200)'),
	as('only spaces', 'text/plain', ' \r\n\r\n', 'nothing (200)'),
	{what: 'a stream of events', headers: {'Content-Type': 'text/event-stream'}, body: ['data: {"version":"v2"}\n\n'], reads: 'v2 (auto:word)'},
	{what: 'a stream of text without an end', headers: {'Content-Type': 'text/plain'}, body: ['shop v2\n'], reads: 'v2 (auto:word)'},
	{what: 'chunks', headers: {'Transfer-Encoding': 'chunked'}, body: '7\r\nThis is\r\n4;x=y\r\n v2\n\r\n0\r\nX-Trailer: v9\r\n\r\n', reads: 'v2 (auto:word)'},
];
