import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {bodyLabel, noAnswers} from '../../src/domain/answer-memory.ts';
import {answeringPod} from '../../src/domain/answering-pod.ts';
import {elementText, metaContents, titleOf, visibleText} from '../../src/domain/html-text.ts';
import {failureDetail} from '../../src/domain/mix/failure-detail.ts';
import {metricVersions} from '../../src/domain/mix/metric-versions.ts';
import {emptyPodDirectory} from '../../src/domain/pod-directory.ts';
import {recognise} from '../../src/domain/recognise-version.ts';
import type {Answer} from '../../src/domain/sample.ts';
import type {VersionRule} from '../../src/domain/version-rule.ts';
import {versionWords} from '../../src/domain/version-words.ts';
import {answer, directoryOf} from './answers.ts';
import {growth} from './growth.ts';

const cluster = directoryOf({1: 'shop:v1', 2: 'shop:v2'}, {'shop-6b8f7c9d5-4wzzp': ['10.1.0.21', 1]});
const rules: readonly VersionRule[] = [
	{kind: 'auto'},
	{kind: 'header', name: 'x-version'},
	{kind: 'body', pattern: '(?s).+'},
	{kind: 'json', path: 'a'},
	{kind: 'title'},
	{kind: 'pod'},
];
const types = ['text/html', 'application/json', 'text/plain; version=0.0.4', 'application/xml', 'text/javascript', ''];

// Controls and escapes of a terminal; marks that turn the direction of what follows; line and paragraph separators.
const unprintable = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;

function isSafe(given: Answer, rule: VersionRule): void {
	const {outcome, podName = ''} = recognise(given, rule, cluster, noAnswers);
	const text = outcome.kind === 'version' ? outcome.version : outcome.kind === 'failure' ? outcome.detail : '';
	expect(text + podName).not.toMatch(unprintable);
	expect(text.length).toBeLessThanOrEqual(outcome.kind === 'version' ? 128 : 120);
	expect(podName.length).toBeLessThanOrEqual(253);
	expect(text).not.toMatch(/\p{Surrogate}/u);
}

/** The same by each rule, as each type, with each kind of status. */
function areSafe(body: string, headers: Readonly<Record<string, string>> = {}): void {
	const given = types.flatMap(type => [200, 302, 500].map(status => answer(body, {...headers, 'content-type': type}, status)));
	for (const rule of rules) for (const one of given) isSafe(one, rule);
}

const escapes = [
	'\u001b[2J\u001b[31mv2',
	'\u001b]0;owned\u0007v2',
	'\u001b]8;;http://evil\u001b\\v2\u001b]8;;\u001b\\',
	'\u009b31mv2',
	'v2\u202e3v',
	'v2\r\nv3',
	'v\u0008\u00082',
	'\u001bPq#0;2;0;0;0\u001b\\v2',
	'\u001b[31',
	'\u001b',
	'v2\u0000',
	'\ud800v2',
	'v2\udc00',
	'v'.repeat(62) + '\u{1f600}'.repeat(9),
	'\u2028v2\u2029',
];

