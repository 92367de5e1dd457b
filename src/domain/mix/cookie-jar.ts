/** A cookie of one host; `Domain` is ignored, since nobody else is asked. */
type Cookie = {
	readonly name: string;
	readonly value: string;
	readonly path: string;
	/** Epoch ms; undefined: as long as the program runs. */
	readonly expiresAt: number | undefined;
	readonly secure: boolean;
};

/** The cookies of one host, longest path first, as they are sent. */
export type CookieJar = readonly Cookie[];

/** What of a request decides about cookies. */
export type CookieRequest = {
	/** As the application sees it; a query is left out. */
	readonly path: string;
	readonly secure: boolean;
	/** Epoch ms. */
	readonly at: number;
};

// As browsers: RFC 6265 §6.1.
const mostCookies = 50;
const longestCookie = 4096;

/** RFC 6265 §5.1.4. */
function defaultPath(path: string): string {
	const end = path.lastIndexOf('/');
	return end <= 0 ? '/' : path.slice(0, end);
}

function isUnder(path: string, cookiePath: string): boolean {
	return path === cookiePath || path.startsWith(cookiePath.endsWith('/') ? cookiePath : `${cookiePath}/`);
}

function attributesOf(parts: readonly string[]): ReadonlyMap<string, string> {
	const pairs = parts.map(part => /^([^=]*)(?:=(.*))?$/s.exec(part));
	return new Map(pairs.map(pair => [(pair?.[1] ?? '').trim().toLowerCase(), (pair?.[2] ?? '').trim()]));
}

/** RFC 6265 §5.3: Max-Age wins over Expires; what can't be read is as if it were not there. */
function expiryOf(attributes: ReadonlyMap<string, string>, at: number): number | undefined {
	const maxAge = attributes.get('max-age') ?? '';
	if (/^-?\d+$/.test(maxAge)) return at + Math.max(0, Number(maxAge)) * 1000;
	const expires = Date.parse(attributes.get('expires') ?? '');
	return Number.isNaN(expires) ? undefined : expires;
}

function parseSetCookie(text: string, {path, secure, at}: CookieRequest): Cookie | undefined {
	const [pair = '', ...rest] = text.split(';');
	const equals = pair.indexOf('=');
	const name = pair.slice(0, equals).trim();
	const value = pair.slice(equals + 1).trim();
	// What would break the header that it goes back in is no cookie.
	if (equals < 1 || name === '' || text.length > longestCookie || /[\u0000-\u001f\u007f-\uffff]/.test(`${name}${value}`)) return undefined;
	const attributes = attributesOf(rest);
	if (attributes.has('secure') && !secure) return undefined;
	const given = attributes.get('path') ?? '';
	return {
		name,
		value,
		path: given.startsWith('/') ? given : defaultPath(pathOnly(path)),
		expiresAt: expiryOf(attributes, at),
		secure: attributes.has('secure'),
	};
}

function pathOnly(path: string): string {
	return path.split('?', 1)[0] ?? '/';
}

function isAlive({expiresAt}: Cookie, at: number): boolean {
	return expiresAt === undefined || expiresAt > at;
}

/** The jar after an answer's Set-Cookie headers: equal names under the same path replace each other, what has expired is gone. RFC 6265. */
export function withCookies(jar: CookieJar, setCookies: readonly string[], request: CookieRequest): CookieJar {
	let cookies = [...jar];
	for (const text of setCookies) {
		const cookie = parseSetCookie(text, request);
		if (cookie === undefined) continue;
		cookies = cookies.filter(({name, path}) => name !== cookie.name || path !== cookie.path);
		cookies.push(cookie);
	}
	const alive = cookies.filter(cookie => isAlive(cookie, request.at)).slice(-mostCookies);
	return alive.toSorted((left, right) => right.path.length - left.path.length);
}

/** The Cookie header of a request; undefined: it has none. */
export function cookieHeader(jar: CookieJar, request: CookieRequest): string | undefined {
	const path = pathOnly(request.path);
	const sent = jar.filter(cookie => isAlive(cookie, request.at) && isUnder(path, cookie.path) && (request.secure || !cookie.secure));
	return sent.length === 0 ? undefined : sent.map(({name, value}) => `${name}=${value}`).join('; ');
}
