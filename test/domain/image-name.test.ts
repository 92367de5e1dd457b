import fc from 'fast-check';
import {expect, it} from 'vitest';
import {parseImageName, programOf, shortImageName} from '../../src/domain/image-name.ts';

it.each<[string, string, string | undefined, string | undefined, string, string]>([
	['nginx', 'nginx', undefined, undefined, 'nginx', 'nginx'],
	['luksa/kubia:v3', 'luksa/kubia', 'v3', undefined, 'kubia', 'luksa/kubia:v3'],
	['docker.io/library/nginx:1.16.1', 'docker.io/library/nginx', '1.16.1', undefined, 'nginx', 'nginx:1.16.1'],
	['docker.io/luksa/kubia:v3', 'docker.io/luksa/kubia', 'v3', undefined, 'kubia', 'luksa/kubia:v3'],
	['registry:5000/team/app', 'registry:5000/team/app', undefined, undefined, 'app', 'registry:5000/team/app'],
	['registry:5000/team/app:v1', 'registry:5000/team/app', 'v1', undefined, 'app', 'registry:5000/team/app:v1'],
	['app@sha256:0123456789abcdef0123', 'app', undefined, 'sha256:0123456789abcdef0123', 'app', 'app@0123456789ab'],
	['app:v1@sha256:0123456789abcdef0123', 'app', 'v1', 'sha256:0123456789abcdef0123', 'app', 'app:v1'],
	['', '', undefined, undefined, '', ''],
])('takes %j apart', (text, name, tag, digest, program, short) => {
	expect(parseImageName(text)).toEqual({name, tag, digest});
	expect(programOf(text)).toBe(program);
	expect(shortImageName(text)).toBe(short);
});

it('loses no character of any text', () => {
	fc.assert(
		fc.property(fc.stringMatching(/^[a-z.:/@0-9]{0,30}$/), text => {
			const {name, tag, digest} = parseImageName(text);
			expect(name + (tag === undefined ? '' : `:${tag}`) + (digest === undefined ? '' : `@${digest}`)).toBe(text);
		}),
	);
});
