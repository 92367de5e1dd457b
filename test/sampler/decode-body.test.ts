import {brotliCompressSync, deflateRawSync, deflateSync, gzipSync} from 'node:zlib';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {decodeBody} from '../../src/sampler/decode-body.ts';

const limit = 64 * 1024;
const text = 'This is v2 running in pod kubia-7c9d5f6b8-x2x7k\n';
/** A page of 1 MB that compresses as pages do. */
const page = Array.from({length: 40_000}, (_, index) => `<li>item ${(index * 7919) % 10_007} of v2</li>`).join('\n');

const decoded = (bytes: Buffer, headers: Readonly<Record<string, string>> = {}, cut = false) => decodeBody(bytes, headers, limit, cut);
const encoded = (bytes: Buffer, encoding: string, cut = false) => decoded(bytes, {'content-encoding': encoding}, cut);

describe('a compressed body', () => {
	it.each<[string, Buffer]>([
		['gzip', gzipSync(text)],
		['x-gzip', gzipSync(text)],
		['GZIP', gzipSync(text)],
		['deflate', deflateSync(text)],
		['deflate', deflateRawSync(text)],
		['br', brotliCompressSync(text)],
		['br, gzip', gzipSync(brotliCompressSync(text))],
		['identity', Buffer.from(text)],
		['gzip', Buffer.concat([gzipSync(text.slice(0, 9)), gzipSync(text.slice(9))])],
	])('is undone: %s', (encoding, bytes) => {
		expect(encoded(bytes, encoding)).toEqual({body: text, truncated: false});
	});

	it.each<[string, Buffer]>([
		['gzip', gzipSync(page)],
		['deflate', deflateSync(page)],
		['deflate', deflateRawSync(page)],
		['br', brotliCompressSync(page)],
	])('that is cut off or too long gives its beginning: %s', (encoding, bytes) => {
		for (const part of [bytes, bytes.subarray(0, Math.floor(bytes.length / 2))]) {
			const {body, truncated} = encoded(part, encoding, part !== bytes);
			expect(truncated).toBe(true);
			expect(page.startsWith(body)).toBe(true);
			expect(body.length).toBeGreaterThan(limit / 3);
			expect(body.length).toBeLessThanOrEqual(limit);
		}
	});

	it('that is damaged gives what comes before the damage', () => {
		const bytes = gzipSync(page.slice(0, 20_000));
		const middle = Math.floor(bytes.length / 2);
		bytes.fill(0xff, middle, middle + 64);
		const {body, truncated} = encoded(bytes, 'gzip');
		expect(truncated).toBe(true);
		expect(page.startsWith(body.slice(0, 5000))).toBe(true);
		expect(body.length).toBeGreaterThan(5000);
		const wrongSum = gzipSync(text);
		wrongSum[wrongSum.length - 5] = (wrongSum.at(-5) ?? 0) ^ 0xff;
		expect(encoded(wrongSum, 'gzip')).toEqual({body: text, truncated: true});
	});

	it('that is a bomb costs no more memory than the limit', () => {
		const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, 'v2 '));
		const before = process.memoryUsage().arrayBuffers;
		const {body} = encoded(bomb, 'gzip');
		expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 * 1024 * 1024);
		expect(body).toMatch(/^(?:v2 )+v?2?$/);
		expect(body.length).toBeLessThanOrEqual(limit);
	});

	it('that is not compressed at all is taken as it is', () => {
		for (const encoding of ['gzip', 'deflate', 'br']) expect(encoded(Buffer.from(text), encoding).body).toBe(text);
	});

	it.each(['zstd', 'compress', 'aes128gcm', 'gzip, sdch', 'constructor', 'gzip, gzip, gzip, gzip, gzip'])(
		'in an encoding that is not known is no text: %s',
		encoding => {
			expect(encoded(Buffer.from(text), encoding).body).toBe('');
		},
	);
});

const latin1 = (...bytes: readonly number[]) => Buffer.from(bytes);
const html = (meta: string, bytes: Buffer) => Buffer.concat([Buffer.from(`<!doctype html><html><head>${meta}<title>`), bytes, Buffer.from('</title>')]);
const sjis = latin1(0x83, 0x6f, 0x81, 0x5b, 0x83, 0x57, 0x83, 0x87, 0x83, 0x93);

