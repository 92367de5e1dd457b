/** One request of the table that both API servers get; `NS` in paths and bodies is the test's namespace. */
export interface TableRequest {
	readonly why: string;
	readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS' | 'HEAD';
	readonly path: string;
	/** Text goes as it is, the rest as JSON. */
	readonly body?: unknown;
	readonly contentType?: string;
	readonly headers?: Readonly<Record<string, string>>;
	/** What in the answer is known to differ, and why that is so. */
	readonly ignore?: readonly string[];
	/** Asked again for a while until it is served. */
	readonly retryOn404?: boolean;
	/** Only the code and the reason have to agree, because the words are those of Go's libraries. */
	readonly wordsDiffer?: string;
}

export const mergePatch = 'application/merge-patch+json';
export const strategicPatch = 'application/strategic-merge-patch+json';
export const jsonPatch = 'application/json-patch+json';
export const applyPatch = 'application/apply-patch+yaml';
