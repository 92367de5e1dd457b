import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {parseSampleTarget} from '../../src/domain/sample-target.ts';

describe('parseSampleTarget', () => {
	it.each([
		['http://10.0.0.5:31180', {kind: 'url', url: 'http://10.0.0.5:31180/', label: 'http://10.0.0.5:31180/'}],
		['https://shop.example/version?x=1#top', {kind: 'url', url: 'https://shop.example/version?x=1', label: 'https://shop.example/version?x=1'}],
		['http://me:secret@shop.example/', {kind: 'url', url: 'http://me:secret@shop.example/', label: 'http://shop.example/'}],
		['svc/kubia', {kind: 'service', name: 'kubia', port: undefined, path: '/', label: 'svc/kubia'}],
		['svc/kubia:80', {kind: 'service', name: 'kubia', port: '80', path: '/', label: 'svc/kubia:80'}],
		['svc/kubia:web-port/', {kind: 'service', name: 'kubia', port: 'web-port', path: '/', label: 'svc/kubia:web-port'}],
		['svc/kubia/version?full=1', {kind: 'service', name: 'kubia', port: undefined, path: '/version?full=1', label: 'svc/kubia/version?full=1'}],
		['service/kubia:8080/a:b/c/', {kind: 'service', name: 'kubia', port: '8080', path: '/a:b/c/', label: 'svc/kubia:8080/a:b/c/'}],
	])('reads %s', (text, target) => {
		expect(parseSampleTarget(text)).toEqual(target);
	});

	const forms = 'Expected http://…, https://… or svc/NAME[:PORT][/PATH] as the target of --curl';
	const port = 'Expected svc/NAME:PORT with a port of the Service, by number (1–65535) or name';
	it.each([
		['', `${forms}, got ""`],
		['kubia', `${forms}, got "kubia"`],
		['localhost:8080', `${forms}, got "localhost:8080"`],
		['deploy/kubia', `${forms}, got "deploy/kubia"`],
		['ftp://x/', `${forms}, got "ftp://x/"`],
		['http://', 'Expected a valid URL such as http://10.0.0.5:8080/, got "http://"'],
		['http://a:99999/', 'Expected a valid URL such as http://10.0.0.5:8080/, got "http://a:99999/"'],
		['svc/', 'Expected svc/NAME with the name of a Service, got "svc/"'],
		['svc/Kubia', 'Expected svc/NAME with the name of a Service, got "svc/Kubia"'],
		['svc/../secrets', 'Expected svc/NAME with the name of a Service, got "svc/../secrets"'],
		['svc/kubia:', `${port}, got "svc/kubia:"`],
		['svc/kubia:0', `${port}, got "svc/kubia:0"`],
		['svc/kubia:65536', `${port}, got "svc/kubia:65536"`],
		['svc/kubia:web_port', `${port}, got "svc/kubia:web_port"`],
		['svc/kubia:http:80', `${port}, got "svc/kubia:http:80"`],
		['svc/kubia/a b', 'Expected a path of printable characters without spaces (percent-encode others), got "svc/kubia/a b"'],
		['svc/kubia/\u001b[2J', 'Expected a path of printable characters without spaces (percent-encode others), got "svc/kubia/"'],
	])('refuses %j in one sentence', (text, error) => {
		expect(parseSampleTarget(text)).toEqual({error});
	});

	it('reads or refuses any text, and never lets control characters or a password through', () => {
		fc.assert(
			fc.property(fc.constantFrom('svc/a', 'http://', 'http://u:secret@', 'https://a/', ''), fc.string({unit: 'binary', maxLength: 30}), (begin, end) => {
				const target = parseSampleTarget(begin + end);
				const shown = 'error' in target ? target.error : target.label;
				expect(shown).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
				if (!('error' in target)) expect(shown).not.toContain('u:secret@');
			}),
		);
	});
});