describe('a charset', () => {
	it.each<[string, Buffer, string, string]>([
		['by the header', sjis, 'text/plain; charset=Shift_JIS', 'バージョン'],
		['by the header, in quotes', latin1(0xa5, 0xd0, 0xa1, 0xbc), 'text/plain; charset="EUC-JP"', 'バー'],
		['by the header', latin1(0x67, 0x72, 0xfc, 0x6e), 'text/plain;charset=iso-8859-1', 'grün'],
		['by the header', Buffer.from('grün', 'utf16le'), 'text/plain; charset=utf-16le', 'grün'],
		['by the header', latin1(0xd7, 0xa1), 'text/plain; charset=gbk', '住'],
		['by the mark, whatever the header says', Buffer.from('\uFEFFgrün', 'utf16le'), 'text/plain; charset=utf-8', 'grün'],
		['by the mark, the big end first', Buffer.from('\uFEFFv2', 'utf16le').swap16(), 'text/plain', 'v2'],
		['by the mark of UTF-8, which goes', Buffer.from('\uFEFF{"version":"v2"}'), 'application/json', '{"version":"v2"}'],
		['by none: UTF-8', Buffer.from('grün'), '', 'grün'],
		['that nobody knows: UTF-8', Buffer.from('grün'), 'text/plain; charset=klingon', 'grün'],
		['that is unsafe to read: UTF-8', Buffer.from('v2'), 'text/plain; charset=utf-7', 'v2'],
		['that is wrong: what is no text in it is marked', latin1(0x67, 0x72, 0xfc, 0x6e), 'text/plain; charset=utf-8', 'gr\uFFFDn'],
	])('is told %s', (_how, bytes, type, expected) => {
		expect(decoded(bytes, {'content-type': type}).body).toBe(expected);
	});

	it.each<[string, Buffer]>([
		['<meta charset="shift_jis">', sjis],
		['<META http-equiv="Content-Type" content="text/html; charset=Shift_JIS">', sjis],
		["<meta name=a content=b><meta charset = 'sjis'>", sjis],
		['<meta charset="utf-16">', Buffer.from('バージョン')],
	])('is told by the page: %s', (meta, bytes) => {
		expect(decoded(html(meta, bytes), {'content-type': 'text/html'}).body).toContain('<title>バージョン</title>');
	});

	it('is told by XML', () => {
		const xml = Buffer.concat([Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>'), latin1(0xfc), Buffer.from('</a>')]);
		expect(decoded(xml, {'content-type': 'application/xml'}).body).toContain('<a>ü</a>');
	});

	it('does not show the half of a character that was cut', () => {
		expect(decoded(Buffer.from('grü').subarray(0, 3), {}, true).body).toBe('gr');
		expect(decoded(Buffer.from('grü').subarray(0, 3)).body).toBe('gr\uFFFD');
	});
});

describe('what is no text', () => {
	it.each<[string, Buffer]>([
		['an image', latin1(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52)],
		['something compressed that does not say so', brotliCompressSync(page)],
		['controls', latin1(1, 2, 3, 4)],
		['UTF-16 that does not say so', Buffer.from('v2', 'utf16le').swap16()],
	])('is empty: %s', (_what, bytes) => {
		expect(decoded(bytes).body).toBe('');
	});

	it('is not a text with a NUL at its end, as C writes it, nor one with escape sequences', () => {
		expect(decoded(Buffer.from('v2\0')).body).toBe('v2');
		expect(decoded(Buffer.from('\u001b[31mv2\u001b[0m\n')).body).toBe('\u001b[31mv2\u001b[0m\n');
	});
});

it('takes any bytes under any headers', () => {
	const seeds = [gzipSync(text), deflateSync(text), brotliCompressSync(text), Buffer.from(text), html('<meta charset=gbk>', sjis)];
	const damaged = fc.tuple(fc.constantFrom(...seeds), fc.array(fc.tuple(fc.nat(100), fc.nat(255)), {maxLength: 4})).map(([seed, changes]) => {
		const bytes = Buffer.from(seed);
		for (const [index, value] of changes) bytes[index % bytes.length] = value;
		return bytes;
	});
	const bytes = fc.oneof(
		damaged,
		fc.uint8Array({maxLength: 400}).map(array => Buffer.from(array)),
	);
	const encoding = fc.oneof(fc.constantFrom('gzip', 'deflate', 'br', 'gzip,br', 'zstd', ''), fc.string());
	const type = fc.oneof(fc.constantFrom('text/html; charset=utf-16', 'a/b; charset=big5', 'a/b;charset=iso-2022-jp', 'text/html'), fc.string());
	fc.assert(
		fc.property(bytes, encoding, type, fc.boolean(), (body, contentEncoding, contentType, cut) => {
			const answer = decodeBody(body, {'content-encoding': contentEncoding, 'content-type': contentType}, 200, cut);
			// Two code units per character at most.
			expect(answer.body.length).toBeLessThanOrEqual(Math.max(body.length, 200) * 2);
			expect(answer.body).not.toContain('\0');
		}),
	);
});
