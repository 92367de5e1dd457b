import {ClusterError} from '../cluster/errors.ts';

/** What failed and what to do, in one line. */
export function sentenceOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const hint = error instanceof ClusterError ? error.hint : undefined;
	return hint === undefined ? error.message : `${error.message} → ${hint}`;
}
