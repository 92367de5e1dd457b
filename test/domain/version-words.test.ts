import {expect, it} from 'vitest';
import {versionWords} from '../../src/domain/version-words.ts';

it.each<[string, string, readonly string[]]>([
	['next to the word version', 'I am: 172.1.62.10, the version is: 0.8', ['0.8']],
	['with an equals sign', 'version=1.2.3-rc.1+build', ['1.2.3-rc.1+build']],
	['in capitals', 'VERSION: V3', ['V3']],
	['with a qualifier', 'app_version: 4.5', ['4.5']],
	['at the end of a sentence', 'This is version 1.2.', ['1.2']],
	['vN alone', 'This is v2 running', ['v2']],
	['vN in brackets', 'shop (v1.4.2-alpine)', ['v1.4.2-alpine']],
	['the whole text', ' 1.16.1\n', ['1.16.1']],
	['the whole text after the word', 'Version: 7', ['7']],
	['a key of a JSON object', '{"hostname": "podinfo-7c9d-x", "version": "6.0.0", "runtime": "go1.16.9"}', ['6.0.0']],
	['a JSON number', '{"version": 2}', ['2']],
	['a JSON key further in', '{"app": {"build": {"appVersion": "canary-12"}}}', ['canary-12']],
	['an outer key before an inner one', '{"sub": {"version": "1.0"}, "version": "2.0"}', ['2.0']],
	['vN in JSON without such a key', '{"message": "Hello from v3"}', ['v3']],
])('finds a version: %s', (_why, text, expected) => {
	expect(versionWords(text)).toEqual(expected);
});

it.each<[string, string]>([
	['a protocol', 'Request: GET / HTTP/1.1, TLS v1.2, HTTP version 1.1'],
	['the version of an API', 'apiVersion: v1\nGET /api/v1/pods\n/v2/health'],
	['an API version in JSON', '{"apiVersion": "v1", "kind": "List"}'],
	['an IPv4 address', 'I am 10.1.0.24, version: 10.1.0.25'],
	['a date', 'version 2024-01-15'],
	['the whole text a date', '2026-11-21'],
	['a clock', 'version 12:30'],
	['a UUID', '9b2f1c3e-v4-4f1e'],
	['a part of a name', 'running in shop-v1-canary and v1-shop and my.v2.host'],
	['a library', 'powered by jQuery v3.6.0 and Bootstrap v5'],
	['a changelog', 'v1.0 first, v1.1 better, v1.2 faster, v2.0 new'],
	['a word', 'the latest version is great'],
	['a language', 'python version 3.12'],
	['a longer number', 'version 1.2.3.4.5.6'],
	['an IP family', 'IPv4 and ipv6'],
	['a version of an object that is deeper than three', '{"a": {"b": {"c": {"version": "1"}}}}'],
])('is not fooled by %s', (_why, text) => {
	expect(versionWords(text)).toEqual([]);
});
