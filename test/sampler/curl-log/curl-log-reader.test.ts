import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {createCurlLogReader} from '../../../src/sampler/curl-log/curl-log-reader.ts';
import {readCurlLine} from '../../../src/sampler/curl-log/read-curl-line.ts';

const base64 = (text: string) => Buffer.from(text, 'latin1').toString('base64');
const lineOf = (number: number, head = 'HTTP/1.1 200 OK\r\n\r\n', facts = '200 0.010000 0.005000 0 ip=10.96.0.7 0') => `${number} ${base64(head)} ${facts}`;
const beganAt = Date.parse('2026-11-21T14:00:00Z');
const stampOf = (ms: number) => new Date(beganAt + ms).toISOString().replace('Z', '123456Z');

describe('a line of the loop', () => {
	it('never throws and never gives more than an answer or a failure, whatever it is', () => {
		const bytes = fc.uint8Array({maxLength: 300}).map(array => Buffer.from(array).toString('base64'));
		const hostile = fc.oneof(
			fc.string({maxLength: 200}),
			fc.tuple(fc.nat(), bytes, fc.string(), fc.nat(999)).map(([number, body, message, code]) => `${number} ${body} 200 0.1 0.1 5 ip= ${message} ${code}`),
			bytes.map(body => `1 ${body} 200 0.1 0.1 5 ip= 0`),
		);
		fc.assert(
			fc.property(hostile, text => {
				const line = readCurlLine(text);
				expect(['answer', 'failure', undefined]).toContain(line?.result.kind);
			}),
		);
	});

	it('gives the headers and the body that the server sent, byte for byte', () => {
		const name = fc.stringMatching(/^x-[a-z]{1,8}$/);
		const value = fc.stringMatching(/^[!-~]([ -~]{0,20}[!-~])?$/);
		const body = fc.string({unit: 'grapheme', maxLength: 60}).filter(text => !/[\u0000-\u001f\u007f-\u009f\ufeff]/.test(text));
		fc.assert(
			fc.property(fc.dictionary(name, value, {maxKeys: 4, noNullPrototype: true}), body, (headers, text) => {
				const lines = Object.entries(headers).map(([key, content]) => `${key}: ${content}\r\n`);
				const bytes = Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\n${lines.join('')}\r\n`), Buffer.from(text)]);
				const line = readCurlLine(`7 ${bytes.toString('base64')} 200 0.010000 0.005000 ${Buffer.byteLength(text)} ip=10.96.0.7 0`);
				expect(line).toEqual({
					number: 7,
					totalMs: 10,
					result: {kind: 'answer', latencyMs: 10, answer: {status: 200, headers, body: text, truncated: false}},
				});
			}),
		);
	});

	it('is none when the container was killed while it wrote', () => {
		const whole = lineOf(12);
		for (let length = 0; length < whole.length; length++) {
			const line = readCurlLine(whole.slice(0, length));
			expect(line, whole.slice(0, length)).toBeUndefined();
		}
	});

	it('takes as long as curl says for a refused connection that is no route', () => {
		const line = readCurlLine('3  000 3.100000 0.000000 0 ip= Failed to connect to 10.0.0.9 port 80 after 3100 ms: No route to host 7');
		expect(line?.result).toMatchObject({kind: 'failure', reason: 'unreachable', latencyMs: 3_100});
	});

	it('keeps control characters of a failure off the screen', () => {
		const line = readCurlLine('3  000 0.1 0.0 0 ip= \u001B[31mred\u0007 6');
		expect(line?.result).toMatchObject({kind: 'failure', detail: 'red'});
	});
});

describe('the reader of a loop', () => {
	it('takes each number once and counts those that never came', () => {
		const reader = createCurlLogReader(() => beganAt);
		const read = [1, 2, 1, 2, 3, 3, 7, 5].map(number => reader.read({stamp: stampOf(number), text: lineOf(number)}) !== undefined);
		expect(read).toEqual([true, true, false, false, true, false, true, false]);
		expect(reader.lost()).toBe(3);
	});

	it('passes over what is none of the loop’s', () => {
		const reader = createCurlLogReader(() => beganAt);
		expect(reader.read({stamp: stampOf(0), text: 'missing curl'})).toBeUndefined();
		expect(reader.read({stamp: stampOf(0), text: lineOf(1)})).toBeDefined();
	});

	it('dates a request from the end of its line and how long it took', () => {
		const reader = createCurlLogReader(() => beganAt + 1_020);
		expect(reader.read({stamp: stampOf(1_000), text: lineOf(1)})).toMatchObject({at: beganAt + 990});
	});

	it.each([-7_000, 7_000])('on our clock, where the node’s is %i ms away', away => {
		let now = beganAt;
		const reader = createCurlLogReader(() => now);
		const dated: number[] = [];
		for (let number = 1; number <= 5; number++) {
			now = beganAt + number * 1_000 + 20;
			const result = reader.read({stamp: stampOf(number * 1_000 + away), text: lineOf(number)});
			dated.push((result?.at ?? 0) - beganAt);
		}
		// 10 ms before the line, which took 20 ms to come; that way nobody can tell from the clocks.
		expect(dated).toEqual([1_010, 2_010, 3_010, 4_010, 5_010]);
	});
});
