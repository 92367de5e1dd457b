import {isObject, numberAt, textAt} from '../json.ts';
import {badRequest} from '../status-error.ts';

/** Where a paged list goes on: after a key, in the state of a revision. */
export interface ListPosition {
	readonly revision: number;
	readonly afterKey: string;
}

/** The token that a client sends back. Opaque to it. apiserver: pkg/storage/continue.go. */
export function continueTokenOf({revision, afterKey}: ListPosition): string {
	return Buffer.from(JSON.stringify({v: 'meta.k8s.io/v1', rv: revision, start: `${afterKey}\0`})).toString('base64url');
}

/** Throws StatusError 400 for what is no token of ours. */
export function readContinueToken(token: string): ListPosition {
	let value: unknown;
	try {
		value = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
	} catch (error) {
		throw badRequest(`invalid continue token: continue key is not valid: ${(error as Error).message}`);
	}
	const revision = numberAt(value, 'rv');
	const start = textAt(value, 'start');
	if (!isObject(value) || textAt(value, 'v') !== 'meta.k8s.io/v1')
		throw badRequest(`invalid continue token: continue key is not valid: server does not recognize this encoded version ${textAt(value, 'v')}`);
	if (revision === undefined || !Number.isSafeInteger(revision) || revision < 1)
		throw badRequest('invalid continue token: continue key is not valid: incorrect encoded start resourceVersion (version meta.k8s.io/v1)');
	if (!start.endsWith('\0')) throw badRequest('invalid continue token: continue key is not valid: encoded start key empty (version meta.k8s.io/v1)');
	return {revision, afterKey: start.slice(0, -1)};
}
