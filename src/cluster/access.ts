import type {NeededRight} from '../domain/rights.ts';
import type {ClusterConnection} from './connect.ts';
import {isRawObject, objectOf} from './parse/fields.ts';

/** What we may want to do, by the API's resource. */
export type Permission = Omit<NeededRight, 'of'> & {readonly name?: string | undefined};

/** What ways to a workload need. */
export const permissions = {
	createPods: {verb: 'create', group: '', resource: 'pods'},
	getServiceProxy: {verb: 'get', group: '', resource: 'services', subresource: 'proxy'},
	getPodProxy: {verb: 'get', group: '', resource: 'pods', subresource: 'proxy'},
} as const satisfies Readonly<Record<string, Permission>>;

/**
 * Whether the API server would let us, asked before a key is offered. undefined: it does not say, so trying is the only way to know. Never throws.
 * A name matters where rights are given for single objects; for a service proxy it is `NAME:PORT` as in the path.
 */
export async function may(
	connection: Pick<ClusterConnection, 'json' | 'namespace'>,
	permission: Permission,
	signal?: AbortSignal,
): Promise<boolean | undefined> {
	const body = {
		apiVersion: 'authorization.k8s.io/v1',
		kind: 'SelfSubjectAccessReview',
		spec: {resourceAttributes: {namespace: connection.namespace, ...permission}},
	};
	const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
	try {
		const review = await connection.json({method: 'POST', path, contentType: 'application/json', body: JSON.stringify(body), signal});
		const {allowed} = objectOf(isRawObject(review) ? review.status : undefined);
		return typeof allowed === 'boolean' ? allowed : undefined;
	} catch {
		return undefined;
	}
}
