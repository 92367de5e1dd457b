import type {RequestInfo, User} from './api-call.ts';
import type {ApiUser, Impersonation} from './authentication.ts';
import {adminRules, authenticatedRules, publicRules} from './policies.ts';
import {type Attributes, type PolicyRule, ruleAllows} from './policy-rule.ts';
import {StatusError} from './status-error.ts';

/** Answers what users may do. */
export interface Authorizer {
	readonly rulesOf: (user: User) => readonly PolicyRule[];
	readonly allows: (user: User, asked: Attributes) => boolean;
	/** Throws StatusError 403 with upstream's words. */
	readonly demand: (user: User, asked: Attributes) => void;
}

/** Rules are of users by name, so that who is taken for another has the other's. */
export function createAuthorizer(users: readonly ApiUser[]): Authorizer {
	const rulesOf = ({name, groups}: User): readonly PolicyRule[] => [
		...(groups.includes('system:masters') ? adminRules : []),
		...(users.find(user => user.name === name)?.rules ?? []),
		...(groups.includes('system:authenticated') ? authenticatedRules : []),
		...publicRules,
	];
	const allows = (user: User, asked: Attributes) => rulesOf(user).some(rule => ruleAllows(rule, asked));
	return {
		rulesOf,
		allows,
		demand(user, asked) {
			if (!allows(user, asked)) throw refused(user, asked);
		},
	};
}

/** What a request asks for. A list of one object by name counts as that object. apiserver: request/requestinfo.go. */
export function attributesOf(info: RequestInfo, query: URLSearchParams): Attributes {
	const {isResource, verb, path, group, resource, subresource, namespace, name} = info;
	const isMany = name === '' && (verb === 'list' || verb === 'watch');
	return {isResource, verb, path, group, resource, subresource, namespace, name: isMany ? selectedName(query) : name};
}

function selectedName(query: URLSearchParams): string {
	const terms = (query.get('fieldSelector') ?? '').split(',');
	const [, name = ''] = /^metadata\.name==?([^=!].*)$/.exec(terms.find(term => /^metadata\.name==?/.test(term)) ?? '') ?? [];
	return name === '.' || name === '..' || /[/%]/.test(name) ? '' : name;
}

/** Refuses a user who may not be taken for another. Throws StatusError 403. */
export function demandImpersonation({demand}: Authorizer, user: User, {needs}: Impersonation): void {
	for (const need of needs) demand(user, {...need, isResource: true, verb: 'impersonate', path: '', namespace: ''});
}

/** apiserver: handlers/responsewriters/errors.go ForbiddenStatusError. */
function refused({name: user}: User, asked: Attributes): StatusError {
	const {isResource, verb, path, group, resource, subresource, namespace, name} = asked;
	if (!isResource) return new StatusError(403, 'Forbidden', `forbidden: ${sanitised(`User ${quoted(user)} cannot ${verb} path ${quoted(path)}`)}`, {});
	const part = subresource === '' ? resource : `${resource}/${subresource}`;
	const where = namespace === '' ? 'at the cluster scope' : `in the namespace ${quoted(namespace)}`;
	const why = sanitised(`User ${quoted(user)} cannot ${verb} resource ${quoted(part)} in API group ${quoted(group)} ${where}`);
	const qualified = group === '' ? resource : `${resource}.${group}`;
	const details = {...(name === '' ? {} : {name}), ...(group === '' ? {} : {group}), kind: resource};
	return new StatusError(403, 'Forbidden', `${name === '' ? qualified : `${qualified} ${quoted(name)}`} is forbidden: ${why}`, details);
}

function quoted(text: string): string {
	return JSON.stringify(text);
}

/** Nothing that a browser would take for markup. */
function sanitised(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
