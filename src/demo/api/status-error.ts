import type {JsonObject} from './json.ts';

/** One thing that is wrong with a request. */
export interface Cause {
	readonly reason?: string;
	readonly message: string;
	readonly field?: string;
}

export interface StatusDetails {
	readonly name?: string;
	readonly group?: string;
	readonly kind?: string;
	readonly uid?: string;
	readonly causes?: readonly Cause[];
	readonly retryAfterSeconds?: number;
}

/** A refusal: thrown anywhere, answered as a `Status` with its code. apimachinery: pkg/api/errors/errors.go. */
export class StatusError extends Error {
	readonly code: number;
	readonly reason: string;
	readonly details: StatusDetails | undefined;
	/** More for the Status' metadata: the token of an expired list. */
	readonly continueToken?: string;

	constructor(code: number, reason: string, message: string, details?: StatusDetails) {
		super(message);
		this.name = 'StatusError';
		this.code = code;
		this.reason = reason;
		this.details = details;
	}
}

/** The body of a refusal. */
export function statusOf(error: StatusError): JsonObject {
	const {code, reason, message, details} = error;
	return {
		kind: 'Status',
		apiVersion: 'v1',
		metadata: {},
		status: 'Failure',
		message,
		...(reason === '' ? {} : {reason}),
		...(details === undefined ? {} : {details: details as unknown as JsonObject}),
		code,
	};
}

interface Named {
	readonly group: string;
	readonly plural: string;
	readonly kind: string;
}

const resourceName = ({group, plural}: Named) => (group === '' ? plural : `${plural}.${group}`);
const detailsOf = ({group, plural}: Named, name: string): StatusDetails => ({...(name === '' ? {} : {name}), ...(group === '' ? {} : {group}), kind: plural});

/** 404 for an object. */
export function notFound(resource: Named, name: string): StatusError {
	return new StatusError(404, 'NotFound', `${resourceName(resource)} "${name}" not found`, detailsOf(resource, name));
}

/** 404 for a path, where nothing is served. */
export function noSuchPath(): StatusError {
	return new StatusError(404, 'NotFound', 'the server could not find the requested resource', {});
}

/** 409 for a name that is taken. */
export function alreadyExists(resource: Named, name: string): StatusError {
	return new StatusError(409, 'AlreadyExists', `${resourceName(resource)} "${name}" already exists`, detailsOf(resource, name));
}

/** 409 for a write that is based on an older object, or whose preconditions do not hold. */
export function conflict(resource: Named, name: string, why: string): StatusError {
	const message = `Operation cannot be fulfilled on ${resourceName(resource)} "${name}": ${why}`;
	return new StatusError(409, 'Conflict', message, detailsOf(resource, name));
}

/** 400. */
export function badRequest(message: string): StatusError {
	return new StatusError(400, 'BadRequest', message);
}

/** 403. `why` is what follows the colon; quota and authorisation each have their own words. */
export function forbidden(resource: Named, name: string, why: string): StatusError {
	const target = name === '' ? resourceName(resource) : `${resourceName(resource)} "${name}"`;
	return new StatusError(403, 'Forbidden', `${target} is forbidden: ${why}`, detailsOf(resource, name));
}

/** 422: all that is wrong with an object, in one message. */
export function invalid(kind: {readonly group: string; readonly kind: string}, name: string, causes: readonly Cause[]): StatusError {
	const kindName = kind.group === '' ? kind.kind : `${kind.kind}.${kind.group}`;
	const texts = [...new Set(causes.map(({field, message}) => (field === undefined ? message : `${field}: ${message}`)))];
	const text = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`;
	const details = {...(name === '' ? {} : {name}), ...(kind.group === '' ? {} : {group: kind.group}), ...(kind.kind === '' ? {} : {kind: kind.kind}), causes};
	return new StatusError(422, 'Invalid', `${kindName} "${name}" is invalid: ${text}`, details);
}

/** 500. */
export function internalError(why: string): StatusError {
	return new StatusError(500, 'InternalError', `Internal error occurred: ${why}`, {causes: [{message: why}]});
}

/** 405. */
export function methodNotAllowed(): StatusError {
	return new StatusError(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {});
}

/** 410: history does not go back that far. */
export function expired(message: string): StatusError {
	return new StatusError(410, 'Expired', message);
}
