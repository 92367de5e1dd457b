import {createHash, timingSafeEqual} from 'node:crypto';
import type {IncomingHttpHeaders} from 'node:http';
import type {User} from './api-call.ts';
import type {PolicyRule} from './policy-rule.ts';
import {forbidden, StatusError} from './status-error.ts';

/** Somebody who may come in, and with which token. */
export interface ApiUser {
	readonly name: string;
	/** `system:masters` may do everything; `system:authenticated` is added. */
	readonly groups?: readonly string[];
	readonly token: string;
	/** What the user may do; nothing but look around without them. */
	readonly rules?: readonly PolicyRule[];
}

const anonymous: User = {name: 'system:anonymous', groups: ['system:unauthenticated']};

/** Who asks: by bearer token, or nobody known. Throws StatusError 401 for a token that is nobody's. */
export function createAuthenticator(users: readonly ApiUser[]): (headers: IncomingHttpHeaders) => User {
	const known = users.map(({name, groups = [], token}) => ({digest: digestOf(token), user: {name, groups: [...groups, 'system:authenticated']}}));
	return ({authorization}) => {
		const token = bearerOf(authorization);
		if (token === undefined) return anonymous;
		const digest = digestOf(token);
		// All are compared, each in the same time: how long it takes tells nothing of any token.
		const [found] = known.filter(each => timingSafeEqual(each.digest, digest));
		if (found === undefined) throw new StatusError(401, 'Unauthorized', 'Unauthorized');
		return found.user;
	};
}

function bearerOf(authorization: string | undefined): string | undefined {
	const [, scheme, token] = /^(\S+)\s+(.*)$/.exec(authorization?.trim() ?? '') ?? [];
	return scheme?.toLowerCase() === 'bearer' && token !== '' ? token : undefined;
}

function digestOf(token: string): Buffer {
	return createHash('sha256').update(token).digest();
}

/**
 * Refuses what no client of ours sends but a web page does, which a browser was made to open: a name other than loopback's (DNS rebinding), or an
 * origin. Throws StatusError 403.
 */
export function refuseBrowsers({host, origin, 'sec-fetch-site': site}: IncomingHttpHeaders): void {
	const name = (host ?? '').replace(/:\d*$/, '').toLowerCase();
	const isLoopback = name === 'localhost' || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name);
	if (isLoopback && origin === undefined && (site === undefined || site === 'none')) return;
	const why = isLoopback ? 'requests of web pages are not answered' : 'this server is known by the loopback address only';
	throw new StatusError(403, 'Forbidden', `forbidden: ${why}`, {});
}

/** Whom the request wants to be taken for, and under what the one who asks must be allowed to do so; undefined: for nobody else. */
export interface Impersonation {
	readonly user: User;
	readonly needs: readonly {readonly resource: string; readonly name: string; readonly group: string; readonly subresource: string}[];
}

/** Reads the Impersonate- headers. Throws StatusError 400 for groups without a user. apiserver: filters/impersonation/impersonation.go. */
export function impersonationOf(headers: IncomingHttpHeaders): Impersonation | undefined {
	const name = headers['impersonate-user'];
	const groups = valuesOf(headers['impersonate-group']);
	const extras = Object.keys(headers).filter(key => key === 'impersonate-uid' || key.startsWith('impersonate-extra-'));
	if (name === undefined && groups.length === 0 && extras.length === 0) return undefined;
	if (typeof name !== 'string' || name === '') throw new StatusError(400, 'BadRequest', 'requested groups or extras without impersonating a user');
	// Nobody here has a uid or extras, so nobody may be taken for somebody by them.
	if (extras.length > 0) throw forbidden({group: '', plural: 'userextras', kind: ''}, '', 'uids and extras are not known to this server');
	const account = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(name);
	const own = account === null || groups.length > 0 ? [] : ['system:serviceaccounts', `system:serviceaccounts:${account[1]}`];
	const all = [...groups, ...own];
	const isSaid = all.includes('system:authenticated') || all.includes('system:unauthenticated');
	const implied = name === anonymous.name ? anonymous.groups : ['system:authenticated'];
	return {
		user: {name, groups: isSaid ? all : [...all, ...implied]},
		needs: [
			{resource: account === null ? 'users' : 'serviceaccounts', name: account?.[2] ?? name, group: '', subresource: ''},
			...groups.map(group => ({resource: 'groups', name: group, group: '', subresource: ''})),
		],
	};
}

/** Node joins repeated headers by a comma. */
function valuesOf(header: string | string[] | undefined): readonly string[] {
	const text = Array.isArray(header) ? header.join(',') : (header ?? '');
	return text
		.split(',')
		.map(each => each.trim())
		.filter(each => each !== '');
}
