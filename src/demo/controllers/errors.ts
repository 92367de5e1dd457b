import {ApiError} from '../api-client.ts';

/** The namespace is going away: whatever is made in it will be refused, and that is nobody's problem. */
export function isNamespaceTerminating(error: unknown): boolean {
	return error instanceof ApiError && error.causes.includes('NamespaceTerminating');
}

/** Somebody else has the name already. */
export function isAlreadyExists(error: unknown): boolean {
	return error instanceof ApiError && error.reason === 'AlreadyExists';
}

/** What went wrong, as an Error. */
export function errorOf(error: unknown): Error {
	return error instanceof Error ? error : new Error(String(error));
}
