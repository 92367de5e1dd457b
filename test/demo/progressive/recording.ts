import {readFileSync} from 'node:fs';

/** A request that was sent to the real controllers' cluster. */
export interface RecordedRequest {
	readonly method: 'POST' | 'PATCH' | 'PUT' | 'DELETE';
	readonly path: string;
	readonly contentType?: string;
	readonly body?: unknown;
}

/** What was done, or what was waited for. */
export interface RecordedStep {
	readonly t: number;
	readonly did: string;
	readonly requests: readonly RecordedRequest[];
}

/** A recording of real controllers, cut down to the requests and to the rows of what each object told in turn (see README.md beside it). */
export interface Recording {
	readonly namespace: string;
	readonly steps: readonly RecordedStep[];
	/** By plural: each state, with consecutive equal ones once. */
	readonly rows: Readonly<Record<string, readonly string[]>>;
}

/** Reads one by its name. */
export function readRecording(name: string): Recording {
	return JSON.parse(readFileSync(new URL(`../../fixtures/demo-progressive/${name}.json`, import.meta.url), 'utf8')) as Recording;
}
