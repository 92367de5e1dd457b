import type {User} from './api-call.ts';
import type {ApiUser} from './authentication.ts';
import {type Authorizer, createAuthorizer} from './authorization.ts';
import type {Endpoint} from './http/endpoints.ts';
import {isObject, type JsonObject, objectAt, textAt} from './json.ts';
import type {Attributes, PolicyRule} from './policy-rule.ts';
import {badRequest, invalid} from './status-error.ts';
import {readObject} from './write/read-object.ts';

/** The endpoints of the reviews; nothing of them is ever stored. */
export function reviewEndpoints(users: readonly ApiUser[]): Readonly<Record<string, Endpoint>> {
	const authorizer = createAuthorizer(users);
	const review: Endpoint = async (call, resource) => ({
		code: 201,
		body: reviewOf(resource.kind, await readObject(call, resource), call.user, authorizer),
	});
	return {'selfsubjectaccessreviews/': review, 'selfsubjectreviews/': review, 'selfsubjectrulesreviews/': review};
}

/**
 * Answers what users ask about themselves (`kubectl auth can-i`, `can-i --list`, `whoami`): the object as it came, with its status.
 * Throws StatusError 400 and 422.
 */
export function reviewOf(kind: string, object: JsonObject, user: User, authorizer: Authorizer): JsonObject {
	const created = {...object, metadata: {creationTimestamp: null}};
	switch (kind) {
		case 'SelfSubjectAccessReview':
			return {...created, status: {allowed: authorizer.allows(user, askedBy(object))}};
		case 'SelfSubjectRulesReview':
			return {...created, status: rulesStatus(authorizer.rulesOf(user), namespaceOf(object))};
		default:
			return {...created, status: {userInfo: {username: user.name, groups: user.groups}}};
	}
}

function askedBy(object: JsonObject): Attributes {
	const resource = objectAt(object, 'spec').resourceAttributes;
	const path = objectAt(object, 'spec').nonResourceAttributes;
	if (isObject(resource) === isObject(path)) {
		const message = `Invalid value: ${JSON.stringify(object.spec ?? {})}: exactly one of nonResourceAttributes or resourceAttributes must be specified`;
		throw invalid({group: 'authorization.k8s.io', kind: 'SelfSubjectAccessReview'}, '', [{reason: 'FieldValueInvalid', message, field: 'spec'}]);
	}
	const asked = isObject(resource) ? resource : path;
	return {
		isResource: isObject(resource),
		verb: textAt(asked, 'verb'),
		path: textAt(asked, 'path'),
		group: textAt(asked, 'group'),
		resource: textAt(asked, 'resource'),
		subresource: textAt(asked, 'subresource'),
		namespace: textAt(asked, 'namespace'),
		name: textAt(asked, 'name'),
	};
}

function namespaceOf(object: JsonObject): string {
	const namespace = textAt(object, 'spec', 'namespace');
	if (namespace === '') throw badRequest('no namespace on request');
	return namespace;
}

function rulesStatus(rules: readonly PolicyRule[], namespace: string): JsonObject {
	const here = rules.filter(({namespaces}) => namespaces === undefined || namespaces.includes('*') || namespaces.includes(namespace));
	return {
		resourceRules: here
			.filter(({resources}) => resources !== undefined)
			.map(({verbs, apiGroups = [], resources = [], resourceNames}) => ({
				verbs,
				apiGroups,
				resources,
				...(resourceNames === undefined ? {} : {resourceNames}),
			})),
		nonResourceRules: here.filter(({nonResourceURLs}) => nonResourceURLs !== undefined).map(({verbs, nonResourceURLs = []}) => ({verbs, nonResourceURLs})),
		incomplete: false,
	};
}
