import {describe, expect, it} from 'vitest';
import {parseVersionRule} from '../../src/domain/version-rule-text.ts';

it.each([
	['auto', {kind: 'auto'}],
	['title', {kind: 'title'}],
	['pod', {kind: 'pod'}],
	['header:X-Version', {kind: 'header', name: 'x-version'}],
	['body:version: (\\S+)', {kind: 'body', pattern: 'version: (\\S+)'}],
	['json:build.version', {kind: 'json', path: 'build.version'}],
	['json:{.items[0]["app.kubernetes.io/version"]}', {kind: 'json', path: '{.items[0]["app.kubernetes.io/version"]}'}],
])('reads %s', (text, rule) => {
	expect(parseVersionRule(text)).toEqual(rule);
});

describe('what it cannot read', () => {
	it.each([
		['', 'Expected a version rule (header:NAME, body:REGEX, json:PATH, title, pod or auto), got ""'],
		['titel', 'Expected a version rule (header:NAME, body:REGEX, json:PATH, title, pod or auto), got "titel"'],
		['Header:x', 'Expected a version rule (header:NAME, body:REGEX, json:PATH, title, pod or auto), got "Header:x"'],
		['header:', 'Expected header:NAME with the name of an HTTP header, got "header:"'],
		['header:a b', 'Expected header:NAME with the name of an HTTP header, got "header:a b"'],
		['body:', 'Expected body:REGEX with a regular expression, got "body:"'],
		['body:v(\\d+', 'Expected body:REGEX with a valid regular expression (missing closing ): v(\\d+), got "body:v(\\d+"'],
		['body:v(?=\\d)', 'Expected body:REGEX with a valid regular expression (invalid or unsupported Perl syntax: (?= at character 2), got "body:v(?=\\d)"'],
		['body:ab*** ', 'Expected body:REGEX with a valid regular expression (invalid nested repetition operator: ** at character 3), got "body:ab***"'],
		['body:(a)\\1', 'Expected body:REGEX with a valid regular expression (invalid escape sequence: \\1 at character 4), got "body:(a)\\1"'],
		['json:', 'Expected json:PATH with a path such as build.version or items[0].tag, got "json:"'],
		['json:a..b', 'Expected json:PATH with a path such as build.version or items[0].tag, got "json:a..b"'],
		['json:a[', 'Expected json:PATH with a path such as build.version or items[0].tag, got "json:a["'],
		['\u001b[31mred', 'Expected a version rule (header:NAME, body:REGEX, json:PATH, title, pod or auto), got "red"'],
	])('%j is refused in one sentence', (text, error) => {
		expect(parseVersionRule(text)).toEqual({error});
	});
});
