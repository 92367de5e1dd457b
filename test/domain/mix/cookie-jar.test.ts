import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {type CookieJar, type CookieRequest, cookieHeader, withCookies} from '../../../src/domain/mix/cookie-jar.ts';

const request: CookieRequest = {path: '/shop/cart?x=1', secure: false, at: 1000};
const later = (ms: number, more: Partial<CookieRequest> = {}) => ({...request, at: 1000 + ms, ...more});

function sent(setCookies: readonly string[], to: CookieRequest = request, from = request): string | undefined {
	return cookieHeader(withCookies([], setCookies, from), to);
}

describe('a cookie', () => {
	it.each([
		['goes back with its value', ['a=1'], {}, 'a=1'],
		['may have signs of every kind in its value', ['a="x=1, y"; HttpOnly; SameSite=Lax'], {}, 'a="x=1, y"'],
		['may be empty', ['a='], {}, 'a='],
		['goes to where its directory is', ['a=1'], {path: '/shop/other'}, 'a=1'],
		['does not go elsewhere', ['a=1'], {path: '/shopping'}, undefined],
		['goes under its path', ['a=1; Path=/'], {path: '/x'}, 'a=1'],
		['does not go beside its path', ['a=1; path=/x'], {path: '/xy'}, undefined],
		['goes to exactly its path, whatever the query', ['a=1; Path=/x'], {path: '/x?path=/y'}, 'a=1'],
		['with a path that is none has the directory’s', ['a=1; Path=x'], {path: '/shop/y'}, 'a=1'],
		['with a longer path goes first', ['a=1; Path=/', 'b=2; Path=/shop'], {}, 'b=2; a=1'],
		['is replaced by one of the same name and path', ['a=1', 'a=2'], {}, 'a=2'],
		['is not replaced by one of another path', ['a=1; Path=/', 'a=2; Path=/shop'], {}, 'a=2; a=1'],
		['is deleted by Max-Age=0', ['a=1', 'a=1; Max-Age=0'], {}, undefined],
		['is deleted by a time in the past', ['a=1', 'a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT'], {}, undefined],
		['lives for Max-Age, whatever Expires says', ['a=1; Max-Age=5; Expires=Thu, 01 Jan 1970 00:00:00 GMT'], {at: 5999}, 'a=1'],
		['dies after Max-Age', ['a=1; Max-Age=5'], {at: 6000}, undefined],
		['lives until it expires', ['a=1; Expires=Thu, 01 Jan 1970 00:00:05 GMT'], {at: 4999}, 'a=1'],
		['dies when it expires', ['a=1; Expires=Thu, 01 Jan 1970 00:00:05 GMT'], {at: 5000}, undefined],
		['without a name is none', ['=1', 'novalue', ''], {}, undefined],
		['with control characters is none', ['a=1\u0007', 'b\u001b=2'], {}, undefined],
		['that is secure is not taken from plain HTTP', ['a=1; Secure'], {}, undefined],
	] as const)('%s', (_what, setCookies, to, header) => {
		expect(sent(setCookies, {...request, ...to})).toBe(header);
	});

	it('that is secure goes back over TLS only', () => {
		const over = {...request, secure: true};
		expect([sent(['a=1; Secure'], over, over), sent(['a=1; Secure'], request, over)]).toEqual(['a=1', undefined]);
	});
});

describe('the jar', () => {
	it('takes no more than 50, the newest', () => {
		let jar: CookieJar = [];
		for (let name = 0; name < 60; name += 1) jar = withCookies(jar, [`c${name}=1`], later(name));
		expect(jar).toHaveLength(50);
		expect(cookieHeader(jar, later(60))).not.toContain('c9=');
	});

	it('sends only what can stand in a header, whatever servers set', () => {
		fc.assert(
			fc.property(fc.array(fc.string({unit: 'binary', maxLength: 60}), {maxLength: 5}), texts => {
				const header = sent([...texts, ...texts.map(text => `a=${text}; Path=/`)]);
				if (header !== undefined) expect(header).toMatch(/^[ -~]+$/);
			}),
		);
	});
});
