import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {imageRefusal} from '../../src/domain/image-reference.ts';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

describe('an image that can be sent', () => {
	it.each([
		['a bare name', 'nginx'],
		['with a tag', 'luksa/kubia:v2'],
		['with a registry and its port', 'registry.example.test:5000/team/app:1.0'],
		['a registry in capitals', 'Registry.example.test/app'],
		['a registry by its IPv6 address', '[fd00::1]:5000/app:v1'],
		['by its digest', `app@${digest}`],
		['by tag and digest', `ghcr.io/a/b_c.d-e:v1@${digest}`],
		['a path with two low lines and many dashes', 'a__b/c---d'],
		['a tag of 128 characters', `app:${'v'.repeat(128)}`],
	])('%s', (_why, text) => expect(imageRefusal(text)).toBeUndefined());
});

describe('a text that is no image is refused in words', () => {
	it.each([
		['', 'no image is given'],
		['app v1', 'an image has no blanks in it'],
		['app:', 'what follows the last colon is no tag: letters, digits, ".", "_" and "-", at most 128, and neither "." nor "-" first'],
		['app:-v1', 'what follows the last colon is no tag: letters, digits, ".", "_" and "-", at most 128, and neither "." nor "-" first'],
		['app:v1@sha256', 'what follows the @ is no digest: an algorithm, a colon, and at least 32 hexadecimal digits'],
		['App:v1', 'the name must be in small letters'],
		[':v1', 'the name is missing'],
		['app//b', 'this is no name of an image'],
		['https://registry.example.test/app', 'this is no name of an image'],
		['-app', 'this is no name of an image'],
		['a'.repeat(256), 'the name is longer than 255 characters'],
		['ab'.repeat(32), 'this is the identifier of an image, not its name'],
	])('%j', (text, message) => expect(imageRefusal(text)).toEqual({message, hint: 'write it as [REGISTRY/]NAME[:TAG][@DIGEST]'}));
});

it('is decided quickly, whatever is typed', () => {
	const text = fc.oneof(fc.string(), fc.string({unit: fc.constantFrom('a', '-', '_', '.', '/', ':', '@'), maxLength: 400}));
	fc.assert(
		fc.property(text, typed => {
			const refusal = imageRefusal(typed);
			// What passes has no character that a shell, a terminal or an API could stumble over.
			if (refusal === undefined) expect(typed).toMatch(/^[\w./:@[\]+-]+$/);
			else expect(refusal.message).toMatch(/\w/);
		}),
	);
});