describe('an answer from somebody who means no good', () => {
	it.each(escapes)('%j colours no terminal, wherever it stands', text => {
		const bodies = [
			text,
			`version: ${text}`,
			`<title>${text}</title>`,
			`<html><meta name="version" content="${text}">`,
			`This is pod ${text}`,
			JSON.stringify({version: text, a: text, message: text}),
			`<?xml version="1.0"?><version>${text}</version>`,
			`# HELP a b\nshop_info{version="${text}"} 1`,
			`&#27;[31m${text}&#155;`,
		];
		for (const body of bodies) areSafe(body, {'x-version': text, server: text});
	});

	it.each([
		['brackets', '['.repeat(65_536)],
		['closed brackets', `${'['.repeat(32_000)}${']'.repeat(32_000)}`],
		['an object that never ends to go in', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
		['its own prototype', '{"__proto__": {"version": "v2"}, "constructor": {"version": "v3"}, "a": {"__proto__": 1}}'],
		['a number that is none', '{"version": 1e999, "a": 1e999}'],
		['many keys', JSON.stringify(Object.fromEntries(Array.from({length: 5000}, (_, index) => [`k${index}`, {version: null}])))],
		['entities of no character', '<title>&#x110000;&#99999999;&#0;&#xd800;&#x1b;[31m</title>'],
		['a title as long as the page', `<title>${'a'.repeat(65_000)}`],
	])('breaks nothing with %s', (_what, body) => {
		areSafe(body);
	});

	it('breaks nothing, whatever it says', () => {
		const parts = fc.constantFrom(
			...[
				'version',
				'version: ',
				'commit ',
				'v',
				'1',
				'.',
				'9fceb02',
				' ',
				'\n',
				'<title>',
				'</title>',
				'<meta name=version content=',
				'<',
				'>',
				'"',
				'{"version":',
				'}',
			],
			...[
				'# HELP ',
				'a_info{version="',
				'"} 1',
				'<?xml ',
				'pod ',
				'shop-6b8f7c9d5-4wzzp',
				'10.1.0.21',
				':',
				'\u001b[',
				'\u0000',
				'\u202e',
				'&#',
				'\ud800',
				'%',
				'[',
				']',
			],
		);
		const text = fc.oneof(
			fc.array(parts, {maxLength: 60}).map(list => list.join('')),
			fc.string({unit: 'binary', maxLength: 200}),
		);
		fc.assert(
			fc.property(text, text, fc.constantFrom(...types), fc.constantFrom(...rules), fc.integer({min: 200, max: 599}), (body, header, type, rule, status) =>
				isSafe(answer(body, {'content-type': type, 'x-version': header, 'x-commit': header, server: `nginx/${header}`}, status), rule),
			),
			{numRuns: 2000},
		);
	});
});

const pageOf = (text: string) => failureDetail(answer(text, {'content-type': 'text/html'}, 500), text);
const readers: readonly [string, (text: string) => unknown, readonly string[]][] = [
	[
		'versionWords',
		versionWords,
		[
			'version',
			'version ',
			'version is ',
			'version: a-',
			'versions: ',
			'v1.',
			'1.1.1.1',
			'v1-a+',
			'f0',
			'a1',
			'9fceb02-',
			'commit-id-',
			'commit ',
			'git ',
			'1',
			'-',
			'a-a_',
			' ',
			'"version":',
		],
	],
	['versionWords of JSON', text => versionWords(`["${text}"]`), ['version', 'v1.', '-', 'api ', 'v1-a+']],
	['titleOf', titleOf, ['<title ', '<title', '<title>', '<', '</', '<title a']],
	['visibleText', visibleText, ['<', '<script', '<script>', '</script', '<!--', '-->', '<!--<script>', '&#', '&amp;', '&a', '>']],
	['metaContents', metaContents, ['<meta ', '<meta name=', '<meta a', 'name="', '<meta >', "<meta name='content=", '<meta content content= >']],
	['elementText', elementText, ['<', '<a', '<a:', '<a:b', '</a', '<!', '<?', '<a-', ':', '&lt;', '<a:b>']],
	['metricVersions', metricVersions, ['a', 'a_info', 'a_info{', 'a_info{a', '\n', 'a_info{version="1",} 1\n', 'a_info{a} 1 ', '_', '_info{version="} 1']],
	['bodyLabel', text => bodyLabel(noAnswers, text), ['1', '1-', '1/1', '12:30', 'abcdef01', 'abcdef01-abcd-', ' ', 'f', '1:11']],
	[
		'answeringPod',
		text => answeringPod(answer(text), text, emptyPodDirectory),
		['a', 'a-', 'a.', ':', 'f:', '::', 'pod ', 'pod:', 'pod-', '10.1.0.21', 'a-b-c', '1.', 'x-6b8f7c9d5-4wzzp'],
	],
	['failureDetail', pageOf, ['<title', '<title>a', '<', ' ', '<!--', '&#']],
];
const cases = readers.flatMap(([name, read, parts]) => parts.map(part => [name, part, read] as const));

describe('the time to read an answer', () => {
	it.each(cases)('grows with its length only: %s of %j again and again', (_name, part, read) => {
		expect(growth(read, part)).toBeLessThan(9);
	});

	it('does not grow at all beyond what is looked at', () => {
		const auto = (text: string) => recognise(answer(text), {kind: 'auto'}, emptyPodDirectory, noAnswers);
		expect(growth(auto, 'version is v1. ', 16_384)).toBeLessThan(3);
	});

	it('would be seen to grow with the square', () => {
		expect(growth(text => /(?:a|b)*c/.test(text), 'ab', 1024)).toBeGreaterThan(9);
	});
});
